"""One place from several sources becomes one, with all its names and ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from gazetteer.geometry import distance_km
from gazetteer.models import Place
from gazetteer.names import core_words, fold, skeleton
from gazetteer.sources import SourcePlace

SAME_KM = 5.0
_DEGREE_KM = 111.2
_AIR = frozenset({"AIRB", "AIRP", "AIRF", "AIRQ", "AIRH", "INSM"})


def merge(preferred: Sequence[SourcePlace], others: Sequence[SourcePlace]) -> list[SourcePlace]:
    """Return ``preferred``, each with what ``others`` know of the same place, then the rest of ``others``.

    The same place: of one family of features, sharing a name, and within 5 km; divisions, within the first's extent.
    """
    lats = np.array([o.place.lat for o in others])
    lons = np.array([o.place.lon for o in others])
    taken: set[int] = set()
    merged = []
    for source in preferred:
        grown = source
        for i in _around(source.place, lats, lons):
            if i not in taken and _same(source, others[i]):
                grown = _joined(grown, others[i])
                taken.add(i)
        merged.append(grown)
    return [*merged, *(other for i, other in enumerate(others) if i not in taken)]


def family(place: Place) -> str:
    """Return the family of a feature: airfields and bases are one, divisions differ by order, else the class."""
    if place.feature_class == "A":
        return f"A/{place.feature_code}"
    return "air" if place.feature_code in _AIR else place.feature_class


def _reach_km(place: Place) -> float:
    return max(SAME_KM, place.uncertainty_m / 1000) if place.feature_class == "A" else SAME_KM


def _around(place: Place, lats: np.ndarray, lons: np.ndarray) -> list[int]:
    """Return the numbers of the points in the box that the reach of ``place`` spans."""
    degrees = _reach_km(place) / _DEGREE_KM
    wide = degrees / max(0.05, float(np.cos(np.radians(place.lat))))
    found = np.flatnonzero((abs(lats - place.lat) <= degrees) & (abs(lons - place.lon) <= wide))
    return [int(i) for i in found]


def _same(one: SourcePlace, other: SourcePlace) -> bool:
    a, b = one.place, other.place
    if family(a) != family(b) or distance_km(a.lat, a.lon, b.lat, b.lon) > _reach_km(a):
        return False
    return bool(_keys((a.name, *one.names)) & _keys((b.name, *other.names)))


def _joined(source: SourcePlace, other: SourcePlace) -> SourcePlace:
    """Join two; a division keeps the id that its towns know it by."""
    joined = source.merged_with(other)
    if source.place.feature_class != "A":
        return joined
    also = (source.place.place_id, *(n for n in joined.also if n != other.place.place_id))
    return replace(joined, place=replace(joined.place, place_id=other.place.place_id), also=also)


def _keys(names: Iterable[str]) -> set[str]:
    found = set()
    for name in names:
        found |= {" ".join(core_words(fold(name))), skeleton(name)}
    return found - {""}
