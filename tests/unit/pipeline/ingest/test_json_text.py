"""Strict JSON, with the line of each fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.decode import decode
from pipeline.ingest.json_text import JsonFault, too_deep, values

SUITE = Path(__file__).parents[5] / "shared" / "badinput" / "JSONTestSuite" / "test_parsing"
needs_suite = pytest.mark.skipif(not SUITE.is_dir(), reason="shared/badinput/JSONTestSuite is missing")
DEPTH = 200


def read(text, max_depth=DEPTH):
    return list(values(text, max_depth=max_depth))


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ('[{"a": 1},\n {"a": NaN},\n {"b": 2}]', 2, "NaN"),
        ('[{"a": 1},\n {"a": -Infinity},\n {"b": 2}]', 2, "-Infinity"),
        ('[{"a": 1},\n {"a": 1, "a": 2},\n {"b": 2}]', 2, "stands twice"),
    ],
)
def test_a_faulty_element_costs_only_itself(text, line, cause):
    found = read(text)
    assert [where for where, value in found if isinstance(value, JsonFault)] == [line]
    assert cause in found[1][1].cause
    assert found[2] == (3, {"b": 2})


def test_what_stands_before_a_syntax_error_is_kept():
    found = read('[{"a": 1},\n{"a": }\n]')
    assert found[0] == (1, {"a": 1})
    assert found[1][0] == 2
    assert "malformed JSON" in found[1][1].cause


@pytest.mark.parametrize(
    "text", ["", "[1,]", "[1 2]", "[1", "{}x", "[]x", "[1] 2", "\ufeff[]", "[" * 100_000, '{"a":' * 5000, "1" * 5000]
)
def test_bad_json_is_one_fault(text):
    assert isinstance(read(text)[-1][1], JsonFault)


def test_depth_counts_no_brackets_in_strings():
    assert not too_deep('["[[[[[[", "\\"[[["]', 1)
    assert too_deep("[[1]]", 1)


@given(st.text(alphabet='[]{}":,\\ \n1aNn', max_size=40))
def test_never_raises(text):
    assert all(line >= 1 for line, _ in read(text))


@needs_suite
@pytest.mark.parametrize("path", sorted(SUITE.glob("*.json")), ids=lambda path: path.name)
def test_json_test_suite(path):
    found = read(decode(path.read_bytes()).text)
    is_faulty = any(isinstance(value, JsonFault) for _, value in found)
    twice = "duplicated" in path.name  # refused on purpose: one of the two values would be lost
    if path.name.startswith("n_") or twice:
        assert is_faulty
    elif path.name.startswith("y_"):
        assert not is_faulty
