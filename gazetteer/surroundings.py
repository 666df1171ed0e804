"""Areas that a place is said to lie in: which are meant, and how far off a place lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import exp

from gazetteer.index import Gazetteer
from gazetteer.models import Candidate, Place
from gazetteer.names import announced_features
from gazetteer.prominence import prominence
from gazetteer.sphere import Bbox, distance_km

MARGIN_KM = 15.0  # outside by this much, the closeness has fallen to a third: borders on maps and in tables differ
_UNDRAWN_KM = 40.0  # the same where only a point or the box of some towns is known
_ABROAD_KM = 5.0  # borders of countries are known better, but camps and crossings lie on them
_TOWN_KM = 20.0  # "in Kafr Zita" may mean the land of its villages
_FITS = 0.5  # a district whose point lies 10 km outside its province's polygon is still in it
_MOST_AREAS, _MOST_READINGS = 5, 6
_LEVELS = {"PCLI": 0, "PCLD": 0, "PCLS": 0, "TERR": 0, "ADM1": 1, "ADM2": 2, "ADM3": 3}
_DEGREE_KM = 111.2


@dataclass(frozen=True, slots=True)
class Area:
    """A place as the surroundings of others, under the name by which it was given."""

    place: Place
    said: str

    @property
    def level(self) -> int:
        """Countries are 0, divisions their order, anything else 4."""
        return _LEVELS.get(self.place.feature_code, 4)


def resolve_areas(gazetteer: Gazetteer, within: Sequence[str | Place]) -> tuple[Area, ...]:
    """Find the areas that names mean, each inside those above it, the widest first; what fits nowhere is left out.

    Parameters
    ----------
    gazetteer : Gazetteer
    within : sequence of str or Place
        In any order: "Syria", "Idlib Governorate", "Maarat al-Numaan district". At most five are heard.
    """
    given = [[Area(name, name.name)] if isinstance(name, Place) else _readings(gazetteer, name) for name in within]
    heard = sorted((g for g in given[:_MOST_AREAS] if g), key=lambda readings: readings[0].level)
    return _chain(gazetteer, heard, ())


def _chain(gazetteer: Gazetteer, readings: Sequence[list[Area]], above: tuple[Area, ...]) -> tuple[Area, ...]:
    """Choose readings that lie in each other, as many as can be; of equals the likelier."""
    if not readings:
        return above
    fitting = (r for r in readings[0] if all(lies_in(gazetteer, r.place, area) > _FITS for area in above))
    chains = (_chain(gazetteer, readings[1:], (*above, reading)) for reading in islice(fitting, _MOST_READINGS))
    best: tuple[Area, ...] = ()
    for chain in chains:
        best = max(best, chain, key=len)
        if len(best) == len(above) + len(readings):
            return best
    return max(best, _chain(gazetteer, readings[1:], above), key=len)


def _readings(gazetteer: Gazetteer, name: str) -> list[Area]:
    """List the places that a name of an area may mean: of the kind announced, then areas, then settlements."""
    announced = announced_features(name)
    found = gazetteer.candidates(name, limit=200, fuzzy=True)
    ranked = sorted(found, key=lambda c: _unlikeliness(c, announced))
    return [Area(candidate.place, name) for candidate in ranked]


def _unlikeliness(candidate: Candidate, announced: tuple[str, ...]) -> tuple[bool, bool, float, float, str]:
    place = candidate.place
    kind = f"{place.feature_class}/{place.feature_code}"
    told = bool(announced) and kind not in announced and f"{place.feature_class}/" not in announced
    extended = place.feature_class == "A" or place.bbox is not None
    return told, not extended, -round(candidate.name_score, 1), -prominence(place), place.place_id


def lies_in(gazetteer: Gazetteer, place: Place, area: Area) -> float:
    """Return 1 for a place in an area, falling with the distance outside it towards 0."""
    if gazetteer.within(place, area.place):
        return 1.0
    margin = MARGIN_KM if gazetteer.is_drawn(area.place.place_id) else _UNDRAWN_KM
    if place.country and area.place.country not in {"", place.country}:
        margin = _ABROAD_KM
    return exp(-outside_km(gazetteer, place, area) / margin)


def outside_km(gazetteer: Gazetteer, place: Place, area: Area) -> float:
    """Return how far outside an area a place lies, in km; 0 inside."""
    drawn = gazetteer.polygon(area.place.place_id) if area.place.feature_class != "P" else None
    if drawn is None:
        reach = max(_TOWN_KM, area.place.uncertainty_m / 1000)
        return max(0.0, distance_km(place.lat, place.lon, area.place.lat, area.place.lon) - reach)
    import shapely  # noqa: PLC0415 - takes longer to import than a name to look up
    from shapely.ops import nearest_points  # noqa: PLC0415

    nearest = nearest_points(drawn, shapely.Point(place.lon, place.lat))[0]
    return distance_km(place.lat, place.lon, nearest.y, nearest.x)


def boxes(gazetteer: Gazetteer, areas: Sequence[Area]) -> Iterator[Bbox]:
    """Yield a box around each area below a country, with a margin, the smallest area first."""
    for area in reversed(areas):
        if area.level > 0:
            yield _box(gazetteer, area)


def _box(gazetteer: Gazetteer, area: Area) -> Bbox:
    place = area.place
    drawn = gazetteer.polygon(place.place_id)
    reach = MARGIN_KM if gazetteer.is_drawn(place.place_id) else max(_TOWN_KM, place.uncertainty_m / 1000)
    west, south, east, north = drawn.bounds if drawn is not None else (place.lon, place.lat, place.lon, place.lat)
    high = reach / _DEGREE_KM
    wide = high * 1.4  # wide enough up to 45 degrees; farther north the margin is narrower
    return max(-180.0, west - wide), max(-90.0, south - high), min(180.0, east + wide), min(90.0, north + high)
