"""Which day "the same day" is: the last one that the text tells before it, in its paragraph or the one before."""

from __future__ import annotations

from datetime import date

from pipeline.events.dates import TimeMention, find_times
from pipeline.events.grammar import ancestors, is_verb, token_for
from pipeline.events.triggers import load_tables
from pipeline.models import When
from pipeline.parse import ParsedText, Sentence

TOLD = frozenset({"absolute", "relative"})  # kinds of time
JUST_TOLD = TOLD | {"since", "historical"}  # of the sentence just before: "tense since 7 October. … that day"
A_DAY = 2  # UCDP date_prec


def last_day_told(parsed: ParsedText, offset: int, *, today: date | None) -> When | None:
    """Return the day told last before ``offset``; None where no day is named, or another is counted from it.

    The day on which something was said is none: "officials said on Tuesday".

    Examples
    --------
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "Drones hit the port on 18 October 2023. One fell short. The same day a depot was hit."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> str(last_day_told(parsed, text.index("The same"), today=None).date_start)
    '2023-10-18'
    """
    first = _paragraph_before(parsed.text, offset)
    before = [s for s in parsed.sentences if first <= s.start and s.end <= offset]
    for sentence in reversed(before):
        kinds = JUST_TOLD if sentence is before[-1] and "\n" not in parsed.text[sentence.end - 1 : offset] else TOLD
        for time in reversed(find_times(parsed.text, sentence.start, sentence.end, today=today)):
            if time.kind == "anaphoric" and time.offset_days:
                return None
            if time.kind in kinds and _is_day(time) and not _is_of_saying(parsed, sentence, time):
                return None if time.date_start is None else _one_day(time, time.date_start)
    return None


def _paragraph_before(text: str, offset: int) -> int:
    """Return where the paragraph before the one of ``offset`` begins."""
    here = text.rfind("\n", 0, offset) + 1
    return text.rfind("\n", 0, len(text[:here].rstrip())) + 1


def _is_day(time: TimeMention) -> bool:
    """Whether a time names one day, or the one since which something lasts."""
    return time.date_start is not None and ((time.date_prec or 9) <= A_DAY or time.kind == "since")


def _one_day(time: TimeMention, day: date) -> When:
    return When(day, day, 1, 1, time.text, time.reasons)


def _is_of_saying(parsed: ParsedText, sentence: Sentence, time: TimeMention) -> bool:
    """Whether a time hangs on a verb of speech: "officials said |on Tuesday|"."""
    token = token_for(parsed, sentence, time.start, time.end)
    above = (a for a in ancestors(parsed, token) if is_verb(a)) if token is not None else iter(())
    verb = next(above, None)
    return verb is not None and verb.lemma.lower() in load_tables().speech
