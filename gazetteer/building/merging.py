"""One place from several sources becomes one, with all its names and ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from msgspec import structs

from gazetteer.models import Place
from gazetteer.names import MIN_SKELETON, core_words, fold, sounds
from gazetteer.sources import SourcePlace
from gazetteer.sphere import distance_km

SAME_KM = 5.0
_DEGREE_KM = 111.2
_AIR = frozenset({"AIRB", "AIRP", "AIRF", "AIRQ", "AIRH", "INSM"})


def merge(preferred: Sequence[SourcePlace], others: Sequence[SourcePlace]) -> list[SourcePlace]:
    """Return ``preferred``, each with what ``others`` know of the same place, then the rest of ``others``.

    The same place: of one family of features, sharing a name, and within 5 km; divisions, within the first's extent.
    Of each other source only the nearest is taken: what one source tells apart are two places.
    """
    lats = np.array([o.place.lat for o in others])
    lons = np.array([o.place.lon for o in others])
    taken: set[int] = set()
    merged = []
    for source in preferred:
        same = [i for i in _around(source.place, lats, lons) if i not in taken and same_place(source, others[i])]
        nearest = _nearest_of_each(source.place, same, others)
        taken.update(nearest)
        merged.append(_all_joined(source, [others[i] for i in nearest]))
    return [*merged, *(other for i, other in enumerate(others) if i not in taken)]


def family(place: Place) -> str:
    """Return the family of a feature: airfields and bases are one, divisions differ by order, else the class."""
    if place.feature_class == "A":
        return f"A/{place.feature_code}"
    return "air" if place.feature_code in _AIR else place.feature_class


def same_place(one: SourcePlace, other: SourcePlace) -> bool:
    """Whether two sources mean one place; the reach is that of ``one``."""
    a, b = one.place, other.place
    if family(a) != family(b) or distance_km(a.lat, a.lon, b.lat, b.lon) > reach_km(a):
        return False
    return bool(merge_keys(all_names(one)) & merge_keys(all_names(other)))


def reach_km(place: Place) -> float:
    """Return how far off another source may put the same place."""
    return max(SAME_KM, place.uncertainty_m / 1000) if place.feature_class == "A" else SAME_KM


def all_names(source: SourcePlace) -> tuple[str, ...]:
    """Return the preferred name and the others."""
    return (source.place.name, *source.names)


def merge_keys(names: Iterable[str], *, sounded: bool = True) -> set[str]:
    """Return what two names of one place have in common: their words without articles, or their consonants."""
    found = set()
    for name in names:
        folded = fold(name)
        found.add(" ".join(core_words(folded)))
        bones = sounds(folded) if sounded else ""
        if len(bones) >= MIN_SKELETON:
            found.add(bones)
    return found - {""}


def _around(place: Place, lats: np.ndarray, lons: np.ndarray) -> list[int]:
    """Return the numbers of the points in the box that the reach of ``place`` spans."""
    degrees = reach_km(place) / _DEGREE_KM
    wide = degrees / max(0.05, float(np.cos(np.radians(place.lat))))
    found = np.flatnonzero((abs(lats - place.lat) <= degrees) & (abs(lons - place.lon) <= wide))
    return [int(i) for i in found]


def _nearest_of_each(place: Place, numbers: Sequence[int], others: Sequence[SourcePlace]) -> list[int]:
    """Return the nearest of each source, in the order of ``others``."""

    def away(number: int) -> tuple[float, int]:
        other = others[number].place
        return distance_km(place.lat, place.lon, other.lat, other.lon), number

    best: dict[str, int] = {}
    for number in sorted(numbers, key=away):
        best.setdefault(others[number].place.source, number)
    return sorted(best.values())


def _all_joined(source: SourcePlace, others: Sequence[SourcePlace]) -> SourcePlace:
    """Join them; a division keeps the id that its towns know it by."""
    joined = source
    for other in others:
        known_by = joined.place.place_id
        joined = joined.merged_with(other)
        if source.place.feature_class == "A":
            also = (known_by, *(n for n in joined.also if n != other.place.place_id))
            joined = replace(joined, place=structs.replace(joined.place, place_id=other.place.place_id), also=also)
    return joined
