"""Reckon with days: precision codes, spans, and the year that a text leaves out."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

__all__ = [
    "add_days",
    "day_of",
    "last_weekday",
    "month_of",
    "nearest_day",
    "precision_of",
    "span_of_month",
    "span_of_year",
]

GRACE_DAYS = 2  # how far a date may lie after the day of the report: time zones, and copy dated ahead
_YEARS_BACK = 28  # after 28 years the same weekdays fall on the same days again


def precision_of(start: date, end: date) -> tuple[int, int]:
    """Return ACLED's ``time_precision`` (1 day, 2 week, 3 month) and UCDP's ``date_prec`` (1-5) of a span.

    Examples
    --------
    >>> precision_of(date(2023, 11, 20), date(2023, 11, 21))
    (2, 2)
    """
    days = (end - start).days + 1
    codes = ((1, (1, 1)), (6, (2, 2)), (9, (2, 3)), (31, (3, 4)))
    return next((code for limit, code in codes if days <= limit), (3, 5))


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none such."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def add_days(day: date, days: int) -> date | None:
    """Return ``day`` moved by ``days``, or None where that leaves the calendar."""
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def last_weekday(weekday: int, today: date) -> date:
    """Return the last such weekday (0 Monday) that is not after ``today``."""
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def nearest_day(month: int, day: int, today: date, *, weekday: int | None = None, future: bool = False) -> date | None:
    """Return the day of a year left out: the last not more than two days after ``today``; with ``future`` the next.

    Where a weekday is given only years in which it fits count.

    Examples
    --------
    >>> nearest_day(11, 21, date(2026, 7, 1), weekday=1)
    datetime.date(2023, 11, 21)
    """
    years = range(today.year, today.year + 9) if future else range(today.year + 1, today.year - _YEARS_BACK, -1)
    for year in years:
        found = day_of(year, month, day)
        if found is None or (weekday is not None and found.weekday() != weekday):
            continue
        if (found >= today) if future else ((found - today).days <= GRACE_DAYS):
            return found
    return None


def month_of(month: int, today: date) -> int:
    """Return the year of the last such month that has begun by ``today``."""
    return today.year if month <= today.month else today.year - 1


def span_of_month(year: int, month: int, third: str = "") -> tuple[date, date] | None:
    """Return the first and last day of a month, or of its ``early``, ``mid`` or ``late`` third."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    last = monthrange(year, month)[1]
    first, final = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(third, (1, last))
    return date(year, month, first), date(year, month, final)


def span_of_year(year: int) -> tuple[date, date]:
    """Return the first and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)
