"""Over what days a tally counts, and who gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from pipeline.events.dates import TimeMention
from pipeline.events.grammar import is_passive, is_verb, phrase, subject
from pipeline.events.numbers import cardinal
from pipeline.events.triggers import load_tables
from pipeline.parse import ParsedText, Sentence, Token

__all__ = ["Period", "period_of", "said_by"]

Period = tuple[date | None, date | None]
_BEGAN = re.compile(
    r"\bsince\b[^.;]{0,40}\b(?:began|started|erupted|broke\s+out|start|beginning|outbreak)\b[^.;,]{0,20}\Z",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince\b(?!\s+then\b)", re.IGNORECASE)
_LENGTH = re.compile(
    r"\b(?:in|within|over)\s+(?:(?:the\s+space\s+of|as\s+little\s+as|just|under|less\s+than)\s+)?(?P<number>[a-z]+|\d{1,3})\s+"
    r"(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\bas\s+of\s+\Z", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:said|says|saying|told|reported|announced|statement|interview)\b[^,;.]{0,25}\Z", re.IGNORECASE
)  # the day of the telling, not of what is told
DAYS = frozenset({"absolute", "relative", "historical"})
ASIDE = frozenset({"acl", "relcl"})
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def period_of(text: str, sentence: Sentence, times: Sequence[TimeMention], today: date | None) -> Period:
    """Return the first and last day that a tally counts over; None where the text does not say.

    Examples
    --------
    >>> from pipeline.events.dates import find_times
    >>> text, today = "There were 66 attacks in three weeks.", date(2023, 11, 22)
    >>> [str(day) for day in period_of(text, Sentence(0, len(text), 0, 0), find_times(text, today=today), today)]
    ['2023-11-01', '2023-11-22']
    """
    told = [t for t in times if t.date_start is not None]
    since = next((t for t in told if t.kind == "since" or _BEGAN.search(text[sentence.start : t.start])), None)
    if since is not None:
        return since.date_start, today
    days = next((t for t in told if t.kind in DAYS and not _SAID.search(text[sentence.start : t.start])), None)
    if days is not None:
        begun = None if _AS_OF.search(text[sentence.start : days.start]) else days.date_start
        return begun, days.date_end
    if _SINCE.search(text, sentence.start, sentence.end):
        return None, today
    return _length(text, sentence, today)


def _length(text: str, sentence: Sentence, today: date | None) -> Period:
    """Return the days of "in three months", counted back from the report's own day."""
    match = _LENGTH.search(text, sentence.start, sentence.end)
    number = {"a": 1, "an": 1}.get(match["number"].lower()) or cardinal(match["number"]) if match else None
    if match is None or not number or today is None:
        return None, None
    days = number * _DAYS[match["unit"].lower()]
    return (today - timedelta(days=days), today) if days < today.toordinal() else (None, today)


def said_by(parsed: ParsedText, sentence: Sentence) -> str:
    """Return who says what a sentence tells: the subject of its speech verb, or whom "according to" names."""
    speaker = next(_speakers(parsed, sentence), None)
    if speaker is None:
        return ""
    start, end = phrase(parsed, speaker)
    return parsed.text[start:end]


def _speakers(parsed: ParsedText, sentence: Sentence) -> Iterator[Token]:
    tokens = parsed.tokens_of(sentence)
    for before, token in pairwise(tokens):
        if token.text.lower() == "to" and before.text.lower() == "according":
            yield from (t for t in parsed.children(token) if t.dep == "pobj")
    for verb in tokens:
        doer = subject(parsed, verb) if _says(parsed, verb) else None
        if doer is not None and doer.pos != "PRON":
            yield doer


def _says(parsed: ParsedText, verb: Token) -> bool:
    """Whether a verb of speech is told of the subject it has: not "attacks claimed by the group"."""
    is_speech = is_verb(verb) and verb.lemma.lower() in load_tables().speech and verb.dep not in ASIDE
    return is_speech and not is_passive(parsed, verb) and not any(c.text.lower() == "by" for c in parsed.children(verb))
