"""``sitmap verify``: a folder of results is what the run wrote, or it is said what is not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
from command import sitmap

pytestmark = pytest.mark.usefixtures("built_index")


@pytest.fixture
def out(run, tmp_path) -> Path:
    return shutil.copytree(run.out, tmp_path / "out")


def test_what_a_run_wrote_is_whole(out):
    done = sitmap("verify", out)
    assert (done.code, done.err) == (0, "")
    assert f"{out}: whole (" in done.out


def test_every_file_that_is_changed_cut_or_gone_is_named(out):
    (out / "events.csv").write_bytes((out / "events.csv").read_bytes().replace(b"a", b"b", 1))
    (out / "map.html").write_bytes((out / "map.html").read_bytes()[:-100])
    (out / "briefing.md").unlink()
    done = sitmap("verify", out)
    assert done.code == 1
    said = dict(row.removeprefix(f"{out}/").split(": ", 1) for row in done.err.splitlines())
    assert said["events.csv"] == "its content has changed"
    assert "not the" in said["map.html"]
    assert "No such file" in said["briefing.md"]
    assert "not what the run wrote" in done.out


def test_a_row_that_breaks_the_contract_is_named_even_where_the_hash_was_made_to_fit(out):
    events = gpd.read_parquet(out / "events.parquet")
    events.loc[0, "geo_precision"] = 9
    events.to_parquet(out / "events.parquet")
    record = json.loads((out / "run.json").read_text("utf-8"))
    record["outputs"] = [entry for entry in record["outputs"] if entry["path"] != "events.parquet"]
    (out / "run.json").write_text(json.dumps(record), "utf-8")
    done = sitmap("verify", out)
    assert done.code == 1
    assert "geo_precision" in done.err


def test_a_report_that_changed_since_is_told_and_does_not_count(out):
    record = json.loads((out / "run.json").read_text("utf-8"))
    record["inputs"][0]["sha256"] = "0" * 64
    (out / "run.json").write_text(json.dumps(record), "utf-8")
    done = sitmap("verify", out)
    assert done.code == 0
    assert "read by the run, its content has changed" in done.out


def test_a_briefing_and_an_export_written_later_are_known(out):
    assert sitmap("brief", "--out", out, "--region", "Anbar").code == 0
    assert sitmap("export", "--as", "kml", "--out", out).code == 0
    assert sitmap("verify", out).code == 0
    names = {entry["path"] for entry in json.loads((out / "run.json").read_text("utf-8"))["outputs"]}
    assert any(name.endswith(".kml") for name in names)
    (out / "briefing.md").write_text("mine", "utf-8")
    assert sitmap("verify", out).code == 1


def test_as_json(out):
    told = json.loads(sitmap("verify", out, "--json").out)
    assert (told["whole"], told["findings"]) == (True, [])


@pytest.mark.parametrize("text", [None, "", "{}", "[1]", '{"inputs": [], "outputs": [{"path": 3}]}'])
def test_without_a_record_it_says_what_to_do(tmp_path, text):
    if text is not None:
        (tmp_path / "run.json").write_text(text, "utf-8")
    done = sitmap("verify", tmp_path)
    assert done.code == 3
    assert "sitmap map" in done.err
