"""``sitmap brief``: the briefing for a region and a period, from what a run wrote."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command import sitmap


@pytest.fixture
def out(run, tmp_path) -> Path:
    return shutil.copytree(run.out, tmp_path / "out")


def briefed(out: Path, *arguments: str) -> str:
    done = sitmap("brief", "--out", out, *arguments)
    assert done.code == 0, done.err
    assert done.out.splitlines() == [f"  {out / name}" for name in ("briefing.html", "briefing.md")]
    return (out / "briefing.md").read_text(encoding="utf-8")


def test_without_arguments_it_is_the_briefing_of_the_run(run, out):
    briefed(out)
    for name in ("briefing.md", "briefing.html"):
        assert (out / name).read_bytes() == (run.out / name).read_bytes()


def test_a_province_and_a_week(out):
    text = briefed(out, "--region", "Anbar", "--period", "week")
    assert "Anbar" in text.splitlines()[0]
    assert "militia depot" in text
    assert "shelled an army base" not in text


@pytest.mark.parametrize("region", ["Iraq", "iraq", "العراق"])
def test_a_country_in_any_spelling(out, region):
    text = briefed(out, "--region", region)
    assert "militia depot" in text
    assert "shelled an army base" in text
    assert "fired rockets" not in text


def test_two_regions_together(out):
    text = briefed(out, "--region", "Anbar", "--region", "Syria")
    assert "militia depot" in text
    assert "fired rockets" in text
    assert "shelled an army base" not in text


def test_a_box(out):
    text = briefed(out, "--region", "42,36,44,37")
    assert "shelled an army base" in text
    assert "fired rockets" not in text


def test_a_country_in_which_nothing_was_reported(out):
    assert "no incident" in briefed(out, "--region", "Yemen").lower()


def test_days(out):
    text = briefed(out, "--from", "2023-11-22", "--to", "2023-11-23")
    assert "militia depot" in text
    assert "fired rockets" in text
    assert "shelled an army base" not in text


def test_a_period_after_the_last_event_is_empty_and_says_so(out):
    assert "no incident" in briefed(out, "--from", "2024-01-01").lower()


WRONG = {
    "unknown region": (["--region", "Qxzzvland"], "--region 'Qxzzvland' is no country, province"),
    "near miss": (["--region", "Qanbar"], "did you mean Anbar?"),
    "days swapped": (
        ["--from", "2023-11-23", "--to", "2023-11-21"],
        "--from 2023-11-23 is after --to 2023-11-21; swap",
    ),
    "box upside down": (["--region", "42,37,44,36"], "with south below north"),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_said_and_nothing_is_written(run, out, arguments, message):
    done = sitmap("brief", "--out", out, *arguments)
    assert done.code == 2
    assert message in done.complaint
    assert (out / "briefing.md").read_bytes() == (run.out / "briefing.md").read_bytes()


@pytest.mark.parametrize("name", ["events.parquet", "claims.geojson", "run.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe garbage"], ids=["empty", "braces", "garbage"])
def test_a_damaged_output_is_named(out, name, content):
    (out / name).write_bytes(content)
    done = sitmap("brief", "--out", out)
    assert done.code == 3
    assert str(out / name) in done.complaint


def test_a_run_without_its_record_can_be_briefed(out):
    (out / "run.json").unlink()
    assert "militia depot" in briefed(out)


def test_hostile_rejections_of_the_record_stay_text(out):
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    record["rejections"][0]["path"] = "<script>window.__canary=1</script>{{7*19133}}"
    (out / "run.json").write_text(json.dumps(record), encoding="utf-8")
    briefed(out)
    page = (out / "briefing.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert str(7 * 19133) not in page
