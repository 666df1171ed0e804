"""Compare a week with the week before and with the mean of the four before, in ACLED's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.frames import Layers
from pipeline.products.briefing.facts import Period, by_province, by_type
from pipeline.products.briefing.incidents import Incident, day_of
from pipeline.products.briefing.prose import Part, count, number
from pipeline.products.briefing.words import change_percent, is_small, trend_word

WEEK = timedelta(days=7)
WEEKS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class Change:
    """How many incidents of one kind there were this week, the week before, and in the four weeks before."""

    name: str
    week: tuple[Incident, ...]
    previous: tuple[Incident, ...]
    before: tuple[Incident, ...]

    @property
    def mean_value(self) -> float:
        """Incidents a week in the four weeks before."""
        return len(self.before) / WEEKS_BEFORE

    @property
    def mean(self) -> Part:
        """The same as a figure with its rows."""
        return number(self.mean_value, "weekly mean", self.before)

    @property
    def this_week(self) -> Part:
        """Incidents this week."""
        return count(self.week)

    @property
    def week_before(self) -> Part:
        """Incidents the week before."""
        return count(self.previous)

    @property
    def n(self) -> Part:
        """Incidents in the four weeks before."""
        return count(self.before)

    @property
    def percent(self) -> str:
        """Change against the mean, with its sign; words where the mean is 0."""
        change = change_percent(len(self.week), self.mean_value)
        return "none before" if change is None else f"{change:+.0f}%"

    @property
    def word(self) -> str:
        """ACLED's word for the change."""
        return trend_word(len(self.week), self.mean_value)

    @property
    def is_small(self) -> bool:
        """Whether the numbers are so small that ACLED gives no other word."""
        return is_small(len(self.week), self.mean_value)

    @property
    def hangs_on_one(self) -> bool:
        """Whether one incident more or less this week would change the word."""
        near = {max(len(self.week) - 1, 0), len(self.week) + 1}
        return any(trend_word(number_, self.mean_value) != self.word for number_ in near)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A week against the weeks before it.

    Parameters
    ----------
    covered : bool
        Whether the reports at hand reach back over all four weeks; without that no trend is given.
    first_day : date or None
        The first day that the reports at hand tell of.
    """

    overall: Change
    rows: tuple[Change, ...]
    covered: bool
    first_day: date | None

    @property
    def all(self) -> tuple[Change, ...]:
        """The overall change, then each kind's."""
        return (self.overall, *self.rows)


def is_week(period: Period | None) -> bool:
    """Whether a period is of seven days."""
    return period is not None and period[1] - period[0] == WEEK - timedelta(days=1)


def last_week(layers: Layers, *, until: date | None = None) -> Period | None:
    """Return the seven days that end with the last event, or with ``until``; None where no event is dated.

    Examples
    --------
    >>> from pipeline.frames import layer_from_rows
    >>> empty = Layers(*(layer_from_rows(name, []) for name in ("events", "claims", "areas", "mentions")))
    >>> last_week(empty, until=date(2023, 11, 26))
    (datetime.date(2023, 11, 20), datetime.date(2023, 11, 26))
    """
    last = until or (None if layers.events.empty else day_of(layers.events["event_date"].max()))
    return None if last is None else (last - WEEK + timedelta(days=1), last)


def compare(incidents: Sequence[Incident], week: Period, *, first_day: date | None) -> Comparison:
    """Compare a week of incidents with the four before it.

    Parameters
    ----------
    incidents : sequence of Incident
        All that are counted, of any date.
    week : (date, date)
        Seven days.
    first_day : date or None
        The first day that the reports at hand tell of, anywhere.
    """
    start = week[0] - WEEKS_BEFORE * WEEK
    recent = [one for one in incidents if one.day is not None and start <= one.day <= week[1]]
    kinds = [_change(" · ".join(group.name), group.incidents, week) for group in by_type(recent)]
    places = [_change(", ".join(filter(None, group.name)), group.incidents, week) for group in by_province(recent)]
    covered = first_day is not None and first_day <= start
    return Comparison(_change("All incidents", recent, week), (*kinds, *places), covered, first_day)


def _change(name: str, incidents: Sequence[Incident], week: Period) -> Change:
    """Sort incidents into this week, the week before and the four weeks before."""
    return Change(
        name=name,
        week=_between(incidents, *week),
        previous=_between(incidents, week[0] - WEEK, week[1] - WEEK),
        before=_between(incidents, week[0] - WEEKS_BEFORE * WEEK, week[1] - WEEK),
    )


def _between(incidents: Sequence[Incident], first: date, last: date) -> tuple[Incident, ...]:
    """Return the incidents of some days."""
    return tuple(one for one in incidents if one.day is not None and first <= one.day <= last)
