"""The land around a town: "the northern countryside of Aleppo", which is its province outside the city (Arabic rif)."""

from __future__ import annotations

import math

from shapely.geometry.base import BaseGeometry

from gazetteer.index import Gazetteer
from gazetteer.models import Place
from gazetteer.names import similarity
from pipeline.toponyms.geodesy import disc, sector
from pipeline.toponyms.parts import main_parts, towards

PEOPLE_A_KM2 = 8_000.0  # of a built-up area
LEAST_KM, MOST_KM = 1.5, 25.0
TOWN_EDGE_KM = 8.0  # how far the outskirts of a town reach beyond its built-up area
COUNTRYSIDE_KM = 25.0  # of a town that no province is named for
SIDE_KM = 70.0  # how far "the northern countryside" of a province's seat reaches
SIDE_DEG = 60.0  # to each side of the bearing: "northern" is said loosely
SAME_NAME = 0.8


def radius_km(place: Place) -> float:
    """Return about how far a town is built up: the radius of a disc of its people at 8,000 a square kilometre.

    >>> radius_km(Place("t:1", "T", 0, 0, "P", "PPL", population=2_100_000))
    9.1
    """
    if place.population <= 0:
        return max(LEAST_KM, min(MOST_KM, place.uncertainty_m / 2000.0))
    return round(max(LEAST_KM, min(MOST_KM, math.sqrt(place.population / PEOPLE_A_KM2 / math.pi))), 1)


def countryside_of(place: Place, bearing: float | None, gazetteer: Gazetteer) -> tuple[BaseGeometry, bool]:
    """Return the land around a town towards a bearing (all around for None), and whether it is a province's."""
    province = _province_of(place, gazetteer)
    area = gazetteer.polygon(province.place_id) if province is not None else None
    if area is not None:
        shape = main_parts(_in_province(place, area, bearing))
        if shape is not None:
            return shape, True
    size = radius_km(place)
    if bearing is None:
        return disc(place.lat, place.lon, size + COUNTRYSIDE_KM), False
    return sector(place.lat, place.lon, bearing, size, size + COUNTRYSIDE_KM, SIDE_DEG), False


def _in_province(place: Place, area: BaseGeometry, bearing: float | None) -> BaseGeometry:
    """Return a province without its city, or its land on one side of the city."""
    if place.feature_class != "P":
        return area if bearing is None else towards(area, bearing)
    size = radius_km(place)
    if bearing is None:
        return area.difference(disc(place.lat, place.lon, size))
    return area.intersection(sector(place.lat, place.lon, bearing, size, size + SIDE_KM, SIDE_DEG))


def _province_of(place: Place, gazetteer: Gazetteer) -> Place | None:
    """Return the province that is named for a town, or for its countryside: Aleppo's; Rif Dimashq for Damascus."""
    if place.feature_class == "A":
        return place
    for candidate in gazetteer.candidates(f"{place.name} countryside", limit=3):
        found = candidate.place
        if candidate.match == "exact" and found.feature_code == "ADM1" and found.country == place.country:
            return found
    own = gazetteer.place(place.admin1_id) if place.admin1_id else None
    return own if own is not None and similarity(own.name, place.name) >= SAME_NAME else None
