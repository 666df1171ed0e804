"""Numbers that the text itself sets right: "52 rather than 34", "not 11 but 34", "nine, up from six"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.numbers import NumberMention

__all__ = ["without_set_right"]

_NOT = re.compile(r"\bnot\s+(?:just\s+)?\Z", re.IGNORECASE)
_BUT = re.compile(r"(?:\s+[\w-]+){0,2},?\s+but\s+(?:rather\s+)?", re.IGNORECASE)
_RATHER = re.compile(
    r",?\s+(?:rather\s+than|instead\s+of|(?:and\s+)?not)\s+(?:(?:the|an)\s+)?(?:(?:earlier|initial|first|reported)\s+)?",
    re.IGNORECASE,
)
_NOT_AS = re.compile(r"(?:\s+[\w-]+){1,2},\s+(?:and\s+)?not\s+", re.IGNORECASE)
_FROM_BEFORE = re.compile(
    r"\b(?:up|down|revised|risen|raised|lowered)\s+from\s+(?:(?:the|an)\s+)?(?:(?:earlier|initial|first|previous)\s+)?(?:figure\s+of\s+)?\Z",
    re.IGNORECASE,
)
_TO = re.compile(r"\s+to\s+\d", re.IGNORECASE)


def without_set_right(text: str, numbers: Sequence[NumberMention]) -> list[NumberMention]:
    """Return the numbers without those set right: "52 |rather than 34|", "|not 11| but 34", "nine, |up from six|".

    Examples
    --------
    >>> from pipeline.events.numbers import find_numbers
    >>> text = "It was not 11 but 14 who died, up from nine."
    >>> [n.count.low for n in without_set_right(text, find_numbers(text, 0, len(text)))]
    [14]
    """
    found: list[NumberMention] = []
    for number in numbers:
        last = found[-1] if found else None
        if last is not None and _RATHER.fullmatch(text, last.end, number.start):
            found[-1] = replace(last, end=number.end)
        elif last is not None and _NOT_AS.fullmatch(text, last.end, number.start):
            continue  # "twelve fishers, |not ten|, were killed"
        elif (
            last is not None
            and _NOT.search(text, max(0, last.start - 12), last.start)
            and _BUT.fullmatch(text, last.end, number.start)
        ):
            found[-1] = number
        elif _FROM_BEFORE.search(text, max(0, number.start - 50), number.start) is None or _TO.match(text, number.end):
            found.append(number)
    return found
