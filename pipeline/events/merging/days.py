"""When two tellings say it was: one day, one night between two, or a day that the other report tells too."""

from __future__ import annotations

from datetime import date

from pipeline.events.assumed import is_of_no_day, is_of_the_saying
from pipeline.events.merging.evidence import Apart, Finding, Sign
from pipeline.events.merging.tellings import Told
from pipeline.events.merging.words import are_apart, are_one, hours_in
from pipeline.models import When

LATE, EARLY, MIDNIGHT = 19, 8, 24  # hours
OVERNIGHT = (20, 32)
MOST_DAYS_OFF = 3  # a day read wrongly is hardly further off
ASSUMED_LATE = 2  # days by which an incident may be older than the report that tells no day of it


def compare_days(one: Told, other: Told) -> Finding:
    """Compare the days; the night between two days belongs to both."""
    first, second = sorted((one, other), key=lambda t: (str(t.event.when and t.event.when.date_start), t.key))
    a, b = first.event.when, second.event.when
    if a is None or b is None:
        return Apart("no day to compare")
    if a.date_end >= b.date_start and b.date_end >= a.date_start:
        return _compare_overlapping(one, other, a, b)
    are_two = a.date_end in second.other_days or b.date_start in first.other_days  # one report tells of both days
    meant = (day_meant(first) or a.date_end, day_meant(second) or b.date_start)
    if (meant[1] - meant[0]).days == 1 and not are_two and _share_a_night(first, second):
        return (Sign("night_before", f"the night from {a.date_end} to {b.date_start}"),)
    if (day := _told_by_both(one, other)) is not None:
        return (Sign("day_told", f"both reports tell of {day}"),)
    if not are_two and (why := _told_beside(first, second)) is not None:
        return (Sign("day_beside", why),)
    return Apart(f"different days ({_told(a)} and {_told(b)})")


def _compare_overlapping(one: Told, other: Told, a: When, b: When) -> Finding:
    """Compare days that overlap; a report tells of no day after its own, however long "this week" is."""
    if a.date_prec == b.date_prec == 1:
        return (Sign("day_same", "same day"),)
    meant = day_meant(one), day_meant(other)
    if None not in meant and is_assumed(one) != is_assumed(other):
        return (Sign("day_same", "same day"),) if meant[0] == meant[1] else (Sign("day_beside", "another day is told"),)
    for mine, theirs in ((one, other), (other, one)):
        day = theirs.event.when
        if mine.told_on is not None and day is not None and day.date_prec == 1 and mine.told_on < day.date_start:
            return Apart(f"told on {mine.told_on}, before {day.date_start}")
    longest = max((w.date_end - w.date_start).days for w in (a, b))
    return (Sign("day_overlaps" if longest <= MOST_DAYS_OFF else "day_in_span", "days overlap"),)


def _told(when: When) -> str:
    return str(when.date_start) if when.date_start == when.date_end else f"{when.date_start} to {when.date_end}"


def _told_by_both(one: Told, other: Told) -> date | None:
    """Return the day of the one that the other, which was read for the day of its report, tells too."""
    for mine, theirs in ((one, other), (other, one)):
        read = theirs.event.when
        if read is None or theirs.told_on is None:
            continue
        if not is_of_the_saying(read) and not read.date_start <= theirs.told_on <= read.date_end:
            continue
        if both := _days_near(theirs) & _days_meant(mine):  # of another day it tells another thing
            return max(both)
    both_near = _days_near(one) & _days_near(other) if is_assumed(one) and is_assumed(other) else set()
    return max(both_near, default=None)


def _days_near(told: Told) -> set[date]:
    """Return the days near its own that its report tells, and not of another thing."""
    when = told.event.when
    start = when.date_start if when is not None else date.max
    return {d for d in told.days - told.other_days if abs((d - start).days) <= MOST_DAYS_OFF}


def _days_meant(told: Told) -> set[date]:
    """Return the days that a telling may mean: the one that is told or, where none is, each of those assumed."""
    when, day = told.event.when, day_meant(told)
    if day is not None or when is None or not is_assumed(told):
        return set() if day is None else {day}
    return {date.fromordinal(n) for n in range(when.date_start.toordinal(), when.date_end.toordinal() + 1)}


def day_meant(told: Told) -> date | None:
    """Return the single day of a telling: the one that is told, or, where none was read, the only one near that is."""
    when = told.event.when
    if when is None or (when.date_prec == 1 and when.date_start == when.date_end):
        return None if when is None else when.date_start
    near = {d for d in told.days if when.date_start <= d <= when.date_end} if is_assumed(told) else set()
    return min(near) if len(near) == 1 else None


def _told_beside(first: Told, second: Told) -> str | None:
    """Return why two that were told of days apart may be of one: a siege over both, or no day told in one report."""
    a, b = first.event.when, second.event.when
    if a is None or b is None:
        return None
    if (b.date_start - a.date_end).days == 1 and b.date_start in first.days and a.date_end in second.days:
        return f"both reports tell of {a.date_end} and of {b.date_start}"
    spans = [w for w in (a, b) if _is_loose(w)]
    if (b.date_start - a.date_end).days == 1 and len(spans) == 1:
        return f"a day beside {_told(spans[0])}"
    if is_assumed(second) and not is_assumed(first) and a.date_end in days_beside(second):
        return f"one is of {a.date_end}, one of no day that is told"
    return None


def is_assumed(told: Told) -> bool:
    """Whether a report tells no day of it: its own is taken, or that on which it was told."""
    when = told.event.when
    if is_of_the_saying(when) and when is not None and hours_in(when.text):
        return False  # "on Friday evening" is seldom when it was said
    return is_of_no_day(when)


def days_beside(told: Told) -> frozenset[date]:
    """Return the days near its own that a telling may be of: those its report tells, or before one that is assumed."""
    when = told.event.when
    if when is None:
        return frozenset()
    near = {d for d in told.days if abs((d - when.date_start).days) <= MOST_DAYS_OFF}
    is_open = is_assumed(told) and near <= ({when.date_start} if is_of_the_saying(when) else set())
    late = when.date_start.toordinal() - ASSUMED_LATE if is_open else when.date_start.toordinal()
    before = map(date.fromordinal, range(max(1, late), when.date_start.toordinal()))
    own = map(date.fromordinal, range(when.date_start.toordinal(), when.date_end.toordinal() + 1))
    return frozenset(near | set(before) | _edges(when)) - frozenset(own)


def _edges(when: When) -> set[date]:
    """Return the day before and the day after a span that is told: "over the weekend" may begin on Friday."""
    if not _is_loose(when):
        return set()
    edges = when.date_start.toordinal() - 1, when.date_end.toordinal() + 1
    return {date.fromordinal(n) for n in edges if date.min.toordinal() <= n <= date.max.toordinal()}


def _is_loose(when: When) -> bool:
    """Whether it is a span that is told, and may begin or end a day off: "over the weekend"."""
    return bool(when.text) and when.date_start != when.date_end and not _is_night(when)


def _is_night(when: When) -> bool:
    """Whether a span of days is one night: "the night of Sunday to Monday"."""
    return when.date_start != when.date_end and bool(hours_in(when.text))


def _share_a_night(first: Told, second: Told) -> bool:
    """Whether the one was late in its day or the other early in the next, and neither says otherwise."""
    late, early = first.sentence.hours, second.sentence.hours
    when = first.event.when
    if when is not None and _is_night(when):
        return False  # it ended on its last day
    if late == (OVERNIGHT,) and first.event.when is not None and first.told_on == first.event.when.date_end:
        return False  # "overnight" in a report of that day is the night before
    is_late = any(end > LATE for _, end in late)
    is_early = any(start < EARLY or (start, end) == OVERNIGHT for start, end in early)  # its night is the next one
    return (is_late or not late) and (is_early or not early) and bool(late or early)


def compare_hours(one: Told, other: Told) -> Finding:
    """Compare times of day where both tell one."""
    first, second = one.sentence.hours, other.sentence.hours
    if not first or not second or _are_a_day_apart(one, other):
        return ()
    if are_apart(first, second):
        return () if one.hours_beside or other.hours_beside else (Sign("hour_other", "different times of day"),)
    return (Sign("hour_same", "same time of day"),) if are_one(first, second) else ()


def _are_a_day_apart(one: Told, other: Told) -> bool:
    a, b = one.event.when, other.event.when
    return a is not None and b is not None and (a.date_start > b.date_end or b.date_start > a.date_end)
