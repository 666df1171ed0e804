"""Calendar dates as publishers write them; a date that could be read two ways is never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.ingest.tables import table

_DATE_LINE = 60  # characters; a longer line says more than a date
YEARS = range(1800, 2200)  # another "year" is a number of something else, or stands for "no end": 9999-12-31


@dataclass(frozen=True, slots=True)
class DateRead:
    """A day found in a text: where, the parts as written, and why it is not a full date if it is none."""

    start: int
    end: int
    day: date | None = None
    note: str = ""
    month_day: tuple[int, int] | None = None


@cache
def months() -> dict[str, int]:
    """Return month number by lower-case name or abbreviation."""
    return {name: int(number) for number, names in table("dates")["months"].items() for name in names}


@cache
def month_words() -> str:
    """Return an alternation of the month names, longest first."""
    return "|".join(sorted(months(), key=lambda name: (-len(name), name)))


@cache
def _pattern() -> re.Pattern[str]:
    month = rf"(?:{month_words()})"
    return re.compile(
        rf"""(?<!\w)(?:
        (?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?!\d)
        |(?P<a>\d{{1,2}})[-/.](?P<b>\d{{1,2}})[-/.](?P<y2>\d{{4}})(?!\d)
        |(?P<mn>{month})\.?\s+(?P<md>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<my>\d{{4}})(?!\d))?
        |(?P<dd>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<dn>{month})\b\.?(?:,?\s+(?P<dy>\d{{4}})(?!\d))?
        )""",
        re.IGNORECASE | re.VERBOSE,
    )


def find_date(text: str, start: int = 0) -> DateRead | None:
    """Return the first date written in ``text`` from ``start`` on, or None.

    Examples
    --------
    >>> find_date("Published: 21 Nov 2023").day
    datetime.date(2023, 11, 21)
    >>> find_date("03/04/2023").day is None
    True
    """
    match = _pattern().search(text, start)
    return None if match is None else _read(match)


def match_date(text: str, start: int = 0) -> DateRead | None:
    """Return the date that ``text`` has exactly at ``start``, or None."""
    match = _pattern().match(text, start)
    return None if match is None else _read(match)


@cache
def _around() -> re.Pattern[str]:
    """Return what may stand beside a date on a line that says nothing else: weekday, hour, time zone."""
    days = "|".join(sorted(table("dates")["weekdays"], key=lambda name: (-len(name), name)))
    words = rf"\b(?:(?i:{days}|on|at|a\.?m|p\.?m|local time)|GMT|UTC|[A-Z]{{1,2}}[SD]?T)\b|(?<=\d)[TZ]"
    return re.compile(rf"(?:{words}|[\d:.,|/+()\s–—-])*")


def is_date_line(words: str) -> bool:
    """Return whether a line is a day, perhaps with its hour, and nothing else.

    Examples
    --------
    >>> is_date_line("Tuesday, November 21, 2023 10:30 GMT"), is_date_line("Nov 21 strikes kill two")
    (True, False)
    """
    found = find_date(words) if len(words) <= _DATE_LINE else None
    if found is None or (found.month_day and not found.day):
        return False
    around = _around()
    return bool(around.fullmatch(words, 0, found.start) and around.fullmatch(words, found.end))


def _read(match: re.Match[str]) -> DateRead:
    got = match.groupdict()
    if got["y"]:
        return _whole(match, int(got["y"]), int(got["m"]), int(got["d"]))
    if got["y2"]:
        return _numeric(match, int(got["a"]), int(got["b"]), int(got["y2"]))
    month = months()[(got["mn"] or got["dn"]).lower()]
    day, year = int(got["md"] or got["dd"]), got["my"] or got["dy"]
    if year:
        return _whole(match, int(year), month, day)
    parts = (month, day) if _exists(2000, month, day) else None
    return DateRead(match.start(), match.end(), None, "no year is given", parts)


def _numeric(match: re.Match[str], first: int, second: int, year: int) -> DateRead:
    if first != second and first <= 12 and second <= 12:
        return DateRead(match.start(), match.end(), None, "day and month could be either way round; not used")
    month, day = (first, second) if first <= 12 else (second, first)
    return _whole(match, year, month, day)


def _whole(match: re.Match[str], year: int, month: int, day: int) -> DateRead:
    if year not in YEARS or not _exists(year, month, day):
        return DateRead(match.start(), match.end(), None, "there is no such day")
    return DateRead(match.start(), match.end(), date(year, month, day), "", (month, day))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
