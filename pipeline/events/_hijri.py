"""Days of the Islamic calendar: "17 Rabi al-Awwal 1445", "during Ramadan", "on Eid al-Fitr".

They are reckoned by the tabular calendar. Months begin where and when the moon is seen, so two days are left open on
either side, and the reason says so.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.events import _days
from pipeline.events._forms import NO_DAY, Reading, form, some, stands_before, words
from pipeline.events._words import fold

__all__: list[str] = []

OPEN_DAYS = 2
_EPOCH = 227_014  # proleptic Gregorian ordinal of the day before 1 Muharram 1 (Friday 16 July 622, Julian)
_LEADS = ("in", "during", "throughout", "of", "since", "until", "month of", "holy month of")
_BOUNDS = ("before", "ahead of", "after", "until", "till", "by")


def first_day(year: int, month: int) -> date | None:
    """Return the first day of a month (1 Muharram) by the tabular calendar, or None where it leaves ours.

    Examples
    --------
    >>> first_day(1445, 1), first_day(1445, 9)
    (datetime.date(2023, 7, 19), datetime.date(2024, 3, 11))
    """
    elapsed = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    ordinal = _EPOCH + elapsed + 1
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def _year_near(month: int, day: int, today: date) -> int:
    """Return the last year in which that day has come, two days of grace given."""
    year = round((today.year - 622) * 365.2425 / 354.367) + 2
    while year > 1 and (_open_span(year, month, day, day) or (date.max, date.max))[0] > today + timedelta(days=2):
        year -= 1
    return year


def _open_span(year: int, month: int, first: int, last: int) -> tuple[date, date] | None:
    start = first_day(year, month)
    if start is None:
        return None
    begins = _days.add_days(start, first - 1 - OPEN_DAYS)
    ends = _days.add_days(start, last - 1 + OPEN_DAYS)
    return None if begins is None or ends is None else (begins, ends)


def _reading(match: re.Match[str], month: int, day: int | None, today: date | None) -> Reading | None:
    """Return the reading of a month, or of a day in it, its year said or the last that has come."""
    said = match.groupdict().get("year")
    if not said and today is None:
        reason = f"a date of the Islamic calendar; the year is not said and {NO_DAY}"
        return Reading(match.start(), match.end(), "absolute", None, (reason,), year_said=False)
    year = int(said) if said else _year_near(month, day or 1, today or date.min)
    span = _open_span(year, month, day or 1, day or 30)
    if span is None:
        return None
    if stands_before(match, _BOUNDS):
        return Reading(match.start(), match.end(), "duration", span, ("a bound, not a day of the event",))
    middle = f" about {span[0] + timedelta(days=OPEN_DAYS)}" if day else ""
    reason = (
        f"a date of the Islamic calendar, by its tables{middle} in {year} AH; the moon is seen up to two days apart"
    )
    codes = (2, 2) if day else (3, 4)
    return Reading(match.start(), match.end(), "absolute", span, (reason,), precision=codes, year_said=bool(said))


@form(
    r"(?:(?P<day>[12]?\d|30)(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<hijri><hijri>)(?![\w-])(?:\s+(?P<d2>[12]?\d|30)\b)?"
    r"(?:,?\s+(?P<year>1[34]\d\d)\b)?(?:\s+(?:AH|Hijri))?"
)
def _hijri_date(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "5 Ramadan"; a month alone only after "during" and its like, for Rajab and Safar are names too."""
    day = match["day"] or match["d2"]
    if not (day or match["year"] or stands_before(match, _LEADS)):
        return ()
    month = words().hijri_months[fold(match["hijri"])]
    return some(_reading(match, month, int(day) if day and int(day) else None, today))


@form(r"(?P<phrase><hijri_days>)(?![\w-])(?:,?\s+(?P<year>1[34]\d\d)\b)?")
def _hijri_feast(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "Eid al-Fitr", "Ashura"."""
    month, day = words().hijri_days[fold(match["phrase"])]
    return some(_reading(match, month, day, today))
