from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events.numbers import cardinal, find_numbers, parse_number


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("eight", (8, 8, 8, "exact")),
        ("62", (62, 62, 62, "exact")),
        ("1,200", (1200, 1200, 1200, "exact")),
        ("twenty-one", (21, 21, 21, "exact")),
        ("two hundred and fifty", (250, 250, 250, "exact")),
        ("three thousand four hundred", (3400, 3400, 3400, "exact")),
        ("a dozen", (12, 12, 12, "exact")),
        ("half a dozen", (6, 6, 6, "exact")),
        ("two dozen", (24, 24, 24, "exact")),
        ("a couple", (2, 2, 2, "exact")),
        ("two and a half thousand", (2500, 2500, 2500, "exact")),
        ("2.5 million", (2500000, 2500000, 2500000, "exact")),
        ("several", (2, 3, None, "several")),
        ("several hundred", (200, 300, None, "several")),
        ("a few dozen", (24, 36, None, "several")),
        ("dozens", (24, 24, None, "several")),
        ("scores", (40, 40, None, "several")),
        ("hundreds", (200, 200, None, "several")),
        ("tens of thousands", (20000, 20000, None, "several")),
        ("at least 62", (62, 62, None, "at_least")),
        ("more than 30", (30, 30, None, "at_least")),
        ("over a dozen", (12, 12, None, "at_least")),
        ("30-plus", (30, 30, None, "at_least")),
        ("30 or more", (30, 30, None, "at_least")),
        ("up to 40", (None, None, 40, "at_most")),
        ("as many as 25", (25, 25, 25, "about")),
        ("fewer than 10", (None, None, 10, "at_most")),
        ("about 12", (12, 12, 12, "about")),
        ("nearly a dozen", (12, 12, 12, "about")),
        ("some 900", (900, 900, 900, "about")),
        ("between 5 and 7", (5, 5, 7, "about")),
        ("5 to 7", (5, 5, 7, "about")),
        ("5-7", (5, 5, 7, "about")),
        ("five or six", (5, 5, 6, "about")),
        ("a further 83", (83, 83, 83, "exact")),
        ("no", (0, 0, 0, "exact")),
        ("٢٥", (25, 25, 25, "exact")),
    ],
)
def test_parse_number(phrase, expected):
    count = parse_number(phrase)
    assert count is not None
    assert (count.low, count.best, count.high, count.qualifier) == expected


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "soon",
        "50-year-old",
        "F-16",
        "1.7",
        "101st",
        "40%",
        "40 percent",
        "2:30",
        "122mm",
        "$400",
        "3/4",
        "1,000,000,000,000",
    ],
)
def test_no_number(phrase):
    assert parse_number(phrase) is None
    assert not find_numbers(phrase)


def test_find_numbers_keeps_order_and_skips_names():
    text = "No one saw the two F-16s; 14 rockets and at least three drones fell, 40% of them short."
    assert [m.count.text for m in find_numbers(text)] == ["two", "14", "at least three"]


@given(st.integers(min_value=0, max_value=999_999_999))
def test_figures_round_trip(value):
    assert cardinal(f"{value:,}") == value == cardinal(str(value))


WORDS = st.lists(
    st.sampled_from(
        [
            "one",
            "two",
            "hundred",
            "mıllion",
            "dozen",
            "1,500",
            "5",
            ".",
            "-",
            "–",
            "and",
            "a half",
            "several",
            "to",
            "or",
            "at least",
        ]
    )
)


@given(WORDS.map(" ".join) | WORDS.map("".join) | st.text(max_size=60))
def test_spans_and_values_are_sound(text):
    for mention in find_numbers(text):
        assert text[mention.start : mention.end] == mention.count.text
        bounds = [b for b in (mention.count.low, mention.count.best, mention.count.high) if b is not None]
        assert bounds
        assert bounds == sorted(bounds)
        assert bounds[-1] < 10**13
