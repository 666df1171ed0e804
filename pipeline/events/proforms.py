"""Whom "the group", "the militia" or "the rebels" stands for: the armed actor named last before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.events.actors import ActorMention, Lexicon, find_actors
from pipeline.models import Actor

REACH = 1500  # characters back
OPENING = 12  # characters: "Fighters of"
NON_STATE = frozenset({2, 3, 4})  # ACLED inter codes
_DEFINITE = re.compile(r"\b(?:the|these|those|this|that)\s+(?:[\w-]+\s+)?\Z", re.IGNORECASE)
_DEFINES = re.compile(r"\s+(?:who|that|which|whose)\b")  # "the militants who …": said here, not before
_SENTENCE_END = re.compile(r"(?<=[.!?…”\"])\s+(?=[A-Z“\"])|\n+")
_DATELINE = re.compile(r"\n[^\S\n]*(?=[A-Z][A-Z’'-]{2,}[^\n.]{0,60}?\s[-–—]\s)")


def referent(text: str, start: int, end: int, *, lexicon: Lexicon, country: str) -> Actor | None:
    """Return the actor that ``text[start:end]`` stands for, if it is a word such as "militia" after a "the".

    Looks no farther back than the dateline of the item that it stands in.

    Examples
    --------
    >>> from pipeline.events.actors import load_lexicon
    >>> line = "The Houthi militia mobilised. In the evening the militia shelled Taiz."
    >>> referent(line, 49, 56, lexicon=load_lexicon(), country="YE").name
    'Houthi Movement (Ansar Allah)'
    """
    words = text[start:end].lower().split()
    if not words or words[-1] not in lexicon.word_sets["proforms"]:
        return None
    if _DEFINITE.search(text, max(0, start - 30), start) is None or _DEFINES.match(text, end):
        return None
    return named_before(text, start, lexicon=lexicon, country=country)


def named_before(text: str, before: int, *, lexicon: Lexicon, country: str) -> Actor | None:
    """Return the armed group named last before an offset, or the one that opens the sentence that names that."""
    first = max(0, before - REACH)
    cuts = [m.end() for m in _DATELINE.finditer(text, first, before)]
    found = find_actors(text, cuts[-1] if cuts else first, before, lexicon=lexicon, country=country)
    groups = [m for m in found if _is_armed_group(m)]
    return _spoken_of(text, groups).actor if groups else None


def _spoken_of(text: str, groups: Sequence[ActorMention]) -> ActorMention:
    """Return whom the last sentence that names groups is about: "|A| fought B. The group said", else the last named."""
    last = groups[-1]
    ends = [m.end() for m in _SENTENCE_END.finditer(text, 0, last.start)]
    begin = ends[-1] if ends else 0
    opening = next(m for m in groups if m.start >= begin)
    return opening if opening.start - begin <= OPENING else last


def _is_armed_group(mention: ActorMention) -> bool:
    return mention.kind == "named" and mention.actor.inter in NON_STATE
