"""From a place, and what is said of where it lies from there, to the ground an event may have happened on."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files

from shapely import make_valid
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from gazetteer.index import Gazetteer
from gazetteer.models import Place
from gazetteer.tables import parsed_yaml
from pipeline.models import Footprint, GeoMethod, Mention, Resolution, SpatialRelation
from pipeline.toponyms.coasts import COAST_KM, SHORE_KM, at_sea, sea_beside, sea_within
from pipeline.toponyms.countryside import TOWN_EDGE_KM, countryside_of, radius_km
from pipeline.toponyms.geodesy import destination, disc, farthest_km, grown, laid_over, sector
from pipeline.toponyms.parts import largest, main_parts, towards
from pipeline.toponyms.whereabouts import land_noun, load_whereabouts

REACH_KM = 100.0  # how far "west of X" reaches when no distance is said
LIKELY_KM = 15.0  # how far off it is most likely: who writes so means the next villages, of a city what lies beyond it
BEYOND = 2.5  # times the size of a city
BESIDE_KM = 50.0  # how far "west of X" reaches beyond the edge of an area
NEAR_M = 25_000.0
SITE_REACH_KM = 40.0  # to this distance a place is pinned as near a town
SPREAD = 0.3  # of a distance said: "30 km" is 21 to 39
ROAD_KM = 30.0  # of "the road to X", from X
PROVINCE_M = 75_000.0
DISTRICT, COUNTY, PROVINCE, SECTOR, SEA = (2, 2), (2, 3), (3, 4), (3, 5), (3, 7)  # (geo_precision, where_prec)
Located = tuple[Footprint, int, int]


@cache
def _precision_table() -> dict[str, tuple[int, int, float | None, GeoMethod]]:
    raw = parsed_yaml(files("pipeline.toponyms").joinpath("data/precision.yaml").read_text("utf8"))
    return {key: tuple(row) for key, row in raw.items()}


def precision_of(place: Place) -> tuple[int, int, float, GeoMethod]:
    """Return (geo_precision, where_prec, uncertainty_m, method) for a place named outright."""
    table = _precision_table()
    geo, where, metres, method = table.get(f"{place.feature_class}.{place.feature_code}") or table[place.feature_class]
    return geo, where, max(place.uncertainty_m, metres or 0.0), method


@lru_cache(maxsize=256)  # a footprint keeps its polygon, and that is 100 kB once it has been searched for points
def footprint_of(place: Place, gazetteer: Gazetteer) -> Footprint:
    """Return the footprint of a place named outright: its polygon or box if it has one, else a circle."""
    drawn = None if place.bbox is None else gazetteer.polygon(place.place_id)  # what is drawn has a box
    return Footprint(place.lat, place.lon, precision_of(place)[2], drawn)


def place_footprint(mention: Mention, place: Place, gazetteer: Gazetteer) -> tuple[Footprint, int, int, GeoMethod]:
    """Return footprint, geo_precision, where_prec and method of a mention that means ``place``.

    Relations on several places are left to :func:`pipeline.toponyms.joint_footprints.relate`.
    """
    relation = mention.relation
    if relation is not None and relation.kind in _FOOTPRINTS and "anchor" not in mention.cues:
        footprint, geo, where = related_footprint(place, relation, gazetteer)
        return footprint, geo, where, "relative"
    if place.feature_class == "P" and place.feature_code != "PPLX" and (noun := land_noun(mention.cues)):
        return _land_around(place, noun)
    geo, where, _, method = precision_of(place)
    return footprint_of(place, gazetteer), geo, where, method


def moved_to(resolution: Resolution, place: Place, gazetteer: Gazetteer) -> Resolution:
    """Return a resolution with another place, and where that makes it lie."""
    footprint, geo, where, method = place_footprint(resolution.mention, place, gazetteer)
    return replace(resolution, place=place, footprint=footprint, geo_precision=geo, where_prec=where, method=method)


def _land_around(place: Place, noun: str) -> tuple[Footprint, int, int, GeoMethod]:
    """Return what "the Nikopol |district|" means where only the town is known: the land around it."""
    wide = noun in load_whereabouts().provinces
    metres, (geo, where) = (PROVINCE_M, PROVINCE) if wide else (NEAR_M, COUNTY)
    return Footprint(place.lat, place.lon, max(place.uncertainty_m, metres), None), geo, where, "admin"


@lru_cache(maxsize=500)
def related_footprint(place: Place, relation: SpatialRelation, gazetteer: Gazetteer) -> Located:
    """Return the footprint of "30 km north of X", "near X", "southern X", with geo_precision and where_prec.

    The last ones are kept: reports say the same of a place again and again, and a sea off a coast takes long to draw.
    """
    return _FOOTPRINTS.get(relation.kind, _near)(place, relation, gazetteer)


def footprint_in(shape: BaseGeometry, lat: float, lon: float) -> Footprint:
    """Return a polygon as footprint: its point is (lat, lon) if that lies inside, else a point of the largest part."""
    main = largest(shape) or shape
    point = Point(lat_lon_in(shape, lat, lon)[::-1])
    if not shape.covers(point):
        point = main.centroid if main.contains(main.centroid) else main.representative_point()
    metres = math.ceil(farthest_km(point.y, point.x, shape) * 10.0) * 100.0
    return Footprint(point.y, (point.x + 180) % 360 - 180, metres, shape)


def lat_lon_in(shape: BaseGeometry, lat: float, lon: float) -> tuple[float, float]:
    """Return a point with its longitude moved by whole turns to where a shape runs on beyond ±180."""
    west, _, east, _ = shape.bounds
    return lat, next((x for x in (lon, lon + 360, lon - 360) if west <= x <= east), lon)


def _direction(place: Place, relation: SpatialRelation, gazetteer: Gazetteer) -> Located:
    bearing, km = relation.bearing, relation.distance_km
    if bearing is None:
        return _near(place, relation, gazetteer)
    if place.feature_class in {"H", "R"}:  # a line winds: "east of the Euphrates" is no sector from its middle
        return footprint_of(place, gazetteer), *SECTOR
    area = gazetteer.polygon(place.place_id) if precision_of(place)[1] > DISTRICT[1] else None
    if area is not None:
        return _beside_area(place, area, bearing, km)
    return _from_town(place, relation, bearing, gazetteer) if km else _side_of_town(place, bearing, gazetteer)


def _from_town(place: Place, relation: SpatialRelation, bearing: float, gazetteer: Gazetteer) -> Located:
    """Return the arc at a distance and bearing, at sea without the land in it."""
    km = relation.distance_km or 0.0
    slack = max(SPREAD * km, relation.slack_km or 0.0)
    lat, lon = destination(place.lat, place.lon, bearing, km)
    half_width = 30.0 if bearing % 45 == 0 else 20.0
    shape: BaseGeometry = sector(place.lat, place.lon, bearing, max(0.0, km - slack), km + slack, half_width)
    if km > SITE_REACH_KM and at_sea(lat, lon, gazetteer):
        return footprint_in(sea_within(shape, gazetteer) or shape, lat, lon), *SEA
    return footprint_in(shape, lat, lon), *(DISTRICT if km <= SITE_REACH_KM else SECTOR)


def _side_of_town(place: Place, bearing: float, gazetteer: Gazetteer) -> Located:
    """Return the sector on a side of a town, inside its country where its middle is."""
    lat, lon = destination(place.lat, place.lon, bearing, max(LIKELY_KM, BEYOND * radius_km(place)))
    shape: BaseGeometry = sector(place.lat, place.lon, bearing, 0.0, REACH_KM)
    return footprint_in(_inside_country(shape, place, lat, lon, gazetteer), lat, lon), *SECTOR


def _inside_country(shape: BaseGeometry, place: Place, lat: float, lon: float, gazetteer: Gazetteer) -> BaseGeometry:
    country = gazetteer.country(place.country) if place.country else None
    land = gazetteer.polygon(country.place_id) if country else None
    if land is None or not land.contains(Point(lon, lat)) or land.contains(shape):
        return shape
    return largest(shape.intersection(laid_over(shape, land))) or shape


def _beside_area(place: Place, area: BaseGeometry, bearing: float, km: float | None) -> Located:
    """Return the ground on one side of an area: its outer half there and some way beyond its edge."""
    reach = max(precision_of(place)[2] / 1000.0, 1.0)
    inner = area.intersection(sector(place.lat, place.lon, bearing, 0.0, reach))
    edge = farthest_km(place.lat, place.lon, inner) if not inner.is_empty else reach
    far = edge + (km * (1.0 + SPREAD) if km else BESIDE_KM)
    shape = sector(place.lat, place.lon, bearing, edge / 2, far)
    return footprint_in(shape, *destination(place.lat, place.lon, bearing, edge)), *SECTOR


def _part(place: Place, relation: SpatialRelation, gazetteer: Gazetteer) -> Located:
    whole = footprint_of(place, gazetteer)
    if whole.geometry is None:  # "western Mosul" is in Mosul
        geo, where, metres, _ = precision_of(place)
        return Footprint(place.lat, place.lon, metres, None), geo, where
    if place.feature_class in {"H", "R"}:
        return whole, *SECTOR
    shape = main_parts(towards(whole.geometry, relation.bearing)) or whole.geometry
    return footprint_in(shape, shape.centroid.y, shape.centroid.x), *SECTOR


def _near(place: Place, relation: SpatialRelation, gazetteer: Gazetteer) -> Located:
    geo, where, metres, _ = precision_of(place)
    if where > DISTRICT[1]:  # "near the province" is no finer than the province
        return footprint_of(place, gazetteer), geo, where
    km = relation.distance_km or 0.0
    reach = (km + max(SPREAD * km, relation.slack_km or 0.0)) * 1000.0 or NEAR_M
    circle = Footprint(place.lat, place.lon, round(max(reach, metres), -2), None)
    return circle, *(DISTRICT if km <= SITE_REACH_KM else SECTOR)


def _outskirts(place: Place, relation: SpatialRelation, gazetteer: Gazetteer) -> Located:
    if precision_of(place)[1] > DISTRICT[1]:
        return _near(place, relation, gazetteer)
    size = radius_km(place)
    if relation.bearing is None:
        return Footprint(place.lat, place.lon, round(size + TOWN_EDGE_KM, 1) * 1000.0, None), *DISTRICT
    shape = sector(place.lat, place.lon, relation.bearing, size / 2, size + TOWN_EDGE_KM, 60.0)
    return footprint_in(shape, *destination(place.lat, place.lon, relation.bearing, size + 2.0)), *DISTRICT


def _countryside(place: Place, relation: SpatialRelation, gazetteer: Gazetteer) -> Located:
    shape, in_province = countryside_of(place, relation.bearing, gazetteer)
    found = footprint_in(shape, shape.centroid.y, shape.centroid.x)
    if not in_province:
        return found, *DISTRICT
    return found, *(PROVINCE if relation.bearing is None else SECTOR)


def _coast(place: Place, relation: SpatialRelation, gazetteer: Gazetteer) -> Located:
    """Return the sea off a place; the ground near it where there is none within reach: "off the highway"."""
    if place.feature_class == "H":
        return footprint_of(place, gazetteer), *SEA
    area, km = gazetteer.polygon(place.place_id), relation.distance_km or COAST_KM
    spread = SPREAD if relation.distance_km else 0.0
    if area is not None:
        sea = sea_beside(place.place_id, km * (1.0 + spread), gazetteer)
    else:
        ring = disc(place.lat, place.lon, km * (1.0 + spread), km * (1.0 - spread) if spread else 0.0)
        sea = sea_within(ring, gazetteer)
    shape = _on_side(sea, place, relation.bearing)
    if shape is None:
        return _near(place, relation, gazetteer)
    middle = largest(shape) or shape
    return footprint_in(shape, middle.centroid.y, middle.centroid.x), *SEA


def _shore(place: Place, relation: SpatialRelation, gazetteer: Gazetteer) -> Located:
    """Return the strip of an area along its sea."""
    area = gazetteer.polygon(place.place_id)
    sea = sea_beside(place.place_id, COAST_KM, gazetteer) if area is not None and place.feature_class != "H" else None
    if area is None or sea is None:
        return _near(place, relation, gazetteer)
    strip = _on_side(grown(sea, SHORE_KM).intersection(area), place, relation.bearing)
    return (footprint_in(strip, place.lat, place.lon), *SECTOR) if strip else _near(place, relation, gazetteer)


def _on_side(shape: BaseGeometry | None, place: Place, bearing: float | None) -> BaseGeometry | None:
    """Return the main parts of what lies around a place, on one side of it where a bearing is said."""
    if shape is None or bearing is None:
        return main_parts(shape) if shape is not None else None
    side = sector(place.lat, place.lon, bearing, 0.0, max(1.0, farthest_km(place.lat, place.lon, shape)), 50.0)
    cut = make_valid(shape).intersection(make_valid(side))  # near a pole a sector crosses itself
    return main_parts(cut) or main_parts(shape)


def _inside(place: Place, relation: SpatialRelation, gazetteer: Gazetteer) -> Located:
    """Return the rim of an area: "20 km inside Syria"."""
    area, km = gazetteer.polygon(place.place_id), relation.distance_km or 0.0
    if area is None:
        return _near(place, relation, gazetteer)
    rim = main_parts(area.difference(grown(area, -km * (1.0 + SPREAD)))) or area
    return footprint_in(rim, place.lat, place.lon), *SECTOR


def _road(place: Place, _: SpatialRelation, gazetteer: Gazetteer) -> Located:
    """Return the circle that "the road to X" is taken to lie in: no road is known, nor where it begins."""
    geo, where, metres = precision_of(place)[:3]
    if where > DISTRICT[1]:
        return footprint_of(place, gazetteer), geo, where
    return Footprint(place.lat, place.lon, max(metres, ROAD_KM * 1000.0), None), *SECTOR


_FOOTPRINTS: dict[str, Callable[[Place, SpatialRelation, Gazetteer], Located]] = {
    "direction": _direction,
    "part": _part,
    "bank": _part,
    "near": _near,
    "outskirts": _outskirts,
    "countryside": _countryside,
    "coast": _coast,
    "shore": _shore,
    "inside": _inside,
    "road": _road,
}
