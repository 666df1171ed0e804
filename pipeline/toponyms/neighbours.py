"""How near a place lies to what the other names of a report may mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gazetteer.geometry import EARTH_KM
from gazetteer.models import Place

REACH_KM = 60.0  # at this distance nearness has fallen to a third; of a country, at half its radius more
SMALL_COUNTRY_M = 400_000.0
WORTH_NAMING = 0.05

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Readings of other names as points: one group a name, each point weighed by the root of its share.

    The root lets a reading that is unlikely by itself ("Walker County" of six) speak for the town inside it.
    """

    names: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()  # where each name's points begin
    lats: Floats = field(default_factory=lambda: np.empty(0))  # radians
    lons: Floats = field(default_factory=lambda: np.empty(0))
    weights: Floats = field(default_factory=lambda: np.empty(0))
    reaches: Floats = field(default_factory=lambda: np.empty(0))  # kilometres

    @classmethod
    def of(cls, readings: Iterable[tuple[str, Sequence[tuple[Place, float]]]]) -> Neighbours:
        """Return the neighbours for (name, [(place, share)]) rows."""
        rows = [(name, points) for name, points in readings if points]
        starts = np.cumsum([0, *(len(points) for _, points in rows)])[:-1]
        points = [(p.lat, p.lon, max(share, 0.0), _reach_km(p)) for _, group in rows for p, share in group]
        table = np.asarray(points, dtype=float).reshape(-1, 4)
        lats, lons = np.radians(table[:, 0]), np.radians(table[:, 1])
        return cls(tuple(n for n, _ in rows), tuple(map(int, starts)), lats, lons, np.sqrt(table[:, 2]), table[:, 3])

    def nearness(self, places: Sequence[Place]) -> list[float]:
        """Return 0 to 1 for each place: how near it is to readings of the other names, taken together."""
        if not self.names or not places:
            return [0.0] * len(places)
        best = self._by_name(places)
        near = 1.0 - np.prod(1.0 - best, axis=1)
        return [0.0 if _is_large_country(p) else float(n) for p, n in zip(places, near, strict=True)]

    def nearest(self, place: Place) -> str:
        """Return the name that speaks loudest for a place, empty if none is near."""
        if not self.names:
            return ""
        best = self._by_name([place])[0]
        return self.names[int(best.argmax())] if best.max() > WORTH_NAMING else ""

    def _by_name(self, places: Sequence[Place]) -> Floats:
        """Return a row a place, a column a name: the loudest reading."""
        lats = np.radians([p.lat for p in places])[:, None]
        lons = np.radians([p.lon for p in places])[:, None]
        chord = (
            np.sin((self.lats - lats) / 2) ** 2 + np.cos(self.lats) * np.cos(lats) * np.sin((self.lons - lons) / 2) ** 2
        )
        km = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord)))
        found: Floats = np.maximum.reduceat(self.weights * np.exp(-km / self.reaches), self.groups, axis=1)
        return found


def _reach_km(place: Place) -> float:
    return REACH_KM + place.uncertainty_m / 2000.0 if is_country(place) else REACH_KM


def is_local(place: Place) -> bool:
    """Whether a place is small enough for distances to it to say something: Lebanon, but not Russia or Texas."""
    return not _is_large_country(place) and place.feature_code != "ADM1" and place.feature_class != "L"


def _is_large_country(place: Place) -> bool:
    return is_country(place) and place.uncertainty_m > SMALL_COUNTRY_M


def is_country(place: Place) -> bool:
    """Whether a place is a country or a territory."""
    return place.feature_code[:3] in {"PCL", "TER"}
