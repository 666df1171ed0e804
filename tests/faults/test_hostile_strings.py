"""Bidi controls, zero-width characters, NUL, lone surrogates: every naughty string comes back from every file."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pytest
from hostile_texts import BAD, hostile_layers, writable

from pipeline.fields import layer_spec
from pipeline.ingest import article_from_record
from pipeline.products.geojson import read_geojson, write_geojson
from pipeline.products.qgis import write_geopackage
from pipeline.products.tables import write_csv, write_parquet

NAUGHTY = BAD / "blns.json"
pytestmark = pytest.mark.skipif(not NAUGHTY.is_file(), reason="shared/badinput/blns.json is missing")
WORDS = "Two guards were killed when a drone struck the depot in Hit on Friday"
FIELDS = [field.name for field in layer_spec("events").fields if field.type == "str"]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [*json.loads(NAUGHTY.read_text("utf-8")), "a\0b", "x\ud800y", "\u202eabc\u202c", "a\u200b\u2066b\u2069"]


@pytest.fixture(scope="module")
def layers(texts):
    return hostile_layers(texts, sound=True)


def assert_same(read: gpd.GeoDataFrame, layers) -> None:
    """Every field of text of every row is what the layers hold, to the character."""
    for name in FIELDS:
        assert list(read[name].fillna("")) == list(layers.events[name]), name


def test_what_layers_hold_is_the_text(layers, texts):
    assert list(layers.events["notes"]) == [writable(text) for text in texts]


def test_every_string_in_every_field_round_trips_through_geojson(layers, tmp_path: Path):
    write_geojson(layers, tmp_path)
    assert_same(read_geojson(tmp_path / "events.geojson", "events"), layers)
    features = json.loads((tmp_path / "events.geojson").read_text("utf-8"))["features"]
    assert [feature["properties"]["location"] for feature in features] == list(layers.events["location"])


def test_every_string_in_every_field_round_trips_through_geoparquet(layers, tmp_path: Path):
    assert_same(gpd.read_parquet(write_parquet(layers.events, tmp_path / "e.parquet")), layers)


def test_every_string_in_every_field_round_trips_through_geopackage(layers, tmp_path: Path):
    path = write_geopackage(layers, tmp_path / "e.gpkg", generated="2024-02-29T12:00:00Z")
    columns = ", ".join(f'"{name}"' for name in FIELDS)
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute(f"SELECT {columns} FROM events ORDER BY fid").fetchall()
    assert rows == list(layers.events[FIELDS].itertuples(index=False, name=None))


def test_every_string_in_every_field_round_trips_through_csv(layers, tmp_path: Path):
    text = write_csv(layers.events, tmp_path / "e.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for name in FIELDS:
        cells = [row[name] for row in rows]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))], name
        back = [cell[1:] if cell.startswith("'") and cell[1:2] in _FORMULAS else cell for cell in cells]
        assert [cell for cell in back if cell] == [value for value in layers.events[name] if value], name


_FORMULAS = tuple("=+-@\t\r\n＝＋－＠")


def test_every_string_in_a_report_stays_and_its_offsets_lead_back(texts):
    for text in texts:
        record = dict.fromkeys(("title", "source", "url"), text)
        record |= {"doc_id": f"d {text}", "text": f"{WORDS}. {text} {WORDS}."}
        article = article_from_record(record)
        assert WORDS in article.text
        visible = "".join(c for c in text if c.isalnum() and c.isascii())
        assert visible in "".join(c for c in article.title if c.isalnum() and c.isascii())
        for words in (article.doc_id, article.text, article.title, article.source, article.url):
            words.encode("utf-8")
            assert not set(words) & set("\0\u202e\u200b\u2066\u2069")
