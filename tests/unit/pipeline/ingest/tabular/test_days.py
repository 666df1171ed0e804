from __future__ import annotations

from datetime import date, datetime

import pytest

from pipeline.ingest.tabular.days import DayError, Span, order_of, read_span

MOMENT = datetime(2023, 11, 20, 8, 30)  # noqa: DTZ001 - as a spreadsheet has it


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2023-11-20", date(2023, 11, 20)),
        ("2023-11-20 00:00:00.000", date(2023, 11, 20)),
        ("2023-11-20T23:30:00Z", date(2023, 11, 20)),
        ("2023/11/20", date(2023, 11, 20)),
        ("20231120", date(2023, 11, 20)),
        (20231120, date(2023, 11, 20)),
        ("20231120134500", date(2023, 11, 20)),
        ("17 October 2023", date(2023, 10, 17)),
        ("Oct 17, 2023", date(2023, 10, 17)),
        ("25/11/2023", date(2023, 11, 25)),
        ("11/25/2023 14:05", date(2023, 11, 25)),
        ("4.4.2023", date(2023, 4, 4)),
        (45251, date(2023, 11, 21)),
        ("45251.5", date(2023, 11, 21)),
        (MOMENT, date(2023, 11, 20)),
        (date(2023, 11, 20), date(2023, 11, 20)),
    ],
)
def test_a_day_is_read(cell, expected):
    span = read_span(cell, "")
    assert (span.first, span.last) == (expected, expected)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-11-20 to 2023-11-22", date(2023, 11, 20), date(2023, 11, 22)),
        ("2023-11-20/2023-11-22", date(2023, 11, 20), date(2023, 11, 22)),
        ("17 October 2023 - 19 October 2023", date(2023, 10, 17), date(2023, 10, 19)),
    ],
)
def test_a_span_is_read(cell, first, last):
    assert read_span(cell, "") == Span(first, last)


@pytest.mark.parametrize("cell", [None, "", "  ", float("nan")])
def test_an_empty_cell_names_no_day(cell):
    assert read_span(cell, "") is None


@pytest.mark.parametrize("cell", ["2023-13-04", "30/02/2023", "yesterday", "12/11/23", "99999999999"])
def test_what_is_no_day_is_refused_with_a_remedy(cell):
    with pytest.raises(DayError) as caught:
        read_span(cell, "dmy")
    assert caught.value.remedy == "write it as YYYY-MM-DD"


@pytest.mark.parametrize("cell", ["0001-01-01", "9999-12-31", date(9999, 12, 31), "9999-12"])
def test_a_year_that_stands_for_none_is_refused(cell):
    with pytest.raises(DayError, match="lies in no year from 1800 to 2199") as caught:
        read_span(cell, "dmy")
    assert caught.value.remedy == "write the year that is meant, or leave the cell empty"


def test_the_whole_column_tells_what_comes_first():
    assert order_of(["03/04/2023", None, "25/04/2023"]) == "dmy"
    assert order_of(["03/04/2023", "04/25/2023"]) == "mdy"
    assert order_of(["04/25/2023"], given="dmy") == "dmy"
    assert read_span("03/04/2023", "dmy").first == date(2023, 4, 3)
    assert read_span("03/04/2023", "mdy").first == date(2023, 3, 4)
    assert "with the day first" in read_span("03/04/2023", "dmy").note


def test_a_day_that_could_be_two_is_never_guessed():
    assert order_of(["03/04/2023", "04/04/2023"]) == ""
    assert order_of(["25/04/2023", "04/25/2023"]) == "mixed"
    for order in ("", "mixed"):
        with pytest.raises(DayError, match="day or the month first"):
            read_span("03/04/2023", order)
    assert read_span("04/04/2023", "").first == date(2023, 4, 4)
