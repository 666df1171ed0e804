"""Parts of a week, month or year: "the first week of May", "the second half of 2022", "earlier in the week"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.events import _days
from pipeline.events._forms import NO_DAY, Reading, form, month_number, some, words
from pipeline.events._words import fold

__all__: list[str] = []

_OWN_DAY = "counted from the report's own day"
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_ORDINAL = r"first|second|third|fourth|last|1st|2nd|3rd|4th"


def _month(match: re.Match[str], today: date | None) -> tuple[date, date, tuple[str, ...]] | None:
    """Return the month of a match, its year said or the last in which it has begun, and why."""
    if not match["year"] and today is None:
        return None
    month = month_number(match)
    year = int(match["year"]) if match["year"] else _days.month_of(month, today or date.min)
    span = _days.span_of_month(year, month)
    why = () if match["year"] else (f"the year is not said: taken as the one nearest before {today}",)
    return None if span is None else (*span, why)


def _absolute(match: re.Match[str], span: tuple[date, date], why: tuple[str, ...]) -> Reading:
    said = bool(match.groupdict().get("year"))
    return Reading(
        match.start(), match.end(), "absolute", span, why, precision=_days.precision_of(*span), year_said=said
    )


@form(rf"(?:the\s+)?(?P<which>{_ORDINAL})\s+week\s+(?:of|in)\s+(?P<month><month>)(?:,?\s+(?P<year><year>))?", "week")
def _week_of_month(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "the first week of November": its first seven days."""
    found = _month(match, today)
    if found is None:
        return ()
    start, end, why = found
    which = _ORDINALS.get(fold(match["which"]))
    first = end - timedelta(days=6) if which is None else start + timedelta(days=7 * (which - 1))
    return (_absolute(match, (first, first + timedelta(days=6)), why),)


@form(r"(?:the\s+)?(?P<which>first|second|latter)\s+half\s+of\s+(?P<month><month>)(?:,?\s+(?P<year><year>))?", "half")
def _half_of_month(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "the second half of October"."""
    found = _month(match, today)
    if found is None:
        return ()
    start, end, why = found
    middle = start + timedelta(days=14)
    span = (start, middle) if fold(match["which"]) == "first" else (middle + timedelta(days=1), end)
    return (_absolute(match, span, why),)


@form(rf"(?:the\s+)?(?P<which>{_ORDINAL}|latter)\s+(?P<part>half|quarter)\s+of\s+(?P<year><year>)", "half", "quarter")
def _part_of_year(match: re.Match[str], _today: date | None) -> tuple[Reading, ...]:
    """Read "the first half of 2023", "the third quarter of 2022"."""
    parts = 2 if fold(match["part"]) == "half" else 4
    which = _ORDINALS.get(fold(match["which"]), parts)
    if which > parts:
        return ()
    months = 12 // parts
    start = date(int(match["year"]), months * (which - 1) + 1, 1)
    end = _days.span_of_month(start.year, months * which)
    return () if end is None else (_absolute(match, (start, end[1]), ()),)


@form(
    r"(?:between|from)\s+(?P<first>(?:19|20)\d\d)\s+(?:and|to|until|till|through)\s+(?P<last>(?:19|20)\d\d)(?![\w%]|[-,.]\d)",
    "between",
    "from",
)
def _years(match: re.Match[str], _today: date | None) -> tuple[Reading, ...]:
    """Read "between 2014 and 2017"."""
    first, last = int(match["first"]), int(match["last"])
    span = (date(first, 1, 1), date(last, 12, 31))
    return (Reading(match.start(), match.end(), "absolute", span, precision=(3, 5)),) if first < last else ()


@form(r"(?P<part>early|mid|late)-(?P<year><year>)", "early-", "mid-", "late-")
def _hyphened_year(match: re.Match[str], _today: date | None) -> tuple[Reading, ...]:
    """Read "mid-2022": the year, no more."""
    span = _days.span_of_year(int(match["year"]))
    return (Reading(match.start(), match.end(), "absolute", span, precision=(3, 5)),)


def _unit(unit: str, today: date) -> tuple[date, date]:
    """Return the week, month or year that has begun, to its end."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return _days.span_of_month(today.year, today.month) or (today, today)
    return _days.span_of_year(today.year)


@form(r"(?:earlier|later|early|late)\s+in\s+the\s+(?P<unit>week|month|year)\b", "week", "month", "year")
def _earlier_in_the(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "earlier in the week": what of it has passed, or is to come."""
    if today is None:
        return (Reading(match.start(), match.end(), "relative", None, (NO_DAY,)),)
    start, end = _unit(fold(match["unit"]), today)
    span = (today, end) if fold(match[0]).startswith("later") else (start, today)
    codes = {"week": (2, 3), "month": (3, 4), "year": (3, 5)}[fold(match["unit"])]
    return (Reading(match.start(), match.end(), "relative", span, (_OWN_DAY,), precision=codes),)


@form(
    r"the\s+(?P<edge>start|beginning|middle|end)\s+of\s+(?P<which>the|this|last)\s+(?P<unit>week|month|year)\b",
    "start",
    "beginning",
    "middle",
    "end",
)
def _edge_of_unit(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "the start of the year", "the end of last month": a third of it."""
    if today is None:
        return (Reading(match.start(), match.end(), "relative", None, (NO_DAY,)),)
    span = _edge(fold(match["edge"]), *_unit_meant(fold(match["which"]), fold(match["unit"]), today))
    if span[0] > today and fold(match["which"]) == "the" and fold(match["edge"]) != "end":
        # "since the middle of the month", said on the 1st
        span = _edge(fold(match["edge"]), *_unit_meant("last", fold(match["unit"]), today))
    return (Reading(match.start(), match.end(), "relative", span, (_OWN_DAY,), precision=_days.precision_of(*span)),)


def _unit_meant(which: str, unit: str, today: date) -> tuple[date, date]:
    """Return this or the last week, month or year."""
    start, end = _unit(unit, today)
    return _unit(unit, start - timedelta(days=1)) if which == "last" else (start, end)


def _edge(edge: str, start: date, end: date) -> tuple[date, date]:
    """Return the first, middle or last third of a span."""
    third = (end - start).days // 3
    first = {"middle": start + timedelta(days=third), "end": end - timedelta(days=third)}.get(edge, start)
    return first, first + timedelta(days=third)


@form(
    r"(?:(?P<number><number>)\s+weeks?\s+ago\s+(?:on\s+)?(?P<w1><weekday>|today\b)|(?P<w2><weekday>)\s+(?P<n2><number>)\s+weeks?\s+ago)",
    "week",
)
def _weekday_weeks_ago(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "two weeks ago on Monday", "Sunday three weeks ago", "a week ago today"."""
    weeks = _weeks(match["number"] or match["n2"])
    if today is None or weeks is None:
        return ()
    name = fold(match["w1"] or match["w2"])
    shift = 0 if name == "today" else words().weekdays[name] - today.weekday()
    day = _days.add_days(today, shift - 7 * weeks)
    return () if day is None else (Reading(match.start(), match.end(), "relative", (day, day), (_OWN_DAY,)),)


def _weeks(phrase: str) -> int | None:
    from_word = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
    return from_word.get(fold(phrase)) or (int(phrase) if phrase.isdigit() else None)


@form(
    r"(?:(?P<weekday><any_weekday>),?\s+)?(?:the\s+)(?P<day>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)"
    r"(?:\s+(?:of\s+)?(?P<which>this|last)\s+month|(?=\s*(?:[.,;:)]|\Z)|\s+(?:at|when|and|in)\s))",
)
def _ordinal_day(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "Sunday the 19th", "the 3rd of this month": only with a weekday or a month, for "the 19th" counts too."""
    if today is None or not (match["weekday"] or match["which"]):
        return ()
    first = today.replace(day=1)
    months = [first, (first - timedelta(days=1)).replace(day=1)]
    if match["which"]:
        months = [months[0]] if fold(match["which"]) == "this" else [months[1]]
    wanted = words().weekdays[fold(match["weekday"]).rstrip(".")] if match["weekday"] else None
    days = (_days.day_of(m.year, m.month, int(match["day"])) for m in months)
    fits = [d for d in days if d and (wanted is None or d.weekday() == wanted)]
    reason = f"the month is taken as the last in which it fits, counted from {today}"
    return some(Reading(match.start(), match.end(), "absolute", (fits[0], fits[0]), (reason,)) if fits else None)
