from __future__ import annotations

import sqlite3
from contextlib import closing
from xml.etree import ElementTree as ET

import pyogrio
import pytest

from pipeline.errors import OutputError
from pipeline.frames import conform_layer
from pipeline.products.qgis import write_geopackage

GENERATED = "2024-02-29T12:00:00Z"


@pytest.fixture
def package(small_layers, tmp_path):
    return write_geopackage(small_layers, tmp_path / "events.gpkg", generated=GENERATED)


def rows(path, query):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def test_it_holds_every_layer_and_the_base_map(package):
    found = {name: kind for name, kind in pyogrio.list_layers(package) if kind is not None}
    assert found == {
        "events": "Point", "claims": "MultiPolygon", "areas": "MultiPolygon", "mentions": "Point",
        "base_countries": "MultiPolygon", "base_provinces": "MultiLineString", "base_places": "Point",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["events", "claims", "areas", "mentions"])
def test_a_layer_reads_back_as_it_was(package, small_layers, name):
    wanted = dict(small_layers.items())[name]
    found = conform_layer(pyogrio.read_dataframe(package, layer=name), name)
    assert found.drop(columns="geometry").equals(wanted.drop(columns="geometry").reset_index(drop=True))
    assert list(found.geometry.is_empty) == list(wanted.geometry.is_empty)
    assert found.geometry.isna().tolist() == wanted.geometry.isna().tolist()


def test_dates_are_dates(package):
    types = dict(rows(package, "SELECT name, type FROM pragma_table_info('events')"))
    assert (types["event_date"], types["start_time"], types["geo_precision"]) == ("DATE", "DATETIME", "INTEGER")
    assert (types["latitude"], types["civilian_targeting"]) == ("REAL", "BOOLEAN")


def test_every_layer_has_its_style_inside(package):
    styles = dict(rows(package, "SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault = 1"))
    assert set(styles) == set(pyogrio.list_layers(package)[:, 0]) - {"layer_styles"}
    assert all(ET.fromstring(style).find("renderer-v2/rules") is not None for style in styles.values())


def test_the_style_names_the_geometry_column_that_is_there(package):
    assert set(rows(package, "SELECT table_name, column_name FROM gpkg_geometry_columns")) == set(
        rows(package, "SELECT f_table_name, f_geometry_column FROM layer_styles")
    )


def test_the_same_bytes_each_time(small_layers, tmp_path):
    one, other = (write_geopackage(small_layers, tmp_path / n, generated=GENERATED) for n in ("a.gpkg", "b.gpkg"))
    assert one.read_bytes() == other.read_bytes()


def test_it_says_when_it_was_made(package):
    assert rows(package, "SELECT DISTINCT last_change FROM gpkg_contents") == [("2024-02-29T12:00:00.000Z",)]


def test_no_events_give_a_valid_package(empty_layers, tmp_path):
    path = write_geopackage(empty_layers, tmp_path / "events.gpkg", generated=GENERATED)
    assert len(pyogrio.read_dataframe(path, layer="events")) == 0


def test_a_folder_that_cannot_be_written_is_named(small_layers, tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match=r"events\.gpkg: cannot be written"):
        write_geopackage(small_layers, tmp_path / "out" / "events.gpkg", generated=GENERATED)
