from __future__ import annotations

import csv
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
from msgspec import structs
from small_run import small_events

from pipeline.fields import layer_spec
from pipeline.frames import build_layers, conform_layer, layers
from pipeline.products.tables import write_csv, write_parquet


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv_has_every_column_and_plain_values(small_layers, tmp_path):
    path = write_csv(small_layers.events, tmp_path / "events.csv")
    rows = {row["event_id"]: row for row in rows_of(path)}
    assert path.read_bytes().startswith(b"\xef\xbb\xbfevent_id,")
    assert list(rows["e2"]) == list(layer_spec("events").columns)
    assert rows["e2"]["event_date"] == "2023-11-20"
    assert rows["e2"]["start_time"] == "2023-11-20T00:00:00Z"
    assert (rows["e2"]["latitude"], rows["e2"]["injuries_low"], rows["e2"]["civilian_targeting"]) == (
        "33.79",
        "8",
        "false",
    )
    assert (rows["e2"]["fatalities"], rows["e6"]["latitude"], rows["e6"]["event_date"]) == ("", "", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_formulas_are_neutralised_and_numbers_untouched(atlas, tmp_path, start):
    event = small_events()[0]
    resolution = event.placement.resolution
    west = replace(resolution.footprint, lat=-33.5, lon=-70.6)
    placement = replace(
        event.placement,
        footprint=west,
        resolution=replace(resolution, place=structs.replace(resolution.place, country="CL")),
    )
    hostile = replace(event, notes=(f"{start}cmd|' /C calc'!A0",), placement=placement)
    made = build_layers([], [hostile], [], gazetteer=atlas)
    (row,) = rows_of(write_csv(made.events, tmp_path / "events.csv"))
    assert row["notes"] == f"'{start}cmd|' /C calc'!A0"
    assert (row["latitude"], row["longitude"]) == ("-33.5", "-70.6")


def test_csv_written_a_few_rows_at_a_time_is_the_same_bytes(small_layers, tmp_path, monkeypatch):
    whole = write_csv(small_layers.events, tmp_path / "whole.csv").read_bytes()
    monkeypatch.setattr(layers, "BATCH", 4)
    assert write_csv(small_layers.events, tmp_path / "parts.csv").read_bytes() == whole
    assert len(rows_of(tmp_path / "parts.csv")) == 6


def test_csv_of_no_events_is_its_header(empty_layers, tmp_path):
    path = write_csv(empty_layers.events, tmp_path / "events.csv")
    assert path.read_text(encoding="utf-8-sig").splitlines() == [",".join(layer_spec("events").columns)]


def test_parquet_has_real_types_and_round_trips(small_layers, tmp_path):
    path = write_parquet(small_layers.events, tmp_path / "events.parquet")
    schema = pq.read_schema(path)
    assert str(schema.field("event_date").type) == "date32[day]"
    assert str(schema.field("start_time").type) == "timestamp[ms, tz=UTC]"
    assert str(schema.field("low").type) == "int64"
    frame = gpd.read_parquet(path)
    assert frame.crs == "EPSG:4326"
    back = conform_layer(frame, "events")
    pd.testing.assert_frame_equal(pd.DataFrame(back), pd.DataFrame(small_layers.events))


def test_parquet_of_no_events_can_be_read(empty_layers, tmp_path):
    frame = gpd.read_parquet(write_parquet(empty_layers.events, tmp_path / "events.parquet"))
    assert len(conform_layer(frame, "events")) == 0


@pytest.mark.parametrize("write", [write_csv, write_parquet])
def test_the_same_events_give_the_same_bytes(small_layers, tmp_path, write):
    one, other = (write(small_layers.events, tmp_path / name) for name in "ab")
    assert one.read_bytes() == other.read_bytes()
