from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.postings import packed, unpacked

posting = st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 2**16 - 1))


@given(st.lists(posting))
def test_postings_come_back_in_their_order(postings: list[tuple[int, int]]) -> None:
    assert list(unpacked(packed(postings))) == postings


def test_none_take_no_bytes() -> None:
    assert packed([]) == b""
