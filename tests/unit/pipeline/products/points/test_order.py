"""The order that tiles and records share."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from many_points import repeated
from pmtiles.tile import zxy_to_tileid

from pipeline.products.map.data import mark_of, plain_rows
from pipeline.products.points.order import EXTENT, FINEST, MARKS, UNDATED, fingerprint, hilbert, placed


def test_tiles_are_numbered_as_the_archive_numbers_them():
    pick = np.random.default_rng(1)
    x, y = pick.integers(0, 1 << FINEST, (2, 300))
    first = zxy_to_tileid(FINEST, 0, 0)
    assert [first + place for place in hilbert(x, y).tolist()] == [
        zxy_to_tileid(FINEST, *at) for at in zip(x.tolist(), y.tolist(), strict=True)
    ]


@pytest.mark.parametrize("level", [0, 3, 9])
def test_two_bits_less_are_the_tile_above(level):
    pick = np.random.default_rng(level)
    x, y = pick.integers(0, 1 << FINEST, (2, 200))
    up = FINEST - level
    first = zxy_to_tileid(level, 0, 0)
    above = [zxy_to_tileid(level, *at) - first for at in zip((x >> up).tolist(), (y >> up).tolist(), strict=True)]
    assert (hilbert(x, y) >> (2 * up)).tolist() == above


def test_every_event_with_a_point_is_there_once_and_sorted(small_layers):
    events = repeated(small_layers).events
    at = placed(events)
    there = np.flatnonzero(events.geometry.notna())
    assert sorted(at.order.tolist()) == there.tolist()
    assert (np.diff(at.tile) >= 0).all()
    assert (np.diff(at.place) >= 0).all()


def test_marks_are_those_of_the_map(small_layers):
    at = placed(small_layers.events)
    rows = plain_rows(small_layers.events)
    assert [MARKS[mark] for mark in at.mark] == [mark_of(rows[row]) for row in at.order]
    assert len(set(at.mark.tolist())) == 4


def test_a_point_lies_where_it_is(small_layers):
    at = placed(small_layers.events)
    lon = at.x / (EXTENT << FINEST) * 360 - 180
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * at.y / (EXTENT << FINEST)))))
    points = small_layers.events.geometry.iloc[at.order]
    assert np.abs(lon - points.x).max() < 3e-5
    assert np.abs(lat - points.y).max() < 3e-5


def test_the_poles_and_the_date_line_stay_on_the_map(small_layers):
    import geopandas as gpd

    edges = gpd.points_from_xy([-180, 180, 0, 0, 179.9999999], [0, 0, 90, -90, 85.1])
    events = small_layers.events.head(5).assign(geometry=edges)
    at = placed(events.set_geometry("geometry", crs=4326))
    for steps in (at.x, at.y):
        assert steps.min() >= 0
        assert steps.max() < EXTENT << FINEST


def test_undated_events_come_last_and_keep_no_day(small_layers):
    none = dict.fromkeys(("event_date", "date_start", "date_end"), pd.NaT)
    at = placed(small_layers.events.assign(**none))
    assert set(at.start.tolist()) == set(at.end.tolist()) == {UNDATED}


def test_other_events_or_another_order_are_told_apart(small_layers):
    events = small_layers.events
    assert fingerprint(events) == fingerprint(events.copy())
    assert fingerprint(events) != fingerprint(events.iloc[::-1])
    assert fingerprint(events) != fingerprint(events.iloc[1:])
