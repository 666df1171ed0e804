from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.toponyms.spans import Span, Spans, trim


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("the Gaza Strip", "Gaza Strip"),
        ("“Mosul”", "Mosul"),
        ("Yemen's", "Yemen"),
        ("Yemen’s", "Yemen"),
        ("near northern Iraq", "Iraq"),
        ("Northern Ireland", "Northern Ireland"),
        ("Washington, D.C.", "Washington, D.C."),
        ("Baghdad.", "Baghdad"),
        ("Va.", "Va."),
        ("The Hague", "Hague"),
        ("''", ""),
    ],
)
def test_trim_leaves_the_name(text: str, left: str) -> None:
    start, end = trim(text, 0, len(text))
    assert text[start:end] == left


@given(st.text(alphabet="aA .,'’s\n(", max_size=30), st.data())
def test_trim_stays_inside(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = trim(text, start, end)
    assert start <= first
    assert last <= end


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 10)), max_size=30))
def test_kept_spans_ascend_and_never_overlap(rows: list[tuple[int, int]]) -> None:
    spans = Spans()
    for start, length in rows:
        spans.add(Span(start, start + length, "", "test"))
    kept = spans.in_order()
    assert all(a.end <= b.start for a, b in pairwise(kept))
    assert bool(kept) == any(length for _, length in rows)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10)), min_size=1, max_size=30))
def test_overlaps_agrees_with_a_plain_search(rows: list[tuple[int, int]]) -> None:
    spans = Spans()
    for start, length in rows:
        spans.add(Span(start, start + length, "", "test"))
    for at in range(60):
        plain = any(s.start < at + 3 and at < s.end for s in spans.in_order())
        assert spans.overlaps(at, at + 3) == plain


def test_first_come_first_kept() -> None:
    spans = Spans()
    spans.add(Span(5, 10, "GPE", "model"))
    spans.add(Span(0, 6, "ORG", "gazetteer"))
    assert [s.label for s in spans.in_order()] == ["GPE"]
