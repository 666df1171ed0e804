"""Tables of events through the command, alone and beside reports: every product, every column, every doubt."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
from command import sitmap

from pipeline.evaluation.rows import FILE, measure_rows
from pipeline.evaluation.ucdp_index import ARCHIVE, ucdp_index
from pipeline.products.geojson import read_geojson
from pipeline.products.load import load_layers

ROOT = Path(__file__).resolve().parents[2]
TABLES, SHARED = ROOT / "docs" / "tables", ROOT.parent / "shared"


@pytest.fixture(scope="module")
def out(built_index, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    report = folder / "report.txt"
    report.write_text("Rockets hit a depot in Mosul on November 20, 2023, killing two guards.", encoding="utf-8")
    done = sitmap("map", TABLES, report, "--as-of", "2024-02-29", "--out", folder / "out")
    assert done.code == 0, done.err
    assert "1 reports and 11 rows of tables -> 12 events" in done.out
    return folder / "out"


@pytest.fixture(scope="module")
def events(out) -> gpd.GeoDataFrame:
    return gpd.read_parquet(out / "events.parquet").set_index("doc_id", drop=False)


def test_every_column_of_the_tables_is_in_every_file_with_its_type(out, events):
    with (TABLES / "acled_like.csv").open(encoding="utf-8", newline="") as stream:
        first = next(csv.DictReader(stream))
    row = events.loc["acled:EXA1"]
    for name, value in first.items():
        assert str(row[f"src_{name}"]) in {value, str(value).lower()} or float(row[f"src_{name}"]) == float(value), name
    schema = pq.read_schema(out / "events.parquet")
    assert [
        str(schema.field(f"src_{name}").type) for name in ("fatalities", "latitude", "notes", "Date_of_incident")
    ] == [
        "int64",
        "double",
        "string",
        "date32[day]",
    ]
    written = json.loads((out / "events.geojson").read_text(encoding="utf-8"))["features"]
    assert {type(f["properties"]["src_fatalities"]) for f in written} == {int, type(None)}
    back = read_geojson(out / "events.geojson", "events")
    assert sorted(c for c in back if c.startswith("src_")) == sorted(c for c in events if c.startswith("src_"))
    text = pd.read_csv(out / "events.csv", encoding="utf-8-sig")
    assert text["src_fatalities"].sum() == 10
    loaded = load_layers(out).events
    assert str(loaded["src_Date_of_incident"].dtype) == "datetime64[ms]"


def test_a_report_has_none_of_the_columns_of_tables(events):
    told = events[events["src_table"] == ""]
    assert len(told) == 1
    assert told["location"].tolist() == ["Mosul"]


def test_acled_s_codes_are_kept(events):
    row = events.loc["acled:EXA4"]
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert (row["geo_precision"], row["geo_method"], row["inter1"], row["inter2"]) == (2, "given", 8, 3)
    assert (row["fatalities"], row["admin1"], row["place_km"] < 5) == (5, "Babil", True)


def test_doubtful_coordinates_are_told_in_columns_notes_briefing_and_record(out, events):
    swapped = events.loc["acled:EXA5"]
    assert swapped["geo_flags"] == "swapped"
    assert (round(swapped["latitude"], 1), round(swapped["longitude"], 1)) == (35.5, 44.4)
    assert swapped["src_latitude"] == 44.392
    centre = events[events["geo_flags"].str.contains("country_centroid")].iloc[0]
    assert (centre["where_prec"], centre["geo_method"]) == (6, "country")
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert {row["event_id"] for row in record["disagreements"]} == {swapped["event_id"], centre["event_id"]}
    assert [table["kind"] for table in record["tables"]] == ["acled", "plain", "plain"]
    for name in ("briefing.html", "briefing.md"):
        text = (out / name).read_text(encoding="utf-8")
        assert "Coordinates in doubt" in text
        assert "look exchanged" in text


def test_a_spreadsheet_of_its_own_words_is_read(events):
    rows = events[events["src_table_file"] == "incidents.xlsx"].sort_values("src_table_row")
    assert rows["sub_event_type"].tolist() == [
        "Shelling/artillery/missile attack",
        "Air/drone strike",
        "Air/drone strike",
        "Shelling/artillery/missile attack",
    ]
    assert rows["location"].tolist()[1] == "Harir Air Base"
    assert rows["injuries_low"].tolist()[1] == 1
    assert rows["src_table_row"].tolist() == [3, 4, 5, 6]


def test_columns_are_named_on_the_command_line(built_index, tmp_path):
    (tmp_path / "t.csv").write_text("dia,sitio\n03/04/2023,Hit\n", encoding="utf-8")
    refused = sitmap("map", tmp_path / "t.csv", "--out", tmp_path / "out")
    assert refused.code == 3
    assert "no column says when" in refused.err
    assert "columns: dia, sitio" in refused.err
    assert "--column date=" in refused.err
    named = ("--column", "date=dia", "--column", "place=sitio")
    undecided = sitmap("map", tmp_path / "t.csv", "--out", tmp_path / "out", *named)
    assert undecided.code == 3
    assert "--date-order" in undecided.err
    done = sitmap("map", tmp_path / "t.csv", "--out", tmp_path / "out", *named, "--date-order", "dmy")
    assert done.code == 0, done.err
    assert gpd.read_parquet(tmp_path / "out" / "events.parquet")["event_date"].astype(str).tolist() == ["2023-04-03"]


@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / FILE).is_file(), reason=f"shared/{FILE} is missing")
@pytest.mark.skipif(not (SHARED / ARCHIVE).is_file(), reason=f"shared/{ARCHIVE} is missing")
def test_ucdp_s_rows_are_placed_by_their_names(built_index):
    from gazetteer import Gazetteer

    index, _ = ucdp_index(None, SHARED, print)
    with Gazetteer.open(index) as gazetteer:
        figures = measure_rows(SHARED, gazetteer).figures["UCDP rows"]
    assert figures["table_rows"] == 7446
    assert figures["rows10"] >= 0.75
