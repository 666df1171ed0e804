"""Whom "the group", "the militia" or "the rebels" stands for: the armed actor named last before it."""

from __future__ import annotations

import re

from pipeline.events.actors import ActorMention, Lexicon, find_actors
from pipeline.models import Actor

REACH = 1500  # characters back
NON_STATE = frozenset({2, 3, 4})  # ACLED inter codes
_DEFINITE = re.compile(r"\b(?:the|these|those|this|that)\s+(?:[\w-]+\s+)?\Z", re.IGNORECASE)
_DEFINES = re.compile(r"\s+(?:who|that|which|whose)\b")  # "the militants who …": said here, not before
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
    """Return the armed group named last before an offset."""
    first = max(0, before - REACH)
    cuts = [m.end() for m in _DATELINE.finditer(text, first, before)]
    found = find_actors(text, cuts[-1] if cuts else first, before, lexicon=lexicon, country=country)
    return next((m.actor for m in reversed(found) if _is_armed_group(m)), None)


def _is_armed_group(mention: ActorMention) -> bool:
    return mention.kind == "named" and mention.actor.inter in NON_STATE
