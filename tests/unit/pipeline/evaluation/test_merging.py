"""Pairs of reports: the file is checked, and each way of being wrong is counted by its name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from merging_tellings import event, report

from pipeline.errors import InputError
from pipeline.evaluation.merging import DEV_PAIRS, ReportPair, judge, read_pairs

ONE = {"text": "Rockets hit Homs.", "date": date(2023, 11, 20)}
PAIR = {"id": "p1", "a": ONE, "b": ONE, "same": True, "why": "one text"}


def test_the_development_pairs_can_be_read_and_hold_both_kinds():
    pairs = read_pairs(DEV_PAIRS)
    assert len(pairs) >= 24
    assert len({p.id for p in pairs}) == len(pairs)
    assert {p.same for p in pairs} == {True, False}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {id: p, a: {text: x, date: 2023-01-01}, b: {text: y, date: 2023-01-02}}", "0.same"),
        ("- {id: p, a: {text: x, date: soon}, b: {text: y, date: 2023-01-02}, same: true}", "soon"),
        ("- {id: p, a: {text: x, date: 2023-01-01, lat: 3}, b: {text: y, date: 2023-01-02}, same: true}", "0.a.lat"),
        ("same: [", "cannot be read as YAML"),
        ("just words", "the whole"),
    ],
)
def test_a_bad_file_is_named_with_its_field_and_value(tmp_path: Path, text: str, told: str):
    path = tmp_path / "pairs.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="give a list of") as refused:
        read_pairs(path)
    assert told in str(refused.value)
    assert str(path) in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(InputError, match=r"none\.yaml: cannot be read"):
        read_pairs(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("place", "same", "verdict"),
    [
        ("Homs", True, "right"),
        ("Homs", False, "joined wrongly"),
        ("Aleppo", True, "left apart"),
        ("Aleppo", False, "right"),
    ],
)
def test_a_pair_is_judged_by_whether_one_row_tells_of_both(place: str, same: bool, verdict: str):
    pair = ReportPair.model_validate({**PAIR, "same": same})
    assert judge(pair, report("a", event("a")), report("b", event("b", place))) == verdict


@pytest.mark.parametrize(
    ("place", "same", "verdict"),
    [
        ("Homs", True, "right"),
        ("Homs", False, "joined wrongly"),
        ("Aleppo", True, "not found"),
        ("Aleppo", False, "right"),
    ],
)
def test_a_report_that_only_speaks_of_an_event_is_judged_by_what_it_speaks_of(place: str, same: bool, verdict: str):
    pair = ReportPair.model_validate({**PAIR, "same": same})
    speaking = replace(report("b"), echoes=(event("b", place),))
    assert judge(pair, report("a", event("a")), speaking) == verdict


@pytest.mark.parametrize(("same", "verdict"), [(True, "not found"), (False, "not comparable")])
def test_a_report_without_an_event_cannot_be_compared(same: bool, verdict: str):
    pair = ReportPair.model_validate({**PAIR, "same": same})
    assert judge(pair, report("a", event("a")), replace(report("b"), events=())) == verdict
