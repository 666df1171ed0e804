"""The day of what is told without one: that of its entry, that told just before, or the report's own."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from pipeline.events.drafts import SAID, Draft
from pipeline.events.reading import Reading
from pipeline.models import When

OF_THE_SAYING = "no day of it is said: that on which it was told is taken"
_BACK = frozenset({"since", "historical", "duration"})  # kinds of time


def of_the_hour(draft: Draft, reading: Reading) -> Draft:
    """Give what an entry tells of a place without a day the report's own."""
    today, starts = reading.today, reading.entries
    if today is None or not bisect_right(starts, draft.source.sent_start) or not _is_news(draft):
        return draft
    why = "told in an entry of the report's own day, by the hour"
    habitual = draft.habitual and not draft.going_on
    return replace(draft, when=When(today, today, 1, 1, "", (why,)), habitual=habitual)


def _is_news(draft: Draft) -> bool:
    """Whether it has a place, no time of its own, and is not told as gone by."""
    hour = draft.anaphoric is None or draft.anaphoric.offset_days == 0
    timeless = draft.when is None and draft.said_day is None and hour
    back = draft.past_perfect or draft.other or any(t.kind in _BACK for t in draft.times)
    return draft.placed and timeless and not back and draft.status in SAID


def of_the_saying(said: When | None) -> When | None:
    """Return the day on which something was said as that of what was said, with the reason: it may have been before.

    Examples
    --------
    >>> from datetime import date
    >>> of_the_saying(When(date(2024, 5, 3), date(2024, 5, 3), 1, 1, "Friday")).reasons
    ('no day of it is said: that on which it was told is taken',)
    """
    if said is None or OF_THE_SAYING in said.reasons:
        return said
    return replace(said, reasons=(*said.reasons, OF_THE_SAYING))


def is_of_the_saying(when: When | None) -> bool:
    """Return whether a day is no more than that on which it was told."""
    return when is not None and OF_THE_SAYING in when.reasons


def is_of_no_day(when: When | None) -> bool:
    """Return whether no day was told: that of the report is taken, or that on which it was told.

    Examples
    --------
    >>> from datetime import date
    >>> is_of_no_day(When(date(2024, 5, 3), date(2024, 5, 3), 1, 1, "Friday"))
    False
    """
    return is_of_the_saying(when) or (when is not None and not when.text and when.date_prec > 1)
