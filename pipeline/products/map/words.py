"""Codes in words, as the map shows them: dates with their precision, harm with its bounds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from pipeline.codes import precision_words

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_POLYGONS = frozenset({4, 6, 7})  # UCDP where_prec: province, country, sea
_MONTH_LONGER = 5  # UCDP date_prec: more than a month


def day_of(value: date | pd.Timestamp | None) -> date | None:
    """Return the calendar day of a date, a timestamp or a missing value."""
    if value is None or pd.isna(value):
        return None
    day: date = pd.Timestamp(value).date()
    return day


def date_words(start: date | None, end: date | None, time_precision: int | None, date_prec: int | None = None) -> str:
    """Say when, no finer than it is known.

    Parameters
    ----------
    start, end : date or None
        First and last possible day.
    time_precision : int or None
        ACLED: 1 day, 2 week, 3 month.
    date_prec : int or None
        UCDP 1-5; 5 is more than a month.

    Returns
    -------
    str
        The words; "date not stated" where there is no date.

    Examples
    --------
    >>> date_words(date(2023, 11, 20), date(2023, 11, 20), 1)
    '20 Nov 2023 (day)'
    >>> date_words(date(2023, 11, 1), date(2023, 11, 30), 3)
    'Nov 2023 (month)'
    """
    if start is None:
        return "date not stated"
    end = max(end or start, start)
    if time_precision == 3 and (start.year, start.month) == (end.year, end.month):
        return f"{_MONTHS[start.month - 1]} {start.year} (month)"
    return f"{span_words(start, end)} ({_scale(start, end, time_precision, date_prec)})"


def _scale(start: date, end: date, time_precision: int | None, date_prec: int | None) -> str:
    if date_prec == _MONTH_LONGER:
        return "more than a month"
    if time_precision == 1 and start != end:
        return "days"
    return {1: "day", 2: "week", 3: "month"}.get(time_precision or 0, "precision not known")


def span_words(start: date, end: date) -> str:
    """Say a span of days without repeating the month or the year.

    Examples
    --------
    >>> span_words(date(2023, 11, 20), date(2023, 11, 26))
    '20–26 Nov 2023'
    """
    if start == end:
        return _day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_day(end)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} – {_day(end)}"
    return f"{_day(start)} – {_day(end)}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def count_words(bounds: tuple[int | None, int | None, int | None], what: str, qualifier: str = "") -> str:
    """Say how many between which bounds; nothing where no bound is given.

    Parameters
    ----------
    bounds : tuple of (int or None)
        Low, best, high; None is "not said", never zero.
    what : str
        What is counted: "killed", "injured".
    qualifier : str
        ``about`` softens a single figure, ``several`` is said as such; the other qualifiers follow from the bounds.

    Examples
    --------
    >>> count_words((8, 8, 8), "injured")
    '8 injured'
    >>> count_words((62, 62, None), "injured")
    'at least 62 injured'
    >>> count_words((2, 3, None), "killed", "several")
    'several killed (at least 2, perhaps 3)'
    """
    low, best, high = bounds
    if low is None and best is None and high is None:
        return ""
    if high is None:
        return _open_count(low, best, what, qualifier)
    if low is None:
        return f"at most {high:,} {what}"
    if low == high:
        return f"{'about ' if qualifier == 'about' else ''}{low:,} {what}" if low else f"none {what}"
    middle = f" (best estimate {best:,})" if best is not None else ""
    return f"{low:,} to {high:,} {what}{middle}"


def _open_count(low: int | None, best: int | None, what: str, qualifier: str) -> str:
    least = low if low is not None else best
    if least is None:
        return ""
    perhaps = f", perhaps {best:,}" if best is not None and best > least else ""
    if qualifier == "several":
        return f"several {what} (at least {least:,}{perhaps})"
    return f"at least {least:,} {what}{f' ({perhaps[2:]})' if perhaps else ''}"


def harm_words(row: Mapping[str, Any]) -> str:
    """Say the deaths and injuries of an event row, or "not stated"."""
    qualifier = str(row["count_qualifier"] or "")
    killed = count_words((row["low"], row["best"], row["high"]), "killed", qualifier)
    injured = count_words((row["injuries_low"], row["injuries_best"], row["injuries_high"]), "injured", qualifier)
    return "; ".join(words for words in (killed, injured) if words) or "not stated"


def place_precision_words(row: Mapping[str, Any]) -> str:
    """Say how well the place of an event row is known.

    UCDP's ``where_prec`` is the finer scale and is used where it is there. A radius is said where the place is a point
    or a sector, not where its polygon is known.
    """
    radius = row["uncertainty_m"] if row["where_prec"] not in _POLYGONS else None
    field = "where_prec" if row["where_prec"] is not None else "geo_precision"
    within = f", within about {_distance(radius)}" if radius else ""
    return f"{precision_words(field, row[field])}{within}"


def _distance(metres: float) -> str:
    return f"{metres / 1000:,.0f} km" if metres >= 950 else f"{metres:,.0f} m"


def disagreement_words(item: Mapping[str, Any]) -> str:
    """Say where reports differ, what each says and what was settled on.

    Examples
    --------
    >>> disagreement_words({"aspect": "deaths", "settled": "3", "told": [{"value": "3"}, {"value": "5"}]})
    'deaths: 3 / 5; taken: 3'
    """
    told = item.get("told")
    values = [str(one.get("value", "")) for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    settled = item.get("settled")
    said = f"{item.get('aspect') or 'reports differ'}: {' / '.join(values)}"
    return f"{said}; taken: {settled}" if settled not in {None, ""} else said
