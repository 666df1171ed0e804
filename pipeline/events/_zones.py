"""One time told by two clocks: "1:30 a.m. Saturday local time (2230 GMT Friday)". The day is that of the place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from pipeline.events._forms import Reading

__all__ = ["at_the_place"]

_FAR_CITIES = r"Eastern|Washington|London|New\s+York|U\.?S\.?"
_FAR = rf"GMT|UTC|E[SD]?T\b|BST|CET|(?:{_FAR_CITIES})\s+time"
_NEAR = r"local(?:\s+time)?|(?-i:[A-Z][a-z]+)\s+time"  # "Baghdad time"
_ZONE = rf"(?P<far>{_FAR}|(?<=in\s)(?:{_FAR_CITIES}))|(?P<near>{_NEAR})"
_BETWEEN = re.compile(rf"\s*(?:{_ZONE})?\s*[(,;–—-]\s*(?:(?:or|which\s+(?:was|is)|still|already)\s+)*", re.IGNORECASE)
_AFTER = re.compile(rf"\s*(?:in\s+)?(?:{_ZONE})", re.IGNORECASE)
_INSIDE = re.compile(rf"\b(?:{_ZONE})", re.IGNORECASE)
_EVENING = re.compile(
    r"\b(?:evening|night|late|midnight)\b|\b(?:[6-9]|1[01])(?:[:.]\d\d)?\s*p\.?m\b|\b(?:1[89]|2[0-3]):?[0-5]\d\b",
    re.IGNORECASE,
)
_LATE_GMT = re.compile(r"\b(?:2[1-3]:?[0-5]\d|(?:9|10|11)(?:[:.]\d\d)?\s*p\.?m)\b", re.IGNORECASE)
_MORNING = re.compile(r"\ba\.?m\b|\bdawn\b|\b(?:morning|early)\b|\b0\d[:.]?[0-5]\d\b", re.IGNORECASE)


def at_the_place(text: str, readings: Sequence[Reading]) -> list[Reading]:
    """Make one of times told by two clocks, and open the day where only a clock far off tells a late hour."""
    told: list[tuple[Reading, bool]] = []  # with whether two clocks told it, so that its day is known
    for reading in readings:
        merged = _merged(text, told[-1][0], reading) if told and not told[-1][1] else None
        if merged is None:
            told.append((reading, False))
        else:
            told[-1] = (merged, True)
    return [reading if settled else _opened(text, reading) for reading, settled in told]


def _rank(*found: re.Match[str] | None) -> int:
    """Return how near the place a clock is: 2 local, 1 not said, 0 far off."""
    zone = next((m for m in found if m is not None and (m["far"] or m["near"])), None)
    return 1 if zone is None else 2 if zone["near"] else 0


def _merged(text: str, first: Reading, second: Reading) -> Reading | None:
    """Return one reading of two that tell one time; None where they do not."""
    gap = _BETWEEN.fullmatch(text, first.end, second.start)
    if gap is None or not _is_day(second) or not (_is_day(first) or first.kind == "clock"):
        return None
    after = _AFTER.match(text, second.end)
    ranks = (_rank(gap, _zone_in(text, first)), _rank(after, _zone_in(text, second)))
    if ranks[0] == ranks[1]:
        return None
    here, there = (second, first) if ranks[1] > ranks[0] else (first, second)
    return replace(_of_place(text, here, there), start=first.start, end=after.end() if after else second.end)


def _is_day(reading: Reading) -> bool:
    return reading.kind in {"absolute", "relative"} and reading.span is not None and reading.span[0] == reading.span[1]


def _zone_in(text: str, reading: Reading) -> re.Match[str] | None:
    return _INSIDE.search(text, reading.start, reading.end)


def _of_place(text: str, here: Reading, there: Reading) -> Reading:
    """Return the reading by the clock of the place, with what the other clock said."""
    told = " ".join(text[there.start : there.end].split())
    if here.span is not None:
        return replace(here, reasons=(*here.reasons, f"{told} by another clock: the day at the place is taken"))
    span, why = there.span, f"{told} by another clock"
    if span is not None and _EVENING.search(told) and _MORNING.search(text[here.start : here.end]):
        span = (span[0] + timedelta(days=1), span[1] + timedelta(days=1))
        why = f"still {told} by another clock: the day after, at the place"
    return replace(there, span=span, reasons=(*there.reasons, why))


def _opened(text: str, reading: Reading) -> Reading:
    """Leave a day open to the next where only Washington's clock tells a late hour: it may be past midnight there."""
    zone = _zone_in(text, reading) or _AFTER.match(text, reading.end)
    if zone is None or not zone["far"] or not _is_day(reading) or reading.span is None:
        return reading
    by_gmt = zone["far"].upper() in {"GMT", "UTC"}
    if not (_LATE_GMT if by_gmt else _EVENING).search(text, reading.start, reading.end):
        return reading
    why = f"told by the clock of {zone['far']}: where it happened it may have been the next day"
    span = (reading.span[0], reading.span[1] + timedelta(days=1))
    return replace(reading, span=span, precision=(2, 2), reasons=(*reading.reasons, why))
