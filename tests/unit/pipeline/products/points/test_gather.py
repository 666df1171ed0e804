"""The ladder: single events where a tile can hold them, and no coarser than it must."""

from __future__ import annotations

import pytest
from many_points import repeated

from pipeline.products.points import gather
from pipeline.products.points.order import FINEST
from pipeline.products.points.table import table_of


@pytest.fixture
def table(small_layers):
    return table_of(repeated(small_layers, 40).events)


def whole(table) -> slice:
    return slice(0, len(table.placed.order))


def test_few_events_stay_single(table):
    tile = gather.tile_of(table, whole(table), FINEST)
    assert tile.step.single
    assert tile.ids.tolist() == list(range(len(table.placed.order)))


@pytest.mark.parametrize(("most", "cells", "time"), [(150, 0, "month"), (12, 0, "month"), (3, 16, "all")])
def test_a_full_tile_takes_the_first_step_that_is_enough(table, monkeypatch, most, cells, time):
    monkeypatch.setattr(gather, "MOST_FINEST", most)
    tile = gather.tile_of(table, whole(table), FINEST)
    assert (tile.step.cells, tile.step.time) == (cells, time)
    assert tile.columns["n"].values.sum() == len(table.placed.order)


def test_an_event_alone_in_its_group_keeps_its_words(small_layers, monkeypatch):
    monkeypatch.setattr(gather, "MOST_FINEST", 0)
    table = table_of(small_layers.events)
    tile = gather.tile_of(table, whole(table), FINEST)
    alone = tile.columns["n"].values == 1
    assert alone.any()
    for name in ("date", "harm", "precision", "mark"):
        told, single = tile.columns[name], table.texts[name]
        for number in alone.nonzero()[0].tolist():
            assert told.values[told.codes[number]] == single.values[single.codes[tile.ids[number]]]


def test_words_that_differ_within_a_group_are_left_out(small_layers, monkeypatch):
    monkeypatch.setattr(gather, "MOST_FINEST", 9)
    layers = repeated(small_layers, 4)
    events = layers.events.assign(location=[f"Place {number}" for number in range(len(layers.events))])
    table = table_of(events)
    tile = gather.tile_of(table, whole(table), FINEST)
    several = tile.columns["n"].values > 1
    assert several.any()
    assert (tile.columns["location"].codes[several] == -1).all()
