"""Ways of telling a tally that are no number with its noun: "the third attack this week", "attacked four times"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.events.counts import CountMention, find_counts
from pipeline.events.numbers import ORDINALS, NumberMention, find_numbers
from pipeline.models import Count

__all__ = ["told_otherwise"]

_ATTACK = (
    r"attack|strike|assault|raid|bombing|incident|ambush|explosion|blast|clash|shelling|shooting|kidnapping|massacre|"
    r"killing"
)
_ATTACKS = rf"(?:(?:{_ATTACK})(?:e?s)?|airstrikes|air\s+strikes|violations)"
_ORDINAL = re.compile(
    rf"\b(?P<least>at least )?the (?:(?P<figures>\d{{1,4}})(?:st|nd|rd|th)|(?P<word>{'|'.join(ORDINALS)}))\s+"
    rf"(?:(?:such|known|deadly|reported|rocket|drone|missile)\s+){{0,2}}(?P<noun>{_ATTACK})\b",
    re.IGNORECASE,
)
# What makes "the third attack" one of a row, not the third told of here.
_ROW = re.compile(
    r"[^.;]{0,80}?\b(?:this|since|within|in\s+(?:as\s+many|the\s+past|the\s+last|\w+\s+(?:day|week|month))|so\s+far)",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:attacked|targeted|struck|hit|bombed|shelled|raided|under\s+(?:attack|fire))\s+(?=(?P<count>[^.;,]{1,40}?)\s+(?:separate\s+)?times\b)",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(
    rf"\b(?P<noun>{_ATTACKS})\b(?:(?!\b{_ATTACKS}\b)[^.;]){{0,60}}?,\s+of\s+which\s+(?:there\s+)?(?:have\s+been|has\s+been|were|are)\s+(?=(?P<count>[^.;,]{{1,40}}))",
    re.IGNORECASE,
)
_BROUGHT = re.compile(
    rf"\b(?:br(?:ought|ings|inging)|rais(?:ed|es|ing)|t(?:ook|akes|aking))\s+(?:to\s+(?=(?P<count>[^.;,]{{1,25}}?)\s+the\s+(?:total\s+)?number"
    rf"\s+of\s+(?:\w+\s+)?(?P<noun>{_ATTACKS}))|the\s+(?:total\s+)?number\s+of\s+(?:\w+\s+)?(?P<noun2>{_ATTACKS})\b[^.;]{{0,60}}?\bto\s+(?=(?P<count2>[^.;,]{{1,25}})))",
    re.IGNORECASE,
)
_ELLIPTIC = re.compile(
    r"\s*(?=(?P<count>(?:(?:about|around|some|another|a\s+further|roughly|nearly)\s+){0,2}[\d,]+)(?:\s+(?:more|others))?\s+"
    r"(?:are|were|is|remain|serve|operate)\s+(?:(?:stationed|deployed|based)\s+)?(?:in|at|across)\b)",
    re.IGNORECASE,
)
_BEFORE = 300  # characters in which the troops must be told that "another 2,500" leaves out


def told_otherwise(text: str, start: int, end: int) -> tuple[CountMention, ...]:
    """Return the tallies of ``text[start:end]`` that ordinals, "times" and left-out nouns tell.

    Examples
    --------
    >>> text = "It was at least the 32nd attack since October. The base was attacked four times."
    >>> [(m.count.low, m.noun) for m in told_otherwise(text, 0, len(text))]
    [(32, 'attacks'), (4, 'attacks')]
    """
    found = [*_ordinals(text, start, end), *_numbered(text, start, end), *_left_out(text, start, end)]
    return tuple(sorted(found, key=lambda m: m.start))


def _ordinals(text: str, start: int, end: int) -> Iterator[CountMention]:
    """Yield what an ordinal counts: "the 28th attack since October 17" says that there were 28."""
    for match in _ORDINAL.finditer(text, start, end):
        if match["word"] and not _ROW.match(text, match.end(), end):
            continue
        number = int(match["figures"] or ORDINALS[match["word"].lower()])
        open_ended = match["least"] is not None
        count = Count(number, number, None if open_ended else number, "at_least" if open_ended else "exact", match[0])
        yield CountMention(match.start(), match.end(), count, "attacks", f"{match['noun'].lower()}s")


def _numbered(text: str, start: int, end: int) -> Iterator[CountMention]:
    """Yield "attacked four times", "attacks …, of which there have been 66", "brought the number of strikes to 28"."""
    for pattern in (_TIMES, _OF_WHICH, _BROUGHT):
        for match in pattern.finditer(text, start, end):
            groups = match.groupdict()
            name = "count" if groups["count"] else "count2"
            number = _number_in(text, *match.span(name))
            noun = (groups.get("noun") or groups.get("noun2") or "attacks").lower()
            if number is not None:
                count = replace(number.count, text=text[number.start : number.end])
                yield CountMention(number.start, number.end, count, "attacks", noun)


def _number_in(text: str, start: int, end: int) -> NumberMention | None:
    """Return the number that begins a span."""
    found = find_numbers(text, start, end)
    return found[0] if found and found[0].start - start <= 2 else None


def _left_out(text: str, start: int, end: int) -> Iterator[CountMention]:
    """Yield "Another 2,500 are in Iraq" after a sentence that counts troops."""
    match = _ELLIPTIC.match(text, start, end)
    if match is None:
        return
    troops = [m for m in find_counts(text, max(0, start - _BEFORE), start) if m.kind == "troops"]
    numbers = find_numbers(text, *match.span("count"))
    if troops and numbers:
        yield CountMention(numbers[0].start, numbers[0].end, numbers[0].count, "troops", troops[-1].noun)
