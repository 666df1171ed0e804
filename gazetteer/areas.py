"""Polygons of an index: of one place, and those that a point lies in."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gazetteer.database import Database
from gazetteer.models import Place

_COAST = 0.05  # degrees


class Areas:
    """The polygons of an index, each read when it is first needed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._polygon = lru_cache(maxsize=256)(self._read)
        self._has_one = lru_cache(maxsize=8_000)(self._looked_up)
        self._boxes: tuple[list[int], np.ndarray] | None = None

    def drawn(self, number: int) -> BaseGeometry | None:
        """Return the polygon of a place as drawn, (lon, lat); None if it has none, as most."""
        return self._polygon(number) if self._has_one(number) else None

    def _looked_up(self, number: int) -> bool:
        return bool(self._database.rows("SELECT 1 FROM area WHERE place = ?", (number,)))

    def _read(self, number: int) -> BaseGeometry:
        wkb: bytes = self._database.one("SELECT wkb FROM area WHERE place = ?", number)[0]
        polygon: BaseGeometry = shapely.from_wkb(wkb)
        shapely.prepare(polygon)
        return polygon

    def around(self, lat: float, lon: float) -> list[int]:
        """Return the areas that hold a point, or lie within 5 km of it where none does; the smallest first."""
        near = self._boxed(lon - _COAST, lat - _COAST, lon + _COAST, lat + _COAST)
        away = {number: _away(self.drawn(number), lat, lon) for number in near}
        return [-n for _, n in sorted((d, -n) for n, d in away.items() if d <= _COAST)]

    def met_by(self, shape: BaseGeometry, among: Callable[[int], bool]) -> list[int]:
        """Return the areas of some that a shape meets."""
        near = [number for number in self._boxed(*shape.bounds) if among(number)]
        return [number for number in near if shapely.intersects(self.drawn(number), shape)]

    def _boxed(self, west: float, south: float, east: float, north: float) -> list[int]:
        """Return the areas whose box meets a box."""
        if self._boxes is None:
            rows = self._database.rows("SELECT place, west, south, east, north FROM divides")
            self._boxes = [int(r[0]) for r in rows], np.array([r[1:] for r in rows], dtype=float).reshape(-1, 4)
        numbers, boxes = self._boxes
        near = (boxes[:, 0] <= east) & (west <= boxes[:, 2]) & (boxes[:, 1] <= north) & (south <= boxes[:, 3])
        return [numbers[i] for i in np.flatnonzero(near)]


def _away(polygon: BaseGeometry | None, lat: float, lon: float) -> float:
    """Return how many degrees a point lies from a polygon; infinite from one farther than counts, quickly told."""
    if shapely.intersects_xy(polygon, lon, lat):
        return 0.0
    point = shapely.Point(lon, lat)
    return float(shapely.distance(polygon, point)) if shapely.dwithin(polygon, point, _COAST) else math.inf


def outline(box: tuple[float, float, float, float]) -> BaseGeometry:
    """Return the polygon of a box, in two parts where it crosses the antimeridian."""
    west, south, east, north = box
    if west <= east:
        return shapely.box(*box)
    return shapely.MultiPolygon([shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)])


def contains(polygon: BaseGeometry, place: Place) -> bool:
    """Whether a place lies in a polygon."""
    return bool(shapely.contains_xy(polygon, place.lon, place.lat))
