"""Dates as tables have them: whether the day or the month comes first is told by the whole column, never guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.ingest.dates import YEARS, find_date, months
from pipeline.ingest.limits import shown
from pipeline.ingest.tabular.sheet import Cell, is_blank, text_of

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:?\d{2}.*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ,]+\d{1,2}:\d{2}.*)?")
_SHORT = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_NAMED_MONTH = re.compile(r"([A-Za-z]+)\.?,?\s+(\d{4})")
_RANGE = re.compile(r"\s+(?:to|until|till)\s+|\s+[-–—]\s+|(?<=\d)\s*[–—]\s*(?=\d)|(?<=\d{4}-\d\d-\d\d)/(?=\d{4}-)")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_FIRST_SERIAL, _LAST_SERIAL = 18_264, 73_050  # 1950 to 2099 as days of a spreadsheet
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet, as its 29 February 1900 makes it
DAY_FIRST, MONTH_FIRST, MIXED = "dmy", "mdy", "mixed"
_ORDER_REMEDY = "say how they are meant: --date-order dmy or --date-order mdy"


class DayError(ValueError):
    """A cell is no date that can be read; ``remedy`` says what would be."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(cause)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last possible day, and how they were read where that needs saying."""

    first: date
    last: date
    note: str = ""


def order_of(cells: Iterable[Cell], given: str = "") -> str:
    """Return which of day and month comes first in a column: ``dmy``, ``mdy``, ``mixed``, or empty if nothing tells.

    Examples
    --------
    >>> order_of(["03/04/2023", "25/04/2023"]), order_of(["03/04/2023"]), order_of(["25/04/2023", "04/25/2023"])
    ('dmy', '', 'mixed')
    """
    if given:
        return given
    found = [match for cell in cells if isinstance(cell, str) and (match := _NUMERIC.fullmatch(cell.strip()))]
    day_first = any(int(match[1]) > 12 for match in found)
    month_first = any(int(match[2]) > 12 for match in found)
    if day_first and month_first:
        return MIXED
    return DAY_FIRST if day_first else MONTH_FIRST if month_first else ""


def is_undecided(cell: Cell) -> bool:
    """Whether a date could be read two ways: 03/04/2023, but not 25/04/2023 nor 04/04/2023."""
    match = _NUMERIC.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return match is not None and match[1] != match[2] and int(match[1]) <= 12 and int(match[2]) <= 12


def read_span(cell: Cell, order: str) -> Span | None:
    """Return the days that a cell names; None where it is empty.

    Parameters
    ----------
    cell : Cell
    order : str
        From :func:`order_of`.

    Raises
    ------
    DayError
        It is no date, or one that could be read two ways.

    Examples
    --------
    >>> read_span("17 October 2023", "").first, read_span(45251, "").first, read_span("2023-02", "").last
    (datetime.date(2023, 10, 17), datetime.date(2023, 11, 21), datetime.date(2023, 2, 28))
    """
    if is_blank(cell):
        return None
    if isinstance(cell, date):
        return _day(str(cell), cell.year, cell.month, cell.day)
    words = text_of(cell)
    ends = [part for part in _RANGE.split(words) if part]
    if len(ends) == 2:
        first, last = (_span(end, order) for end in ends)
        if last.last < first.first:
            raise DayError("the last day comes before the first", "write the earlier day first")
        return Span(first.first, last.last, first.note or last.note)
    return _span(words, order)


def _span(words: str, order: str) -> Span:
    """Return the days of one date."""
    if match := _ISO.fullmatch(words) or _COMPACT.fullmatch(words):
        return _day(words, int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(words):
        return _numeric(words, int(match[1]), int(match[2]), int(match[3]), order)
    if _SERIAL.fullmatch(words) and _FIRST_SERIAL <= float(words) <= _LAST_SERIAL:
        found = _EPOCH + timedelta(days=int(float(words)))
        return Span(found, found, f"{words} read as a spreadsheet's number of a day")
    return _longer(words) or _written(words)


def _longer(words: str) -> Span | None:
    """Return the days of a month or a year."""
    if match := _MONTH.fullmatch(words):
        return _month(words, int(match[1]), int(match[2]))
    if (match := _NAMED_MONTH.fullmatch(words)) and match[1].lower() in months():
        return _month(words, int(match[2]), months()[match[1].lower()])
    if words.isdecimal() and len(words) == 4 and int(words) in YEARS:
        return Span(date(int(words), 1, 1), date(int(words), 12, 31))
    return None


def _day(words: str, year: int, month: int, day: int) -> Span:
    try:
        found = date(year, month, day)
    except ValueError:
        raise DayError(f"there is no day {shown(words)}", _REMEDY) from None
    if year not in YEARS:
        raise DayError(f"{shown(words)} lies in no year from {YEARS[0]} to {YEARS[-1]}", _YEAR_REMEDY)
    return Span(found, found)


def _numeric(words: str, first: int, second: int, year: int, order: str) -> Span:
    if is_undecided(words) and order not in {DAY_FIRST, MONTH_FIRST}:
        raise DayError(f"{words} could be the day or the month first", _ORDER_REMEDY)
    day_first = order == DAY_FIRST if order in {DAY_FIRST, MONTH_FIRST} else first > 12
    day, month = (first, second) if day_first else (second, first)
    found = _day(words, year, month, day)
    note = f"{words} read with the {'day' if day_first else 'month'} first, as the column has it"
    return Span(found.first, found.last, note if is_undecided(words) else "")


def _month(words: str, year: int, month: int) -> Span:
    first = _day(words, year, month, 1).first
    return Span(first, first.replace(day=monthrange(year, month)[1]))


def _written(words: str) -> Span:
    """Return a day written in words: "17 October 2023", "Oct 17, 2023"."""
    found = find_date(words)
    if found is None or found.day is None:
        short = "the year has two digits; " if _SHORT.match(words) else ""
        raise DayError(f"{short}not a date that can be read", _REMEDY)
    return Span(found.day, found.day)


_REMEDY = "write it as YYYY-MM-DD"
_YEAR_REMEDY = "write the year that is meant, or leave the cell empty"
