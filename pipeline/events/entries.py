"""Pages and bulletins kept by the hour: "08:10 …", "20.05 GMT": what an entry tells is of the report's own day."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from datetime import date

from pipeline.events.drafts import SAID, Draft
from pipeline.models import When

FEWEST = 2  # entries: one hour alone heads no page of entries
_HOUR = (
    r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?[ \t]*(?:[ap]\.?m\.?)?"  # "20.05", "8:40am", "15h30"
    r"|(?:1[0-2]|[1-9])\s?[ap]\.?m\.?"
)
_ZONE = r"(?:[ \t]*\(?(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET|IST|EET|EEST|MSK|local(?:\s+time)?)(?:[+-]\d{1,2})?\)?)?"
#: An hour that opens a line, alone or before what it heads: a figure or a unit after it makes it a measure.
_LABEL = re.compile(
    rf"^[ \t]*(?:[-–•*\[(][ \t]*)?(?:(?:updated?|posted|at)[ \t]+)?(?:\d{{1,2}}\s?[hm]\s+ago[ \t]+)?"
    rf"(?:{_HOUR}){_ZONE}[\])]?[ \t]*(?:$|[:|–—-][ \t]+(?=\S)|(?-i:(?=[A-Z“\"])))",
    re.MULTILINE | re.IGNORECASE,
)
_BACK = frozenset({"since", "historical", "duration"})  # kinds of time


def entry_starts(text: str) -> tuple[int, ...]:
    r"""Return where the entries of a page kept by the hour begin; none for any other text.

    Examples
    --------
    >>> entry_starts("08:10 All is calm.\n10:25 A drone hit a van.\n")
    (0, 19)
    >>> entry_starts("At 08:10 a drone hit a van.\n")
    ()
    """
    starts = tuple(m.start() for m in _LABEL.finditer(text))
    return starts if len(starts) >= FEWEST else ()


def of_the_hour(draft: Draft, starts: tuple[int, ...], today: date | None) -> Draft:
    """Give what an entry tells of a place without a day the report's own."""
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
