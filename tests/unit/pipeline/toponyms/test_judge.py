"""The learned head: sums of weights, and the files they come from."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from pipeline.toponyms.judge import MODELS, Judge, load_judge, probability

JUDGE = Judge({"": -2.0, "label: GPE": 3.0, "before: mr.": -4.0}, {"": 0.0, "alone": 1.0, "again: likely": 2.0}, 0.5)


def test_signs_add_up_and_unknown_ones_weigh_nothing() -> None:
    assert JUDGE.alone(["label: GPE"]) == 1.0
    assert JUDGE.alone(["label: GPE", "before: mr.", "never seen"]) == -3.0


def test_the_rest_of_the_report_counts() -> None:
    assert JUDGE.together(-1.0, []) < 0.5 < JUDGE.together(-1.0, ["again: likely"])


@pytest.mark.parametrize("odds", [-1e9, -5.0, 0.0, 5.0, 1e9])
def test_a_probability_stays_between_none_and_one(odds: float) -> None:
    assert 0.0 < probability(odds) < 1.0 or abs(odds) > 100
    assert probability(odds) + probability(-odds) == pytest.approx(1.0)


@pytest.mark.parametrize("without", MODELS)
def test_every_file_has_weights_and_a_threshold(without: str) -> None:
    judge = load_judge(without)
    assert len(judge.first) > 100
    assert judge.first["label: GPE"] > judge.first.get("label: PERSON", 0.0)
    assert judge.second["again: likely"] > judge.second.get("again: unlikely", 0.0)
    assert 0.0 < judge.threshold < 1.0


def test_no_other_corpus_can_be_left_out() -> None:
    with pytest.raises(KeyError):
        load_judge("WikToR")


def test_files_are_small_and_hold_no_sentence() -> None:
    for name in MODELS.values():
        text = files("pipeline.toponyms").joinpath("data", name).read_text("utf8")
        assert len(text) < 100_000
        assert max(len(sign.split()) for sign in json.loads(text)["first"] if sign) <= 5
