"""`make bench-check`: what looks worse is measured again, and what stays worse fails."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def check(bench):
    return bench("check")


@pytest.fixture
def measured(check, bench, monkeypatch):
    """Let each group measure what is given for it, one after the other; return what was asked for."""
    figures, asked = bench("figures"), []

    def given(**ratios: list[float]) -> list[tuple[str, int]]:
        def measure(group: str, size: int):
            asked.append((group, size))
            names = [name for name, kind in figures.groups_and_kinds()[1].items() if kind.group == group]
            return figures.Measured({name: (ratios.get(name, [2.0]).pop(0), 2.0) for name in names}, 100.0)

        monkeypatch.setattr(check.measured, "__defaults__", (measure,))
        return asked

    return given


@pytest.fixture
def history(bench, tmp_path):
    path = tmp_path / "history.jsonl"
    module = bench("history")
    module.append([module.Figure("geojson", value, "u", "abc", "2026-11-28", 2) for value in (0.9, 1.0, 1.1)], path)
    return path


def test_a_figure_that_stays_worse_fails_with_its_name_and_by_how_much(check, measured, history, capsys):
    asked = measured(geojson=[4.0, 3.0, 5.0])
    assert check.main(["--groups", "geojson", "--history", str(history)]) == 1
    assert asked == [("geojson", 20_000)] * 3
    said = capsys.readouterr().err
    assert "bench-check: geojson: 1.500, usually 1.000: 50% worse, 30% are allowed" in said
    assert "1 of 1 figures got worse; mend it, or say why in the commit and keep it with `make bench-record`" in said


def test_a_figure_that_met_other_work_once_passes(check, measured, history, capsys):
    asked = measured(geojson=[4.0, 2.1])
    assert check.main(["--groups", "geojson", "--history", str(history)]) == 0
    assert len(asked) == 2
    assert "geojson: 1.050, usually 1.000: 5% worse, 30% are allowed" in capsys.readouterr().out


def test_a_run_is_recorded_with_its_commit_day_and_cores(check, measured, history):
    measured(geojson=[1.8])
    assert check.main(["--groups", "geojson", "--history", str(history), "--record"]) == 0
    last = json.loads(history.read_text("utf-8").splitlines()[-1])
    assert (last["name"], last["value"], last["unit"]) == ("geojson", 0.9, "times the yardstick's processor time")
    assert (last["commit"], last["cores"] >= 1, len(last["date"])) == (check.commit(), True, 10)


def test_checking_records_nothing(check, measured, history):
    before = history.read_bytes()
    measured(geojson=[2.0])
    check.main(["--groups", "geojson", "--history", str(history)])
    assert history.read_bytes() == before


def test_a_history_that_cannot_be_read_is_told_before_anything_is_measured(check, measured, history, capsys):
    asked = measured()
    history.write_text("no figure\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        check.main(["--history", str(history)])
    assert f"{history}:1: is no figure" in capsys.readouterr().err
    assert asked == []


def test_a_group_is_measured_in_a_process_of_its_own_and_takes_turns(bench):
    told = bench("figures").apart("start", 1)
    assert told.ratio("help") > 1
    assert told.mb > 1
