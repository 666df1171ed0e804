"""Borders named by their two sides: "the Iraq-Syria border", "Jordan's border with Syria"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazetteer.index import Gazetteer
from gazetteer.models import Place
from pipeline.models import SpatialRelation
from pipeline.toponyms.readings import is_country
from pipeline.toponyms.spans import Span

_NAME = r"(?:[A-Z][\w.]*\s+){0,3}[A-Z][\w.]*"
_LINE = r"(?:border|frontier)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<one>{_NAME})\s*[-–—/]\s*(?P<other>{_NAME})\s+{_LINE}\b",
        rf"\b(?P<one>{_NAME})\s+and\s+(?:the\s+)?(?P<other>{_NAME})\s+{_LINE}s?\b",
        rf"\b{_LINE}\s+(?:between|of)\s+(?:the\s+)?(?P<one>{_NAME})\s+and\s+(?:the\s+)?(?P<other>{_NAME})",
        rf"\b(?P<one>{_NAME})(?:'s|’s)?\s+{_LINE}\s+with\s+(?:the\s+)?(?P<other>{_NAME})",
    )
)


def border_spans(text: str, gazetteer: Gazetteer) -> Iterator[Span]:
    """Yield the borders that a text names by two countries or their adjectives."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            sides = _sides(found, gazetteer)
            if sides is not None:
                start, end = sides[2:]
                yield Span(start, end, "BORDER", "gazetteer", ("border",), "descriptive")


def sides_of(text: str, gazetteer: Gazetteer) -> tuple[Place, Place] | None:
    """Return the two countries of a border as :func:`border_spans` found it, or None."""
    for pattern in _PATTERNS:
        found = pattern.search(text)
        sides = _sides(found, gazetteer) if found else None
        if sides is not None:
            return sides[:2]
    return None


def border_relation(text: str, start: int, end: int) -> SpatialRelation:
    """Return the relation of a border: its words are their own anchor."""
    words = " ".join(text[start:end].split())
    return SpatialRelation("border", words, start, end, words)


def _sides(found: re.Match[str], gazetteer: Gazetteer) -> tuple[Place, Place, int, int] | None:
    """Return the two countries, and where the words that name the border start and end."""
    one = _country(found, "one", gazetteer)
    other = _country(found, "other", gazetteer)
    if one is None or other is None or one[0].place_id == other[0].place_id:
        return None
    begins_with_name = found.start() == found.start("one")
    start = one[1] if begins_with_name else found.start()
    end = other[2] if found.end() == found.end("other") else found.end()
    return one[0], other[0], start, end


def _country(found: re.Match[str], side: str, gazetteer: Gazetteer) -> tuple[Place, int, int] | None:
    """Return the country in a group and its offsets; the pattern may have taken capitalised words too many."""
    base, words = found.start(side), list(re.finditer(r"\S+", found[side]))
    spans = [(i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
    for i, j in sorted(spans, key=lambda span: span[0] - span[1]):
        start, end = words[i].start(), words[j - 1].end()
        end -= found[side][start:end].endswith(".") and found[side][start:end].count(".") == 1
        place = country_named(found[side][start:end], gazetteer)
        if place is not None:
            return place, base + start, base + end
    return None


def country_named(word: str, gazetteer: Gazetteer) -> Place | None:
    """Return the country that a name or an adjective means: "Iraq", "Iraqi"."""
    exact = (c.place for c in gazetteer.candidates(word, limit=5) if c.match == "exact")
    named = (place for place in (*exact, gazetteer.demonym(word)) if place is not None)
    return next((place for place in named if is_country(place)), None)
