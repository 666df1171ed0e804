from __future__ import annotations

import pytest

from pipeline.evaluation.calibration import calibration_of
from pipeline.evaluation.pairs import MISS_KM, Pair

DOCUMENT = {"doc_id": "a", "text": "Hit", "toponyms": []}
GOLD = {"start": 0, "end": 3}


def pair(score: float | None, km: float = 0.0) -> Pair:
    answer = None if score is None else {"score": score}
    return Pair(DOCUMENT, GOLD, answer, MISS_KM if score is None else km)


def test_shares_of_sure_answers() -> None:
    found = calibration_of([pair(0.9), pair(0.7), pair(0.8, 500.0), pair(0.2), pair(None)])
    assert found.sure_answered == 3 / 5
    assert found.sure_right == 2 / 3


def test_brier_and_expected_error() -> None:
    found = calibration_of([pair(0.85), pair(0.85, 200.0), pair(1.0)])
    assert found.brier == pytest.approx((0.15**2 + 0.85**2 + 0) / 3)
    assert found.ece == pytest.approx((2 * 0.35 + 1 * 0.0) / 3)
    assert [(b.low, b.high, b.answers, b.right) for b in found.bins] == [(0.8, 0.9, 2, 0.5), (0.9, 1.0, 1, 1.0)]


def test_161_km_is_right_and_no_answer_is_in_no_bin() -> None:
    found = calibration_of([pair(0.75, 161.0), pair(0.75, 161.1), pair(None)])
    assert found.sure_right == 0.5
    assert sum(b.answers for b in found.bins) == 2
