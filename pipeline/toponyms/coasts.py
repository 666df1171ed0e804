"""The sea off a place: what lies within reach of it without the countries in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce

import shapely
from shapely.geometry.base import BaseGeometry

from gazetteer.index import Gazetteer
from pipeline.toponyms.geodesy import grown, laid_over
from pipeline.toponyms.parts import main_parts, parts_near, polygons_of

COAST_KM = 50.0  # how far "off the coast" reaches where no distance is said
SHORE_KM = 15.0  # how far inland "on the coast" reaches
LOOKS = 48  # points of an edge at which the countries are asked for
LEAST_SHARE = 0.02  # of what is looked at, that sea must have to be one


def at_sea(lat: float, lon: float, gazetteer: Gazetteer) -> bool:
    """Whether a point lies in no country (and not within some 5 km of one)."""
    return gazetteer.admin_at(lat, lon)[0] is None


def sea_within(shape: BaseGeometry, gazetteer: Gazetteer) -> BaseGeometry | None:
    """Return the part of a shape that no country covers, None where that is nothing to speak of."""
    water = main_parts(_without(shape, sorted(_countries(shape, gazetteer)), gazetteer))
    return water if water is not None and water.area >= LEAST_SHARE * shape.area else None


@lru_cache(maxsize=32)
def sea_beside(place_id: str, km: float, gazetteer: Gazetteer) -> BaseGeometry | None:
    """Return the sea within ``km`` kilometres of an area, None where there is none; KeyError if there is no such place.

    The last few are kept: growing a large country takes a third of a second.
    """
    area = gazetteer.polygon(place_id)
    main = main_parts(area) if area is not None else None  # "Yemen's southern coast" is not Socotra's
    if area is None or main is None:
        return None
    zone = grown(main, km)
    others = sorted(_countries(zone, gazetteer) - {place_id})
    own_last = [*others, place_id]  # its coast has most corners, which would be cut again with each other country
    water = main_parts(_without(zone, own_last, gazetteer))
    return water if water is not None and water.area >= LEAST_SHARE * (zone.area - main.area) else None


def _without(shape: BaseGeometry, areas: Sequence[str], gazetteer: Gazetteer) -> BaseGeometry:
    """Return a shape without some areas: one after the other, which takes a tenth of what joining them first does."""
    outlines = [gazetteer.polygon(place_id) for place_id in areas]
    lands = [parts_near(laid_over(shape, land), shape) for land in outlines if land is not None]
    return reduce(shapely.difference, lands, shape)


def _countries(shape: BaseGeometry, gazetteer: Gazetteer) -> set[str]:
    """Return the ids of the countries at the edge and in the middle of a shape."""
    countries = set()
    for part in polygons_of(shape):
        edge = shapely.get_coordinates(part.exterior)
        middle = shapely.get_coordinates(part.centroid)[0]
        every = max(1, len(edge) // LOOKS)
        for x, y in [*edge[::every], *((edge + middle) / 2)[:: 2 * every], middle]:
            country = gazetteer.admin_at(max(-90.0, min(90.0, y)), (x + 180) % 360 - 180)[0]
            if country is not None:
                countries.add(country.place_id)
    return countries
