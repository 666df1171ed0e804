"""Find when: the report's own day, the time words of a text, and the days that they stand for.

Nothing is guessed silently: a year left out is the nearest that fits, 03/04/2023 is left open between the two days that
it may be, a day of the Islamic calendar by two days on either side, and the reason says so. Codes are ACLED's
``time_precision`` and UCDP's ``date_prec``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from pipeline.events import _absolute_forms, _days, _forms, _hijri, _numeric_forms, _part_forms, _relative_forms
from pipeline.events._forms import Reading
from pipeline.events._words import either, fold
from pipeline.events._zones import at_the_place
from pipeline.models import Article, When

__all__ = ["Reference", "TimeMention", "find_times", "reference_date", "when_of"]

# Importing the modules registers their forms.
_FORM_MODULES = (_absolute_forms, _numeric_forms, _part_forms, _relative_forms, _hijri)
_LEAD_CHARS = 800
_HISTORY_DAYS = 365
MentionTime = Literal["absolute", "relative", "anaphoric", "since", "historical", "duration"]


@dataclass(frozen=True, slots=True)
class Reference:
    """The report's own "today", where it was read from, and why it is believed."""

    day: date | None
    source: Literal["dateline", "publication", "address", "lead", "as_of", "none"]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time as written, at ``text[start:end]``, and the days it stands for (None where it tells none).

    ``offset_days`` is set for ``anaphoric`` mentions: days from the event told before, negative for earlier; and for
    "two days after troops had …" (a ``duration``): days from this event to the one of the clause.
    """

    start: int
    end: int
    text: str
    date_start: date | None
    date_end: date | None
    time_precision: int | None
    date_prec: int | None
    kind: MentionTime
    reasons: tuple[str, ...] = ()
    offset_days: int | None = None


def find_times(
    text: str, start: int = 0, end: int | None = None, *, today: date | None = None
) -> tuple[TimeMention, ...]:
    """Find the times told in ``text[start:end]``, in order and without overlap.

    Parameters
    ----------
    text : str
        The text; words just outside the span ("since", "scheduled for") are looked at too.
    start, end : int
        The span to search, by default the whole text.
    today : date, optional
        The report's own day, see :func:`reference_date`. Without it what is relative to it gets no days.

    Examples
    --------
    >>> [m.date_start.isoformat() for m in find_times("It was hit on Tuesday.", today=date(2023, 11, 22))]
    ['2023-11-21']
    """
    end = len(text) if end is None else min(end, len(text))
    start = max(0, min(start, end))
    # At the ends of the calendar there is no "last week" to count.
    today = today if today is not None and 1000 <= today.year <= 9000 else None
    chosen = _choose(_read_all(text, start, end, today))
    told = (r for r in chosen if not _is_name(text, r) and not _BEGUN.search(text, max(0, r.start - 30), r.start))
    named = _told_twice(text, _inherit_years(text, told))
    return tuple(_mention(text, reading, today) for reading in at_the_place(text, _join_hours(text, named)))


def _read_all(text: str, start: int, end: int, today: date | None) -> Iterator[Reading]:
    """Yield what every form reads, overlapping and unordered."""
    letters = text[start:end].casefold()
    for pattern, reader, needs in _forms.compiled():
        if needs and not any(need in letters for need in needs):
            continue
        for match in pattern.finditer(text, start, end):
            yield from reader(match, today)


def _choose(readings: Iterable[Reading]) -> list[Reading]:
    """Keep the earliest and longest of readings that overlap."""
    kept: list[Reading] = []
    for reading in sorted(readings, key=lambda r: (r.start, -r.end, r.span is None)):
        if not kept or reading.start >= kept[-1].end:
            kept.append(reading)
    return kept


@cache
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile the names that hold a day, and the words that make a name of a date."""
    lists = _forms.words().lists
    return (
        re.compile(either(lists["names"]), re.IGNORECASE),
        re.compile(rf"\s+(?:{'|'.join(lists['after_names'])})\b"),
    )


def _is_name(text: str, reading: Reading) -> bool:
    """Return whether the words are part of a name ("Black September", "14 July Bridge")."""
    inside, after = _names()
    if reading.kind in {"absolute", "relative"} and after.match(text, reading.end):
        return True
    near = inside.finditer(text, max(0, reading.start - 20), min(len(text), reading.end + 20))
    return any(name.start() < reading.end and reading.start < name.end() for name in near)


def _inherit_years(text: str, readings: Iterable[Reading]) -> list[Reading]:
    """Give "April 4, April 18, and May 3, 2021" one year: what stands in a list takes the year said at its end."""
    found = list(readings)
    for i in range(len(found) - 2, -1, -1):
        here, following = found[i], found[i + 1]
        joined = re.fullmatch(r"[\s,;]*(?:and|or|&)?\s*(?:on\s+)?", text[here.end : following.start])
        if here.year_said or not following.year_said or following.kind != "absolute" or not joined:
            continue
        day = here.span[0] if here.span else None
        moved = _days.day_of(following.span[0].year, day.month, day.day) if day and following.span else None
        if moved is not None:
            found[i] = replace(
                here, span=(moved, moved), year_said=True, reasons=("the year is said at the end of the list",)
            )
    return found


def _told_twice(text: str, readings: list[Reading]) -> list[Reading]:
    """Give "today, on August 19", "overnight from 4 to 5 May" the date beside it, whatever day the report is of."""
    joined: list[Reading] = []
    for reading in readings:
        last = joined[-1] if joined else None
        kinds = last is not None and (last.kind, reading.kind) == ("relative", "absolute")
        if last is not None and kinds and _is_one_day(last) and _are_told_together(text, last, reading):
            joined[-1] = replace(reading, start=last.start)
        else:
            joined.append(reading)
    return joined


def _are_told_together(text: str, word: Reading, dated: Reading) -> bool:
    """Whether a date says once more what "today" or "overnight" says."""
    gap = text[word.end : dated.start]
    if fold(text[word.start : word.end]) == "overnight":
        return re.fullmatch(r"\s*,?\s+(?:(?:from|on|of|between|into|in|to)\s+)?(?:the\s+)?", gap) is not None
    return _is_one_day(dated) and re.fullmatch(r"\s*[,(]\s*(?:on\s+)?", gap) is not None


def _is_one_day(reading: Reading) -> bool:
    return reading.span is not None and reading.span[0] == reading.span[1]


def _join_hours(text: str, readings: list[Reading]) -> list[Reading]:
    """Join an hour to the day that stands beside it: "at 2:30 a.m. on Tuesday" is one time."""
    joined: list[Reading] = []
    for reading in readings:
        last = joined[-1] if joined else None
        gap = text[last.end : reading.start] if last else ""
        beside = re.fullmatch(r"\s*,?\s*(?:(?:on|at|of|in|early|by)\s+)?(?:the\s+)?", gap) is not None
        if last is None or not beside or (last.kind == "clock") == (reading.kind == "clock"):
            joined.append(reading)
            continue
        day = reading if last.kind == "clock" else last
        joined[-1] = replace(day, start=last.start, end=reading.end)
    return joined


def _mention(text: str, reading: Reading, today: date | None) -> TimeMention:
    """Return the mention of a reading, in the light of the words before it."""
    span, reasons, kind = reading.span, list(reading.reasons), _kind(text, reading, today)
    precision = reading.precision or (_days.precision_of(*span) if span else None)
    if kind == "since" and span is not None:
        span = (span[0], max(today or span[1], span[0]))
        precision = _days.precision_of(*span)
    if kind == "duration" and span is not None:
        reasons.append("an end, not a day of the event")
    if span is not None and today is not None and span[0] > today + timedelta(days=_days.GRACE_DAYS):
        reasons.append(f"in the future, seen from {today}")
    if kind == "anaphoric":
        precision = reading.precision or (1, 1)
    first, last = span or (None, None)
    codes = precision or (None, None)
    words, offset = text[reading.start : reading.end], reading.offset_days if kind in _COUNTED else None
    return TimeMention(reading.start, reading.end, words, first, last, codes[0], codes[1], kind, tuple(reasons), offset)


_COUNTED = frozenset({"anaphoric", "duration"})  # kinds that may say how many days lie between two events
_SINCE = re.compile(
    r"\b(?:since|ever\s+since|starting|beginning)\s+(?:on\s+|from\s+)?(?:at\s+least\s+)?\Z", re.IGNORECASE
)
_BEGUN = re.compile(
    r"\b(?:born|founded|established|built|dating\s+from)\s+(?:in|on)\s+\Z", re.IGNORECASE
)  # whom, not when
_UNTIL = re.compile(r"\b(?:until|till|up\s+to|prior\s+to|ahead\s+of|by)\s+\Z", re.IGNORECASE)


def _kind(text: str, reading: Reading, today: date | None) -> MentionTime:
    """Return the kind of a reading: "since" and "until" make a bound of it, age makes it history."""
    before = text[max(0, reading.start - 30) : reading.start]
    if reading.kind == "clock":
        return "anaphoric"
    if reading.kind in {"absolute", "relative"} and _SINCE.search(before):
        return "since"
    if reading.kind in {"absolute", "relative"} and _UNTIL.search(before):
        return "duration"
    if reading.kind == "absolute" and reading.span and today and (today - reading.span[1]).days > _HISTORY_DAYS:
        return "historical"
    return reading.kind


def when_of(mention: TimeMention, *, previous: When | None = None, today: date | None = None) -> When | None:
    """Return the days that a mention stands for, or None where it tells none.

    Parameters
    ----------
    mention : TimeMention
        From :func:`find_times`.
    previous : When, optional
        The time of the event told before; "the day before" is counted from it.
    today : date, optional
        The report's own day: what lies after it is flagged.

    Examples
    --------
    >>> told = find_times("About 24 hours earlier a base was hit.")[0]
    >>> when_of(told, previous=When(date(2023, 11, 21), date(2023, 11, 21), 1, 1)).date_start
    datetime.date(2023, 11, 20)
    """
    if mention.kind == "anaphoric":
        return _counted(mention, previous)
    if mention.date_start is None or mention.date_end is None or mention.kind == "duration":
        return None
    precision = _days.precision_of(mention.date_start, mention.date_end)
    reasons = mention.reasons
    if today is not None and mention.date_start > today and not any("future" in r for r in reasons):
        reasons = (*reasons, f"after the report's own day, {today}")
    codes = mention.time_precision or precision[0], mention.date_prec or precision[1]
    return When(mention.date_start, mention.date_end, *codes, mention.text, reasons)


def _counted(mention: TimeMention, previous: When | None) -> When | None:
    """Return the time of an anaphoric mention, counted from the event told before."""
    if previous is None or mention.offset_days is None:
        return None
    start = _days.add_days(previous.date_start, mention.offset_days)
    end = _days.add_days(previous.date_end, mention.offset_days)
    if start is None or end is None:
        return None
    reasons = (
        *mention.reasons,
        f"{mention.offset_days:+d} days from {previous.date_start}" if mention.offset_days else "the same day",
    )
    precision = (
        max(previous.time_precision, mention.time_precision or 1),
        max(previous.date_prec, mention.date_prec or 1),
    )
    return When(start, end, *precision, mention.text, reasons)


def reference_date(article: Article, *, as_of: date | None = None) -> Reference:
    """Return the report's own day: what "today" and "Tuesday" in it are counted from.

    The dateline's day comes first, then the publication date, a date in the address, a full date in the lead, and last
    the date of collection. A dateline without a year takes that of the publication, else the nearest before the date of
    collection in which the weekdays of the text fit.

    Parameters
    ----------
    article : Article
    as_of : date, optional
        The date of collection.

    Examples
    --------
    >>> reference_date(Article("a", "Nothing is dated here."), as_of=date(2023, 11, 22)).source
    'as_of'
    """
    for read in (_from_dateline, _from_publication, _from_address, _from_lead):
        reference = read(article, as_of)
        if reference is not None:
            return _flag_future(reference, as_of)
    if as_of is not None:
        return Reference(
            as_of, "as_of", (f"the report tells no date of its own: the date of collection {as_of} is used",)
        )
    return Reference(None, "none", ("the report tells no date of its own, and no date of collection is given",))


def _flag_future(reference: Reference, as_of: date | None) -> Reference:
    """Add a reason where a report is dated after it was collected."""
    if reference.day is None or as_of is None or (reference.day - as_of).days <= _days.GRACE_DAYS:
        return reference
    reason = f"{reference.day} lies in the future, seen from the date of collection {as_of}"
    return replace(reference, reasons=(*reference.reasons, reason))


def _from_publication(article: Article, _as_of: date | None) -> Reference | None:
    """Return the publication date, if the report came with one."""
    return None if article.date is None else Reference(article.date, "publication", ("the publication date",))


def _from_dateline(article: Article, as_of: date | None) -> Reference | None:
    """Return the day of the dateline."""
    line = article.dateline
    if line is None or line.month is None or line.day is None:
        return None
    if line.year is not None:
        day = _days.day_of(line.year, line.month, line.day)
        return None if day is None else Reference(day, "dateline", ("the dateline says day and year",))
    if article.date is not None:
        day = _nearest_to(article.date, line.month, line.day)
        return (
            None if day is None else Reference(day, "dateline", (f"the dateline's day, the year from {article.date}",))
        )
    return None if as_of is None else _corroborated(article, line.month, line.day, as_of)


def _nearest_to(published: date, month: int, day: int) -> date | None:
    """Return the day that lies nearest to the publication date, whatever the year."""
    years = (published.year - 1, published.year, published.year + 1)
    days = [found for year in years if (found := _days.day_of(year, month, day))]
    return min(days, key=lambda found: abs((found - published).days), default=None)


def _corroborated(article: Article, month: int, day: int, as_of: date) -> Reference | None:
    """Return the nearest year before the date of collection in which the weekdays of the text fit."""
    nearest = _days.nearest_day(month, day, as_of)
    weekdays = _weekdays_told(article)
    if nearest is None:
        return None
    if any((w + back) % 7 == nearest.weekday() for w in weekdays for back in (0, 1)):
        reason = f"the dateline's day in {nearest.year}, the nearest such day to {as_of}; the weekdays fit"
        return Reference(nearest, "dateline", (reason,))
    for back in (0, 1):  # "on Tuesday" in a story of Tuesday, or of the Wednesday after
        fits = [d for w in weekdays if (d := _days.nearest_day(month, day, as_of, weekday=(w + back) % 7))]
        if fits:
            found = max(fits)
            reason = f"the dateline's day; in {found.year}, the nearest such year to {as_of}, it fits the weekdays told"
            return Reference(found, "dateline", (reason,))
    return Reference(
        nearest, "dateline", (f"the dateline's day, the year taken as the nearest to {as_of}; no weekday supports it",)
    )


def _weekdays_told(article: Article) -> tuple[int, ...]:
    """Return the weekdays told most often in the content of a report."""
    names = {name: number for name, number in _forms.words().weekdays.items() if name.endswith("day")}
    told = re.findall(rf"\b(?:{'|'.join(names)})\b", _content(article), re.IGNORECASE)
    counts = Counter(names[fold(name)] for name in told)
    return tuple(day for day, count in sorted(counts.items()) if count == max(counts.values()))


def _content(article: Article) -> str:
    """Return the parts of a report that events may be read from, the rest left out."""
    if not article.blocks:
        return article.text
    return "\n".join(article.text[b.start : b.end] for b in article.blocks if b.is_content)


_ADDRESS_DAY = re.compile(r"https?://[^\s)\]>]*?/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?!\d)")


def _from_address(article: Article, _as_of: date | None) -> Reference | None:
    """Return the day in the report's address, or in the first address of its lead."""
    for text in (article.url, article.text[:_LEAD_CHARS]):
        match = _ADDRESS_DAY.search(text)
        day = _days.day_of(int(match[1]), int(match[2]), int(match[3])) if match else None
        if day is not None:
            return Reference(day, "address", ("the day in the report's address",))
    return None


def _from_lead(article: Article, as_of: date | None) -> Reference | None:
    """Return the first full date in the lead that is not after the date of collection."""
    for mention in find_times(article.text, 0, _LEAD_CHARS):
        day = mention.date_start
        if mention.kind != "absolute" or day is None or day != mention.date_end:
            continue
        if as_of is None or day <= as_of + timedelta(days=_days.GRACE_DAYS):
            return Reference(day, "lead", (f"a full date in the lead: {mention.text}",))
    return None
