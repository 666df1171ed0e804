"""A layer in a file, batch by batch, is the layer in memory, and every product made of it has the same bytes."""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import replace

import pytest
from geopandas.testing import assert_geodataframe_equal
from small_run import small_claims, small_events, small_report

from pipeline.errors import ContractError, OutputError
from pipeline.fields import layer_specs
from pipeline.frames import Layers, LongLayer, build_layers, layers
from pipeline.frames.rows import mention_rows
from pipeline.models import Report
from pipeline.products import tables
from pipeline.products.briefing.registers import unread_names
from pipeline.products.geojson import write_geojson
from pipeline.products.map.data import map_data
from pipeline.products.qgis import write_geopackage


@pytest.fixture
def short_batches(monkeypatch) -> None:
    monkeypatch.setattr(layers, "BATCH", 2)
    monkeypatch.setattr(tables, "_GROUP", 2)


def built(atlas, *, long: bool) -> Layers:
    return build_layers([small_report()], small_events(), small_claims(), gazetteer=atlas, long=long)


def test_in_a_file_as_in_memory(atlas, small_layers, short_batches):
    found = built(atlas, long=True).mentions
    assert isinstance(found, LongLayer)
    assert len(found) == len(small_layers.mentions) > 4
    assert {len(batch) for batch in found.batches()} <= {1, 2}
    assert_geodataframe_equal(found.whole(), small_layers.mentions)


def test_layers_made_in_batches_are_those_made_at_once(atlas, small_layers, short_batches):
    for (_, one), (_, other) in zip(built(atlas, long=False).items(), small_layers.items(), strict=True):
        assert_geodataframe_equal(one, other)


def test_geojson_in_batches_has_the_bytes_of_one(atlas, small_layers, tmp_path, monkeypatch):
    at_once = write_geojson(small_layers, tmp_path / "one", attribution=['of "features": [\n'])
    monkeypatch.setattr(layers, "BATCH", 2)
    in_batches = write_geojson(built(atlas, long=True), tmp_path / "many", attribution=['of "features": [\n'])
    assert [path.read_bytes() for path in in_batches] == [path.read_bytes() for path in at_once]


def test_tables_in_batches_hold_what_one_holds(small_layers, tmp_path, monkeypatch):
    at_once = tables.write_csv(small_layers.events, tmp_path / "one.csv")
    whole = tables.write_parquet(small_layers.events, tmp_path / "one.parquet")
    monkeypatch.setattr(layers, "BATCH", 2)
    monkeypatch.setattr(tables, "_GROUP", 2)
    assert tables.write_csv(small_layers.events, tmp_path / "many.csv").read_bytes() == at_once.read_bytes()
    parts = tables.write_parquet(small_layers.events, tmp_path / "many.parquet")
    one, other = (tables.gpd.read_parquet(path) for path in (whole, parts))
    assert_geodataframe_equal(one, other)
    assert tables.pq.ParquetFile(parts).num_row_groups > 1


def rows_of(path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(path) as database:
        found = {name: database.execute(f"SELECT * FROM {name} ORDER BY fid").fetchall() for name in layer_specs()}
    database.close()
    return found


def test_a_geopackage_in_batches_holds_what_one_holds(atlas, small_layers, tmp_path, monkeypatch):
    whole = write_geopackage(small_layers, tmp_path / "one.gpkg", generated="2024-02-29T12:00:00Z")
    same = write_geopackage(built(atlas, long=True), tmp_path / "same.gpkg", generated="2024-02-29T12:00:00Z")
    assert same.read_bytes() == whole.read_bytes()
    monkeypatch.setattr(layers, "BATCH", 2)
    parts = write_geopackage(built(atlas, long=True), tmp_path / "many.gpkg", generated="2024-02-29T12:00:00Z")
    assert rows_of(parts) == rows_of(whole)


def test_the_map_and_the_briefing_read_the_same_names(atlas, small_layers, short_batches):
    found = built(atlas, long=True)
    assert map_data(found)[0]["mentions"] == map_data(small_layers)[0]["mentions"]
    one, other = (unread_names(each, None, only_shown=False) for each in (found, small_layers))  # type: ignore[arg-type]
    assert one == other
    assert one


def rows(again: int) -> Iterator[dict[str, object]]:
    report: Report = small_report()
    for number in range(again):
        resolutions = tuple(
            replace(r, mention=replace(r.mention, doc_id="a" if number in {0, again - 1} else f"b{number}"))
            for r in report.resolutions
        )
        yield from mention_rows(replace(report, resolutions=resolutions), events_at={})


def test_an_id_that_is_there_twice_is_found_however_far_apart(short_batches):
    with pytest.raises(ContractError, match=r"layer mentions: 'a:.*' is there twice"):
        LongLayer("mentions", rows(3))


def test_a_full_disk_is_told_with_a_remedy(monkeypatch):
    class Full:
        def __init__(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", Full)
    with pytest.raises(OutputError, match=r"No space left on device.*free some space"):
        LongLayer("mentions", [])
