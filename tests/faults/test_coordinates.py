"""NaN, infinite, out of range, swapped and 0,0 coordinates: refused with a reason, whatever the numbers are."""

from __future__ import annotations

import math
from dataclasses import replace

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ContractError
from pipeline.frames import check_layers
from pipeline.ingest.tabular import TableRow
from pipeline.rows.points import read_point

ANY = st.floats() | st.integers(-400, 400) | st.sampled_from(["", "NaN", "-inf", "1e400", "north", "33,5", "+5", " 7 "])
ON_EARTH = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def point(lat: object, lon: object):
    return read_point(TableRow("", "t.csv", 2, "plain", "plain", {"latitude": lat, "longitude": lon}))


def is_blank(value: object) -> bool:
    return not str(value).strip() or value != value  # noqa: PLR0124 - NaN is how a table says that a cell is empty


@given(ANY, ANY)
def test_what_a_table_gives_is_a_point_on_earth_or_has_a_reason(lat, lon):
    found = point(lat, lon)
    if found.is_usable:
        assert -90 <= found.lat <= 90
        assert -180 <= found.lon <= 180
        assert (found.lat, found.lon) != (0, 0)
    else:
        assert found.flags or is_blank(lat) or is_blank(lon)


@given(st.floats(90.0001, 180), st.floats(-90, 90))
def test_a_swap_is_suspected_and_told(lat, lon):
    flags = [flag.code for flag in point(lat, lon).flags]
    assert flags == ["swapped"]


@given(ON_EARTH)
def test_a_point_on_earth_is_kept_as_it_is(spot):
    found = point(*spot)
    assert found.is_usable or math.hypot(*spot) < 1e-6
    assert not found.is_usable or (found.lat, found.lon) == spot


@pytest.mark.parametrize(
    ("lon", "lat", "why"),
    [
        (math.inf, 33, "not finite"),
        (math.nan, 33, "not finite|with coordinates"),
        (181, 33, "out of range"),
        (44, 190, "out of range"),
        (33, 120, "looks swapped"),
        (0, 0, "0, 0"),
    ],
)
def test_no_layer_with_such_a_point_is_written(small_layers, lon, lat, why):
    spots = [shapely.Point(lon, lat), *small_layers.events.geometry[1:]]
    events = gpd.GeoDataFrame(small_layers.events.drop(columns="geometry"), geometry=spots, crs=4326)
    with pytest.raises(ContractError, match=why):
        check_layers(replace(small_layers, events=events))
