"""From a place and a spatial relation to the ground an event may have happened on."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from shapely import affinity
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from gazetteer.geometry import distance_km
from gazetteer.index import Gazetteer
from gazetteer.models import Place
from pipeline.models import Footprint, GeoMethod, SpatialRelation
from pipeline.toponyms.geodesy import destination, sector

REACH_KM = 100.0  # how far "west of X" reaches when no distance is said
NEAR_M = 25_000.0
SITE_REACH_KM = 40.0
THIRD, CORNER = 1 / 3, 1 / 2  # of the extent: "southern Lebanon", "northeastern Syria"


@cache
def _precision_table() -> dict[str, tuple[int, int, float | None, GeoMethod]]:
    raw = yaml.safe_load(files("pipeline.toponyms").joinpath("data/precision.yaml").read_text("utf8"))
    return {key: tuple(row) for key, row in raw.items()}


def precision_of(place: Place) -> tuple[int, int, float, GeoMethod]:
    """Return (geo_precision, where_prec, uncertainty_m, method) for a place named outright."""
    table = _precision_table()
    geo, where, metres, method = table.get(f"{place.feature_class}.{place.feature_code}") or table[place.feature_class]
    return geo, where, max(place.uncertainty_m, metres or 0.0), method


def footprint_of(place: Place, gazetteer: Gazetteer) -> Footprint:
    """Return the footprint of a place named outright: its polygon or box if it has one, else a circle."""
    return Footprint(place.lat, place.lon, precision_of(place)[2], gazetteer.polygon(place.place_id))


def related_footprint(place: Place, relation: SpatialRelation, gazetteer: Gazetteer) -> tuple[Footprint, int, int]:
    """Return the footprint of "30 km north of X", "near X", "southern X", with geo_precision and where_prec."""
    if relation.kind == "direction" and relation.bearing is not None:
        return _sector_footprint(place, relation.bearing, relation.distance_km, gazetteer)
    if relation.kind == "part":
        return _part_footprint(place, relation.bearing, gazetteer)
    return _near_footprint(place, relation.distance_km, gazetteer)


def _sector_footprint(
    place: Place, bearing: float, km: float | None, gazetteer: Gazetteer
) -> tuple[Footprint, int, int]:
    near, far = (km * 0.7, km * 1.3) if km else (0.0, REACH_KM)
    middle = km or REACH_KM / 2
    lat, lon = destination(place.lat, place.lon, bearing, middle)
    shape: BaseGeometry = sector(place.lat, place.lon, bearing, near, far, 30.0 if km else 45.0)
    country = gazetteer.country(place.country) if place.country else None
    land = gazetteer.polygon(country.place_id) if country else None
    if land is not None and not km and land.contains(Point(lon, lat)):
        shape = _largest(shape.intersection(land)) or shape
    spread = _spread_m(lat, lon, shape)
    return (
        (Footprint(lat, lon, spread, shape), 2, 2)
        if km and km <= SITE_REACH_KM
        else (Footprint(lat, lon, spread, shape), 3, 5)
    )


def _part_footprint(place: Place, bearing: float | None, gazetteer: Gazetteer) -> tuple[Footprint, int, int]:
    whole = footprint_of(place, gazetteer)
    if whole.geometry is None:  # "western Mosul" is in Mosul
        geo, where, metres, _ = precision_of(place)
        return Footprint(place.lat, place.lon, metres, None), geo, where
    shape = _largest(_towards(whole.geometry, bearing)) or whole.geometry
    point = shape.representative_point() if not shape.contains(shape.centroid) else shape.centroid
    return Footprint(point.y, point.x, _spread_m(point.y, point.x, shape), shape), 3, 5


def _near_footprint(place: Place, km: float | None, gazetteer: Gazetteer) -> tuple[Footprint, int, int]:
    geo, where, metres, _ = precision_of(place)
    if where > 2:  # "near the province" is no finer than the province
        whole = footprint_of(place, gazetteer)
        return whole, geo, where
    return Footprint(place.lat, place.lon, max(NEAR_M, (km or 0.0) * 1300.0, metres), None), 2, 2


def border_footprint(one: Place, other: Place, gazetteer: Gazetteer) -> Footprint | None:
    """Return the strip along the border of two countries, about 15 km to each side, or None if they share none."""
    shapes = [gazetteer.polygon(place.place_id) for place in (one, other)]
    if any(shape is None for shape in shapes):
        return None
    first, second = (shape.buffer(0.15) for shape in shapes if shape is not None)
    strip = first.intersection(second)
    if strip.is_empty:
        return None
    point = strip.representative_point()
    return Footprint(point.y, point.x, _spread_m(point.y, point.x, strip), strip)


def _towards(shape: BaseGeometry, bearing: float | None) -> BaseGeometry:
    """Return the part of a shape towards a bearing: a third of its extent, a corner for diagonals; its middle for None.

    >>> _towards(box(0, 0, 9, 9), 180.0).bounds, _towards(box(0, 0, 9, 9), 45.0).bounds
    ((0.0, 0.0, 9.0, 3.0), (4.5, 4.5, 9.0, 9.0))
    """
    west, south, east, north = shape.bounds
    if bearing is None:
        return shape.intersection(affinity.scale(box(west, south, east, north), 0.5, 0.5, origin=shape.centroid))
    share = CORNER if bearing % 90 else THIRD
    if bearing < 90 or bearing > 270:
        south = north - share * (north - south)
    elif 90 < bearing < 270:
        north = south + share * (north - south)
    if 0 < bearing < 180:
        west = east - share * (east - west)
    elif bearing > 180:
        east = west + share * (east - west)
    return shape.intersection(box(west, south, east, north))


def _largest(shape: BaseGeometry) -> BaseGeometry | None:
    parts = [
        p for p in getattr(shape, "geoms", [shape]) if p.geom_type in {"Polygon", "MultiPolygon"} and not p.is_empty
    ]
    return max(parts, key=lambda p: p.area, default=None)


def _spread_m(lat: float, lon: float, shape: BaseGeometry) -> float:
    west, south, east, north = shape.bounds
    corners = [(south, west), (south, east), (north, west), (north, east)]
    return round(max(distance_km(lat, lon, y, x) for y, x in corners) * 1000.0, -2)
