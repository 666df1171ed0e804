"""Which tellings are compared at all: those that share a day and an area, so that the work grows with the reports."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heappop, heappush

from gazetteer.models import Place
from pipeline.events._words import table
from pipeline.events.merging.days import MOST_DAYS_OFF, days_beside, is_assumed
from pipeline.events.merging.places import BESIDE_KM, NEAR_KM, readings_of
from pipeline.events.merging.spellings import bare, sound_of
from pipeline.events.merging.tellings import Told
from pipeline.events.places import coarseness
from pipeline.models import When

CELL = 0.3  # degrees
KM_A_DEGREE = 111.0  # of latitude
DISTRICT, PROVINCE = 3, 4  # UCDP where_prec: what is told so widely is compared with all that lies in it
LONG_SPAN = 40  # days; what spans more is no one incident to compare day by day
MANY_DEAD = 10  # so many on one day are hardly those of two incidents
NOWHERE: tuple[str | int, ...] = ("nowhere",)
Pair = tuple[int, int]
Area = tuple[str | int, ...]  # "area", "cell", "name", "actor", "toll" or "thing", and which


@dataclass(frozen=True, slots=True)
class Day:
    """What is to be done on one day: the pairs that meet on it first, and the tellings that no later day can join."""

    pairs: tuple[Pair, ...]
    over: tuple[int, ...]


def blocked_pairs(tellings: Sequence[Told]) -> list[Pair]:
    """Return the pairs worth comparing, as positions, each once, in order.

    Two tellings are, if their days touch (give or take a night) and their areas do: cells of about 30 km around what is
    told to the town; a province or country with what lies in it; what is told without a place by actors, toll and what
    was hit.
    """
    starts = [(first_day(told.event.when), n) for n, told in enumerate(tellings)]
    days = day_by_day(sorted((day, n) for day, n in starts if day is not None), tellings.__getitem__)
    return sorted(pair for day in days for pair in day.pairs)


def first_day(when: When | None) -> int | None:
    """Return the first day, as an ordinal, on which a telling of that time may meet another; None if it never does."""
    return None if when is None else max(0, when.date_start.toordinal() - MOST_DAYS_OFF)


def day_by_day(starts: Iterable[tuple[int, int]], told_of: Callable[[int], Told]) -> Iterator[Day]:
    """Walk through the days; of the tellings only what a day needs is held, so that very many are no burden.

    Parameters
    ----------
    starts : iterable of (int, int)
        For each telling its :func:`first_day` and its number, by day.
    told_of : callable
        Gives a telling by its number; asked once for each, when its days come.
    """
    calendar, coming = _Calendar(), iter(starts)
    start = next(coming, None)
    while start is not None or calendar.days:
        while start is not None and (not calendar.days or start[0] <= calendar.days[0]):
            calendar.enter(start[1], told_of(start[1]), start[0])
            start = next(coming, None)
        yield calendar.next_day()


@dataclass(slots=True)
class _Calendar:
    """The days to come of the tellings that were entered, and whom each has met."""

    days: list[int] = field(default_factory=list)  # a heap of ordinals
    due: dict[int, list[tuple[str, int, bool]]] = field(default_factory=dict)  # by day: kind, telling, at night
    ending: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    areas: dict[int, list[tuple[Area, bool]]] = field(default_factory=dict)
    docs: dict[int, frozenset[str]] = field(default_factory=dict)
    met: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def enter(self, number: int, told: Told, first: int) -> None:
        """Note the days of a telling, none of which is before the first; without any it is over on that."""
        days = [(kind, day.toordinal(), at_night) for kind, day, at_night in _days(told)]
        for day in {first, *(day for _, day, _ in days)} - self.due.keys():
            self.due[day] = []
            heappush(self.days, day)
        for kind, day, at_night in days:
            self.due[day].append((kind, number, at_night))
        self.ending[max((day for _, day, _ in days), default=first)].append(number)
        self.areas[number], self.docs[number] = areas_of(told), told.docs

    def next_day(self) -> Day:
        """Return what the next day brings, and forget whom it was the last day of."""
        day = heappop(self.days)
        homes: dict[tuple[str, Area], list[tuple[int, bool, bool]]] = defaultdict(list)
        for kind, number, at_night in self.due.pop(day):
            for area, wide in self.areas[number]:
                homes[kind, area].append((number, wide, at_night))
        pairs = sorted({pair for home in homes.values() for pair in _pairs(home) if self._is_new(*pair)})
        for one, other in pairs:
            self.met[one].add(other)
        over = tuple(self.ending.pop(day, ()))
        for number in over:
            del self.areas[number], self.docs[number]
            self.met.pop(number, None)
        return Day(tuple(pairs), over)

    def _is_new(self, one: int, other: int) -> bool:
        return not (one in self.met and other in self.met[one]) and not self.docs[one] & self.docs[other]


def _pairs(home: Sequence[tuple[int, bool, bool]]) -> Iterator[Pair]:
    """Yield the pairs of one day and area of which one is told as widely as the area, and one at night in a night."""
    for a, a_wide, a_night in home:
        if a_wide:
            for b, _, b_night in home:
                if a != b and (a_night or b_night):
                    yield (a, b) if a < b else (b, a)


def _days(told: Told) -> list[tuple[str, date, bool]]:
    """Return the days of a telling, the nights before and after them, and the other days that its report tells.

    A night counts only with one told at night in it, another day only with one that was on it.
    """
    when = told.event.when
    if when is None:
        return []
    span = min((when.date_end - when.date_start).days, LONG_SPAN)
    days = [("day", when.date_start + timedelta(days=n), True) for n in range(span + 1)]
    nights = (when.date_start - timedelta(days=1), when.date_end) if when.date_start > date.min else (when.date_end,)
    own, is_open = {day for _, day, _ in days}, is_assumed(told)
    others = [("day", day, is_open and day in told.days - told.other_days) for day in sorted(days_beside(told) - own)]
    return [*days, *others, *(("night", day, bool(told.sentence.hours)) for day in nights)]


def areas_of(told: Told) -> list[tuple[Area, bool]]:
    """Return the areas that a telling is compared in, and whether it is told no finer than that area."""
    placement = told.event.placement
    places = readings_of(placement)
    if not places:
        cells = {cell for place in (*told.named, *told.filed) for cell in _cells(place, NEAR_KM)}
        return sorted(((key, True) for key in (*_without_place(told), *cells)), key=str)
    found: set[tuple[Area, bool]] = {a for p in places for a in _divisions(p, coarseness(placement))}
    if coarseness(placement) <= DISTRICT:
        reach = BESIDE_KM if placement.relation is not None else NEAR_KM
        found |= {(cell, True) for place in places for cell in _cells(place, reach)}
    lands = told.other_lands
    alien = bool(lands) and places[0].country not in lands  # it may be a namesake of the place meant
    by_name = alien or coarseness(placement) > DISTRICT
    found |= {(key, by_name and key[0] == "name") for key in _without_place(told)}  # others: for tellings not placed
    found |= {(key, True) for name in told.unknown for key in _name_keys({name})}
    found |= {
        (cell, False) for place in told.named for cell in _cells(place, 0.0)
    }  # one may be placed where it was not
    return sorted(found, key=str)


def _divisions(place: Place, told: int) -> Iterator[tuple[Area, bool]]:
    """Yield the province and the country, and whether what is told so widely may be anywhere in them."""
    yield ("area", place.admin1_id or place.place_id), told >= DISTRICT
    if place.country:
        yield ("area", place.country), told > PROVINCE


def _cells(place: Place, reach_km: float) -> Iterator[Area]:
    """Yield the cells that lie within reach of a place; those of the last and the first meridian are neighbours."""
    up = reach_km / KM_A_DEGREE
    across = up / max(0.1, math.cos(math.radians(place.lat)))
    columns = round(360 / CELL)
    for row in range(math.floor((place.lat - up) / CELL), math.floor((place.lat + up) / CELL) + 1):
        for column in range(math.floor((place.lon - across) / CELL), math.floor((place.lon + across) / CELL) + 1):
            yield ("cell", row, column % columns)


def _without_place(told: Told) -> list[Area]:
    """Return what a telling without a place may share: the names as written, actors, a high toll, what was hit."""
    found = told.event.placement.resolution
    names = {*([found.mention.text] if found is not None else []), *told.unknown}
    named = sorted(_name_keys(names) | {("name", key) for key in told.details.name_keys})
    sides: list[Area] = [("actor", a.name) for a in (told.event.perpetrator, told.event.target) if a is not None]
    dead = told.event.fatalities.low or 0
    tolls: list[Area] = [("toll", dead)] if dead >= MANY_DEAD else []
    hit = sorted(told.sentence.things - frozenset(table("merging")["things_common"]))
    things: list[Area] = [("thing", thing) for thing in hit]
    return [*named, *sides, *tolls, *things] or [NOWHERE]


def _name_keys(names: Iterable[str]) -> set[Area]:
    """Return the areas of names as written, with and without the word for what they name."""
    told = set(names)
    return {("name", sound_of(name)) for name in {*told, *map(bare, told)}}
