"""Spatial relations in words: "30 km northwest of Erbil", "near Hit", "southern Lebanon", "Aleppo's countryside".

The text of a relation is its words with its anchor, as they stand in the report: ``"west of Baghdad"``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipeline.models import SpatialRelation
from pipeline.toponyms.relation_words import (
    ABBREVIATED,
    DIRECTION,
    any_of,
    bearing_of,
    distance,
    kilometres_of,
    lead,
    load_relation_words,
)

WINDOW = 140  # characters before a name that may say how something stands to it
#: Kinds that can say where the place named just before them lies: "Zurf al Saqr, |south of Baghdad|".
ANCHORING = frozenset(
    {"direction", "near", "coast", "shore", "outskirts", "countryside", "border", "between", "midway", "road"}
)
_LAST_WORD = re.compile(r"([\w-]+),?\s+[“\"‘]?$")
_THE = r"(?:the\s+)?"
_SECOND = rf"(?P<second>\s+(?:and|or)\s+{DIRECTION})?"


@cache
def _before() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the kinds with their patterns, in the order in which they are tried; each ends where the name starts."""
    words, far, to = load_relation_words(), distance(), lead()
    coast, near = any_of(words.coasts), any_of(words.near)
    direction = rf"(?P<dir>{DIRECTION}|{ABBREVIATED})"
    side = rf"(?:(?:on|in|at|to|from|around|throughout)\s+)?{_THE}(?:(?P<dir>{DIRECTION}){_SECOND}\s+)?"
    rows = (
        ("direction", rf"(?:{far}\s*,?\s+(?:away\s+)?)(?:(?:just|due|directly)\s+)?(?:(?:to|in|on)\s+)?{_THE}{direction}"
                      rf"\s+(?:side\s+)?(?:of|from)\s+{to}"),
        ("direction", rf"\b(?:(?:just|due|directly|immediately|further|farther)\s+)?(?P<the>(?:(?:to|in|on|at)\s+)?the\s+)?"
                      rf"(?P<dir>{DIRECTION})\s+of\s+{to}"),
        ("direction", rf"\b(?P<the>to\s+the\s+)(?P<dir>{DIRECTION})\s+from\s+{to}"),
        ("coast", rf"(?:{far}\s*,?\s+)?\b(?:in\s+{_THE}(?:\w+\s+)?(?:sea|waters|water)\s+)?(?<!\w)off\s+(?:of\s+)?{_THE}"
                  rf"(?:(?P<dir>{DIRECTION})\s+)?(?:(?:{coast}|port|islands?)\s+of\s+)?{to}"),
        ("shore", rf"\b(?:on|along|near|at)\s+{_THE}(?:(?P<dir>{DIRECTION})\s+)?{coast}\s+of\s+{to}"),
        ("inside", rf"{far}\s*,?\s+(?:deep\s+)?(?:inside|into|within)\s+(?:of\s+)?{to}"),
        ("near", rf"{far}\s*,?\s+(?:or\s+so\s+)?(?:away\s+)?(?:from|outside(?:\s+of)?|of|short\s+of|upstream\s+(?:of|from)"
                 rf"|downstream\s+(?:of|from))\s+{to}"),
        ("border", rf"\b(?:(?:near|along|on|at|across|to)\s+)?{_THE}(?:border|frontier)s?\s+(?:with|of|between)\s+{to}"),
        ("outskirts", rf"\b{side}{any_of(words.outskirts)}(?:\s+and\s+\w+)?\s+(?:of\s+|to\s+)?{to}"),
        ("countryside", rf"\b{side}{any_of(words.countryside)}(?:\s+and\s+\w+)?\s+(?:(?:of|around)\s+)?"
                        rf"(?:(?P<dir2>{DIRECTION})\s+)?{to}"),
        ("countryside", rf"\b{side}rural\s+(?:(?P<dir2>{DIRECTION})\s+)?"),
        ("bank", rf"\b(?:on|along)?\s*{_THE}(?P<dir>{DIRECTION})\s+(?-i:banks?)\s+of\s+{to}"),
        ("road", rf"\b(?:on|along|near)\s+(?:the|a)\s+(?:[\w-]+\s+)?{any_of(words.roads)}\s+(?:to|towards?|leading\s+to|into"
                 rf"|outside|out\s+of|from)\s+{to}"),
        ("near", rf"\b(?:upstream|downstream|upriver|downriver)\s+(?:of|from)\s+{to}"),
        ("near", rf"\b{near}\s+{to}"),
        ("part", rf"\b(?:in\s+)?{_THE}(?P<dir>{DIRECTION}|central){_SECOND}\s+{any_of(words.parts)}\s+of\s+{to}"),
        ("part", rf"\b(?P<dir>{DIRECTION}|central)\s+(?:the\s+)?"),
    )  # fmt: skip
    return tuple((kind, re.compile(pattern + "$", re.IGNORECASE)) for kind, pattern in rows)


@cache
def _last_words() -> frozenset[str]:
    """Return the words that a relation can end with before the name: a cheap look that spares most names the rest."""
    words = load_relation_words()
    phrases = (*words.near, *words.place_nouns, *words.outskirts, *words.countryside)
    fixed = "of from off the to with between inside into within outside at called rural central around in towards toward"
    return frozenset({phrase.split()[-1] for phrase in phrases} | set(fixed.split()))


@cache
def _after() -> re.Pattern[str]:
    """Return the pattern of a relation that follows a name: "'s northern countryside", " outskirts", "'s south"."""
    words = load_relation_words()
    land = (*words.countryside, *(word for word in words.outskirts if word.endswith("s")))
    kinds = (
        rf"(?P<countryside>{any_of(words.countryside)})|(?P<outskirts>{any_of(set(land) - set(words.countryside))})"
        r"|(?P<near>(?-i:desert|vicinity))"
    )
    side = rf"(?:(?P<dir>{DIRECTION}){_SECOND}\s+)?"
    owned = (
        rf"['’]s\s+(?:(?P<shore_dir>{DIRECTION})\s+)?(?:[A-Z]\w+\s+Sea\s+)?(?P<shore>{any_of(words.coasts)})\b"
        rf"|['’]s\s+(?P<whole>{_ANY_POINT})(?![\w-]|\s+(?:bank|of|[A-Z]))"
        rf"|['’]s\s+(?P<part_dir>{DIRECTION})\s+(?P<part>{any_of(words.parts)})\b"
    )
    return re.compile(rf"(?:['’]s?)?\s+{side}(?:{kinds})\b|{owned}", re.IGNORECASE)


_ANY_POINT = r"(?:far[\s-]+)?(?:north|south|east|west)(?:[\s-]?(?:east|west))?"


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
    last = _LAST_WORD.search(text, max(0, start - 30), start)
    if last is None or not (last[1].lower() in _last_words() or _is_point(last[1])):
        return None
    for kind, pattern in _before():
        found = pattern.search(text, max(0, start - WINDOW), start)
        if found and "\n\n" not in found[0] and not _belongs_elsewhere(text, kind, found):
            relation = _relation(_kind(kind, found), found, anchor)
            return spoken(text, replace(relation, end=start + len(anchor)))
    return None


def spoken(text: str, relation: SpatialRelation) -> SpatialRelation:
    """Return a relation with the words of the report between its offsets as its text."""
    return replace(relation, text=" ".join(text[relation.start : relation.end].split()))


def _is_point(word: str) -> bool:
    return re.search(r"(?:north|south|east|west)", word, re.IGNORECASE) is not None


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
    found = _after().match(text, end)
    if found is None or "\n\n" in found[0]:
        return None
    groups = found.groupdict()
    kind = next(k for k in ("countryside", "outskirts", "near", "shore", "part", "whole") if groups[k])
    direction = groups["dir"] or groups["shore_dir"] or groups["part_dir"] or groups["whole"]
    bearing = bearing_of(direction) if direction and not groups["second"] else None
    anchor = " ".join(text[start:end].split())
    return SpatialRelation("part" if kind == "whole" else kind, "", start, found.end(), anchor, bearing)
