"""A whole run, as a user looks at it afterwards: the files, their bytes, and what the record says of them."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from command import Done, sitmap, write_jsonl
from small_reports import AS_OF, REPORTS, write_reports

from pipeline.fields import layer_spec
from pipeline.products.geojson import read_geojson

pytestmark = pytest.mark.usefixtures("built_index")
OUTPUTS = {
    "map.html", "events.geojson", "events.qml", "areas.geojson", "areas.qml", "claims.geojson", "mentions.geojson",
    "events.csv", "events.parquet", "events.gpkg", "project.qgz", "claims.qml", "mentions.qml", "briefing.html",
    "briefing.md", "run.json", "review.html",
}  # fmt: skip


def mapped(*paths: Path, out: Path) -> Done:
    done = sitmap("map", *paths, "--as-of", AS_OF, "--out", out)
    assert done.code == 0, done.err
    return done


def record_of(out: Path) -> dict:
    return json.loads((out / "run.json").read_text(encoding="utf-8"))


def events_of(out: Path) -> gpd.GeoDataFrame:
    return gpd.read_parquet(out / "events.parquet")


def features_of(out: Path, layer: str) -> list[dict]:
    return json.loads((out / f"{layer}.geojson").read_text(encoding="utf-8"))["features"]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_product_is_there_and_named(run):
    assert {path.name for path in run.out.iterdir()} >= OUTPUTS
    assert all(str(run.out / name) in run.told for name in OUTPUTS)
    assert run.told.startswith("5 reports -> 4 events (4 placed")


def test_the_events_are_those_of_the_reports(run):
    found = {(e.doc_id, str(e.event_date), e.admin1, e.best, e.injuries_best) for e in events_of(run.out).itertuples()}
    told = {tuple(None if pd.isna(value) else value for value in row) for row in found}
    assert told == {
        ("mosul", "2023-11-21", "Nineveh", 3, 5),
        ("anbar", "2023-11-22", "Anbar", None, None),
        ("syria", "2023-11-23", "Homs", None, 2),
        ("hasakah-1", "2023-11-24", "Al-Hasakah", 2, None),
    }


def test_links_and_sources_come_along(run):
    event = next(f["properties"] for f in features_of(run.out, "events") if f["properties"]["doc_id"] == "hasakah-1")
    assert event["source_url"] == "https://example.org/hasakah"
    assert (event["source"], event["source_title"]) == ("Northline", "Drones strike oil field")
    assert event["source_date"] == "2023-11-24"


def test_each_sentence_stands_in_its_report_at_its_offsets(run):
    events = events_of(run.out)
    plain = events[events["doc_id"].isin([Path(name).stem for name in REPORTS])]
    assert len(plain) == 3
    for event in plain.itertuples():
        text = REPORTS[f"{event.doc_id}.txt"]
        assert text[int(event.sent_start) : int(event.sent_end)] == event.source_sentence


def test_a_story_of_the_day_after_is_dated_in_the_nearest_year_that_fits(tmp_path):
    text = (
        "MOSUL, Iraq, Nov 24 (Northline) - Gunmen shelled an army base in Mosul on Thursday, killing three soldiers.\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    mapped(tmp_path / "a.txt", out=tmp_path / "out")
    assert [str(day) for day in events_of(tmp_path / "out")["event_date"]] == ["2023-11-23"]


# ---- GeoJSON ---------------------------------------------------------------------------------------------------------


def test_geojson_opens_with_geopandas_and_dates_are_dates(run):
    events = gpd.read_file(run.out / "events.geojson")
    assert events.crs == "EPSG:4326"
    assert len(events) == 4
    for column in ("event_date", "date_start", "date_end"):
        assert pd.api.types.is_datetime64_any_dtype(events[column])
    assert events["start_time"].dt.tz is not None


def test_gdal_sees_one_layer_of_points_with_dates(run):
    path = run.out / "events.geojson"
    assert pyogrio.list_layers(path).tolist() == [["events", "Point"]]
    info = pyogrio.read_info(path)
    types = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert {types[c] for c in ("event_date", "date_start", "date_end", "source_date")} == {"OFTDate"}
    assert {types[c] for c in ("start_time", "end_time")} == {"OFTDateTime"}
    assert {types[c] for c in ("geo_precision", "injuries_low")} == {"OFTInteger"}
    west, south, east, north = info["total_bounds"]
    assert 38 < west < east < 46  # lon before lat
    assert 32 < south < north < 38


@pytest.mark.parametrize("layer", ["events", "areas", "claims", "mentions"])
def test_geojson_is_as_rfc_7946_has_it(run, layer):
    collection = json.loads((run.out / f"{layer}.geojson").read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    assert collection["features"]
    for feature in collection["features"]:
        assert set(feature) >= {"type", "id", "properties", "geometry"}
    kinds = {f["geometry"]["type"] for f in collection["features"] if f["geometry"]}
    assert kinds == {layer_spec(layer).geometry}


@pytest.mark.parametrize("layer", ["areas", "claims"])
def test_rings_follow_the_right_hand_rule(run, layer):
    shapes = [shape for shape in gpd.read_file(run.out / f"{layer}.geojson").geometry if shape is not None]
    assert shapes
    for shape in shapes:
        assert shape.is_valid
        assert all(part.exterior.is_ccw and not any(hole.is_ccw for hole in part.interiors) for part in shape.geoms)


def test_geojson_and_geoparquet_hold_the_same_rows(run):
    one, other = read_geojson(run.out / "events.geojson", "events"), events_of(run.out)
    columns = list(layer_spec("events").columns)
    assert one["event_id"].tolist() == other["event_id"].tolist()
    for column in columns:
        left, right = (frame[column].astype("string").fillna("") for frame in (one, other))
        if layer_spec("events").fields[columns.index(column)].type in {"str", "json", "date", "bool"}:
            assert left.tolist() == right.tolist(), column
    numbers = [f.name for f in layer_spec("events").fields if f.type in {"int", "float"}]
    pd.testing.assert_frame_equal(one[numbers].astype("Float64"), other[numbers].astype("Float64"))
    assert all(one.geometry.geom_equals_exact(other.geometry, 1e-6))


def test_csv_has_the_rows_and_no_formulas(run):
    with (run.out / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["event_id"] for row in rows] == events_of(run.out)["event_id"].tolist()
    assert [row["event_date"] for row in rows] == sorted(row["event_date"] for row in rows)
    assert {row["iso"] for row in rows} == {"IRQ", "SYR"}


# ---- the record ------------------------------------------------------------------------------------------------------


def test_hashes_of_inputs_and_outputs_are_right(run):
    record = record_of(run.out)
    assert {Path(row["path"]).name for row in record["inputs"]} == {*REPORTS, "wires.jsonl"}
    assert {row["path"] for row in record["outputs"]} == OUTPUTS - {"run.json"}
    for row in record["inputs"]:
        assert (row["sha256"], row["bytes"]) == (sha256(Path(row["path"])), Path(row["path"]).stat().st_size)
    for row in record["outputs"]:
        assert row["sha256"] == sha256(run.out / row["path"])


def test_counts_versions_and_settings_are_told(run):
    record = record_of(run.out)
    counts = record["counts"]
    assert (counts["articles"], counts["rejections"], counts["events"]) == (5, 1, len(events_of(run.out)))
    assert counts["mentions"] == len(features_of(run.out, "mentions"))
    assert counts["claims"] == len(features_of(run.out, "claims"))
    rows = {row["path"]: row["rows"] for row in record["outputs"]}
    assert rows["events.csv"] == rows["events.parquet"] == rows["events.geojson"] == counts["events"]
    assert {"sitmap", "model", "python", "gdal", "gazetteer_sha256"} <= set(record["versions"])
    assert record["settings"]["as_of"] == AS_OF
    assert record["settings"]["inputs"] == [str(run.reports)]
    assert record["generated"] == "2023-11-14T22:13:20Z"
    assert set(record["timings_s"]) == {"gazetteer", "ingest", "events", "rows", "merge", "products"}


def test_a_bad_line_is_a_rejection_and_the_run_goes_on(run):
    wires = run.reports / "wires.jsonl"
    assert [(row["path"], row["line"]) for row in record_of(run.out)["rejections"]] == [(str(wires), 2)]
    assert f"rejected {wires}:2: " in run.warned
    briefing = (run.out / "briefing.md").read_text(encoding="utf-8")
    assert "wires" in briefing


def test_a_file_that_gave_nothing_is_in_the_record_too(run, tmp_path):
    folder = shutil.copytree(run.reports, tmp_path / "reports")
    (folder / "photo.png").write_bytes(b"\x89PNG")
    mapped(folder, out=tmp_path / "out")
    record = record_of(tmp_path / "out")
    assert sha256(folder / "photo.png") in {row["sha256"] for row in record["inputs"]}
    assert str(folder / "photo.png") in {row["path"] for row in record["rejections"]}


# ---- the same input, the same bytes ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def again(run, tmp_path_factory) -> Path:
    """The same reports, named one by one and backwards."""
    out = tmp_path_factory.mktemp("again") / "out"
    mapped(*sorted(run.reports.iterdir(), reverse=True), out=out)
    return out


@pytest.mark.parametrize("name", sorted(OUTPUTS - {"run.json"}))
def test_the_same_reports_in_any_order_give_the_same_bytes(run, again, name):
    assert sha256(run.out / name) == sha256(again / name)


def test_the_record_differs_in_timings_and_paths_only(run, again):
    one, other = record_of(run.out), record_of(again)
    for record in (one, other):
        record.pop("timings_s")
        record["settings"].pop("out")
        record["settings"].pop("inputs")
    assert one == other


@pytest.mark.parametrize("prefix", ["a-", "z-"])
def test_doubled_reports_give_the_same_events(run, tmp_path, prefix):
    folder = write_reports(tmp_path / "reports")
    for name in [*REPORTS, "wires.jsonl"]:
        shutil.copyfile(folder / name, folder / f"{prefix}{name}")
    mapped(folder, out=tmp_path / "out")
    one, other = events_of(run.out), events_of(tmp_path / "out")
    columns = [column for column in one.columns if column != "doc_id"]
    pd.testing.assert_frame_equal(pd.DataFrame(one[columns]), pd.DataFrame(other[columns]))
    counts = record_of(tmp_path / "out")["counts"]
    assert (counts["articles"], counts["claims"]) == (5, record_of(run.out)["counts"]["claims"])


def test_without_a_date_of_collection_the_epoch_stands_in(run, tmp_path):
    assert sitmap("map", run.reports / "mosul.txt", "--out", tmp_path).code == 0
    assert record_of(tmp_path)["settings"]["as_of"] == "2023-11-14"


def test_a_later_run_takes_the_place_of_an_earlier_one(run, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(run.out, out)
    mapped(run.reports / "mosul.txt", out=out)
    assert len(events_of(out)) == 1
    assert {path.name for path in out.iterdir()} == {path.name for path in run.out.iterdir()}


# ---- nothing to show -------------------------------------------------------------------------------------------------


def test_an_empty_folder_is_exit_code_3_with_a_remedy(tmp_path):
    (tmp_path / "reports").mkdir()
    done = sitmap("map", tmp_path / "reports", "--out", tmp_path / "out")
    assert done.code == 3
    assert "no report could be read (the folder holds no reports)" in done.complaint
    assert ".txt, .html, .json, .jsonl" in done.complaint
    assert not (tmp_path / "out").exists()


def test_a_folder_of_what_cannot_be_read_is_exit_code_3_and_says_why(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "photo.png").write_bytes(b"\x89PNG")
    done = sitmap("map", tmp_path / "reports", "--out", tmp_path / "out")
    assert done.code == 3
    assert "photo.png: not a kind of file that is read" in done.complaint


@pytest.fixture(scope="module")
def quiet(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("quiet")
    record = {"doc_id": "a", "text": "Talks on trade went on in Amman.", "date": "2023-11-24"}
    path = write_jsonl(folder / "a.jsonl", record)
    done = mapped(path, out=folder / "out")
    assert done.out.startswith("1 reports -> 0 events")
    return folder / "out"


def test_reports_without_events_give_valid_empty_products(quiet):
    assert {path.name for path in quiet.iterdir()} >= OUTPUTS
    for layer in ("events", "areas", "claims"):
        collection = json.loads((quiet / f"{layer}.geojson").read_text(encoding="utf-8"))
        assert (collection["type"], collection["features"]) == ("FeatureCollection", [])
        assert len(gpd.read_file(quiet / f"{layer}.geojson")) == 0
    assert len(events_of(quiet)) == 0
    assert len((quiet / "events.csv").read_text(encoding="utf-8-sig").splitlines()) == 1
    assert [m["properties"]["name"] for m in features_of(quiet, "mentions")] == ["Amman"]


def test_the_briefing_says_that_there_is_nothing(quiet):
    for name in ("briefing.md", "briefing.html"):
        assert "no incident" in (quiet / name).read_text(encoding="utf-8").lower()
    assert "No events" in (quiet / "map.html").read_text(encoding="utf-8")
