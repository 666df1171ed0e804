"""The forms that name a day, a month or a year: "Nov 21", "between 3 and 5 May", "early October", "in 2014".

A reader turns a match into readings; it gives none where the form is there but the sense is not ("in May 12 people").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.events import _days
from pipeline.events._forms import NO_DAY, Reading, dated, form, month_number, number, some, stands_before, words
from pipeline.events._words import fold

__all__: list[str] = []

_THIRDS = {
    "early": "early",
    "mid": "mid",
    "late": "late",
    "beginning": "early",
    "start": "early",
    "middle": "mid",
    "end": "late",
}


@form(
    r"(?:(?P<weekday><any_weekday>)(?:\s+<part>)?,?\s+\(?)?(?P<month><month>)\s+(?:the\s+)?(?P<day><day>)"
    r"(?:(?:,|\s+of)?\s+(?P<year><year>))?"
)
def _month_day(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "Nov 21", "Tuesday, November 21, 2023"; not "in May 12 people"."""
    if not match["year"] and stands_before(match, ("in",)):
        return ()
    return some(dated(match, match["year"], month_number(match), number(match, "day"), today))


@form(
    r"(?:(?P<weekday><any_weekday>)(?:\s+<part>)?,?\s+\(?)?(?:the\s+)?(?P<day><day>)\s+(?:of\s+)?(?P<month><month>)"
    r"(?:,?\s+(?P<year><year>))?"
)
def _day_month(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "21 November", "the 3rd of May 2024"."""
    return some(dated(match, match["year"], month_number(match), number(match, "day"), today))


@form(
    r"(?P<month><month>)\s+(?P<days><day>(?:\s*,\s*<day>){0,8},?\s+and\s+<day>)(?:,?\s+(?P<year><year>))?"
    r"(?=\s*(?:[,.;:)—]|\Z|(?:in|at|on|near|by|of|against|from|to|with|when)\b))"
)
def _day_list(match: re.Match[str], today: date | None) -> Iterator[Reading]:
    """Read each day of "April 4, 18 and 21"."""
    for day in re.finditer(r"\d{1,2}", match["days"]):
        reading = dated(match, match["year"], month_number(match), int(day[0]), today)
        offset = match.start("days")
        if reading is not None:
            first = match.start() if not day.start() else offset + day.start()
            yield Reading(
                first, offset + day.end(), "absolute", reading.span, reading.reasons, year_said=reading.year_said
            )


@form(r"(?P<days><day>(?:\s*,\s*<day>){0,8})\s+and\s+(?=<day>\s+(?P<month><month>)(?:,?\s+(?P<year><year>))?)")
def _days_before_month(match: re.Match[str], today: date | None) -> Iterator[Reading]:
    """Read the first days of "3, 4 and 5 May"; the last is read by itself."""
    if stands_before(match, ("between",)):
        return
    for day in re.finditer(r"\d{1,2}", match["days"]):
        reading = dated(match, match["year"], month_number(match), int(day[0]), today)
        if reading is not None:
            start = match.start("days") + day.start()
            yield Reading(
                start, start + len(day[0]), "absolute", reading.span, reading.reasons, year_said=reading.year_said
            )


def _day_range(match: re.Match[str], today: date | None, months: tuple[int, int]) -> tuple[Reading, ...]:
    """Return the span from the first to the second day of a match."""
    if fold(match["to"]) == "and" and not match["between"]:
        return ()
    last = dated(match, match["year"], months[1], number(match, "d2"), today)
    if last is None or last.span is None:
        return some(last)
    day = last.span[1]
    first = _days.day_of(day.year if months[0] <= months[1] else day.year - 1, months[0], number(match, "d1"))
    if first is None or first > day:
        return ()
    return (Reading(last.start, last.end, "absolute", (first, day), last.reasons, year_said=last.year_said),)


@form(
    r"(?P<between>(?:between|from)\s+)?(?P<m1><month>)\s+(?P<d1><day>)(?P<to><to>)(?:(?P<m2><month>)\s+)?"
    r"(?P<d2><day>)(?:,?\s+(?P<year><year>))?"
)
def _month_day_range(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "July 20-21", "from Oct. 18 to Oct. 20"."""
    first = month_number(match, "m1")
    return _day_range(match, today, (first, month_number(match, "m2") if match["m2"] else first))


@form(
    r"(?P<between>(?:between|from)\s+)?(?:the\s+)?(?P<d1><day>)(?:\s+(?P<m1><month>))?(?P<to><to>)(?:the\s+)?"
    r"(?P<d2><day>)\s+(?:of\s+)?(?P<m2><month>)(?:,?\s+(?P<year><year>))?"
)
def _day_month_range(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "between 3 and 5 May", "28 April to 2 May 2024"."""
    last = month_number(match, "m2")
    return _day_range(match, today, (month_number(match, "m1") if match["m1"] else last, last))


@form(
    r"(?:(?P<third>early|mid|late|(?:the\s+)?(?:beginning|start|middle|end)\s+of)[\s-]+)?"
    r"(?:(?P<which>last|this|next)\s+)?(?P<month><month>)"
    r"(?:(?:,|\s+of)?\s+(?P<year><year>)|\s+(?:of\s+)?(?P<rel>last|this)\s+year)?(?!\s+\d{1,2}\b(?!\s+\w))"
)
def _whole_month(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "in January", "early October", "March 2003"; a bare month only after "in", "since" and their like."""
    said = match["year"] or match["third"] or match["which"] or match["rel"]
    if not said and not stands_before(match, words().lists["before_month"]):
        return ()
    if today is None and not match["year"]:
        return (Reading(match.start(), match.end(), "absolute", None, ("the year is not said and " + NO_DAY,)),)
    month = month_number(match)
    year = int(match["year"]) if match["year"] else _year_of_month(match, month, today or date.min)
    third = next((third for word, third in _THIRDS.items() if word in fold(match["third"] or "")), "")
    span = _days.span_of_month(year, month, third)
    reasons = () if match["year"] else (f"the year is not said: taken as the one nearest before {today}",)
    return () if span is None else (Reading(match.start(), match.end(), "absolute", span, reasons, precision=(3, 4)),)


def _year_of_month(match: re.Match[str], month: int, today: date) -> int:
    """Return the year of a month that is named without one."""
    which = fold(match["which"] or "")
    if match["rel"]:
        return today.year - (fold(match["rel"]) == "last")
    if which == "next":
        return today.year + (month <= today.month)
    if which == "last":
        return today.year - (month >= today.month)
    return _days.month_of(month, today)


@form(r"(?P<year>(?:19|20)\d\d)(?:(?P<decade>s)|\s?[-–]\s?(?P<last>(?:19|20)\d\d))?(?![\w%]|[-–.,:/]\d|-\w)")
def _whole_year(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "in 2014", "the 2003 invasion", "2011-2019"; a bare year only after the words that lead up to one."""
    year = int(match["year"])
    if not stands_before(match, words().lists["before_year"]) or (today is not None and year > today.year + 1):
        return ()
    following = re.match(r"\s+([^\W\d_]+)", match.string[match.end() : match.end() + 30])
    plural = following is not None and following[1].islower() and following[1].endswith(("s", "people", "personnel"))
    if plural and not stands_before(match, ("in", "since", "during", "until")):
        return ()
    last = int(match["last"]) if match["last"] else year + (9 if match["decade"] else 0)
    if last < year:
        return ()
    span = (_days.span_of_year(year)[0], _days.span_of_year(last)[1])
    return (Reading(match.start(), match.end(), "absolute", span, precision=(3, 5)),)
