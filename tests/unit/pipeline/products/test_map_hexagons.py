from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest

from pipeline.products.map.build import render_map
from pipeline.products.map.data import map_data
from pipeline.products.map.hexagons import aggregated
from pipeline.products.points.order import fingerprint


@pytest.fixture
def repeated(small_layers):
    events = pd.concat([small_layers.events] * 5, ignore_index=True)
    return gpd.GeoDataFrame(events.assign(event_id=[f"e{n}" for n in range(len(events))]))


def test_every_event_is_counted_once(repeated):
    rows, about = aggregated(repeated)
    assert sum(row["n"] for row in rows) == about["events"] == len(repeated)
    assert sum(row["n"] for row in rows if row["lat"] is not None) == about["placed"] == repeated.geometry.notna().sum()


def test_a_hexagon_is_no_exact_place_and_a_country_stays_one(repeated):
    rows, _ = aggregated(repeated)
    assert "exact" not in {row["mark"] for row in rows}
    assert {row["mark"] for row in rows if row["location"] == "Iraq"} == {"country"}


def test_lowest_counts_are_summed_and_not_stated_stays_so(repeated):
    rows, _ = aggregated(repeated)
    assert {row["harm"] for row in rows} == {
        "not stated",
        "at least 40 injured (sum of the lowest counts stated)",
    }


def test_the_page_says_that_it_counts(repeated, small_layers, monkeypatch):
    monkeypatch.setattr("pipeline.products.map.data.TOO_MANY", 20)
    data, details = map_data(replace(small_layers, events=repeated))
    assert "30 events are too many" in data["summary"]["aggregated"]
    assert details == []
    assert data["events"]["n"] < 30


def test_all_months_of_a_hexagon_stand_at_one_point(repeated):
    dates = pd.Timestamp("2023-01-15") + pd.to_timedelta(30 * (repeated.index % 5), unit="D")
    moved = repeated.assign(event_date=dates, date_start=dates, date_end=dates)
    rows, _ = aggregated(moved)
    assert len({row["from"] for row in rows}) == 5
    points = {(row["lon"], row["lat"]) for row in rows if row["precision"] == "counted in a hexagon"}
    hexagons = {row["event_id"].split(".")[0] for row in rows if row["precision"] == "counted in a hexagon"}
    assert len(points) == len(hexagons) > 1


def test_the_page_knows_its_points_and_may_ask_only_where_it_came_from(repeated, small_layers, monkeypatch):
    monkeypatch.setattr("pipeline.products.map.data.TOO_MANY", 20)
    said = {"title": "T", "generated": "", "attribution": []}
    counted = render_map(replace(small_layers, events=repeated), **said)
    assert "connect-src 'self'" in counted
    assert fingerprint(repeated) in counted
    assert "Protomaps LLC" in counted
    whole = render_map(small_layers, **said)
    assert "connect-src" not in whole
    assert "Protomaps" not in whole


def test_ids_are_unique(repeated):
    rows, _ = aggregated(repeated)
    assert len({row["event_id"] for row in rows}) == len(rows)
