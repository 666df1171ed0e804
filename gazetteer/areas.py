"""Polygons of an index: of one place, and those that a point lies in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gazetteer.database import Database
from gazetteer.models import Place

_COAST = 0.05  # degrees
Floats = NDArray[np.float64]


class Areas:
    """The polygons of an index, each read when it is first needed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._polygon = lru_cache(maxsize=256)(self._read)
        self._having: frozenset[int] | None = None
        self._boxes: tuple[list[int], np.ndarray] | None = None

    def drawn(self, number: int) -> BaseGeometry | None:
        """Return the polygon of a place as drawn, (lon, lat); None if it has none, as most."""
        if self._having is None:
            self._having = frozenset(int(row[0]) for row in self._database.rows("SELECT place FROM area"))
        return self._polygon(number) if number in self._having else None

    def _read(self, number: int) -> BaseGeometry:
        wkb: bytes = self._database.one("SELECT wkb FROM area WHERE place = ?", number)[0]
        polygon: BaseGeometry = shapely.from_wkb(wkb)
        shapely.prepare(polygon)
        return polygon

    def around(self, latitudes: Sequence[float], longitudes: Sequence[float]) -> list[list[int]]:
        """Return for each point the areas that hold it, or lie within 5 km of it where none does; the smallest first.

        Each area is asked for all of its points at once.
        """
        if self._boxes is None:
            rows = self._database.rows("SELECT place, west, south, east, north FROM divides")
            sides = np.array([r[1:] for r in rows], dtype=float).reshape(-1, 4)
            self._boxes = [int(r[0]) for r in rows], np.ascontiguousarray(sides.T)[:, :, None]
        numbers, (west, south, east, north) = self._boxes
        lats, lons = np.array(latitudes), np.array(longitudes)
        near = (west <= lons + _COAST) & (lons - _COAST <= east)
        near &= (south <= lats + _COAST) & (lats - _COAST <= north)
        found: list[list[tuple[float, int]]] = [[] for _ in latitudes]
        for i in np.flatnonzero(near.any(axis=1)).tolist():
            at = np.flatnonzero(near[i])
            for point, away in zip(at.tolist(), _away(self.drawn(numbers[i]), lats[at], lons[at]), strict=True):
                if away <= _COAST:
                    found[point].append((away, -numbers[i]))
        return [[-number for _, number in sorted(each)] for each in found]


def _away(polygon: BaseGeometry | None, lats: Floats, lons: Floats) -> list[float]:
    """Return how many degrees points lie from a polygon; infinite from one farther than counts, quickly told."""
    found = np.where(shapely.intersects_xy(polygon, lons, lats), 0.0, math.inf)
    for i in np.flatnonzero(found).tolist():
        point = shapely.Point(lons[i], lats[i])
        if shapely.dwithin(polygon, point, _COAST):
            found[i] = shapely.distance(polygon, point)
    away: list[float] = found.tolist()
    return away


def outline(box: tuple[float, float, float, float]) -> BaseGeometry:
    """Return the polygon of a box, in two parts where it crosses the antimeridian."""
    west, south, east, north = box
    if west <= east:
        return shapely.box(*box)
    return shapely.MultiPolygon([shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)])


def contains(polygon: BaseGeometry, place: Place) -> bool:
    """Whether a place lies in a polygon."""
    return bool(shapely.contains_xy(polygon, place.lon, place.lat))
