from __future__ import annotations

import pytest

from pipeline.errors import UsageError
from pipeline.evaluation.corpora import CORPORA, corpus_named
from pipeline.evaluation.results import Error, Results
from pipeline.evaluation.worst import check_looking, hide_held_out, told, worst_documents

ERRORS = [
    Error("LGL", "given", "a", "Paris", "Paris (48, 2)", 7000.0, 0.9, "33.66, -95.55", reasons=("famous", "large")),
    Error("LGL", "given", "b", "Hit", "", 20039.0, expected="33.6, 42.8"),
    Error("LGL", "given", "b", "Hit", "", 20039.0, expected="33.6, 42.8"),
    Error("LGL", "raw", "a", "Paris", "", 20039.0),
    Error("UCDP places", "places", "4", "x town", "y", 30.0, weight=2),
    Error("UCDP places", "places", "6", "z town", "y", 15.0, weight=90),
    Error("TR-News", "given", "t", "Rome", "", 20039.0),
]


def test_documents_come_by_what_they_cost_for_each_part() -> None:
    keys = [key for key, _ in worst_documents(ERRORS, 1)]
    assert keys == [
        ("LGL", "given", "b"),
        ("LGL", "raw", "a"),
        ("UCDP places", "places", "6"),
        ("TR-News", "given", "t"),
    ]
    assert [key[2] for key, _ in worst_documents(ERRORS, 5) if key[:2] == ("LGL", "given")] == ["b", "a"]


def test_the_same_error_is_told_once_with_how_often() -> None:
    (_, errors), *_ = worst_documents(ERRORS, 1)
    assert list(told(("LGL", "given", "b"), errors)) == [
        "LGL, given, b: 2 wrong",
        "  'Hit' -> nothing, expected at 33.6, 42.8, score 0.00 (2 times)",
    ]


def test_an_answer_is_told_with_its_reasons() -> None:
    lines = list(told(("LGL", "given", "a"), ERRORS[:1]))
    assert lines[1] == "  'Paris' -> Paris (48, 2), 7,000 km from 33.66, -95.55, score 0.90"
    assert lines[2].strip() == "famous; large"


def test_held_out_errors_are_hidden_and_that_is_said() -> None:
    results = Results(errors=list(ERRORS))
    hide_held_out(results, look_at_held_out=False)
    assert {error.row for error in results.errors} == {"LGL", "UCDP places"}
    assert results.notes == ["TR-News: errors are not shown (--look-at-held-out shows them)"]


def test_held_out_errors_are_shown_only_when_told_to() -> None:
    results = Results(errors=list(ERRORS))
    hide_held_out(results, look_at_held_out=True)
    assert results.errors == ERRORS
    assert results.notes == []


def test_asking_for_nothing_but_held_out_errors_is_refused() -> None:
    with pytest.raises(UsageError, match=r"the errors of TR-News are not to be looked at.*--look-at-held-out"):
        check_looking([corpus_named("TR-News")], look_at_held_out=False)
    check_looking([corpus_named("TR-News")], look_at_held_out=True)
    check_looking(CORPORA, look_at_held_out=False)
    check_looking([], look_at_held_out=False)
