"""Calendar dates, and what is never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.dates import YEARS, find_date, is_date_line


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Published: 2023-11-21", date(2023, 11, 21)),
        ("Published :`2024-07-21 23:38:16`", date(2024, 7, 21)),
        ("November 21, 2023", date(2023, 11, 21)),
        ("7:58 AM ET, Sat January 3, 2015", date(2015, 1, 3)),
        ("Tue, 21 Nov 2023 10:00:00 GMT", date(2023, 11, 21)),
        ("21st of the month, 3rd Sept. 2023", date(2023, 9, 3)),
        ("21/11/2023", date(2023, 11, 21)),
        ("11/21/2023", date(2023, 11, 21)),
        ("04/04/2023", date(2023, 4, 4)),
        ("2009-03-20 12:24:52.002364-05", date(2009, 3, 20)),
    ],
)
def test_date(text, day):
    assert find_date(text).day == day


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("03/04/2023", "either way"),
        ("Nov 21", "no year"),
        ("30 Feb 2023", "no such day"),
        ("2023-13-01", "no such day"),
    ],
)
def test_no_date_is_guessed(text, note):
    found = find_date(text)
    assert found.day is None
    assert note in found.note


@pytest.mark.parametrize("text", ["", "AK-47 and 1,200 men", "Route 12/13", "5.12.1", "may 300 people"])
def test_no_date(text):
    found = find_date(text)
    assert found is None or found.day is None


@pytest.mark.parametrize(
    ("text", "is_line"),
    [
        ("Tuesday, November 21, 2023 10:30 GMT", True),
        ("2023-11-21T10:30:00Z", True),
        ("Nov 21 strikes kill two", False),
        ("Two killed on 21 November 2023", False),
    ],
)
def test_a_line_that_is_only_a_date(text, is_line):
    assert is_date_line(text) is is_line


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01", "31 December 9999", "January 1, 1799"])
def test_a_year_that_stands_for_none_is_no_date(text):
    assert find_date(text).day is None


@given(st.dates(min_value=date(YEARS[0], 1, 1), max_value=date(YEARS[-1], 12, 31)))
def test_written_out_dates_are_read(day):
    for written in (f"{day:%Y-%m-%d}", f"{day:%B} {day.day}, {day.year:04}", f"{day.day} {day:%b} {day.year:04}"):
        assert find_date(written).day == day
