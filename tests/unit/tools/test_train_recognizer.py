"""Training of the learned head, on data small enough to check by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

TOOLS = Path(__file__).resolve().parents[3] / "tools"


@pytest.fixture
def training(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    import train_recognizer

    yield train_recognizer
    for name in ("train_recognizer", "conflict_sentences"):
        sys.modules.pop(name, None)


def test_a_fit_finds_which_sign_speaks_for_and_which_against(training) -> None:
    rows = [[("for",), ("against",), ("for", "against")] for _ in range(40)]
    truth = [[1, 0, i % 2] for i in range(40)]
    found = training.fit(rows, truth, least=1, ridge=0.1)
    assert found["for"] > 1 > -1 > found["against"]
    assert found["for"] == pytest.approx(-found["against"], abs=0.5)


def test_what_is_not_judged_teaches_nothing(training) -> None:
    judged = training.fit([[("a",), ("b",)]] * 10, [[1, 0]] * 10, least=1, ridge=1.0)
    more = training.fit([[("a",), ("b",), ("a",)]] * 10, [[1, 0, -1]] * 10, least=1, ridge=1.0)
    assert more == judged


def test_rare_signs_are_left_out(training) -> None:
    rows = [[("often", "once")], *[[("often",)] for _ in range(9)]]
    assert "once" not in training.fit(rows, [[1]] * 5 + [[0]] * 5, least=2, ridge=1.0)


def test_newton_reaches_where_the_slope_is_none(training) -> None:
    matrix = np.column_stack([np.ones(50), np.linspace(-1, 1, 50)])
    truth = (np.arange(50) % 3 > 0).astype(float)
    weights = training.newton(matrix, truth, 1.0)
    likely = 1 / (1 + np.exp(-matrix @ weights))
    assert np.allclose(matrix.T @ (truth - likely), [1e-6 * weights[0], weights[1]], atol=1e-4)


def test_slots_are_filled_and_their_places_marked(training) -> None:
    import conflict_sentences

    frame = "Fighters of {o} struck {p}, {w} said in {c}."
    text, spans = conflict_sentences._filled(frame, {"o": "ISIS", "p": "Hit", "w": "Ali Hassan", "c": "Iraq"})
    assert text == "Fighters of ISIS struck Hit, Ali Hassan said in Iraq."
    assert [text[s:e] for s, e in spans] == ["Hit", "Iraq"]
