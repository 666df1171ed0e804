"""Ids are hashes of content."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.events.identity import LENGTH, content_id

PARTS = st.lists(st.one_of(st.none(), st.integers(), st.text(st.characters(exclude_characters="\x1f"))), min_size=1)


def test_an_id_is_pinned_since_published_ids_must_last():
    assert content_id("2023-11-21", "Air/drone strike") == "f8ded04897808cf4"


@given(PARTS)
def test_an_id_is_short_hexadecimal_and_repeats(parts):
    first = content_id(*parts)
    assert len(first) == LENGTH
    assert set(first) <= set("0123456789abcdef")
    assert content_id(*parts) == first


@given(PARTS, PARTS)
def test_other_content_gives_another_id(one, other):
    said = [["" if p is None else str(p) for p in parts] for parts in (one, other)]
    assert (content_id(*one) == content_id(*other)) == (said[0] == said[1])


def test_the_borders_between_parts_count():
    assert content_id("ab", "c") != content_id("a", "bc")


def test_lone_surrogates_do_no_harm():
    assert len(content_id("\ud800")) == LENGTH
