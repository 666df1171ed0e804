"""What was measured before, and whether a new figure is worse than usual beyond noise."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

LINE = {"name": "write", "value": 1.5, "unit": "ratio", "commit": "abc", "date": "2026-11-28", "cores": 2}


@pytest.fixture
def history(bench):
    return bench("history")


def runs(history, *values: float, name: str = "write"):
    return [history.Figure(name, value, "ratio", "abc", "2026-11-28", 2) for value in values]


def verdict(history, value: float, *before: float):
    (found,) = history.held_against({"write": value}, runs(history, *before), {"write": 0.25})
    return found


def test_a_figure_that_got_worse_beyond_the_tolerance_is_told_with_how_much(history):
    found = verdict(history, 1.51, 1.0, 1.2, 1.3)
    assert found.is_worse
    assert str(found) == "write: 1.510, usually 1.200: 26% worse, 25% are allowed"


def test_noise_within_the_tolerance_is_not_worse(history):
    found = verdict(history, 1.5, 1.0, 1.2, 1.3)
    assert not found.is_worse
    assert str(found) == "write: 1.500, usually 1.200: 25% worse, 25% are allowed"


def test_less_is_better(history):
    found = verdict(history, 0.3, 1.2)
    assert not found.is_worse
    assert str(found) == "write: 0.300, usually 1.200: 75% better"


def test_one_run_out_of_line_changes_little_and_only_the_last_five_count(history):
    assert verdict(history, 1.3, 9.0, 9.0, 9.0, 1.0, 1.0, 1.0, 1.0, 7.0).usual == 1.0
    assert verdict(history, 1.3, 9.0, 9.0, 9.0, 1.0, 1.0, 1.0, 1.0, 7.0).is_worse


def test_what_was_never_measured_is_not_worse(history):
    found = verdict(history, 9.0)
    assert not found.is_worse
    assert str(found) == "write: 9.000, measured for the first time"


def test_other_figures_do_not_count(history):
    before = [*runs(history, 1.0), *runs(history, 90.0, name="read")]
    (found,) = history.held_against({"write": 1.1}, before, {"write": 0.25, "read": 0.25})
    assert found.usual == 1.0


def test_figures_come_back_in_their_order(history, tmp_path):
    path = tmp_path / "history.jsonl"
    assert history.read(path) == []
    history.append(runs(history, 1.0, 2.0), path)
    history.append(runs(history, 3.0), path)
    assert [figure.value for figure in history.read(path)] == [1.0, 2.0, 3.0]
    assert history.read(path) == runs(history, 1.0, 2.0, 3.0)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "Expecting property name"),
        ("[1]", "has 1; wanted are name, value, unit, commit, date, cores"),
        (json.dumps(LINE | {"value": 0}), "value 0.0 is not above 0"),
        (json.dumps(LINE | {"value": "much"}), "could not convert string to float"),
        (json.dumps(LINE | {"date": "yesterday"}), "Invalid isoformat string"),
        (json.dumps({**LINE, "more": 1}), "has commit, cores, date, more, name, unit, value"),
    ],
)
def test_a_line_that_is_no_figure_is_named(history, tmp_path, line, why):
    path = tmp_path / "history.jsonl"
    path.write_text(f"{json.dumps(LINE)}\n{line}\n", encoding="utf-8")
    with pytest.raises(history.HistoryError, match=re.escape(f"{path}:2: is no figure (") + ".*" + re.escape(why)):
        history.read(path)


def test_what_is_kept_can_be_read_and_is_of_figures_that_there_are(history, bench):
    groups, kinds = bench("figures").groups_and_kinds()
    kept = history.read()
    assert {figure.name for figure in kept} == set(kinds)
    assert {kind.group for kind in kinds.values()} == set(groups) == set(bench("figures").GROUPS)
    assert all(re.fullmatch(r"[0-9a-f]{10}\+?", figure.commit) for figure in kept)
    assert Path(history.HISTORY).name == "history.jsonl"
