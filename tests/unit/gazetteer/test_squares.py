from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.sphere import in_box
from gazetteer.squares import square_of, squares_in

lats, lons = st.floats(-90, 90), st.floats(-180, 180)


@given(lats, lons, lats, lats, lons, lons)
def test_what_lies_in_a_box_lies_in_its_squares(
    lat: float, lon: float, a: float, b: float, west: float, east: float
) -> None:
    box = (west, min(a, b), east, max(a, b))
    if in_box(lat, lon, box):
        assert any(first <= square_of(lat, lon) <= last for first, last in squares_in(box))


@pytest.mark.parametrize(("lat", "lon"), [(90.0, 180.0), (95.0, 200.0)])
def test_the_edge_of_the_world_has_a_square(lat: float, lon: float) -> None:
    assert square_of(lat, lon) == square_of(89.9, 179.9)


def test_a_box_over_the_antimeridian_has_two_ranges_a_row() -> None:
    assert len(list(squares_in((179.0, 0.0, -179.0, 0.1)))) == 2
