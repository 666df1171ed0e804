from __future__ import annotations

import pytest

from pipeline.ingest.tabular import TableRow
from pipeline.models import Count
from pipeline.rows.harm import count_of


def count(**values):
    return count_of(TableRow("", "t", 2, "plain", "plain", values), "deaths")


@pytest.mark.parametrize(
    ("cell", "bounds", "qualifier"),
    [
        ("3", (3, 3, 3), "exact"),
        (0, (0, 0, 0), "exact"),
        ("6.0", (6, 6, 6), "exact"),
        ("1,200", (1200, 1200, 1200), "exact"),
        ("5-7", (5, 5, 7), "about"),
        ("10+", (10, 10, None), "at_least"),
        ("at least ten", (10, 10, None), "at_least"),
        ("ten", (10, 10, 10), "exact"),
        ("several", (2, 3, None), "several"),
        ("none", (None, None, None), "unknown"),
    ],
)
def test_a_count_is_read_as_it_is_said(cell, bounds, qualifier):
    found, notes = count(deaths=cell)
    assert (found.low, found.best, found.high) == bounds
    assert found.qualifier == qualifier
    assert notes == ()


@pytest.mark.parametrize("cell", ["-3", "some people", "1.5", "99999999999"])
def test_what_is_no_number_of_people_is_said_and_not_used(cell):
    found, notes = count(deaths=cell)
    assert found == Count()
    assert "no number of people" in notes[0]


def test_low_best_and_high_are_kept_and_put_in_order_with_a_note():
    assert count(deaths="6", deaths_low="4", deaths_high="9")[0].low == 4
    assert count(deaths="6", deaths_low="6", deaths_high="6")[0].qualifier == "exact"
    found, notes = count(deaths="5", deaths_low="6", deaths_high="6")
    assert (found.low, found.best, found.high) == (5, 5, 6)
    assert "not in order" in notes[0]
    assert count(deaths="5", deaths_high="8")[0].low is None
