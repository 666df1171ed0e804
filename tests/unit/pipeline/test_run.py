from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.run import Clock, write_products
from pipeline.settings import Settings

RECORD = {"generated": "2023-11-22T00:00:00Z", "versions": {"sitmap": "0"}, "settings": {}, "timings": {}}


def test_a_clock_adds_up_what_a_stage_takes():
    clock = Clock()
    for _ in range(2):
        with clock.stage("read"):
            pass
    assert list(clock.stages) == ["read"]
    assert clock.stages["read"] >= 0


def test_a_stage_that_fails_takes_no_time():
    clock = Clock()
    with pytest.raises(KeyError), clock.stage("read"):
        raise KeyError
    assert clock.stages == {}


def test_products_of_empty_layers_are_written(empty_layers, tmp_path):
    settings = Settings((tmp_path,), tmp_path / "new" / "out")
    files = write_products(empty_layers, settings, RECORD, attribution=["GeoNames"], rejections=[])
    assert {path.name for path in files} == {path.name for path in settings.out.iterdir()}
    assert len(files) == 16


def test_a_title_is_text(small_layers, tmp_path):
    settings = Settings((tmp_path,), tmp_path / "out", title="{{'zq'*3}}</script><script>window.__canary=1</script>")
    write_products(small_layers, settings, RECORD, attribution=[], rejections=[])
    page = (tmp_path / "out" / "map.html").read_text(encoding="utf-8")
    assert "zqzqzq" not in page
    assert "<script>window.__canary" not in page


def test_a_folder_that_cannot_be_made_is_named(empty_layers, tmp_path):
    (tmp_path / "file").write_text("taken")
    settings = Settings((tmp_path,), tmp_path / "file" / "out")
    with pytest.raises(OutputError, match=r"file/out: the output folder cannot be made .* choose another with --out"):
        write_products(empty_layers, settings, RECORD, attribution=[], rejections=[])


def test_settings_are_described_as_json_has_it():
    settings = Settings((Path("a, b.txt"), Path("c")), Path("out"), as_of=date(2023, 11, 22))
    described = settings.described()
    assert json.loads(json.dumps(described)) == described
    assert described["inputs"] == ["a, b.txt", "c"]
    assert (described["as_of"], described["gazetteer"]) == ("2023-11-22", None)
