"""Borders in words: "the Iraq-Syria border", "the Syrian border", "the Iraqi side of the border"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gazetteer.index import Gazetteer
from gazetteer.models import Place, is_country
from pipeline.models import SpatialRelation
from pipeline.toponyms.relation_words import DIRECTION, any_of, kilometres_of, load_relation_words, pattern_of
from pipeline.toponyms.relations import spoken
from pipeline.toponyms.spans import Span

_NAME = r"(?:[A-Z][\w.]*\s+){0,3}[A-Z][\w.]*"
_OWN = r"(?:['’]s?)?"
_HYPHEN = r"\s*[-–—/]\s*"
_SIDES = ("one", "other", "third")
_LEAD = r"(?:(?:\b(?:near|along|on|at|across|close\s+to|towards?)|{far}\s+(?:away\s+)?(?:from|of|inside))\s+)?{the}$"
_LEAD_WINDOW = 60  # characters before a border that may lead into it
_SIDE = re.compile(r"(?P<side>[A-Z]\w+)\s+side\s+of\b")


@dataclass(frozen=True, slots=True)
class Border:
    """The countries that a border is said to part (one where only one is said), and the side of it meant, if any."""

    countries: tuple[Place, ...]
    side: Place | None = None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns, the fullest first; a border that owns another noun ("border guards") is none."""
    line = rf"(?:[Bb]order|[Ff]rontier)s?\b(?!-|\s+{any_of(load_relation_words().border_owners)}\b)"
    zone = r"(?:\s+(?:area|region|strip|zone|triangle)s?)?"
    one, other, third = (rf"(?P<{side}>{_NAME})" for side in _SIDES)
    rows = (
        rf"\b{one}{_HYPHEN}{other}{_HYPHEN}{third}\s+{line}{zone}",
        rf"\b{line}{zone}\s+(?:between|of)\s+(?:the\s+)?{one},\s+(?:the\s+)?{other},?\s+and\s+(?:the\s+)?{third}",
        rf"\b{one}{_HYPHEN}{other}\s+{line}{zone}",
        rf"\b{one}\s+and\s+(?:the\s+)?{other}\s+{line}{zone}",
        rf"\b{line}{zone}\s+(?:between|of)\s+(?:the\s+)?{one}\s+and\s+(?:the\s+)?{other}",
        rf"\b{one}\s+side\s+of\s+(?:the\s+)?{line}\s+with\s+(?:the\s+)?{other}",
        rf"\b{one}\s+side\s+of\s+(?:the\s+)?{other}\s+{line}{zone}",
        rf"\b{one}{_OWN}\s+(?:{DIRECTION}\s+)?{line}\s+with\s+(?:the\s+)?{other}",
        rf"\b{line}{zone}\s+with\s+(?:the\s+)?{one}",
        rf"\b{one}\s+side\s+of\s+(?:the\s+)?{line}",
        rf"\b{one}{_OWN}\s+(?:{DIRECTION}\s+)?{line.replace('s?', '', 1)}{zone}",  # a land's borders are the land
    )
    return tuple(re.compile(row) for row in rows)


def border_spans(text: str, gazetteer: Gazetteer) -> Iterator[Span]:
    """Yield the borders that a text names by one to three countries or their adjectives, the fullest first."""
    if re.search(r"border|frontier", text, re.IGNORECASE) is None:
        return
    for pattern in _patterns():
        for found in pattern.finditer(text):
            sides = _sides(found, gazetteer)
            if sides is not None:
                _, start, end = sides
                yield Span(start, end, "BORDER", "gazetteer", ("border",), "descriptive")


def border_of(text: str, gazetteer: Gazetteer) -> Border | None:
    """Return what border the words of a mention name, or None."""
    for pattern in _patterns():
        found = pattern.search(text)
        sides = _sides(found, gazetteer) if found else None
        if sides is not None:
            said = _SIDE.search(text)
            return Border(sides[0], country_named(said["side"], gazetteer) if said else None)
    return None


def border_relation(text: str, start: int, end: int) -> SpatialRelation:
    """Return the relation of a border mention: its words with those that lead into it, its sides as anchors."""
    lead = pattern_of(_LEAD).search(text, max(0, start - _LEAD_WINDOW), start)
    km, slack = (kilometres_of(lead) if lead else None) or (None, None)
    words = (pattern.fullmatch(text, start, end) for pattern in _patterns())
    groups = next((found.groupdict() for found in words if found), {})
    names = tuple(" ".join(groups[side].split()) for side in _SIDES if groups.get(side))
    anchor, others = (names[0], names[1:]) if names else (" ".join(text[start:end].split()), ())
    begins = lead.start() if lead else start
    return spoken(text, SpatialRelation("border", "", begins, end, anchor, None, km, slack or None, others))


def _sides(found: re.Match[str], gazetteer: Gazetteer) -> tuple[tuple[Place, ...], int, int] | None:
    """Return the countries, and where the words that name the border start and end; None where one is no country."""
    named = [side for side in _SIDES if side in found.groupdict()]
    sides = {side: _country(found, side, gazetteer) for side in named}
    countries = [side[0] for side in sides.values() if side is not None]
    if len(countries) < len(named) or len({place.place_id for place in countries}) < len(named):
        return None
    starts = {found.start(side): known[1] for side, known in sides.items() if known}
    ends = {found.end(side): known[2] for side, known in sides.items() if known}
    return tuple(countries), starts.get(found.start(), found.start()), ends.get(found.end(), found.end())


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
