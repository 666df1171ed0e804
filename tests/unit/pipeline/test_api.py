"""The names of ``import pipeline``: frames in, a page out that shows itself and stays in its frame."""

from __future__ import annotations

import subprocess
import sys

import pytest

import pipeline
from pipeline.errors import ContractError, InputError, UsageError
from pipeline.products.geojson import write_geojson
from pipeline.products.tables import write_parquet

HOSTILE = '"></iframe><script>window.__canary=1</script>'


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import sys, pipeline; print(sorted({'pandas', 'geopandas', 'folium', 'spacy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_its_names_are_there_and_no_others() -> None:
    assert {"MapPage", "load_events", "read_events", "write_map"} <= set(dir(pipeline))
    with pytest.raises(AttributeError, match="no attribute 'draw'"):
        _ = pipeline.draw


def test_a_map_shows_itself_in_one_frame_and_is_written(small_layers, tmp_path) -> None:
    page = pipeline.write_map(small_layers, tmp_path / "map.html", title=HOSTILE, generated="then")
    assert (tmp_path / "map.html").read_text("utf-8") == page.html
    shown = page._repr_html_()
    assert shown.startswith("<iframe ")
    assert shown.count("<") == 2, "nothing of the page is outside its frame"
    assert len(repr(page)) < 200


def test_events_alone_are_enough(small_layers) -> None:
    some = small_layers.events.head(2)
    assert f"{len(some)}" in pipeline.write_map(some, generated="then").html
    assert pipeline.write_map(some.head(0), generated="then").html


def test_a_frame_of_something_else_is_refused_by_its_columns(small_layers) -> None:
    with pytest.raises(ContractError, match="geo_precision"):
        pipeline.write_map(small_layers.events.drop(columns="geo_precision"))


def test_what_a_run_wrote_is_read_back(small_layers, tmp_path) -> None:
    write_geojson(small_layers, tmp_path, attribution=["GeoNames"])
    write_parquet(small_layers.events, tmp_path / "events.parquet")
    read = pipeline.load_events(tmp_path)
    assert list(read.events["event_id"]) == list(small_layers.events["event_id"])
    with pytest.raises(InputError, match="run `sitmap map"):
        pipeline.load_events(tmp_path / "none")


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="2023-13-01"):
        pipeline.read_events(as_of="2023-13-01")
