from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from gazetteer.models import Candidate, Place
from gazetteer.sphere import distance_km
from pipeline.models import Footprint, SpatialRelation
from pipeline.toponyms.footprints import footprint_of, precision_of, related_footprint
from pipeline.toponyms.geodesy import angle_between, bearing_deg
from pipeline.toponyms.parts import polygons_of

TOWN = Place("t:1", "Town", 33.0, 44.0, "P", "PPL", "XX", population=10_000)
LAND = Place("c:1", "Land", 33.0, 44.0, "A", "PCLI", "XX", uncertainty_m=400_000, bbox=(41, 30, 47, 36))
NEXT = Place("c:2", "Next", 33.0, 49.0, "A", "PCLI", "YY", uncertainty_m=300_000, bbox=(47, 30, 51, 36))
PORT = Place("t:2", "Port", 33.0, 41.1, "P", "PPL", "XX", population=10_000)
PROVINCE = Place("p:1", "Middle", 33.0, 44.0, "A", "ADM1", "XX", uncertainty_m=100_000, bbox=(43, 32, 45, 34))
SEAT = Place("t:3", "Middle", 33.0, 44.0, "P", "PPL", "XX", "Middle", "p:1", population=800_000)
RIVER = Place("r:1", "River", 33.0, 44.0, "H", "STM", uncertainty_m=300_000, bbox=(42, 31, 48, 35))
SHAPES: dict[str, BaseGeometry] = {
    "c:1": box(41, 30, 47, 36), "c:2": box(47, 30, 51, 36), "p:1": box(43, 32, 45, 34), "r:1": box(42, 31, 48, 35),
}  # fmt: skip
PLACES = {place.place_id: place for place in (LAND, NEXT, PROVINCE)}


class Atlas:
    """A gazetteer of two square countries side by side, a province in the first, and the sea around them."""

    def polygon(self, place_id: str) -> BaseGeometry | None:
        return SHAPES.get(place_id)

    def place(self, place_id: str) -> Place:
        return PLACES[place_id]

    def candidates(self, name: str, *, limit: int) -> tuple[Candidate, ...]:
        return ()

    def country(self, iso2: str) -> Place | None:
        return {"XX": LAND, "YY": NEXT}.get(iso2)

    def countries_met(self, shape: BaseGeometry) -> list[Place]:
        return [place for place in (LAND, NEXT) if SHAPES[place.place_id].intersects(shape)]

    def admin_at(self, lat: float, lon: float) -> tuple[Place | None, None]:
        point = Point(lon, lat)
        return next((place for place in (LAND, NEXT) if SHAPES[place.place_id].covers(point)), None), None


def relation(
    kind: str, bearing: float | None = None, km: float | None = None, slack: float | None = None
) -> SpatialRelation:
    return SpatialRelation(kind, kind, 0, 1, "", bearing, km, slack)


def footprint_at(place: Place, *told: object) -> tuple[Footprint, tuple[int, int]]:
    """The footprint of a relation to a place, and its (geo_precision, where_prec)."""
    footprint, geo, where = related_footprint(place, relation(*told), Atlas())  # type: ignore[arg-type]
    return footprint, (geo, where)


@pytest.mark.parametrize(
    ("feature", "codes"),
    [
        ("P.PPL", (1, 1)),
        ("S.AIRB", (1, 1)),
        ("A.ADM2", (2, 3)),
        ("A.ADM1", (3, 4)),
        ("A.PCLI", (3, 6)),
        ("H.SEA", (3, 7)),
    ],
)
def test_precision_follows_the_kind_of_place(feature: str, codes: tuple[int, int]) -> None:
    letter, code = feature.split(".")
    assert precision_of(structs.replace(TOWN, feature_class=letter, feature_code=code))[:2] == codes


def test_a_named_country_is_its_polygon() -> None:
    assert footprint_of(LAND, Atlas()).geometry is SHAPES["c:1"]  # type: ignore[arg-type]


@pytest.mark.parametrize(("km", "codes"), [(30.0, (2, 2)), (90.0, (3, 5)), (None, (3, 5))])
def test_a_direction_is_a_sector_on_that_side(km: float | None, codes: tuple[int, int]) -> None:
    footprint, *found = related_footprint(TOWN, relation("direction", 270.0, km), Atlas())  # type: ignore[arg-type]
    assert tuple(found) == codes
    assert angle_between(270.0, bearing_deg(TOWN.lat, TOWN.lon, footprint.lat, footprint.lon)) < 1
    assert footprint.geometry is not None
    assert footprint.geometry.contains(Point(footprint.lon, footprint.lat))
    reach = footprint.geometry.exterior.coords
    farthest = max(distance_km(footprint.lat, footprint.lon, lat, lon) for lon, lat in reach)
    assert farthest * 1000 <= footprint.uncertainty_m + 100


@pytest.mark.parametrize(
    ("bearing", "bounds"),
    [
        (180.0, (41, 30, 47, 32)),
        (0.0, (41, 34, 47, 36)),
        (90.0, (45, 30, 47, 36)),
        (45.0, (44, 33, 47, 36)),
        (225.0, (41, 30, 44, 33)),
        (None, (42.5, 31.5, 45.5, 34.5)),
    ],
)
def test_a_part_is_a_third_or_a_corner(bearing: float | None, bounds: tuple[float, ...]) -> None:
    footprint, *codes = related_footprint(LAND, relation("part", bearing), Atlas())  # type: ignore[arg-type]
    assert codes == [3, 5]
    assert footprint.geometry is not None
    assert footprint.geometry.bounds == pytest.approx(bounds)


def test_a_part_of_a_town_is_in_the_town() -> None:
    footprint, geo, where = related_footprint(TOWN, relation("part", 270.0), Atlas())  # type: ignore[arg-type]
    assert (footprint.lat, footprint.lon, geo, where) == (33.0, 44.0, 1, 1)


def test_near_a_town_is_wider_than_the_town_and_near_a_country_no_finer_than_it() -> None:
    near, geo, where = related_footprint(TOWN, relation("near"), Atlas())  # type: ignore[arg-type]
    assert (near.uncertainty_m, geo, where) == (25_000, 2, 2)
    wide, geo, where = related_footprint(LAND, relation("near"), Atlas())  # type: ignore[arg-type]
    assert (wide.geometry, geo, where) == (SHAPES["c:1"], 3, 6)


def test_near_with_a_distance_is_as_wide_as_the_distance_and_no_finer_than_the_place() -> None:
    assert footprint_at(TOWN, "near", None, 20.0)[0].uncertainty_m == 26_000
    assert footprint_at(TOWN, "near", None, 0.5)[0].uncertainty_m == TOWN.uncertainty_m
    far, codes = footprint_at(TOWN, "near", None, 1800.0)
    assert (far.uncertainty_m, codes) == (2_340_000, (3, 5))


def test_a_range_widens_the_arc() -> None:
    narrow, wide = (footprint_at(TOWN, "direction", 90.0, 30.0, slack)[0].geometry for slack in (None, 20.0))
    assert narrow is not None
    assert wide is not None
    assert wide.buffer(0.01).covers(narrow)
    assert wide.area > 1.5 * narrow.area


def test_a_direction_from_a_province_lies_on_and_beyond_its_edge() -> None:
    footprint, codes = footprint_at(PROVINCE, "direction", 270.0)
    assert codes == (3, 5)
    assert footprint.lon < 43.1
    assert footprint.geometry is not None
    assert footprint.geometry.bounds[0] < 42.6
    assert not footprint.geometry.contains(Point(44.0, 33.0))


def test_beside_a_river_is_the_river() -> None:
    for kind in ("direction", "bank", "part"):
        footprint, codes = footprint_at(RIVER, kind, 90.0)
        assert (footprint.geometry, codes) == (SHAPES["r:1"], (3, 5))


def test_off_a_port_is_the_sea_beside_it() -> None:
    footprint, codes = footprint_at(PORT, "coast")
    assert codes == (3, 7)
    assert footprint.geometry is not None
    assert footprint.geometry.intersection(SHAPES["c:1"]).area == pytest.approx(0.0, abs=1e-9)
    assert footprint.lon < 41


def test_off_a_country_at_a_side_is_the_sea_at_that_side() -> None:
    footprint, codes = footprint_at(LAND, "coast", 180.0)
    assert codes == (3, 7)
    assert footprint.lat < 30


def test_far_out_from_a_port_is_sea() -> None:
    footprint, codes = footprint_at(PORT, "direction", 270.0, 80.0)
    assert codes == (3, 7)
    assert footprint.lon < 41


def test_off_an_inland_town_is_near_it() -> None:
    footprint, codes = footprint_at(TOWN, "coast")
    assert (footprint.lat, footprint.lon, codes) == (33.0, 44.0, (2, 2))


def test_a_shore_is_the_strip_of_land_by_the_sea() -> None:
    footprint, codes = footprint_at(LAND, "shore", 270.0)
    assert codes == (3, 5)
    assert footprint.geometry is not None
    assert SHAPES["c:1"].buffer(1e-9).covers(footprint.geometry)
    assert not footprint.geometry.contains(Point(44.0, 33.0))


def test_some_way_inside_a_country_is_its_rim() -> None:
    footprint, codes = footprint_at(LAND, "inside", None, 20.0)
    assert codes == (3, 5)
    assert footprint.geometry is not None
    assert footprint.geometry.contains(Point(41.1, 33.0))
    assert not footprint.geometry.contains(Point(44.0, 33.0))


@pytest.mark.parametrize(("people", "least", "most"), [(0, 8, 12), (150_000, 9, 12), (2_100_000, 15, 20)])
def test_the_outskirts_grow_with_the_town(people: int, least: float, most: float) -> None:
    footprint, codes = footprint_at(structs.replace(TOWN, population=people), "outskirts")
    assert codes == (2, 2)
    assert least <= footprint.uncertainty_m / 1000 <= most


def test_the_outskirts_on_a_side_lie_on_that_side() -> None:
    footprint, codes = footprint_at(SEAT, "outskirts", 270.0)
    assert codes == (2, 2)
    assert angle_between(270.0, bearing_deg(SEAT.lat, SEAT.lon, footprint.lat, footprint.lon)) < 1


def test_the_countryside_of_a_seat_is_its_province_without_the_city() -> None:
    footprint, codes = footprint_at(SEAT, "countryside")
    assert codes == (3, 4)
    assert footprint.geometry is not None
    assert SHAPES["p:1"].covers(footprint.geometry)
    assert not footprint.geometry.contains(Point(44.0, 33.0))


def test_the_countryside_on_a_side_stays_in_the_province() -> None:
    footprint, codes = footprint_at(SEAT, "countryside", 0.0)
    assert codes == (3, 5)
    assert footprint.lat > 33.1
    assert footprint.geometry is not None
    assert SHAPES["p:1"].covers(footprint.geometry)


def test_the_countryside_of_a_small_town_is_some_25_km_around_it() -> None:
    footprint, codes = footprint_at(TOWN, "countryside")
    assert codes == (2, 2)
    assert 25_000 < footprint.uncertainty_m < 35_000


def test_the_road_to_a_town_is_wide() -> None:
    assert footprint_at(TOWN, "road")[0].uncertainty_m == 30_000


KINDS = ("direction", "part", "near", "outskirts", "countryside", "coast", "shore", "inside", "road", "bank")


@example(lat=89.875, lon=0.0, kind="coast", bearing=0.0, km=None)  # a sector that crosses itself
@given(
    kind=st.sampled_from(KINDS),
    bearing=st.one_of(st.none(), st.floats(0, 359.9)),
    km=st.one_of(st.none(), st.floats(0.1, 300)),
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
)
def test_the_point_lies_in_the_polygon_and_the_radius_covers_it(
    kind: str, bearing: float | None, km: float | None, lat: float, lon: float
) -> None:
    footprint, _ = footprint_at(structs.replace(TOWN, lat=lat, lon=lon), kind, bearing, km)
    assert -90 <= footprint.lat <= 90
    assert -180 <= footprint.lon <= 180
    if footprint.geometry is None:
        assert footprint.uncertainty_m > 0
        return
    at = Point(footprint.lon, footprint.lat)
    assert min(footprint.geometry.distance(Point(at.x + turn, at.y)) for turn in (-360, 0, 360)) < 1e-6
    corners = [(y, x) for part in polygons_of(footprint.geometry) for x, y in part.exterior.coords]
    farthest = max(distance_km(footprint.lat, footprint.lon, y, x) for y, x in corners)
    assert farthest * 1000 <= footprint.uncertainty_m
