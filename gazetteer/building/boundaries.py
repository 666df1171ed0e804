"""Which country and first-order division many points lie in, while the index is built."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from gazetteer.models import Place
from gazetteer.sources import SourcePlace

COAST_DEGREES = 0.15  # polygons are simplified: a harbour may lie this far outside its own


class Boundaries:
    """Polygons of divisions, for many points at once."""

    def __init__(self, places: Sequence[SourcePlace]) -> None:
        self._places = [p.place for p in places if p.geometry is not None]
        self._tree = shapely.STRtree([p.geometry for p in places if p.geometry is not None])
        self._by_id = {i: p.place for p in reversed(places) for i in (*p.also, p.place.place_id)}

    def named(self, place_id: str) -> Place | None:
        """Return the division of an id, its own or another source's ("gn:99032")."""
        return self._by_id.get(place_id)

    def locate(self, lats: Sequence[float], lons: Sequence[float]) -> list[Place | None]:
        """Return the division that each point lies in, or off the coast the nearest, or None."""
        points = np.atleast_1d(np.asarray(shapely.points(np.asarray(lons, float), np.asarray(lats, float))))
        found = np.full(len(points), -1)
        inputs, indices = self._tree.query(points, predicate="within")
        for point, index in zip(inputs[::-1], indices[::-1], strict=True):
            found[point] = index
        missing = np.flatnonzero(found < 0)
        near_inputs, near = self._tree.query_nearest(points[missing], max_distance=COAST_DEGREES, all_matches=False)
        found[missing[near_inputs]] = near
        return [self._places[i] if i >= 0 else None for i in found]


def admin1_of(division: Place | None) -> tuple[str, str]:
    """Return name and id of the first-order division that a division is or lies in."""
    if division is None:
        return "", ""
    if division.feature_code == "ADM1":
        return division.name, division.place_id
    return division.admin1, division.admin1_id
