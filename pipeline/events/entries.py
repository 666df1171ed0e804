"""Pages and bulletins kept by the hour: "08:10 …", "20.05 GMT": what an entry tells is of the report's own day."""

from __future__ import annotations

import re

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
#: "* SALMAN PAK - A bomb": a place in capitals that heads an item.
_PLACE = re.compile(
    r"^[ \t]*(?:[-–•*][ \t]*)?[A-ZÀ-Ý][A-ZÀ-Ý’' .-]{2,30}(?:,[ ]\w+)?[ ]?[-–—:][ ]+(?=[A-Z])", re.MULTILINE
)


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


def item_starts(text: str) -> tuple[int, ...]:
    r"""Return where the items of a list by place begin; none for any other text.

    Examples
    --------
    >>> item_starts("MOSUL - A bomb hurt two.\nHIT - Two men were shot.\n")
    (0, 25)
    """
    starts = tuple(m.start() for m in _PLACE.finditer(text))
    return starts if len(starts) >= FEWEST else ()
