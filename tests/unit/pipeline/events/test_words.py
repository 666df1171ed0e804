"""Patterns of word lists."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.events._words import alternatives, by_letters, opened

WORDS = st.lists(
    st.from_regex(r"\A[ab]{1,3}(?:s\?|e\?s|\(\?:a\|b\))?\Z"), min_size=1, max_size=8
)  # words that begin alike, some with an ending


@given(WORDS, st.text(alphabet="abes ", max_size=20))
def test_a_list_by_letters_matches_what_its_words_match(words: list[str], text: str) -> None:
    plain, grouped = re.compile("|".join(f"(?:{w})" for w in words)), re.compile(by_letters(words))
    assert [m.span() for m in grouped.finditer(text)] == [m.span() for m in plain.finditer(text)]


@given(WORDS, st.text(alphabet="abes ", max_size=20))
def test_an_opened_pattern_matches_what_it_matched(words: list[str], text: str) -> None:
    source = f"(?:{'|'.join(words)})(?:b|e)s"
    plain, apart = re.compile(source), re.compile("|".join(f"(?:{o})" for o in opened(source)))
    assert [m.span() for m in apart.finditer(text)] == [m.span() for m in plain.finditer(text)]


def test_bars_within_brackets_part_nothing() -> None:
    assert alternatives(r"a|b[|]c|\|d|(?:e|f)") == ["a", "b[|]c", r"\|d", "(?:e|f)"]
