"""Which tellings are compared at all: those that share a day and an area, so that the work grows with the reports."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from gazetteer.models import Place
from gazetteer.names import skeleton
from pipeline.events.merging.places import BESIDE_KM, readings_of
from pipeline.events.merging.tellings import Told
from pipeline.events.places import coarseness

CELL = 0.6  # degrees; a cell is wider than twice the reach, so that what is near shares one of its cells
REACH = BESIDE_KM / 111.0  # degrees of latitude
DISTRICT, PROVINCE = 3, 4  # UCDP where_prec: what is told so widely is compared with all that lies in it
LONG_SPAN = 40  # days; what spans more is no one incident to compare day by day
NOWHERE: tuple[str | int, ...] = ("nowhere",)
Pair = tuple[int, int]
Area = tuple[str | int, ...]  # "area", "cell", "name" or "actor", and which


def blocked_pairs(tellings: Sequence[Told]) -> list[Pair]:
    """Return the pairs worth comparing, as positions, each once, in order.

    Two tellings are, if their days touch (give or take a night) and their areas do: a cell of about 60 km for what is
    told to the town; a province or country with what lies in it; what is told without a place only by its actors.
    """
    homes: dict[tuple[date, Area], list[tuple[int, bool]]] = defaultdict(list)
    for number, told in enumerate(tellings):
        areas = areas_of(told)
        for day in _days(told):
            for area, wide in areas:
                homes[day, area].append((number, wide))
    pairs = {pair for (_, area), home in homes.items() for pair in _pairs(home, area)}
    return sorted(p for p in pairs if not tellings[p[0]].docs & tellings[p[1]].docs)


def _pairs(home: Sequence[tuple[int, bool]], area: Area) -> Iterator[Pair]:
    """Yield the pairs of one day and area; in a province or country, only those of which one is told that widely."""
    in_cell = area[0] != "area"
    for (a, a_wide), (b, b_wide) in combinations(home, 2):
        if a != b and (in_cell or a_wide or b_wide):
            yield (a, b) if a < b else (b, a)


def _days(told: Told) -> list[date]:
    """Return the days that a telling may share with another, with the one after for nights."""
    when = told.event.when
    if when is None:
        return []
    span = min((when.date_end - when.date_start).days, LONG_SPAN)
    return [when.date_start + timedelta(days=n) for n in range(span + 2)]


def areas_of(told: Told) -> list[tuple[Area, bool]]:
    """Return the areas that a telling is compared in, and whether it is told no finer than that area."""
    placement = told.event.placement
    places = readings_of(placement)
    if not places:
        cells = {cell for place in told.named for cell in _cells(place)}
        return sorted(((key, True) for key in (*_without_place(told), *cells)), key=str)
    found: set[tuple[Area, bool]] = {a for p in places for a in _divisions(p, coarseness(placement))}
    if coarseness(placement) <= DISTRICT:
        found |= {(cell, True) for place in places for cell in _cells(place)}
    if placement.resolution is not None:  # for tellings whose name for it the gazetteer lacks
        found.add((("name", skeleton(placement.resolution.mention.text)), True))
    return sorted(found, key=str)


def _divisions(place: Place, told: int) -> Iterator[tuple[Area, bool]]:
    """Yield the province and the country, and whether what is told so widely may be anywhere in them."""
    yield ("area", place.admin1_id or place.place_id), told >= DISTRICT
    if place.country:
        yield ("area", place.country), told > PROVINCE


def _cells(place: Place) -> Iterator[Area]:
    """Yield the cells within reach of a place; cells of the last and the first meridian are neighbours."""
    reach = REACH / max(0.1, math.cos(math.radians(place.lat)))
    columns = round(360 / CELL)
    for lat in (place.lat - REACH, place.lat + REACH):
        for lon in (place.lon - reach, place.lon, place.lon + reach):
            yield ("cell", math.floor(lat / CELL), math.floor((lon + 180) / CELL) % columns)


def _without_place(told: Told) -> list[Area]:
    """Return what is shared by tellings that are not placed: the name the gazetteer lacks, or else the actors."""
    found = told.event.placement.resolution
    named: list[Area] = [("name", skeleton(found.mention.text))] if found is not None else []
    sides: list[Area] = [("actor", a.name) for a in (told.event.perpetrator, told.event.target) if a is not None]
    return [*named, *sides] or [NOWHERE]
