"""The text as its reader sees it, and the way back to the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.markdown import markdown_edits
from pipeline.ingest.text import apply_edits, clean, compose, source_span, to_source, to_text
from pipeline.ingest.units import unwrap

ANY = st.text(alphabet=st.characters(codec=None), max_size=60)  # lone surrogates too
HOSTILE = st.lists(
    st.sampled_from(
        ["a", "b ", "\r\n", "\r", "\n", "\0", "\u200b", "\u202e", "\ud800", "é", "ا", "\u200c", "\u00a0", "\u2028"]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("Erb\0il", "Erbil"),
        ("Bagh\u200bdad", "Baghdad"),
        ("Ain al-\u202edasA\u202c base", "Ain al-dasA base"),
        ("a\u2028b", "a\nb"),
        ("10\u00a0km", "10 km"),
        ("x\ud800y", "x\N{REPLACEMENT CHARACTER}y"),
        ("می\u200cشود", "می\u200cشود"),
        ("Bagh\u200cdad", "Baghdad"),
        ("e\u0301 ﬁ Ⅳ", "e\u0301 ﬁ Ⅳ"),
    ],
)
def test_clean(source, text):
    assert clean(source).text == text


def test_what_was_removed_is_noted():
    notes = clean("a\u200bb\u200bc\0\ud800").notes
    assert [note.split()[0] for note in notes] == ["2", "1", "1"]


@given(ANY | HOSTILE)
def test_characters_map_to_themselves(source):
    cleaned = clean(source)
    for offset, char in enumerate(cleaned.text):
        original = source[to_source(cleaned.offsets, offset)]
        assert original == char or char in " \n\N{REPLACEMENT CHARACTER}"


@given(ANY | HOSTILE)
def test_maps_ascend_and_invert(source):
    cleaned = clean(source)
    there = [to_source(cleaned.offsets, offset) for offset in range(len(cleaned.text) + 1)]
    assert there == sorted(set(there))
    assert [to_text(cleaned.offsets, offset) for offset in there] == list(range(len(cleaned.text) + 1))
    back = [to_text(cleaned.offsets, offset) for offset in range(len(source) + 1)]
    assert back == sorted(back)
    assert back[-1] == len(cleaned.text)


@given(HOSTILE, st.integers(0, 40), st.integers(0, 40))
def test_given_spans_keep_what_is_left_of_them(source, one, other):
    start, end = sorted((min(one, len(source)), min(other, len(source))))
    cleaned = clean(source)
    span = slice(to_text(cleaned.offsets, start), to_text(cleaned.offsets, end))
    if not (source[start:end].endswith("\r") and source[end : end + 1] == "\n"):
        assert cleaned.text[span] == _kept(source, start, end)


def _kept(source, start, end):
    cleaned = clean(source)
    return "".join(c for i, c in enumerate(cleaned.text) if start <= to_source(cleaned.offsets, i) < end)


def test_source_span_leaves_out_what_follows():
    cleaned = clean("Mosul\u200b\u200b fell")
    assert source_span(cleaned.offsets, 0, 5) == (0, 5)


@given(HOSTILE)
def test_composed_maps_agree_with_one_after_the_other(source):
    cleaned = clean(source)
    text, outer = apply_edits(cleaned.text, markdown_edits(cleaned.text))
    both = compose(outer, cleaned.offsets)
    for offset in range(len(text)):
        assert to_source(both, offset) == to_source(cleaned.offsets, to_source(outer, offset))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Hit [overnight](https://x.org/a_(b)) there", "Hit overnight there"),
        ('![](https://x.org/p.jpg "A picture")\nStory', "\nStory"),
        ("## Deaths\n\nTwo on May 3\\.", "Deaths\n\nTwo on May 3."),
        ("# A **bold** word", "A bold word"),
        ("no marks \\. and **stars**", "no marks \\. and **stars**"),
        ("[sic] (https://x.org)", "[sic] (https://x.org)"),
    ],
)
def test_markdown_marks_go(source, text):
    assert apply_edits(source, markdown_edits(source))[0] == text


def test_lines_broken_at_a_page_width_are_joined():
    lines = [
        "The army said on Monday that its aircraft had",
        "struck a depot near the town of Jableh and that",
        "nobody was hurt.",
        "",
        "Residents spoke of three explosions and of a",
        "fire that burned for most of the night there, and",
        "said that the road to the coast was closed.",
    ]
    assert unwrap("\n".join(lines)).split("\n") == [" ".join(lines[:3]), "", " ".join(lines[4:])]


def test_headings_above_long_paragraphs_are_not_joined_to_them():
    told = (
        "The army said on Monday that its aircraft had struck a depot near the town of Jableh, and that none was hurt; "
        * 2
    )
    source = "\n\n".join(f"News of the southern provinces, part {n}\n{told.strip()}." for n in "abcdef")
    assert unwrap(source) == source


@given(HOSTILE)
def test_joining_lines_keeps_the_length(source):
    assert len(unwrap(source)) == len(source)


def test_no_character_that_has_to_go_is_passed_by() -> None:
    marks = [*range(0x20), *range(0x7F, 0xA1), 0xAD, *range(0x2000, 0x2070), 0xFEFF, 0xD800, 0xDFFF, 0xE0020]
    kept = {ord("\t"), ord("\n"), *range(0x2010, 0x2028)} | {*range(0x2030, 0x205F)}
    for mark in marks:
        assert (clean(f"a{chr(mark)}b").text == f"a{chr(mark)}b") == (mark in kept or mark == ord(" ")), hex(mark)
