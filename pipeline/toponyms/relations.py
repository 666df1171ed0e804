"""Spatial relations in words: "30 km northwest of Erbil", "near Hit", "southern Lebanon", "Aleppo's countryside".

The text of a relation is its words with its anchor, as they stand in the report: ``"west of Baghdad"``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipeline.models import SpatialRelation
from pipeline.toponyms.relation_words import bearing_of, kilometres_of, leading_in, load_relation_words, worded

WINDOW = 140  # characters before a name that may say how something stands to it
#: Kinds that can say where the place named just before them lies: "Zurf al Saqr, |south of Baghdad|".
ANCHORING = frozenset(
    {"direction", "near", "coast", "shore", "outskirts", "countryside", "border", "between", "midway", "road"}
)
AFTER_NAME = (" ", "'", "’", "\n")
#: The last word but for "the", of a text read backwards: quicker than a search from its start.
_LAST_WORD = re.compile(r"\n?[“\"‘]?\s+(?:eht\s+)?,?([\w-]+)", re.IGNORECASE)


@cache
def _last_words() -> frozenset[str]:
    """Return the words that a relation can end with before the name: a cheap look that spares most names the rest."""
    words = load_relation_words()
    phrases = (*words.near, *words.place_nouns, *words.outskirts, *words.countryside)
    fixed = "of from off to with between inside into within outside at called rural central around towards toward"
    return frozenset({phrase.split()[-1] for phrase in phrases} | set(fixed.split()))


def relation_of(text: str, start: int, end: int) -> SpatialRelation | None:
    """Return the relation that stands around the name at ``start``:``end``: before it, after it, or both.

    >>> relation_of("near Aleppo's northern countryside", 5, 11).text
    "near Aleppo's northern countryside"
    """
    name = " ".join(text[start:end].split())
    before, after = relation_before(text, start, name), _relation_after(text, start, end)
    if before is None or after is None:
        found = before or after
    elif before.kind in {"direction", "coast"}:
        found = replace(before, end=after.end)
    else:
        bearing = before.bearing if after.bearing is None and before.kind == "part" else after.bearing
        found = replace(after, start=before.start, bearing=bearing)
    return None if found is None else spoken(text, replace(found, end=max(found.end, end)))


def relation_before(text: str, start: int, anchor: str) -> SpatialRelation | None:
    """Return the relation whose words end where the name ``anchor`` starts, if there is one.

    >>> relation_before("a base 30 km northwest of Erbil", 26, "Erbil").distance_km
    30.0
    """
    backwards = _LAST_WORD.match(text[max(0, start - 30) : start][::-1])
    last = backwards[1][::-1].lower() if backwards else ""
    if not last or not (last in _last_words() or _is_point(last)):
        return None
    begin = max(0, start - WINDOW)
    for kind, pattern in leading_in(text[begin:start].lower()):
        found = pattern.search(text, begin, start)
        if found and "\n\n" not in found[0] and not _belongs_elsewhere(text, kind, found):
            relation = _relation(_kind(kind, found), found, anchor)
            return spoken(text, replace(relation, end=start + len(anchor)))
    return None


def spoken(text: str, relation: SpatialRelation) -> SpatialRelation:
    """Return a relation with the words of the report between its offsets as its text."""
    return replace(relation, text=" ".join(text[relation.start : relation.end].split()))


def _is_point(word: str) -> bool:
    """Whether a word in small letters holds a compass point."""
    return any(point in word for point in ("north", "south", "east", "west"))


def _belongs_elsewhere(text: str, kind: str, found: re.Match[str]) -> bool:
    """Whether the words are another's: "cut |off| Aleppo"."""
    if kind != "coast" or found.groupdict().get("low"):
        return False
    word = re.search(r"(\w+)\s+$", text[max(0, found.start() - 20) : found.start()])
    return word is not None and word[1].lower() in load_relation_words().verbs_with_off


def _kind(kind: str, found: re.Match[str]) -> str:
    """Return the kind; "in the north of Homs" is inside it, "to the north of Homs" and "north of Homs" are not."""
    leads = (found.groupdict().get("the") or "").lower().split()
    inside = kind == "direction" and leads and leads[0] in {"in", "the", "at"}
    return "part" if inside else kind


def _relation(kind: str, found: re.Match[str], anchor: str) -> SpatialRelation:
    groups = found.groupdict()
    direction = groups.get("dir") or groups.get("dir2")
    bearing = bearing_of(direction) if direction and not groups.get("second") else None
    length = kilometres_of(found)
    km, slack = length or (None, None)
    return SpatialRelation(kind, "", found.start(), found.end(), anchor, bearing, km, slack or None)


def _relation_after(text: str, start: int, end: int) -> SpatialRelation | None:
    anchor = " ".join(text[start:end].split())
    for kind, pattern in worded("after") if text[end : end + 1] in AFTER_NAME else ():
        found = pattern.match(text, end)
        if found and "\n\n" not in found[0]:
            return replace(_relation(kind, found, anchor), start=start)
    return None
