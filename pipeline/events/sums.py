"""Whether a telling counts over several incidents: "killed seven in |two operations|", "in |separate shootings|"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.events._words import either, table
from pipeline.models import When

__all__ = ["spans_days", "tells_of_several"]

DAYS_ON_END, SEVERAL_DAYS = 3, 3  # UCDP date_prec; days


@cache
def _several() -> re.Pattern[str]:
    """Compile what says that it was at several places, or several times."""
    raw = table("counts")["several_incidents"]
    number = r"(?:at\s+least\s+|more\s+than\s+)?(?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|[1-9]\d)"
    many = rf"(?:{number}|{either(raw['many'])})"
    between = rf"(?:(?!(?:{either(raw['times'])}|of)\b)[\w’'-]+\s+){{0,2}}?"
    things = either([*raw["blows"], *raw["places"]])
    return re.compile(
        rf"\b(?:in|during|across|by|over|at)\s+(?:the\s+)?{many}\s+{between}(?:{things})\b"
        rf"|\b(?:{either(raw['rows'])})\s+of\s+{between}(?:{either(raw['blows'])})\b",
        re.IGNORECASE,
    )


def tells_of_several(words: str) -> bool:
    """Return whether the words of a telling say that it was more than one incident.

    Examples
    --------
    >>> tells_of_several("killed seven in two operations"), tells_of_several("killed seven in two hours of clashes")
    (True, False)
    """
    return _several().search(words) is not None


def spans_days(when: When | None) -> bool:
    """Return whether it is told of days on end: "from August 27 to September 1".

    Examples
    --------
    >>> from datetime import date
    >>> spans_days(When(date(2024, 8, 27), date(2024, 9, 1), 2, 3, "")), spans_days(None)
    (True, False)
    """
    if when is None or when.date_prec > DAYS_ON_END:
        return False
    return (when.date_end - when.date_start).days >= SEVERAL_DAYS
