"""Which of the places that were staged are one: first by an id that both have, then by name and nearness."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import reduce
from math import cos, floor, radians

import numpy as np

from gazetteer.building.merging import SAME_KM, all_names, family, merge_keys, same_place
from gazetteer.building.staging import Staging
from gazetteer.models import Place
from gazetteer.sources import SourcePlace
from gazetteer.sphere import distance_km
from gazetteer.tables import transliterated_countries

_ID_KM = 100.0  # farther apart, one of two places with one id has it by mistake; areas may lie as far as they are large
_CELL = 0.1  # degrees; wider than twice the reach, so that the corners of a reach touch all cells it lies in
_REACH = SAME_KM / 111.2
_COARSE = 4  # squares a degree, to keep the many places of one name apart
_CHUNK = 200_000


class Joins:
    """Chains of places that are one: of each its head, the first that came, and what follows it (0: nothing)."""

    def __init__(self, staging: Staging) -> None:
        self._staging = staging
        self._heads = np.arange(len(staging), dtype=np.uint32)
        self._following = np.zeros(len(staging), dtype=np.uint32)

    def is_head(self) -> np.ndarray:
        """Whether each place is the first of its chain."""
        return np.equal(self._heads, np.arange(len(self._heads), dtype=np.uint32))

    def chain(self, number: int) -> Iterator[int]:
        """Yield what is one with a head, beginning with itself."""
        yield number
        while number := int(self._following[number]):
            yield number

    def joined(self) -> list[int]:
        """Return the heads that something follows."""
        return [int(n) for n in np.flatnonzero(self.is_head() & (self._following > 0))]

    def read(self, head: int) -> SourcePlace:
        """Return a place with what all that are one with it tell of it."""
        if not self._following[head]:
            return self._staging.read(head)
        return reduce(SourcePlace.merged_with, map(self._staging.read, self.chain(head)))

    def link(self, one: int, other: int) -> None:
        """Make two chains one, unless a source has a place in each: what one source tells apart are two places."""
        first, second = sorted((int(self._heads[one]), int(self._heads[other])))
        if first == second:
            return
        ends, more = list(self.chain(first)), list(self.chain(second))
        if set(map(self._origin, ends)) & set(map(self._origin, more)):
            return
        self._following[ends[-1]] = second
        self._heads[more] = first

    def _origin(self, number: int) -> int:
        return int(np.searchsorted(self._staging.starts, number, side="right"))


def join(staging: Staging) -> Joins:
    """Find the chains; what came first is preferred, and of what is near, the nearest."""
    joins = Joins(staging)
    starts = [n for n, after in zip(staging.starts, staging.starts[1:], strict=False) if n < after]
    if len(starts) < 2:
        return joins
    for one, other in _pairs_by_id(staging):
        joins.link(one, other)
    for begin, end in zip(starts[1:], [*starts[2:], len(staging)], strict=True):
        for one, other in _pairs_by_name(staging, joins, begin, end):
            joins.link(one, other)
    return joins


def _pairs_by_id(staging: Staging) -> Iterator[tuple[int, int]]:
    """Yield pairs that share an id, by what came later."""
    hashes, owners = staging.ids
    order = np.argsort(hashes, kind="stable")
    at = np.flatnonzero(hashes[order[1:]] == hashes[order[:-1]])
    pairs = np.unique(np.column_stack((owners[order[at + 1]], owners[order[at]])), axis=0)
    for later, earlier in pairs[pairs[:, 0] != pairs[:, 1]].tolist():
        if _share_an_id(staging.read(earlier), staging.read(later)):
            yield earlier, later


def _share_an_id(one: SourcePlace, other: SourcePlace) -> bool:
    a, b = one.place, other.place
    if not {a.place_id, *one.also} & {b.place_id, *other.also}:
        return False
    return distance_km(a.lat, a.lon, b.lat, b.lon) <= max(_ID_KM, a.uncertainty_m / 1000, b.uncertainty_m / 1000)


def _pairs_by_name(staging: Staging, joins: Joins, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield pairs of a place before ``begin`` and one from there to ``end`` that share a name, the nearest first."""
    divisions = [number for name, number in staging.families.items() if name.startswith("A/")]
    wide = np.isin(staging.family_numbers[:end], divisions)
    earlier = np.arange(begin)
    later = np.flatnonzero(joins.is_head()[begin:end]) + begin  # the others are one with something earlier
    later = later[wide[later] | _touching(staging, later, _cells_of(staging, earlier))]
    earlier = earlier[wide[:begin] | _touching(staging, earlier, _cells_of(staging, later))]
    known = _Keys(staging, earlier)
    kms, ones, others = array("f"), array("I"), array("I")
    for start in range(0, len(later), _CHUNK):
        for one, other, km in known.same_as(_Keys(staging, later[start : start + _CHUNK], spread=True)):
            kms.append(km)
            ones.append(one)
            others.append(other)
    for i in np.lexsort((np.asarray(others), np.asarray(ones), np.asarray(kms))).tolist():
        yield ones[i], others[i]


def _cells_of(staging: Staging, numbers: np.ndarray) -> np.ndarray:
    """Return the cells with their families that some places lie in, sorted."""
    lats, lons = staging.points
    return np.unique(_cells(lats[numbers], lons[numbers], staging.family_numbers[numbers]))


def _cells(lats: np.ndarray, lons: np.ndarray, families: np.ndarray) -> np.ndarray:
    """Return the number of the cell, about 11 km wide and high, that each point lies in; families have their own."""
    rows = np.clip(np.floor((lats.astype(float) + 90) / _CELL), 0, 180 / _CELL)
    narrowed = np.cos(np.radians(np.minimum(89.5, abs(rows * _CELL - 90))))
    columns = np.clip(np.floor((lons.astype(float) + 180) * narrowed / _CELL), 0, 360 / _CELL)
    return families.astype(np.int64) << 32 | rows.astype(np.int64) << 16 | columns.astype(np.int64)


def _touching(staging: Staging, numbers: np.ndarray, cells: np.ndarray) -> np.ndarray:
    """Whether the reach of each place touches one of the cells."""
    found = np.zeros(len(numbers), dtype=bool)
    for start in range(0, len(numbers) if len(cells) else 0, _CHUNK):
        part = numbers[start : start + _CHUNK]
        lats, lons = (values[part].astype(float) for values in staging.points)
        widths = _REACH / np.maximum(0.01, np.cos(np.radians(lats)))
        for up in (-_REACH, _REACH):
            for across in (-widths, widths):
                touched = _cells(lats + up, lons + across, staging.family_numbers[part])
                at = np.minimum(np.searchsorted(cells, touched), len(cells) - 1)
                found[start : start + _CHUNK] |= cells[at] == touched
    return found


class _Keys:
    """Hashes of what the names of some places look and sound like, with where they lie; sorted.

    With ``spread``, a place has them for every square that its reach touches, else for its own.
    """

    def __init__(self, staging: Staging, numbers: np.ndarray, *, spread: bool = False) -> None:
        self._staging = staging
        hashes, owners = array("Q"), array("I")
        for number in numbers.tolist():
            for key in _located_keys(staging.read(number), spread=spread):
                hashes.append(hash(key) & (2**64 - 1))
                owners.append(number)
        order = np.argsort(np.frombuffer(hashes, np.uint64), kind="stable")
        self.hashes = np.frombuffer(hashes, np.uint64)[order]
        self.owners = np.frombuffer(owners, np.uint32)[order]

    def same_as(self, later: _Keys) -> Iterator[tuple[int, int, float]]:
        """Yield pairs that are the same place, one of each, with the kilometres between them."""
        left = np.searchsorted(self.hashes, later.hashes, side="left")
        many = np.searchsorted(self.hashes, later.hashes, side="right") - left
        news = np.repeat(later.owners, many)
        within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        olds = self.owners[np.repeat(left, many) + within]
        for one, other in np.unique(np.column_stack((olds, news)), axis=0).tolist():
            a, b = self._staging.read(one), self._staging.read(other)
            if same_place(a, b):
                yield one, other, distance_km(a.place.lat, a.place.lon, b.place.lat, b.place.lon)


def _located_keys(source: SourcePlace, *, spread: bool) -> Iterator[tuple[str, str, str | tuple[int, int]]]:
    place, kind = source.place, family(source.place)
    keys = sorted(merge_keys(all_names(source), sounded=place.country in transliterated_countries()))
    squares: list[str | tuple[int, int]] = [place.country]
    if place.feature_class != "A":
        squares = list(_squares(place, _REACH if spread else 0.0))
    return ((kind, key, square) for key in keys for square in squares)


def _squares(place: Place, reach: float) -> Iterator[tuple[int, int]]:
    """Yield the squares of a quarter of a degree that a place and ``reach`` degrees around it touch."""
    across = reach / max(0.05, cos(radians(place.lat)))
    for row in range(floor((place.lat - reach) * _COARSE), floor((place.lat + reach) * _COARSE) + 1):
        for column in range(floor((place.lon - across) * _COARSE), floor((place.lon + across) * _COARSE) + 1):
            yield row, column
