"""Which events may be the same as another: near in time and place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["Neighbours"]

_EARTH_KM = 6371.0
_REACH_KM = 60.0
_REACH_DAYS = 5
_DAY_KM = 10.0  # a day apart counts as much as this far apart
_Numbers = npt.NDArray[np.float64]


class Neighbours:
    """Events by day and point; those without either have no neighbours."""

    def __init__(self, days: Sequence[float], lats: Sequence[float], lons: Sequence[float]) -> None:
        self._days = np.asarray(days, dtype=float)
        self._lats, self._lons = (np.radians(np.asarray(part, dtype=float)) for part in (lats, lons))
        known = np.flatnonzero(~np.isnan(self._days + self._lats + self._lons))
        self._order = known[np.argsort(self._days[known], kind="stable")]

    def of(self, number: int, limit: int = 6) -> list[tuple[int, float, int]]:
        """Return (event, kilometres, days apart) of the nearest within 60 km and 5 days, nearest first.

        Examples
        --------
        >>> Neighbours([0, 1, 40], [33, 33.1, 33], [44, 44, 44]).of(0)
        [(1, 11.1, 1)]
        """
        day = self._days[number]
        found = self._order[self._between(day)] if number in self._known() else self._order[:0]
        found = found[found != number]
        km, days = self._km(number, found), np.abs(self._days[found] - day)
        near = [i for i in np.argsort(km + _DAY_KM * days, kind="stable") if km[i] <= _REACH_KM][:limit]
        return [(int(found[i]), round(float(km[i]), 1), int(days[i])) for i in near]

    def _known(self) -> Iterable[int]:
        return self._order

    def _between(self, day: float) -> slice:
        sorted_days = self._days[self._order]
        first = int(np.searchsorted(sorted_days, day - _REACH_DAYS, "left"))
        return slice(first, int(np.searchsorted(sorted_days, day + _REACH_DAYS, "right")))

    def _km(self, number: int, found: npt.NDArray[np.intp]) -> _Numbers:
        lat, lon = self._lats[number], self._lons[number]
        half = np.sin((self._lats[found] - lat) / 2) ** 2
        half = half + np.cos(lat) * np.cos(self._lats[found]) * np.sin((self._lons[found] - lon) / 2) ** 2
        km: _Numbers = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
        return km
