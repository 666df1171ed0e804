from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from gazetteer.geometry import distance_km
from gazetteer.models import Place
from pipeline.models import SpatialRelation
from pipeline.toponyms.footprints import border_footprint, footprint_of, precision_of, related_footprint
from pipeline.toponyms.geodesy import angle_between, bearing_deg, destination, sector

TOWN = Place("t:1", "Town", 33.0, 44.0, "P", "PPL", "XX", population=10_000)
LAND = Place("c:1", "Land", 33.0, 44.0, "A", "PCLI", "XX", uncertainty_m=400_000)
NEXT = Place("c:2", "Next", 33.0, 49.0, "A", "PCLI", "YY", uncertainty_m=300_000)
FAR = Place("c:3", "Far", 0.0, 0.0, "A", "PCLI", "ZZ", uncertainty_m=300_000)
SHAPES: dict[str, BaseGeometry] = {"c:1": box(41, 30, 47, 36), "c:2": box(47, 30, 51, 36), "c:3": box(-1, -1, 1, 1)}


class Atlas:
    """A gazetteer of three countries, square ones."""

    def polygon(self, place_id: str) -> BaseGeometry | None:
        return SHAPES.get(place_id)

    def country(self, iso2: str) -> Place | None:
        return {"XX": LAND, "YY": NEXT, "ZZ": FAR}.get(iso2)


def relation(kind: str, bearing: float | None = None, km: float | None = None) -> SpatialRelation:
    return SpatialRelation(kind, kind, 0, 1, "", bearing, km)


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
    assert precision_of(replace(TOWN, feature_class=letter, feature_code=code))[:2] == codes


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


def test_a_border_is_a_strip_on_both_sides() -> None:
    strip = border_footprint(LAND, NEXT, Atlas())  # type: ignore[arg-type]
    assert strip is not None
    assert strip.geometry is not None
    west, _, east, _ = strip.geometry.bounds
    assert (west, east) == pytest.approx((46.85, 47.15))
    assert border_footprint(LAND, FAR, Atlas()) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("bearing", [0.0, 45.0, 135.0, 200.0, 359.0])
@pytest.mark.parametrize("start", [(33.0, 44.0), (-60.0, 179.9), (0.0, 0.0)])
def test_there_and_how_far(start: tuple[float, float], bearing: float) -> None:
    end = destination(*start, bearing, 120.0)
    assert distance_km(*start, *end) == pytest.approx(120.0, abs=0.01)
    assert angle_between(bearing, bearing_deg(*start, *end)) < 0.01
    assert -180 <= end[1] <= 180


def test_a_sector_begins_where_it_should() -> None:
    ring = sector(33.0, 44.0, 90.0, 20.0, 40.0, 30.0)
    found = sorted(distance_km(33.0, 44.0, lat, lon) for lon, lat in ring.exterior.coords)
    assert found[0] == pytest.approx(20.0, abs=0.1)
    assert found[-1] == pytest.approx(40.0, abs=0.1)
