"""The forms counted from the report's own day or the event told before: "late Monday", "24 hours earlier"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.events import _days
from pipeline.events._forms import NO_DAY, Reading, TimeKind, form, some, stands_before, words
from pipeline.events._words import fold
from pipeline.events.numbers import cardinal

__all__: list[str] = []

_OWN_DAY = "counted from the report's own day"
_NIGHT = "a night is coded as the day it ended"
_VAGUE_NUMBERS = {
    "several": (2, 6),
    "a few": (2, 5),
    "few": (2, 5),
    "a couple of": (2, 2),
    "many": (3, 30),
    "a": (1, 1),
    "an": (1, 1),
}


def _day(match: re.Match[str], day: date | None, *reasons: str) -> Reading:
    """Return the reading of one day, relative to the report."""
    span = None if day is None else (day, day)
    return Reading(match.start(), match.end(), "relative", span, reasons if day else (NO_DAY,))


def _span(
    match: re.Match[str], start: date | None, end: date | None, precision: tuple[int, int] | None = None
) -> Reading:
    """Return the reading of a span, relative to the report."""
    span = None if start is None or end is None else (start, end)
    return Reading(
        match.start(), match.end(), "relative", span, (_OWN_DAY,) if span else (NO_DAY,), precision=precision
    )


@form(
    r"(?:(?P<which>last|next|this|the\s+previous|the\s+following|this\s+past|this\s+coming)\s+|"
    r"(?P<before>last|this|next)\s+week\s+(?:on\s+)?|(?P<night>overnight)\s+(?:(?:on|into|to|until)\s+)?|"
    r"(?:early|earlier|late|later)\s+(?:on\s+)?|early\s+in\s+the\s+day\s+on\s+)?"
    r"(?P<weekday><any_weekday>)(?:\s+(?:early\s+)?(?:<part>))?(?:\s+(?:of\s+)?(?P<week>last|this|next)\s+week)?"
)
def _weekday(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "Tuesday evening", "last Thursday", "last week Friday": the last such day unless the words say another."""
    name = fold(match["weekday"])
    if not name.endswith("day") and not (name.endswith(".") or stands_before(match, ("on",))):
        return ()
    if today is None:
        return (_day(match, None),)
    which = fold(match["which"] or "")
    if which == "the following":
        return (Reading(match.start(), match.end(), "anaphoric", None, ("counted from what was told before",)),)
    weekday = words().weekdays[name.rstrip(".")]
    week = fold(match["week"] or match["before"] or "")
    day, reason = _which_weekday(weekday, which, week, today)
    if not which and not week and stands_before(match, words().lists["future"]):
        day, reason = _which_weekday(weekday, "next", "", today)
    return (_day(match, day, *filter(None, (reason, _NIGHT if match["night"] else ""))),)


def _which_weekday(weekday: int, which: str, week: str, today: date) -> tuple[date, str]:
    """Return the weekday meant, and why that one."""
    last = _days.last_weekday(weekday, today)
    if week or which == "this":
        monday = today - timedelta(days=today.weekday())
        shift = {"last": -7, "next": 7}.get(week, 0)
        return monday + timedelta(days=shift + weekday), f"that day of the week of {monday + timedelta(days=shift)}"
    if "next" in which or "coming" in which:
        return last + timedelta(days=7), f"the next such day after {today}"
    if which:
        day = last if last < today else last - timedelta(days=7)
        return day, f"the last such day before {today}"
    return last, f"the last such day not after {today}"


@form(
    r"(?:(?P<lead>overnight|from|between|the\s+night\s+of|the\s+night\s+between)\s+){0,2}(?P<w1><weekday>)"
    r"(?:\s+<part>)?"
    r"(?P<to>\s?[-–]\s?|\s+(?:to|through|until|into|and\s+into|and)\s+)(?:early\s+|the\s+early\s+hours\s+of\s+)?"
    r"(?P<w2><weekday>)(?:\s+<part>)?"
)
def _weekday_range(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "Monday night into Tuesday", "between Monday and Thursday"."""
    if fold(match["to"]) == "and" and not match["lead"]:
        return ()
    if today is None:
        return (_day(match, None),)
    last = _days.last_weekday(words().weekdays[fold(match["w2"])], today)
    return (_span(match, _days.last_weekday(words().weekdays[fold(match["w1"])], last), last),)


@form(r"(?:(?:early|late|earlier|later)\s+(?:on\s+)?)?(?P<phrase><day_words>)(?!\w)")
def _day_word(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "yesterday", "this morning", "overnight"."""
    phrase = fold(match["phrase"])
    if today is None:
        return (_day(match, None),)
    reasons = (_OWN_DAY, _NIGHT) if phrase == "overnight" else (_OWN_DAY,)
    return (_day(match, _days.add_days(today, words().day_words[phrase]), *reasons),)


@form(r"(?P<phrase><anaphoric>)(?!\w)(?P<clause>\s+(?!when|and|in|at|on|near|but|as|while|with|to|by|from)[\w“\"])?")
def _anaphoric(match: re.Match[str], _today: date | None) -> tuple[Reading, ...]:
    """Read "the day before", "the following day"; "the day before the vote" hangs on what follows and gives no day."""
    phrase = fold(match["phrase"])
    start, end = match.span("phrase")
    if match["clause"] and phrase.endswith((" before", " after")):
        return (Reading(start, end, "duration", None, ("counted from what the text says next",)),)
    reason = "counted from what was told before"
    return (Reading(start, end, "anaphoric", None, (reason,), offset_days=words().anaphoric[phrase]),)


@form(
    r"(?:<about>\s+)?(?:(?P<number><number>)\s+)?(?P<unit><unit>)\s+"
    r"(?P<way>ago|earlier|before|prior|previously|later|after|afterwards?)\b"
    r"(?P<clause>\s+(?!when|and|in|at|on|near|but|while|with|by|from)[\w“\"’'])?"
)
def _units_away(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "two days ago", "about 24 hours earlier", "weeks later"."""
    amount = _amount(match["number"], match["unit"])
    if amount is None:
        return ()
    way, end = fold(match["way"]), match.end("way")
    if way == "ago":
        return some(_ago(match, amount, end, today))
    sign = 1 if way.startswith(("later", "after")) else -1
    offset = sign * ((amount[0] + amount[1]) // 2)
    if way in {"before", "after"} and match["clause"]:
        reasons = ("counted from what the text says next",)
        return (Reading(match.start(), end, "duration", None, reasons, -offset, _coarse(amount, match["unit"])),)
    away = f"{abs(offset)} day(s) {'after' if sign > 0 else 'before'}" if offset else "on the day of"
    reason = f"{away} what was told before"
    return (
        Reading(
            match.start(),
            end,
            "anaphoric",
            None,
            (reason,),
            offset_days=offset,
            precision=_coarse(amount, match["unit"]),
        ),
    )


def _amount(number: str | None, unit: str) -> tuple[int, int] | None:
    """Return the least and most days in "two weeks", "24 hours", "days"; None where it is no measure."""
    phrase = fold(number or "")
    if not phrase and not fold(unit).endswith("s"):
        return None
    low_high = _VAGUE_NUMBERS.get(phrase) if phrase else words().vague_units
    value = cardinal(phrase) if low_high is None else None
    if low_high is None and value is None:
        return None
    low, high = low_high or (value or 0, value or 0)
    name = fold(unit).rstrip("s")
    if name == "hour":
        return (low + 12) // 24, (high + 12) // 24 if number else 0
    days = words().units[name]
    return low * days, high * days


def _coarse(amount: tuple[int, int], unit: str) -> tuple[int, int]:
    """Return the precision of a distance in time: exact in days, a week in weeks, a month in months."""
    name = fold(unit).rstrip("s")
    codes = {"week": (2, 3), "fortnight": (2, 3), "month": (3, 4), "year": (3, 5), "decade": (3, 5)}
    return codes.get(name, (1, 1) if amount[0] == amount[1] else (2, 2))


def _ago(match: re.Match[str], amount: tuple[int, int], end: int, today: date | None) -> Reading | None:
    """Return the reading of "N units ago"; years and decades are history."""
    if today is None:
        return Reading(match.start(), end, "relative", None, (NO_DAY,))
    first, last = _days.add_days(today, -amount[1]), _days.add_days(today, -amount[0])
    if first is None or last is None:
        return None
    slack = {"month": 15, "year": 183, "decade": 1825}.get(fold(match["unit"]).rstrip("s"), 0)
    span = _days.add_days(first, -slack) or first, min(last + timedelta(days=slack), today)
    kind: TimeKind = "historical" if amount[0] >= 365 else "relative"
    return Reading(match.start(), end, kind, span, (_OWN_DAY,), precision=_coarse(amount, match["unit"]))


@form(
    r"(?:(?:earlier|later|late|early)\s+)?(?P<which>this|last|next|this\s+past|the\s+previous|the\s+following)\s+"
    r"(?P<unit>week|weekend|month|year)\b",
    "week",
    "month",
    "year",
)
def _this_unit(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "this week", "last month", "the following week"."""
    which, unit = fold(match["which"]), fold(match["unit"])
    if which in {"the previous", "the following"}:
        days = words().units.get(unit, 7) * (1 if which == "the following" else -1)
        reason = "counted from what was told before"
        return (Reading(match.start(), match.end(), "anaphoric", None, (reason,), days, _coarse((days, days), unit)),)
    if today is None:
        return (_day(match, None),)
    shift = {"this": 0, "last": -1, "this past": -1, "next": 1}[which]
    start, end = _UNITS[unit](today, shift)
    return (_span(match, start, min(end, today) if not shift else end, _UNIT_PRECISION[unit]),)


def _week(today: date, shift: int) -> tuple[date, date]:
    """Return Monday to Sunday of the week ``shift`` weeks away."""
    monday = today + timedelta(days=7 * shift - today.weekday())
    return monday, monday + timedelta(days=6)


def _weekend(today: date, shift: int) -> tuple[date, date]:
    """Return Saturday and Sunday: the last that has begun, or the next one."""
    saturday = _days.last_weekday(5, today) + timedelta(days=7 * max(shift, 0))
    return saturday, saturday + timedelta(days=1)


def _month(today: date, shift: int) -> tuple[date, date]:
    """Return the first and last day of the month ``shift`` months away."""
    index = today.year * 12 + today.month - 1 + shift
    return _days.span_of_month(index // 12, index % 12 + 1) or (today, today)


def _year(today: date, shift: int) -> tuple[date, date]:
    """Return the first and last day of the year ``shift`` years away."""
    return _days.span_of_year(today.year + shift)


_UNITS = {"week": _week, "weekend": _weekend, "month": _month, "year": _year}
_UNIT_PRECISION = {"week": (2, 3), "weekend": (2, 2), "month": (3, 4), "year": (3, 5)}


@form(r"(?:over|during|at|on|in)\s+the\s+(?:(?:past|last|previous)\s+)?weekend\b", "weekend")
def _the_weekend(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "over the weekend": the last that has begun."""
    return (_day(match, None),) if today is None else (_span(match, *_weekend(today, 0), (2, 2)),)


@form(
    r"(?:in|over|during|within|throughout|for)\s+the\s+(?:past|last|previous)\s+(?:(?P<number><number>)\s+)?"
    r"(?P<unit><unit>)(?!\s+(?:of|in)\s+<month>)(?!['’]s)",
    "past",
    "last",
    "previous",
)
def _past_units(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "over the past 24 hours", "in the last two weeks": from then until the report's own day."""
    amount = _amount(match["number"] or "a", match["unit"])
    if today is None or amount is None:
        return (_day(match, None),) if amount else ()
    return (_span(match, _days.add_days(today, -amount[1]), today),)


@form(r"(?:(?:in|over)\s+)?recent\s+(?P<unit>hours|days|weeks|months)\b", "recent")
def _recent(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "in recent days"."""
    days = words().recent[fold(match["unit"])]
    return (_day(match, None),) if today is None else (_span(match, _days.add_days(today, -days), today),)


@form(
    r"(?:for|lasted|lasting|took|over)\s+(?:<about>\s+)?(?P<number><number>)\s+(?P<unit><unit>)"
    r"(?!\s+(?:ago|earlier|later|before|after)\b)(?![-\w])"
)
def _duration(match: re.Match[str], _today: date | None) -> tuple[Reading, ...]:
    """Read "for two days": how long, not when."""
    return (Reading(match.start(), match.end(), "duration", None, ("how long, not when",)),)


@form(r"(?P<phrase><fixed>)(?:,?\s+(?P<year><year>))?", "day", "eve", "nowruz")
def _fixed(match: re.Match[str], today: date | None) -> tuple[Reading, ...]:
    """Read "New Year's Eve"."""
    month, day = words().fixed_days[fold(match["phrase"])]
    if today is None and not match["year"]:
        return (Reading(match.start(), match.end(), "absolute", None, (NO_DAY,)),)
    found = (
        _days.day_of(int(match["year"]), month, day)
        if match["year"]
        else _days.nearest_day(month, day, today or date.min)
    )
    return () if found is None else (Reading(match.start(), match.end(), "absolute", (found, found)),)


@form(
    r"(?:(?:around|about|approximately|shortly\s+(?:before|after))\s+)?"
    r"(?:(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?\s?(?:[ap]\.m\.|[ap]m\b)"
    r"|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?!\d)|[0-2]\d[0-5]\d(?=\s*(?:GMT|UTC|hours|local)\b)|"
    r"(?:dawn|dusk|midday|noon|midnight)\b)"
    r"(?:\s+(?:local(?:\s+time)?|GMT|UTC|E[SD]?T\b|hours\b|(?-i:[A-Z][a-z]+)\s+time))?"
    r"(?:\s*\([\d:.]{1,5}\s?(?:GMT|UTC|[ap]\.?m\.?[^()]{0,12})\))?"
)
def _clock(match: re.Match[str], _today: date | None) -> tuple[Reading, ...]:
    """Read an hour: of the same day as what stands beside it, or as what was told before."""
    return (Reading(match.start(), match.end(), "clock", None, ("an hour of the same day",), offset_days=0),)
