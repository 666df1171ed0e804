"""A small world of made-up places, and reports of mentions in it, for the tests of features and rankers."""

from __future__ import annotations

from collections.abc import Sequence

from gazetteer.models import Candidate, MatchKind, Place
from pipeline.models import Mention
from pipeline.toponyms.features import Table
from pipeline.toponyms.readings import readings_of
from pipeline.toponyms.sheet import Sheet
from pipeline.toponyms.surroundings import bonds_of

NORTHLAND = Place("c:n", "Northland", 10.0, 10.0, "A", "PCLI", "NN", population=5_000_000, uncertainty_m=300_000)
SOUTHLAND = Place("c:s", "Southland", -40.0, 90.0, "A", "PCLI", "SS", population=4_000_000, uncertainty_m=300_000)
HILLS = Place("d:h", "Hills", 10.2, 10.2, "A", "ADM1", "NN", population=900_000)
AVON_NORTH = Place("t:an", "Avon", 10.1, 10.1, "P", "PPL", "NN", "Hills", "d:h", population=2_000)
AVON_SOUTH = Place("t:as", "Avon", -40.1, 90.1, "P", "PPL", "SS", "Plains", "d:p", population=90_000)
BRANT = Place("t:b", "Brant", 10.15, 10.2, "P", "PPL", "NN", "Hills", "d:h", population=30_000)
WORLD = {
    "Avon": (AVON_SOUTH, AVON_NORTH), "Brant": (BRANT,), "Hills": (HILLS,), "Northland": (NORTHLAND,),
    "Southland": (SOUTHLAND,), "Avvon": (AVON_SOUTH, AVON_NORTH),
}  # fmt: skip


def candidates_of(name: str) -> list[Candidate]:
    match: MatchKind = "skeleton" if name == "Avvon" else "exact"
    return [Candidate(place, place.name, match, 1.0 if match == "exact" else 0.8) for place in WORLD[name]]


def mentions_of(text: str) -> list[Mention]:
    """Return a mention for each name of the world in a text."""
    found = [(text.find(name), name) for name in WORLD if name in text]
    return [Mention("d", at, at + len(name), name) for at, name in sorted(found)]


def table_of(text: str, mentions: Sequence[Mention] | None = None) -> Table:
    """Return the table of a text's mentions."""
    found = mentions_of(text) if mentions is None else mentions
    readings = [readings_of(m.text, candidates_of(m.text)) for m in found]
    assert all(readings)
    return Table(Sheet.of(found, [r for r in readings if r]), bonds_of(text, found))
