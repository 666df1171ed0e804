"""Logs kept by the day: "Tuesday, August 13" on a line of its own is the day of what stands below it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from pipeline.events.dates import find_times, when_of
from pipeline.models import When

FEWEST = 2  # headings: one day alone is where a report is dated
#: A short line with a figure that opens with a word or a figure, as "13 August", "- Tue 13/08:", "**August 13, 2019**".
_LINE = re.compile(r"^[ \t*#•–—-]*(?P<day>(?=[^\n]*\d)[A-Za-z\d][^\n]{3,38}?)[ \t*#:.–—-]*$", re.MULTILINE)
WHY = "the day that heads its part of the report"


def day_headings(text: str, today: date | None) -> tuple[tuple[int, When], ...]:
    r"""Return where the lines that are only a day end, and which day; none for a text with fewer than two.

    Parameters
    ----------
    text : str
    today : date or None
        The day of the report.

    Examples
    --------
    >>> text = "Monday, 12 August\nAll calm.\n\nTuesday, 13 August\nA mine went off.\n"
    >>> found = day_headings(text, date(2019, 8, 20))
    >>> [(end, str(when.date_start)) for end, when in found]
    [(17, '2019-08-12'), (47, '2019-08-13')]
    """
    found = []
    for line in _LINE.finditer(text):
        when = _only_day(text, *line.span("day"), today)
        if when is not None:
            found.append((line.end("day"), when))
    return tuple(found) if len({when.date_start for _, when in found}) >= FEWEST else ()


def _only_day(text: str, start: int, end: int, today: date | None) -> When | None:
    """Return the day that a stretch of text is, if it is nothing else."""
    times = find_times(text, start, end, today=today)
    if len(times) != 1 or (times[0].start, times[0].end) != (start, end) or times[0].kind != "absolute":
        return None
    when = when_of(times[0], previous=None, today=today)
    return None if when is None or when.date_start != when.date_end else when


def day_above(headings: tuple[tuple[int, When], ...], offset: int) -> When | None:
    """Return the day of the last heading before an offset, for what tells none.

    >>> day_above((), 5) is None
    True
    """
    above = next((when for end, when in reversed(headings) if end <= offset), None)
    return None if above is None else replace(above, reasons=(WHY,))
