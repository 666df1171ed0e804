from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from msgspec import structs
from small_run import small_events

from pipeline.errors import ContractError
from pipeline.fields import layer_spec
from pipeline.frames import build_layers, layers
from pipeline.products.geojson import read_geojson, write_geojson
from pipeline.products.tables import write_csv

NAMES = ["events", "claims", "areas", "mentions"]


@pytest.fixture
def folder(small_layers, tmp_path):
    write_geojson(small_layers, tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_a_layer_round_trips(folder, small_layers, name):
    written, back = getattr(small_layers, name), read_geojson(folder / f"{name}.geojson", name)
    attributes = list(layer_spec(name).columns)
    pd.testing.assert_frame_equal(pd.DataFrame(back[attributes]), pd.DataFrame(written[attributes]))
    assert list(back.geometry.isna()) == list(written.geometry.isna())
    for one, other in zip(back.geometry.dropna(), written.geometry.dropna(), strict=True):
        assert one.geom_type == other.geom_type
        assert one.hausdorff_distance(other) <= 1e-6


@pytest.mark.parametrize("name", NAMES)
def test_a_file_holds_one_geometry_type_and_no_crs_member(folder, name):
    collection = json.loads((folder / f"{name}.geojson").read_text())
    assert collection["name"] == name
    assert "crs" not in collection  # RFC 7946 §4
    kinds = {feature["geometry"]["type"] for feature in collection["features"] if feature["geometry"]}
    assert kinds == {layer_spec(name).geometry}


def test_gdal_sees_dates_times_and_whole_numbers(folder):
    info = pyogrio.read_info(folder / "events.geojson")
    types = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert [types[c] for c in ("event_date", "date_start", "source_date")] == ["OFTDate"] * 3
    assert [types[c] for c in ("start_time", "end_time")] == ["OFTDateTime"] * 2
    assert [types[c] for c in ("geo_precision", "injuries_low", "sent_start")] == ["OFTInteger"] * 3
    assert [types[c] for c in ("geo_reasons", "notes", "source_sentence")] == ["OFTString"] * 3
    assert types["latitude"] == "OFTReal"
    assert info["geometry_type"] == "Point"
    assert info["crs"] == "EPSG:4326"


def test_values_are_written_as_the_standard_has_them(folder):
    features = {f["id"]: f for f in json.loads((folder / "events.geojson").read_text())["features"]}
    properties = features["e2"]["properties"]
    assert properties["event_id"] == "e2"
    assert properties["event_date"] == "2023-11-20"
    assert properties["end_time"] == "2023-11-20T23:59:59Z"
    assert properties["injuries_low"] == 8
    assert properties["fatalities"] is None
    assert properties["civilian_targeting"] is False
    assert json.loads(properties["geo_reasons"])[0]["feature"] == "name"
    assert features["e6"]["geometry"] is None
    assert features["e6"]["properties"]["event_date"] is None


def test_rings_are_wound_as_the_standard_has_them(folder):
    for shape in gpd.read_file(folder / "areas.geojson").geometry:
        assert all(part.exterior.is_ccw for part in shape.geoms)


def test_the_same_layers_give_the_same_bytes(folder, small_layers, tmp_path):
    again = write_geojson(small_layers, tmp_path / "again")
    assert [path.read_bytes() for path in again] == [(folder / path.name).read_bytes() for path in again]


def test_features_written_a_few_at_a_time_are_the_same_bytes(folder, small_layers, tmp_path, monkeypatch):
    assert [len(frame) for _, frame in small_layers.items()] == [6, 2, 5, 6]
    monkeypatch.setattr(layers, "BATCH", 2)
    pieces = write_geojson(small_layers, tmp_path / "pieces")
    assert [path.read_bytes() for path in pieces] == [(folder / path.name).read_bytes() for path in pieces]


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_layer_is_a_valid_empty_collection(empty_layers, tmp_path, name):
    write_geojson(empty_layers, tmp_path)
    collection = json.loads((tmp_path / f"{name}.geojson").read_text())
    assert (collection["type"], collection["features"]) == ("FeatureCollection", [])
    back = read_geojson(tmp_path / f"{name}.geojson", name)
    assert {c: str(t) for c, t in back.dtypes.items()} == {
        c: str(t) for c, t in getattr(empty_layers, name).dtypes.items()
    }


@pytest.mark.parametrize(
    "text", ["[1]", '{"a": 1}', "null", "1e9", "2023-01-01", 'a\nb\t"c"\\', "جرف الصخر 🛰", "\u2028", "'--"]
)
def test_text_stays_text(atlas, tmp_path, text):
    event = replace(small_events()[0], notes=(text,))
    layers = build_layers([], [event], [], gazetteer=atlas)
    write_geojson(layers, tmp_path)
    assert read_geojson(tmp_path / "events.geojson", "events")["notes"].tolist() == [text]
    assert json.loads((tmp_path / "events.geojson").read_text())["features"][0]["properties"]["notes"] == text


def test_text_is_not_cut_at_nul(atlas, tmp_path):
    layers = build_layers([], [replace(small_events()[0], notes=("before\x00after",))], [], gazetteer=atlas)
    write_geojson(layers, tmp_path)
    assert read_geojson(tmp_path / "events.geojson", "events")["notes"].tolist() == ["before\ufffdafter"]


def test_a_circle_across_the_antimeridian_is_written_in_two_halves(atlas, tmp_path):
    event = small_events()[0]
    resolution = event.placement.resolution
    fiji = replace(resolution.footprint, lat=-17.0, lon=179.95)
    place = structs.replace(resolution.place, country="FJ")
    placement = replace(event.placement, footprint=fiji, resolution=replace(resolution, place=place))
    write_geojson(build_layers([], [replace(event, placement=placement)], [], gazetteer=atlas), tmp_path)
    shape = gpd.read_file(tmp_path / "areas.geojson").geometry[0]
    assert len(shape.geoms) == 2
    assert shape.bounds[0] >= -180
    assert shape.bounds[2] <= 180


def test_nothing_is_written_of_layers_that_break_the_contract(small_layers, tmp_path):
    shapes = [shapely.Point(200, 95), *small_layers.events.geometry[1:]]
    broken = replace(small_layers, events=small_layers.events.set_geometry(shapes, crs="EPSG:4326"))
    with pytest.raises(ContractError, match="out of range"):
        write_geojson(broken, tmp_path)
    assert list(tmp_path.iterdir()) == []


HOSTILE = Path(__file__).parents[5] / "shared" / "badinput" / "injection.json"


@pytest.mark.skipif(not HOSTILE.exists(), reason="shared/badinput/injection.json is missing")
def test_hostile_text_comes_back_as_it_was(atlas, tmp_path):
    texts = [row["text"] for row in json.loads(HOSTILE.read_text(encoding="utf-8"))]
    writable = [text.replace("\x00", "\ufffd") for text in texts]
    events = [replace(small_events()[0], event_id=f"e{n:04}", notes=(text,)) for n, text in enumerate(texts)]
    layers = build_layers([], events, [], gazetteer=atlas)
    write_geojson(layers, tmp_path)
    assert read_geojson(tmp_path / "events.geojson", "events")["notes"].tolist() == writable
    rows = csv.DictReader(
        io.StringIO(write_csv(layers.events, tmp_path / "e.csv").read_bytes().decode("utf-8-sig"), "")
    )
    cells = [row["notes"] for row in rows]
    assert [cell.removeprefix("'") for cell in cells] == [text.removeprefix("'") for text in writable]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
