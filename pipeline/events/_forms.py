"""What the forms of time words are made of: the words (``data/dates.yaml``), their patterns, the register."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from pipeline.events import _days
from pipeline.events._words import either, fold, table
from pipeline.events.numbers import cardinal_pattern

__all__ = [
    "NO_DAY",
    "Reading",
    "TimeKind",
    "compiled",
    "dated",
    "form",
    "month_number",
    "number",
    "some",
    "stands_before",
    "words",
]

TimeKind = Literal["absolute", "relative", "anaphoric", "since", "historical", "duration", "clock"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one form says, at ``text[start:end]``; dates are None where it tells none."""

    start: int
    end: int
    kind: TimeKind
    span: tuple[date, date] | None = None
    reasons: tuple[str, ...] = ()
    offset_days: int | None = None
    precision: tuple[int, int] | None = None
    year_said: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """The words that say when, read once."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    day_words: Mapping[str, int]
    anaphoric: Mapping[str, int]
    units: Mapping[str, int]
    recent: Mapping[str, int]
    vague_units: tuple[int, int]
    fixed_days: Mapping[str, tuple[int, int]]
    hijri_months: Mapping[str, int]
    hijri_days: Mapping[str, tuple[int, int]]
    lists: Mapping[str, tuple[str, ...]]


@cache
def words() -> Words:
    """Read ``data/dates.yaml``."""
    raw = table("dates")
    low, high = raw["vague_units"]
    lists = ("about", "day_parts", "future", "names", "after_names", "before_month", "before_year")
    return Words(
        months=raw["months"],
        weekdays={**raw["weekdays"], **raw["short_weekdays"]},
        day_words=raw["day_words"],
        anaphoric=raw["anaphoric"],
        units=raw["units"],
        recent=raw["recent"],
        vague_units=(low, high),
        fixed_days={name: (month, day) for name, (month, day) in raw["fixed_days"].items()},
        hijri_months=raw["hijri_months"],
        hijri_days={name: (month, day) for name, (month, day) in raw["hijri_days"].items()},
        lists={name: tuple(raw[name]) for name in lists},
    )


Reader = Callable[[re.Match[str], date | None], Iterable[Reading]]
FORMS: list[tuple[str, Reader, tuple[str, ...]]] = []
NO_DAY = "the report's own day is not known"


def form(source: str, *needs: str) -> Callable[[Reader], Reader]:
    """Register a reader for one form; ``<month>``, ``<day>``… stand for the patterns of :func:`parts`.

    ``needs``: letters in lower case, of which a text must have one for the form to be looked for at all.
    """

    def register(reader: Reader) -> Reader:
        FORMS.append((source, reader, needs))
        return reader

    return register


def capital(names: Iterable[str]) -> str:
    """Return an alternation that wants a capital: "Nov", "NOV" with or without a full stop, not "nov"."""
    ordered = sorted(names, key=lambda n: (-len(n), n))
    return "|".join(rf"(?-i:{n.title()}|{n.upper()})\.?" for n in ordered)


@cache
def parts() -> Mapping[str, str]:
    """Return the patterns that forms are made of."""
    known = words()
    return {
        "month": rf"(?:{capital(known.months)})(?![^\W\d_])",
        "day": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w:%]|\.\d|,\d{3}(?!\d))",
        "year": r"(?:19|20)\d\d(?![\w%]|[.,]\d)",
        "weekday": rf"(?:{either(n for n in known.weekdays if n.endswith('day'))})\b",
        "any_weekday": rf"(?:{either(n for n in known.weekdays if n.endswith('day'))}"
        rf"|{capital(n for n in known.weekdays if not n.endswith('day'))})(?![^\W\d_])",
        "part": rf"(?:{either(known.lists['day_parts'])})\b",
        "number": rf"(?:{cardinal_pattern()}|an?|several|a\s+few|few|a\s+couple\s+of|many)",
        "unit": rf"(?:{either(known.units)})s?\b",
        "about": rf"(?:{either(known.lists['about'])})",
        "day_words": either(known.day_words),
        "anaphoric": either(known.anaphoric),
        "fixed": either(known.fixed_days),
        "hijri": either(known.hijri_months),
        "hijri_days": either(known.hijri_days),
        "to": r"(?:\s?[-–—]\s?|\s+(?:to|through|until|till|and)\s+)",
    }


@cache
def compiled() -> tuple[tuple[re.Pattern[str], Reader, tuple[str, ...]], ...]:
    """Compile every form once."""
    return tuple((_compiled(source), read, needs) for source, read, needs in FORMS)


def _compiled(source: str) -> re.Pattern[str]:
    filled = re.sub(r"(?<!P)<(\w+)>", lambda m: parts()[m[1]], source)
    return re.compile(rf"(?<![\w$€£-])(?:{filled})", re.IGNORECASE)


def month_number(match: re.Match[str], group: str = "month") -> int:
    """Return the number of the month in a group."""
    return words().months[fold(match[group]).rstrip(".")]


def number(match: re.Match[str], group: str) -> int:
    """Return the number in a group of digits, "21" or "21st"."""
    return int(re.sub(r"\D", "", match[group]))


@cache
def _lead(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Compile "one of the phrases at the end"."""
    return re.compile(rf"(?<!\w)(?:{either(phrases)})[\s-]+\Z", re.IGNORECASE)


def stands_before(match: re.Match[str], phrases: tuple[str, ...]) -> bool:
    """Return whether one of the phrases stands right before the match."""
    return _lead(phrases).search(match.string[max(0, match.start() - 40) : match.start()]) is not None


def dated(match: re.Match[str], year: str | None, month: int, day: int, today: date | None) -> Reading | None:
    """Return the reading of a day and month with its year, said or inferred."""
    start, end = match.span()
    if year:
        found = _days.day_of(int(year), month, day)
        return None if found is None else Reading(start, end, "absolute", (found, found))
    if today is None:
        return Reading(start, end, "absolute", None, ("the year is not said and " + NO_DAY,), year_said=False)
    weekday = match.groupdict().get("weekday")
    wanted = words().weekdays[fold(weekday).rstrip(".")] if weekday else None
    future = stands_before(match, words().lists["future"])
    found = _days.nearest_day(month, day, today, weekday=wanted, future=future)
    reason = f"the year is not said: taken as the {'next' if future else 'last'} such day counted from {today}"
    if found is None:
        found = _days.nearest_day(month, day, today)
        reason = f"{weekday} does not fit that day in any near year"
    return None if found is None else Reading(start, end, "absolute", (found, found), (reason,), year_said=False)


def some(reading: Reading | None) -> tuple[Reading, ...]:
    """Return no or one reading as a tuple."""
    return () if reading is None else (reading,)
