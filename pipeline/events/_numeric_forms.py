"""Days in figures: "2023-11-21", "21/11/2023", "Tuesday 21.11", "19-Nov-2023".

Day or month first is never guessed silently. A weekday beside the figures, or one of the two days lying ahead of the
report, decides, and the reason says so; else both days are said and the time between them is left open.
"""

from __future__ import annotations

import re
from datetime import date

from pipeline.events import _days
from pipeline.events._forms import Reading, dated, form, month_number, number, some, words
from pipeline.events._words import fold

__all__: list[str] = []

_RECENT_DAYS = 60  # how far back a weekday with day and month and no year may lie


@form(
    r"(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)"
    r"(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w/-])",
    "-",
    "/",
    ".",
)
def _iso(match: re.Match[str], _today: date | None) -> tuple[Reading, ...]:
    """Read 2023-11-21, with an hour or without."""
    found = _days.day_of(int(match["year"]), int(match["m"]), int(match["d"]))
    return () if found is None else (Reading(match.start(), match.end(), "absolute", (found, found)),)


@form(
    r"(?:(?P<weekday><any_weekday>),?\s+\(?)?(?P<a>\d\d?)(?P<sep>[/.-])(?P<b>\d\d?)(?P=sep)(?P<year>\d{4}|(?<=/)\d\d)"
    r"(?![\w/-]|\.\d)",
    "/",
    ".",
    "-",
)
def _numeric(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read 21/11/2023, and 03/04/2024 as the two days that it may be."""
    year = int(match["year"]) if len(match["year"]) == 4 else _whole_year(int(match["year"]), today)
    short = () if len(match["year"]) == 4 else (f"the year is cut short: taken as {year}",)
    return some(_either_order(match, year, today, short))


@form(r"(?P<weekday><any_weekday>),?\s+\(?(?P<a>\d\d?)(?P<sep>[/.])(?P<b>\d\d?)(?![\w/.-]|,\d)", "day", ".")
def _weekday_numeric(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "Tuesday 21/11": the weekday says that it is a day, and may say which."""
    if today is None:
        return ()
    near = _days.last_weekday(words().weekdays[fold(match["weekday"]).rstrip(".")], today)
    years = (today.year, today.year - 1)
    found = {d for year in years for d in _orders(match, year) if d and d.weekday() == near.weekday()}
    past = sorted(d for d in found if -_days.GRACE_DAYS <= (today - d).days <= _RECENT_DAYS)
    if not past:
        return ()
    reason = f"the year is not said: the last such day counted from {today} that is a {match['weekday']}"
    return (Reading(match.start(), match.end(), "absolute", (past[-1], past[-1]), (reason,), year_said=False),)


def _whole_year(short: int, today: date | None) -> int:
    """Return the year of two figures: of this century unless that lies ahead."""
    return 2000 + short if today is None or 2000 + short <= today.year + 1 else 1900 + short


def _orders(match: re.Match[str], year: int) -> tuple[date | None, date | None]:
    """Return the day read day first, and month first."""
    first, second = int(match["a"]), int(match["b"])
    return _days.day_of(year, second, first), _days.day_of(year, first, second)


def _either_order(match: re.Match[str], year: int, today: date | None, short: tuple[str, ...]) -> Reading | None:
    """Return the one day that figures can be, or the span between two with both said."""
    day_first, month_first = _orders(match, year)
    options = sorted({d for d in (day_first, month_first) if d is not None})
    if len(options) < 2:
        return Reading(match.start(), match.end(), "absolute", (options[0], options[0]), short) if options else None
    both = f"{match[0]} is {day_first} day first, {month_first} month first"
    dotted = [day_first] if match["sep"] == "." and day_first is not None else options
    deciding = (
        (_on_weekday(match, options), "the weekday decides"),
        (_not_ahead(options, today), "the other lies ahead of the report"),
        (dotted, "with dots the day comes first"),
    )
    for kept, why in deciding:
        if len(kept) == 1:
            return Reading(match.start(), match.end(), "absolute", (kept[0], kept[0]), (f"{both}: {why}", *short))
    span = (options[0], options[1])
    codes = max((3, 4), _days.precision_of(*span))
    return Reading(match.start(), match.end(), "absolute", span, (f"{both}: not guessed", *short), precision=codes)


def _on_weekday(match: re.Match[str], options: list[date]) -> list[date]:
    if not match["weekday"]:
        return options
    wanted = words().weekdays[fold(match["weekday"]).rstrip(".")]
    return [day for day in options if day.weekday() == wanted]


def _not_ahead(options: list[date], today: date | None) -> list[date]:
    if today is None:
        return options
    return [day for day in options if (day - today).days <= _days.GRACE_DAYS]


@form(r"(?P<day>3[01]|[12]\d|0?[1-9])-?(?P<month><month>)-?(?P<year>(?:19|20)\d\d)(?!\w)")
def _joined(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "19-Nov-2023", "19NOV2023"."""
    return some(dated(match, match["year"], month_number(match), number(match, "day"), today))
