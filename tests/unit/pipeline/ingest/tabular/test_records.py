from __future__ import annotations

from datetime import date, datetime

import pytest

from pipeline.ingest.limits import RefusedError
from pipeline.ingest.tabular.kinds import recognise
from pipeline.ingest.tabular.records import TableRow, rows_of
from pipeline.ingest.tabular.sheet import Sheet
from pipeline.models import Rejection
from pipeline.settings import TableOptions

MIDNIGHT = datetime(2023, 11, 20)  # noqa: DTZ001 - as a spreadsheet has it
MORNING = datetime(2023, 11, 20, 8)  # noqa: DTZ001


def read(columns, *rows, typed=False, **options):
    numbered = tuple(enumerate((tuple(row) for row in rows), start=2))
    sheet = Sheet("t.csv", "t.csv", tuple(columns), numbered, (), is_typed=typed)
    told = TableOptions(**options)
    return list(rows_of(sheet, recognise(sheet, told), told))


def column(name, *cells, typed=False):
    rows = read(("date", "place", name), *(("2023-11-20", "Hit", cell) for cell in cells), typed=typed)
    return [row.attributes[2][1] for row in rows]


def test_every_column_is_an_attribute_with_the_type_of_its_values():
    assert column("n", "1", "2.0", "") == [1, 2, None]
    assert column("n", "1.5", "2", "NA") == [1.5, 2.0, None]
    assert column("d", "2023-11-20", "", "2023-01-02") == [date(2023, 11, 20), None, date(2023, 1, 2)]
    assert column("code", "007", "010") == ["007", "010"]
    assert column("t", "1", "two") == ["1", "two"]
    assert column("big", "1e400", "1") == ["1e400", "1"]
    assert column("t", "2023-11-31", "2023-11-20") == ["2023-11-31", "2023-11-20"]


def test_a_typed_file_keeps_its_types():
    assert column("n", 1, 2.5, None, typed=True) == [1, 2.5, None]
    assert column("d", MIDNIGHT, MORNING, typed=True) == [
        date(2023, 11, 20),
        "2023-11-20 08:00:00",
    ]
    assert column("x", float("inf"), float("nan"), "a", typed=True) == [None, None, "a"]


def test_a_row_whose_date_cannot_be_read_is_refused_and_the_others_go_on():
    good, bad = read(("date", "place"), ("2023-11-20", "Hit"), ("2023-13-04", "Ana"))
    assert isinstance(good, TableRow)
    assert isinstance(bad, Rejection)
    assert (bad.line, bad.value, bad.remedy) == (3, "2023-13-04", "write it as YYYY-MM-DD")
    assert bad.cause == "t.csv, row 3: date: there is no day 2023-13-04"


def test_a_column_of_dates_that_could_be_read_two_ways_is_refused_until_it_is_told():
    rows = (("03/04/2023", "Hit"), ("05/06/2023", "Ana"))
    with pytest.raises(RefusedError, match="--date-order dmy"):
        read(("date", "place"), *rows)
    told = read(("date", "place"), *rows, date_order="mdy")
    assert [row.days["date"].first for row in told] == [date(2023, 3, 4), date(2023, 5, 6)]


def test_one_day_beyond_the_twelfth_tells_the_others():
    rows = read(("date", "place"), ("03/04/2023", "Hit"), ("25/04/2023", "Ana"))
    assert rows[0].days["date"].first == date(2023, 4, 3)
