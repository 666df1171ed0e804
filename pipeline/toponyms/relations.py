"""Spatial relations in words: "30 km northwest of Erbil", "near Hit", "southern Lebanon", "the Iraq-Syria border"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.models import SpatialRelation
from pipeline.toponyms.cues import load_cues

KM = {"k": 1.0, "m": 1.609344}
UNIT = r"(?P<unit>k)(?:ms?|ilomet(?:er|re)s?)|(?P<mile>m)i(?:les?)?"
LEAD = r"(?:the\s+)?(?:(?:capital|city|town|village|provincial\s+capital)(?:\s+of)?,?\s+)?(?:the\s+)?"
PAREN = r"(?:\s*\([^()]{1,30}\))?"  # 1,800 km (1,118 miles) from


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    cues = load_cues()
    words = "|".join(sorted((re.escape(w) for w in cues.directions), key=len, reverse=True))
    near = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in cues.near_phrases)
    numbers = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(cues.distance_words, key=len, reverse=True))
    number = rf"(?P<dist>\d[\d,]*(?:\.\d+)?|{numbers})"
    distance = rf"{number}[\s-]*(?:{UNIT}){PAREN}\s*,?\s+"
    return tuple(
        (kind, re.compile(pattern + "$", re.IGNORECASE))
        for kind, pattern in (
            ("direction", rf"\b(?:{distance})?(?:to\s+the\s+)?(?P<dir>{words})\s+(?:of|from)\s+{LEAD}"),
            ("near", rf"\b{distance}(?:from|outside|off|away\s+from|inside)\s+{LEAD}"),
            ("coast", rf"\boff\s+(?:the\s+)?(?:(?:{words})\s+)?(?:coast\s+of\s+|shores?\s+of\s+)?{LEAD}"),
            ("border", rf"\b(?:border|frontier|borders)\s+(?:with|of|between)\s+{LEAD}"),
            ("near", rf"\b(?:{near})\s+{LEAD}"),
            ("part", rf"\b(?P<dir>{words}|central)\s+(?:part\s+of\s+|parts\s+of\s+)?"),
        )
    )


def relation_before(text: str, start: int, anchor: str) -> SpatialRelation | None:
    """Return the relation whose words end where the name ``anchor`` starts, if there is one.

    >>> relation_before("a base 30 km northwest of Erbil", 26, "Erbil").distance_km
    30.0
    """
    window = max(0, start - 90)
    for kind, pattern in _patterns():
        found = pattern.search(text, window, start)
        if found and "\n\n" not in found[0]:
            return _relation(kind, found, anchor)
    return None


def _relation(kind: str, found: re.Match[str], anchor: str) -> SpatialRelation:
    groups = found.groupdict()
    direction = (groups.get("dir") or "").lower()
    bearing = load_cues().directions.get(direction)
    return SpatialRelation(
        kind, found[0].strip(), found.start(), found.start() + len(found[0].rstrip()), anchor,
        None if bearing is None else float(bearing), _kilometres(groups),
    )  # fmt: skip


def _kilometres(groups: dict[str, str | None]) -> float | None:
    said = groups.get("dist")
    if not said:
        return None
    said = re.sub(r"\s+", " ", said.lower())
    value = load_cues().distance_words.get(said)
    number = value if value is not None else float(said.replace(",", ""))
    return round(number * KM["m" if groups.get("mile") else "k"], 3)
