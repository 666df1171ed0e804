from __future__ import annotations

import pytest
from command import sitmap

from pipeline.cli_export import KINDS as OFFERED
from pipeline.products.exports import KINDS
from pipeline.products.geojson import write_geojson
from pipeline.products.tables import write_parquet


@pytest.fixture
def out(small_layers, tmp_path):
    write_geojson(small_layers, tmp_path)
    write_parquet(small_layers.events, tmp_path / "events.parquet")
    return tmp_path


def test_the_command_offers_what_there_is():
    assert tuple(KINDS) == OFFERED


def test_each_kind_is_written_once(out):
    done = sitmap("export", "--as", "acled", "--as", "kml", "--as", "acled", "--out", out)
    assert (done.code, done.out.split()) == (0, [str(out / "events-acled.csv"), str(out / "events.kml")])


def test_a_folder_without_a_run_is_named(tmp_path):
    done = sitmap("export", "--as", "acled", "--out", tmp_path)
    assert done.code == 3
    assert "events.parquet: not found; run `sitmap map" in done.complaint


def test_help_has_an_example():
    assert "Example: sitmap export --as acled" in sitmap("export", "--help").out
