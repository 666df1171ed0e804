"""Names that neither model nor gazetteer knows, proposed where the words beside them say that something is there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from pipeline.toponyms.cues import feature_noun_after, feature_noun_before, load_cues
from pipeline.toponyms.signs import Reading
from pipeline.toponyms.spans import Spans, trim

UNSURE_LABELS = frozenset({"PERSON", "ORG", "PRODUCT", "WORK_OF_ART", "NORP"})  # what the model often takes one for
SMALL = r"(?:al|el|as|ash|az|ar|ad|an|at|de|la|le|du|del|dos|da)"
OWNER = re.compile(r"[A-Z][\w'’-]*['’]s?\s\Z")  # "|Falluja's| Jolan"
LISTED = re.compile(r"\s*(?:,|\band|\bor|&|/|–|-)\s?\Z")  # "Ndun|, |Ngyong"
LIST_GOES_ON = re.compile(r"(?:,\s|\s(?:and|or|&)\s|\s?[/–-]\s?)(?:the\s)?")  # "|Burri| and Daym"
AT_LINE = re.compile(r"(?:\A|\n)[\s•*–-]*\Z")
HEADS_LINE = re.compile(r"\s?(?:[:–(]|,\s[A-Z])")  # "- Mucojo|:| forty men", "Rwamagaju|, |Masisi"
BEHIND = 30  # characters looked at before a name


def names_unknown(reading: Reading, taken: Spans, found: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the names outside of what is taken or found that stand where places are told.

    Parameters
    ----------
    reading : Reading
    taken : Spans
        What is certain.
    found : collection of (int, int)
        What the model and the gazetteer propose.
    """
    if not reading.has_capitals:
        return
    text, known = reading.parsed.text, Spans()
    for span in sorted(found):
        known.mark(*span)
    ends, starts = {end for _, end in found}, {start for start, _ in found}
    for match in _names().finditer(text):
        start, end = trim(text, *match.span())
        if (
            start >= end
            or known.overlaps(start, end)
            or taken.overlaps(start, end)
            or not _may_name(reading, start, end)
        ):
            continue
        if _is_told_as_place(reading, start, end) or _is_listed(text, start, end, starts, ends):
            known.mark(start, end)
            ends.add(end)
            yield start, end


def _may_name(reading: Reading, start: int, end: int) -> bool:
    """Whether it is no word of every day, no adjective of a country, and nothing that the model is sure of."""
    name, entity = reading.parsed.text[start:end], reading.labels.entity_at(start)
    unsure = entity is None or entity.label in UNSURE_LABELS
    word, known = name.lower().replace("’", "'"), reading.known
    plain = word in reading.lower_words or word in load_cues().faiths or name.isupper()
    return unsure and not (plain or known.is_ordinary(name) or known.is_adjective(name))


def _is_told_as_place(reading: Reading, start: int, end: int) -> bool:
    """Whether the words beside it are those of a place: "|at| Ochat", "Gaza City|'s| Rimal", "Isolo |quarter|"."""
    text = reading.parsed.text
    before = text[max(0, start - BEHIND) : start]
    if _stands_at().search(before) or OWNER.search(before):
        return True
    if feature_noun_after(text, end) or feature_noun_before(text, start):
        return True
    return AT_LINE.search(before) is not None and HEADS_LINE.match(text, end) is not None


def _is_listed(text: str, start: int, end: int, starts: Collection[int], ends: Collection[int]) -> bool:
    """Whether it stands in a list with another that may be a place: "Abepura and |Expo Waena|"."""
    joint = LISTED.search(text, max(0, start - BEHIND), start)
    if joint is not None and joint.start() in ends:
        return True
    on = LIST_GOES_ON.match(text, end)
    return on is not None and on.end() in starts


@cache
def _names() -> re.Pattern[str]:
    """Return one to three words, with small ones inside and what hyphens join: "al-Humayda", "Canapé-Vert"."""
    word = r"[\w'’]+(?:-[\w'’]+)*"
    before = "|".join(map(re.escape, load_cues().stands_at))
    first = rf"(?!(?i:{before}|the)\s)(?:{SMALL}-)?[^\W\d_a-z]{word}"
    return re.compile(rf"(?<![\w-]){first}(?:\s(?:{SMALL}[ -])?[A-Z]{word}){{0,2}}")


@cache
def _stands_at() -> re.Pattern[str]:
    """Return what a place is told after, the end of the words before a name: "at ", "entered the "."""
    words = "|".join(map(re.escape, load_cues().stands_at))
    return re.compile(rf"\b(?:{words})\s+(?:the\s+)?\Z", re.IGNORECASE)
