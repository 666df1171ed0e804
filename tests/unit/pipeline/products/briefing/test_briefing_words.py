from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.products.briefing.words import (
    Range,
    date_phrase,
    digits,
    lint_confidence,
    listed,
    number_word,
    plain,
    plural,
    probability_word,
    range_phrase,
    span_phrase,
    tables,
    trend_word,
)

D = date.fromisoformat


@pytest.mark.parametrize(
    ("low", "best", "high", "said"),
    [
        (8, 8, 8, "8"),
        (0, 0, 0, "0"),
        (62, 62, None, "at least 62"),
        (2, 3, None, "at least 2, best estimate 3"),
        (24, 24, None, "at least 24"),
        (None, None, 40, "at most 40"),
        (0, None, 40, "0 to 40"),
        (5, 6, 7, "5 to 7, best estimate 6"),
        (None, 100, None, "about 100"),
        (1200, 1200, 1200, "1,200"),
        (None, None, None, "not stated"),
    ],
)
def test_ranges_are_said_no_more_surely_than_they_are(low, best, high, said):
    assert range_phrase(Range(low, best, high)) == said


@pytest.mark.parametrize(
    ("first", "last", "precision", "said"),
    [
        ("2023-11-20", "2023-11-20", 1, "20 November 2023"),
        ("2023-11-20", "2023-11-26", 2, "between 20 and 26 November 2023"),
        ("2023-11-01", "2023-11-30", 3, "November 2023"),
        ("2023-11-05", "2023-11-05", 3, "November 2023"),
        ("2023-11-05", "2023-11-05", 2, "about 5 November 2023, to the week"),
        ("2023-11-28", "2023-12-03", 2, "between 28 November and 3 December 2023"),
        ("2023-12-28", "2024-01-03", 2, "between 28 December 2023 and 3 January 2024"),
        ("2024-02-01", "2024-02-29", 3, "February 2024"),
        ("2024-02-01", None, 1, "1 February 2024"),
    ],
)
def test_dates_are_said_to_their_precision(first, last, precision, said):
    assert date_phrase(D(first), D(last) if last else None, precision) == said


@pytest.mark.parametrize(
    ("week", "mean", "word"),
    [
        (126, 100.0, "large increase"),
        (125, 100.0, "moderate increase"),
        (111, 100.0, "moderate increase"),
        (110, 100.0, "limited change"),
        (75, 100.0, "limited change"),
        (74, 100.0, "large decrease"),
        (5, 2.0, "limited change"),
        (0, 0.0, "limited change"),
        (6, 2.0, "large increase"),
        (6, 0.0, "large increase"),
        (5, 2.25, "large increase"),
        (0, 2.25, "large decrease"),
    ],
)
def test_trend_words_are_acleds(week, mean, word):
    assert trend_word(week, mean) == word


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0.0, "almost no chance"),
        (0.05, "almost no chance"),
        (0.2, "very unlikely"),
        (0.45, "unlikely"),
        (0.5, "roughly even chance"),
        (0.55, "roughly even chance"),
        (0.56, "likely"),
        (0.8, "likely"),
        (0.95, "very likely"),
        (1.0, "almost certain"),
    ],
)
def test_probability_words_are_those_of_icd_203(share, word):
    assert probability_word(share) == word


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        probability_word(share)


@pytest.mark.parametrize(
    ("text", "faulty"),
    [
        ("We judge with high confidence that it is likely.", 1),
        ("It is very likely; our confidence is moderate.", 1),
        ("Low confidence. It is probably a drone.", 0),
        ("It is almost certainly a drone. We have low confidence in the place.", 0),
        ("Confidence: low, and it is improbable.", 1),
        ("Moderate-confidence judgement of a roughly even chance", 1),
        ("A likely story\nHigh confidence in the date", 0),
        ("Unlikely as it seems, confidence grew.", 0),
    ],
)
def test_likelihood_and_confidence_stay_apart(text, faulty):
    assert len(lint_confidence(text)) == faulty


def test_own_words_pass_the_lint():
    assert lint_confidence(tables()["method"]) == []


def test_small_words():
    assert [number_word(n) for n in (0, 9, 10, 1200)] == ["zero", "nine", "10", "1,200"]
    assert [plural(n, "death") for n in (0, 1, 2)] == ["deaths", "death", "deaths"]
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert span_phrase(D("2023-01-05"), D("2023-01-05")) == "5 January 2023"
    assert [digits(n) for n in (0, 10, 1500, 0.25, 2.5)] == ["0", "10", "1,500", "0.25", "2.5"]


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_plain_text_is_one_clean_line_and_stays_so(text):
    once = plain(text)
    assert plain(once) == once
    assert "\n" not in once
    assert "\x00" not in once
    assert not set(once) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
    once.encode("utf-8")


def test_joiners_of_persian_stay():
    assert plain("می\u200cشود") == "می\u200cشود"
