from __future__ import annotations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from pipeline.frames.shapes import geodesic_circle, rfc7946_polygon

GEOD = Geod(ellps="WGS84")


def is_sane(shape):
    west, south, east, north = shape.bounds
    wound = all(part.exterior.is_ccw and not any(hole.is_ccw for hole in part.interiors) for part in shape.geoms)
    return west >= -180 and east <= 180 and south >= -90 and north <= 90 and shape.is_valid and wound


def area_of(shape):
    return sum(abs(GEOD.geometry_area_perimeter(part)[0]) for part in shape.geoms)


@settings(max_examples=60, deadline=None)
@given(st.floats(-89, 89), st.floats(-180, 180), st.floats(100, 500_000))
def test_a_circle_is_sane_and_has_its_area_anywhere(lat, lon, radius):
    circle = geodesic_circle(lat, lon, radius)
    assert is_sane(circle)
    assert area_of(circle) == pytest.approx(3.14159 * radius**2, rel=0.02)


def test_a_circle_is_wider_in_degrees_further_north():
    at_equator, at_sixty = (geodesic_circle(lat, 0, 50_000).bounds for lat in (0, 60))
    assert at_sixty[2] == pytest.approx(2 * at_equator[2], rel=0.02)


def test_a_circle_at_the_antimeridian_has_two_halves():
    circle = geodesic_circle(10, 179.9, 50_000)
    assert len(circle.geoms) == 2
    assert circle.bounds[0] == -180
    assert circle.bounds[2] == 180


@pytest.mark.parametrize("pole", [89.9, -89.9])
def test_a_circle_round_a_pole_reaches_it(pole):
    circle = geodesic_circle(pole, 30, 50_000)
    assert is_sane(circle)
    assert circle.contains(shapely.Point(-150, 89.99 if pole > 0 else -89.99))


def test_a_ring_that_jumps_is_cut():
    jumping = shapely.Polygon([(179, 0), (-179, 0), (-179, 1), (179, 1)])
    cut = rfc7946_polygon(jumping)
    assert len(cut.geoms) == 2
    assert cut.area == pytest.approx(2)


def test_a_ring_cut_at_180_already_stays():
    antarctic = shapely.box(-180, -90, 180, -70)
    assert rfc7946_polygon(antarctic).equals(antarctic)


def test_a_bow_tie_is_mended_and_lines_are_left_out():
    mended = rfc7946_polygon(shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]))
    assert is_sane(mended)
    assert mended.area == pytest.approx(2)
    assert rfc7946_polygon(shapely.LineString([(0, 0), (1, 1)])).is_empty


def test_holes_stay_and_are_wound_the_other_way():
    ring = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    assert is_sane(rfc7946_polygon(ring))
    assert rfc7946_polygon(ring).area == pytest.approx(15)
