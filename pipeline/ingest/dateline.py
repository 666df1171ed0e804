"""Datelines: ``WASHINGTON/BAGHDAD, Nov 21 (Reuters) –`` and its many house styles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.ingest.dates import DateRead, match_date, month_words
from pipeline.ingest.tables import table
from pipeline.models import Dateline

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĠĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_MARKS = "'’‘`ʿʾ.\u2010\u2011-"
_DASH = r"[ \t]*(?:[–—―]|--+|[ \t]-|(?<=[)])-|\.-|(?<=\.)-)(?=\s|[“\"‘'(A-Z]|$)\s*"
_CLOSED = r"\.-\s"  # "San Pedro|.-| Two men": how papers in Spanish close it
_LONGEST = 160  # characters; a longer run before the dash is a sentence


@cache
def _capitals() -> re.Pattern[str]:
    """Places in capitals: the form that nothing else in a report has, so that little else is asked of it."""
    word = rf"[{_UPPER}][{_UPPER}{_MARKS}]*[{_UPPER}.]"
    name = rf"{word}(?:[ ](?:{word}|de|al|el)){{0,3}}"
    return _compile(name)


@cache
def _mixed() -> re.Pattern[str]:
    particles = "|".join(table("dateline")["particles"])
    word = rf"[{_UPPER}](?:(?!{_CLOSED})[\w{_MARKS}])*"
    name = rf"(?:(?i:{particles})[- ])?{word}(?:[ -](?:(?:{particles})[ -])?{word}){{0,2}}"
    return _compile(name)


@cache
def _lower() -> re.Pattern[str]:
    word = rf"[^\W\d_][\w{_MARKS}]*"
    return _compile(rf"{word}(?:[ ]{word}){{0,2}}")


def _compile(name: str) -> re.Pattern[str]:
    month = rf"(?i:{month_words()})"
    weekdays = "|".join(table("dates")["weekdays"])
    word = rf"(?:[{_UPPER}](?:(?!{_CLOSED})[\w{_MARKS}])*)"
    region = rf"(?!(?:{month}|(?i:{weekdays}))\b){word}(?:[ ](?:(?:de|del|la|el|al)[ ])?[{_UPPER}][\w{_MARKS}]*){{0,2}}"
    return re.compile(
        rf"(?P<places>{name}(?:\s?/\s?{name}){{0,3}})"
        rf"(?P<regions>[ ]\[{region}\]|(?:,[ ]{region}){{0,2}})(?P<gap>,?[ ]*)",
    )


@cache
def _agencies() -> frozenset[str]:
    return frozenset(name.casefold() for name in table("dateline")["agencies"])


@cache
def _no_places() -> frozenset[str]:
    words = [*table("dateline")["not_places"], *table("dates")["weekdays"], *table("dates")["long_months"]]
    return _agencies() | {word.casefold() for word in words}


_AGENCY = re.compile(r",?[ ]*\((?P<agency>[^()\n]{2,40})\)")
_INITIALS = re.compile(r"[A-Z]{2,10}(?:/[A-Z][A-Za-z]+)?")  # "(ANTARA)": an agency that the table need not know
_LINE_END = re.compile(r"[ .]*(?=\n|$)")
_DASHED = re.compile(_DASH)
_COLON = re.compile(r":\s+(?=[“\"‘'A-Z])")
_STOP = re.compile(r"\.[ \t]+(?:/[A-Za-z][\w-]{1,20}/\.?[ \t]*(?:[-–—][ \t]+)?)?(?=[“\"‘'A-Z\d])")
_WORD_START = re.compile(r"(?<=\s)(?=[A-Z]{2})")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What was read from a place where a dateline may stand; ``end`` is where the story begins."""

    names: re.Match[str]
    day: DateRead | None
    agency: str
    end: int

    @property
    def is_known(self) -> bool:
        return any(name.strip().casefold() in _agencies() for name in self.agency.split("/"))


def find_dateline(text: str, starts: Iterable[int]) -> Dateline | None:
    """Return the first dateline that stands at one of ``starts``, or None.

    Parameters
    ----------
    text : str
    starts : iterable of int
        Offsets where a paragraph begins, in reading order.

    Examples
    --------
    >>> found = find_dateline("BEIRUT (AP) — Two people", [0])
    >>> found.agency, found.places
    ('AP', ((0, 6),))
    """
    return next((found for start in starts if (found := match_dateline(text, start))), None)


def find_dateline_within(text: str, start: int, end: int) -> Dateline | None:
    """Return the first dateline in capitals, with a day or an agency, inside a paragraph that a headline runs into.

    Examples
    --------
    >>> find_dateline_within("Two killed in Homs BEIRUT (AP) — Police", 0, 30).start
    19
    """
    starts = (match.start() for match in _WORD_START.finditer(text, start, end))
    found = (_parse(text, at, _capitals()) for at in starts)
    return next((_dateline(text, parts) for parts in found if parts and (parts.day or parts.agency)), None)


def match_dateline(text: str, start: int, *, strict: bool = False) -> Dateline | None:
    """Return the dateline that begins exactly at ``start``; ``strict`` asks for a day or an agency in it.

    The less the name is written as datelines are, the more must stand beside it: in capitals, a dash is enough.

    Examples
    --------
    >>> match_dateline("Homs – Police said so.", 0).end
    7
    >>> match_dateline("Homs – where police said so", 0) is None
    True
    """
    for pattern, is_enough in ((_capitals(), _any), (_mixed(), _in_mixed_case), (_lower(), _in_lower_case)):
        parts = _parse(text, start, pattern)
        if parts and is_enough(text, parts) and (not strict or parts.day or parts.agency):
            return _dateline(text, parts)
    return None if strict else _agency_alone(text, start)


def _any(_text: str, _parts: _Parts) -> bool:
    return True


def _in_mixed_case(text: str, parts: _Parts) -> bool:
    comma = "," in parts.names["gap"]
    if parts.is_known or (parts.day is not None and (comma or bool(parts.agency))):
        return True
    if parts.names["regions"] and _INITIALS.fullmatch(parts.agency):
        return True
    begins = text[parts.end : parts.end + 1]
    bare = parts.day is None and not (parts.agency or comma)
    return bare and text[parts.end - 1] != ":" and (begins.isupper() or (begins != "" and begins in "“\"‘'"))


def _in_lower_case(_text: str, parts: _Parts) -> bool:
    return parts.is_known


def _parse(text: str, start: int, pattern: re.Pattern[str]) -> _Parts | None:
    match = pattern.match(text, start, start + _LONGEST)
    if match is None or any(_is_no_place(name) for name in match["places"].split("/")):
        return None
    weekday = _weekday().match(text, match.end())
    day = match_date(text, weekday.end() if weekday else match.end())
    at = day.end if day else match.end("regions")
    signed = _AGENCY.match(text, at)
    if signed:
        at = signed.end()
        if not day:  # "AMMAN (AP), Jan. 3"
            day, at = _day_after(text, at)
    in_capitals = match["places"].isupper() and pattern is _capitals()
    end = _end(text, at, is_complete=bool(day and signed), colon_too=in_capitals or _is_a_day(day))
    if end is None and in_capitals and day is not None and day.day is not None:
        end = _own_line(text, at)
    if end is None and in_capitals and day is not None and day.month_day is not None:
        end = _stopped(text, at)
    if end is None or end - start > _LONGEST:
        return None
    dated = match_date(text, end)
    if day is None and dated is not None and _LINE_END.match(text, dated.end):  # "EL OBEID - 22 Oct 2013"
        if not in_capitals:
            return None  # "The Daily Courier – 22 October 2013"
        day, end = dated, dated.end
    return _Parts(match, day, signed["agency"].strip() if signed else "", end)


def _is_a_day(day: DateRead | None) -> bool:
    """Whether a day is read: "Srinagar, |June 22|: One woman was killed"."""
    return day is not None and (day.month_day is not None or day.day is not None)


def _is_no_place(name: str) -> bool:
    """Whether a name is that of an agency, or begins with one: "CNN |Indonesia|"."""
    folded = name.strip().casefold()
    return folded in _no_places() or folded.split(" ")[0] in _agencies()


def _own_line(text: str, at: int) -> int | None:
    """Return where a dateline ends that has a line of its own: "SANAA, September 25, 2015"."""
    line = _LINE_END.match(text, at)
    return line.end() if line else None


def _stopped(text: str, at: int) -> int | None:
    """Return where a dateline ends that a full stop closes: "PSKOV, May 12. A depot", "PSKOV, May 12. /TASS/. A"."""
    stop = _STOP.match(text, at)
    return stop.end() if stop else None


@cache
def _weekday() -> re.Pattern[str]:
    return re.compile(rf"(?i:{'|'.join(table('dates')['weekdays'])})\.?,?[ ]+")


def _day_after(text: str, at: int) -> tuple[DateRead | None, int]:
    comma = re.compile(r",?[ ]+").match(text, at)
    day = match_date(text, comma.end()) if comma else None
    return day, day.end if day else at


def _end(text: str, at: int, *, is_complete: bool, colon_too: bool) -> int | None:
    """Return where the story begins: after a dash, after a colon, or at once after a day and an agency together."""
    mark = _DASHED.match(text, at) or (_COLON.match(text, at) if colon_too else None)
    if mark:
        return mark.end()
    rest = re.compile(r"[.:,]?\s*").match(text, at)
    return rest.end() if rest and is_complete else None


def _dateline(text: str, parts: _Parts) -> Dateline:
    match, day = parts.names, parts.day
    names = [*re.compile(r"[^/]+").finditer(text, match.start("places"), match.end("places"))]
    names += re.compile(r"[^,\[\]]+").finditer(text, match.start("regions"), match.end("regions"))
    spans = (_strip(text, name.start(), name.end()) for name in names)
    month, number = day.month_day if day and day.month_day else (None, None)
    year = day.day.year if day and day.day else None
    places = tuple(span for span in spans if span[0] < span[1])
    return Dateline(match.start(), parts.end, places, month, number, year, parts.agency)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _agency_alone(text: str, start: int) -> Dateline | None:
    head = re.compile(r"(?P<agency>[^\W\d][\w/. ]{1,24}?)(?=\s*[–—]|\s+-)").match(text, start)
    if head is None or head["agency"].strip().casefold() not in _agencies():
        return None
    dash = _DASHED.match(text, head.end())
    return Dateline(start, dash.end(), agency=head["agency"].strip()) if dash else None
