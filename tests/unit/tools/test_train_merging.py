"""Training of what each sign of one incident counts, on rows small enough to check by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

TOOLS = Path(__file__).resolve().parents[3] / "tools"


@pytest.fixture
def training(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    import train_merging

    yield train_merging
    sys.modules.pop("train_merging", None)


def row(training, same: bool, **values: float):
    return training.Row(np.array([{"bias": 1.0, **values}.get(name, 0.0) for name in training.NAMES]), same)


def test_weights_follow_the_pairs_but_stay_on_their_side_and_near_their_guess(training) -> None:
    told = [row(training, True, thing_same=1.0, kind_same=1.0)] * 30 + [row(training, False, kind_same=1.0)] * 30
    found = dict(zip(training.NAMES, training.learn(told, []), strict=True))
    guess = {name: training.SCALE * value for name, value in training.first_guesses().items()}
    assert found["thing_same"] > guess["thing_same"]
    assert training.LEAST * guess["kind_same"] - 1e-9 <= found["kind_same"] < guess["kind_same"]
    assert found["outlet_same"] == pytest.approx(guess["outlet_same"], abs=1e-3)
    assert found["place_misread"] == pytest.approx(guess["place_misread"], abs=0.01)


def test_strangers_speak_against_what_they_share(training) -> None:
    told = [row(training, True, kind_same=1.0, thing_same=1.0)] * 20
    stranger = row(training, False, thing_same=1.0).signs
    alone, beside = (training.learn(told, others) for others in ([], [stranger] * 5))
    at = training.NAMES.index("thing_same")
    assert beside[at] < alone[at]


def test_what_is_joined_and_left_apart_is_counted(training) -> None:
    weights = np.array([10.0 if name == "kind_same" else 0.0 for name in training.NAMES])
    told = [
        row(training, True, kind_same=1.0), row(training, False, kind_same=1.0), row(training, True),
        training.Row(None, True), training.Row(None, True, found=False), training.Row(None, False, found=False),
    ]  # fmt: skip
    assert training.judged(told, weights) == {"pairs": 6, "joined wrongly": 1, "left apart": 2, "not found": 1}


def test_pairs_of_real_reports_are_read_as_numbers(training, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "real.csv"
    table.write_text("pair,same,found,signs\np,1,yes,kind_same=1 gone=2\nq,1,no,\nr,0,apart,\n", encoding="utf-8")
    monkeypatch.setattr(training, "REAL", table)
    one, other, third = training.read_real()
    told = dict(zip(training.NAMES, one.signs, strict=True))
    assert {name: value for name, value in told.items() if value} == {"kind_same": 1.0, "bias": 1.0}
    assert (one.same, other.signs, other.found, third.found, third.same) == (True, None, False, True, False)


def test_the_saved_pairs_name_signs_that_there_are(training) -> None:
    rows = training.read_real()
    assert len(rows) >= 40
    assert {row.same for row in rows} == {True, False}
    signs = {
        pair.split("=")[0]
        for line in training.REAL.read_text("utf-8").splitlines()[1:]
        for pair in line.rsplit(",", 1)[1].split()
    }
    assert signs <= set(training.NAMES)
