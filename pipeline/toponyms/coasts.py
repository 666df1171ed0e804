"""The sea off a place: what lies within reach of it without the countries in it."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from gazetteer.index import Gazetteer
from pipeline.toponyms.geodesy import buffered, laid_over
from pipeline.toponyms.parts import main_parts, polygons_of

COAST_KM = 50.0  # how far "off the coast" reaches where no distance is said
SHORE_KM = 15.0  # how far inland "on the coast" reaches
LOOKS = 48  # points of an edge at which the countries are asked for
LEAST_SHARE = 0.02  # of what is looked at, that sea must have to be one


def at_sea(lat: float, lon: float, gazetteer: Gazetteer) -> bool:
    """Whether a point lies in no country (and not within some 5 km of one)."""
    return gazetteer.admin_at(lat, lon)[0] is None


def sea_within(shape: BaseGeometry, gazetteer: Gazetteer) -> BaseGeometry | None:
    """Return the part of a shape that no country covers, None where that is nothing to speak of."""
    water = main_parts(shape.difference(_land(shape, gazetteer)))
    return water if water is not None and water.area >= LEAST_SHARE * shape.area else None


def sea_beside(area: BaseGeometry, km: float, gazetteer: Gazetteer) -> BaseGeometry | None:
    """Return the sea within ``km`` kilometres of an area, None where there is none."""
    main = main_parts(area)  # the mainland: "Yemen's southern coast" is not Socotra's
    if main is None:
        return None
    zone = buffered(main, km)
    water = main_parts(zone.difference(shapely.union_all([area, _land(zone, gazetteer)])))
    return water if water is not None and water.area >= LEAST_SHARE * (zone.area - main.area) else None


def _land(shape: BaseGeometry, gazetteer: Gazetteer) -> BaseGeometry:
    """Return the countries at the edge and in the middle of a shape."""
    countries = {}
    for part in polygons_of(shape):
        edge = shapely.get_coordinates(part.exterior)
        middle = shapely.get_coordinates(part.centroid)[0]
        every = max(1, len(edge) // LOOKS)
        for x, y in [*edge[::every], *((edge + middle) / 2)[:: 2 * every], middle]:
            country = gazetteer.admin_at(max(-90.0, min(90.0, y)), (x + 180) % 360 - 180)[0]
            if country is not None:
                countries[country.place_id] = country
    shapes = [gazetteer.polygon(place_id) for place_id in sorted(countries)]
    return laid_over(shape, shapely.union_all([land for land in shapes if land is not None]))
