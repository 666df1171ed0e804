from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, box

from gazetteer.sphere import distance_km
from pipeline.toponyms.geodesy import (
    KM_A_DEGREE,
    angle_between,
    bearing_deg,
    buffered,
    corridor,
    destination,
    disc,
    farthest_km,
    grown,
    laid_over,
    sector,
    unwrapped,
    waypoint,
)

LATS, LONS, BEARINGS = st.floats(-85, 85), st.floats(-180, 180), st.floats(0, 359.99)


@given(LATS, LONS, BEARINGS, st.floats(1, 2000))
def test_there_and_how_far(lat: float, lon: float, bearing: float, km: float) -> None:
    end = destination(lat, lon, bearing, km)
    assert distance_km(lat, lon, *end) == pytest.approx(km, rel=1e-5)
    assert angle_between(bearing, bearing_deg(lat, lon, *end)) < 0.01
    assert -180 <= end[1] <= 180


@given(LATS, LONS, BEARINGS, st.floats(2, 1500), st.floats(0, 1))
def test_a_waypoint_parts_the_way(lat: float, lon: float, bearing: float, km: float, share: float) -> None:
    end = destination(lat, lon, bearing, km)
    between = waypoint(lat, lon, *end, share)
    assert distance_km(lat, lon, *between) == pytest.approx(share * km, abs=0.01)
    assert distance_km(*between, *end) == pytest.approx((1 - share) * km, abs=0.01)


@given(LATS, LONS, BEARINGS, st.floats(5, 1000), st.floats(1, 20))
def test_a_corridor_holds_its_middle_and_is_as_wide_as_said(
    lat: float, lon: float, bearing: float, km: float, half_width: float
) -> None:
    assume(abs(lat) + km / 111 < 89)  # a way over the pole has no corridor that is one polygon
    end = destination(lat, lon, bearing, km)
    shape = corridor(lat, lon, *end, half_width)
    middle = waypoint(lat, lon, *end, 0.5)
    at = Point(*unwrapped([middle], lon)[0])
    assert shape.distance(at) < 1e-6
    assert farthest_km(*middle, shape) == pytest.approx((km**2 / 4 + half_width**2) ** 0.5, rel=0.02)


def test_a_sector_begins_where_it_should() -> None:
    ring = sector(33.0, 44.0, 90.0, 20.0, 40.0, 30.0)
    found = sorted(distance_km(33.0, 44.0, lat, lon) for lon, lat in ring.exterior.coords)
    assert found[0] == pytest.approx(20.0, abs=0.1)
    assert found[-1] == pytest.approx(40.0, abs=0.1)


@pytest.mark.parametrize("lon", [0.0, 179.9, -179.9])
def test_no_ring_jumps_at_the_antimeridian(lon: float) -> None:
    for shape in (sector(10, lon, 90, 0, 100), disc(10, lon, 100), corridor(10, lon, 11, lon + 0.5, 5)):
        west, _, east, _ = shape.bounds
        assert east - west < 3


def test_a_disc_may_have_a_hole() -> None:
    ring = disc(33.0, 44.0, 40.0, 20.0)
    assert not ring.contains(Point(44.0, 33.0))
    assert ring.contains(Point(44.0, 33.27))


def test_a_buffer_is_as_wide_east_as_north() -> None:
    west, south, east, north = buffered(Point(20, 60), 50).bounds
    assert distance_km(60, west, 60, east) == pytest.approx(100, rel=0.01)
    assert distance_km(south, 20, north, 20) == pytest.approx(100, rel=0.01)


def test_islands_shrink_as_they_would_together() -> None:
    around_a_lake = box(14, -1, 15, 1).difference(box(14.2, 0, 14.4, 0.2))
    islands = MultiPolygon([box(10, -1, 12, 1), around_a_lake, box(20, 0, 20.1, 0.1)])
    shrunk = buffered(islands, -20)
    together = islands.buffer(-20 / KM_A_DEGREE)  # at the equator a degree is as long either way
    assert shrunk.symmetric_difference(together).area == pytest.approx(0.0, abs=1e-9)
    assert len(shrunk.geoms) == 2, "the smallest is gone"
    assert buffered(islands, -200).is_empty


def test_a_coast_grown_in_steps_has_its_edge_where_it_is_said_to_be() -> None:
    bays = [(x, 40 + 0.03 * (x * 20 % 2) + 0.01 * (x * 100 % 7)) for x in (step / 100 for step in range(500))]
    coast = Polygon([*bays, (5.0, 35.0), (0.0, 35.0)])
    apart = grown(coast, 50).boundary.hausdorff_distance(buffered(coast, 50).boundary)
    assert apart * 111.2 <= 50 / 20


def test_land_is_laid_where_a_shape_runs_on() -> None:
    land = box(-180, 0, -179, 1)
    assert laid_over(box(179, 0, 181, 1), land).bounds == (-180, 0, 181, 1)
    assert laid_over(box(0, 0, 1, 1), land) is land
