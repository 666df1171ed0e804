"""Logs kept by the day."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.events.day_headings import WHY, day_above, day_headings

TODAY = date(2023, 11, 22)
LOG = """Two men were wounded in the week.

{}
A landmine exploded at a motorcycle near Hit.

{}
Gunmen shot dead a policeman in Ramadi. Mosul was calm.
"""


def days(*headings: str) -> list[str]:
    return [str(when.date_start) for _, when in day_headings(LOG.format(*headings), TODAY)]


@pytest.mark.parametrize(
    "headings",
    [
        ("Monday, 13 November", "Tuesday, 14 November"),
        ("November 13, 2023", "November 14, 2023"),
        ("- 13 November 2023:", "- 14 November 2023:"),
        ("**Mon 13 Nov**", "**Tue 14 Nov**"),
        ("2023-11-13", "2023-11-14"),
    ],
)
def test_a_line_that_is_only_a_day_heads_what_stands_below(headings):
    assert days(*headings) == ["2023-11-13", "2023-11-14"]


@pytest.mark.parametrize(
    "headings",
    [
        ("Monday, 13 November", "The 14 men"),
        ("Monday, 13 November", "Monday, 13 November 2023"),
        ("On 13 November two men died", "On 14 November one died"),
        ("1 to 13 November", "14 to 20 November"),
        ("yesterday", "today"),
    ],
)
def test_one_day_or_more_than_days_heads_nothing(headings):
    assert days(*headings) == []


def test_what_stands_above_the_first_has_no_day():
    headings = day_headings(LOG.format("Monday, 13 November", "Tuesday, 14 November"), TODAY)
    assert day_above(headings, 5) is None
    assert day_above(headings, 70).reasons == (WHY,)


def test_what_a_log_tells_is_of_the_day_above_it(read):
    found = read(LOG.format("Monday, 13 November", "Tuesday, 14 November")).events
    assert [(str(e.when.date_start), e.when.date_prec) for e in found] == [("2023-11-13", 1), ("2023-11-14", 1)]
