"""The numbers of a briefing, each with the incidents behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.frames import Layers
from pipeline.products.briefing.incidents import Incident, read_incidents
from pipeline.products.briefing.prose import Part, count, number
from pipeline.products.briefing.region import Region, in_region, may_be_in_region
from pipeline.products.briefing.words import Range, tables

Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Selection:
    """The incidents that a briefing is about.

    Parameters
    ----------
    counted : tuple of Incident
        Asserted or claimed, in the region and the period: what every figure is made of.
    apart : tuple of Incident
        Denied, planned, hypothetical or negated: listed, never counted.
    possible : tuple of Incident
        Asserted or claimed, but placed or dated too coarsely to tell whether they belong: listed, not counted.
    everything : tuple of Incident
        All asserted or claimed ones of the region, whatever their date: what a week is compared with.
    period : (date, date) or None
        The period asked for, or else the span of what is counted; None where nothing is dated.
    """

    counted: tuple[Incident, ...]
    apart: tuple[Incident, ...]
    possible: tuple[Incident, ...]
    everything: tuple[Incident, ...]
    period: Period | None


def select(layers: Layers, *, region: Region | None = None, period: Period | None = None) -> Selection:
    """Choose the incidents of a region and a period.

    An incident belongs to a period by its ``event_date``, as ACLED counts.
    """
    inside, perhaps = _by_region(layers, region)
    chosen = [one for one in inside if _in_period(one, period)]
    undated = [one for one in inside if period is not None and one.day is None]
    possible = [*(one for one in perhaps if one.day is None or _in_period(one, period)), *undated]
    counted = tuple(filter(is_counted, chosen))
    return Selection(
        counted=counted,
        apart=tuple(one for one in chosen if not is_counted(one)),
        possible=tuple(filter(is_counted, possible)),
        everything=tuple(filter(is_counted, inside)),
        period=period or span(counted),
    )


def _by_region(layers: Layers, region: Region | None) -> tuple[tuple[Incident, ...], tuple[Incident, ...]]:
    """Return the incidents that are in the region, and those that may be."""
    events = layers.events
    if region is None or events.empty:
        return read_incidents(events), ()
    sure = in_region(events, region, areas=layers.areas)
    maybe = may_be_in_region(events, region, areas=layers.areas)
    return read_incidents(events[sure]), read_incidents(events[maybe])


def _in_period(incident: Incident, period: Period | None) -> bool:
    """Whether an incident's day lies in the period."""
    return period is None or (incident.day is not None and period[0] <= incident.day <= period[1])


def is_counted(incident: Incident) -> bool:
    """Whether an incident enters the figures: only what is asserted or claimed does."""
    return incident.event_status in tables()["counted"]


def is_claimed(incident: Incident) -> bool:
    """Whether an incident rests on one party's claim."""
    return incident.event_status == "claimed"


def span(incidents: Iterable[Incident]) -> Period | None:
    """Return the first and the last day of incidents."""
    days = [one.day for one in incidents if one.day is not None]
    return (min(days), max(days)) if days else None


@dataclass(frozen=True, slots=True)
class Toll:
    """Deaths or injuries summed over incidents.

    Parameters
    ----------
    kind : {"deaths", "injuries"}
    stated, unstated : tuple of Incident
        Incidents whose reports give a number, and those whose reports give none (never taken as 0).
    open_ended : tuple of Incident
        Stated ones without an upper limit ("at least 5"): with any of them the sum has none either.
    """

    kind: str
    stated: tuple[Incident, ...]
    unstated: tuple[Incident, ...]
    open_ended: tuple[Incident, ...]

    @property
    def total(self) -> Range:
        """The sums; an end that a report leaves open counts 0 in low, its low end in best, and opens high."""
        ranges = [self.range_of(one) for one in self.stated]
        if not ranges:
            return Range()
        high = None if self.open_ended else sum(one.high or 0 for one in ranges)
        return Range(sum(one.low or 0 for one in ranges), sum(_best(one) for one in ranges), high)

    def range_of(self, incident: Incident) -> Range:
        """Return the low, best and high of one incident."""
        return incident.deaths if self.kind == "deaths" else incident.injuries

    def figure(self, end: str) -> Part:
        """Return ``low``, ``best`` or ``high`` as a figure with its rows; words where there is no number."""
        value: int | None = getattr(self.total, end)
        if value is not None:
            return number(value, f"{self.kind} {end}", self.stated)
        return Part("no upper limit" if self.stated else "not stated")


def _best(one: Range) -> int:
    """Return the best number of a range, else its low end, else 0: "at most 40" adds nothing to the best sum."""
    return one.best if one.best is not None else one.low or 0


def toll(incidents: Sequence[Incident], kind: str) -> Toll:
    """Sum deaths or injuries over incidents."""
    empty = Toll(kind, (), (), ())
    stated = tuple(one for one in incidents if empty.range_of(one).is_stated)
    unstated = tuple(one for one in incidents if not empty.range_of(one).is_stated)
    return Toll(kind, stated, unstated, tuple(one for one in stated if empty.range_of(one).high is None))


@dataclass(frozen=True, slots=True)
class Group:
    """Incidents that share a province, an actor or a type."""

    name: tuple[str, ...]
    incidents: tuple[Incident, ...]

    @property
    def count(self) -> Part:
        """How many there are."""
        return count(self.incidents)

    @property
    def deaths(self) -> Toll:
        """Their deaths."""
        return toll(self.incidents, "deaths")

    @property
    def injuries(self) -> Toll:
        """Their injured."""
        return toll(self.incidents, "injuries")


def groups(incidents: Iterable[Incident], key: Callable[[Incident], str | tuple[str, ...]]) -> tuple[Group, ...]:
    """Group incidents by a key (a text or a tuple of texts), the largest group first, then by name.

    Parameters
    ----------
    key : callable
        A key that is empty leaves the incident out.
    """
    found: dict[tuple[str, ...], list[Incident]] = defaultdict(list)
    for one in incidents:
        value = key(one)
        if value:
            found[value if isinstance(value, tuple) else (value,)].append(one)
    return _largest_first(found)


def _largest_first(found: dict[tuple[str, ...], list[Incident]]) -> tuple[Group, ...]:
    """Order groups by size, then by name."""
    made = (Group(key, tuple(rows)) for key, rows in found.items())
    return tuple(sorted(made, key=lambda group: (-len(group.incidents), group.name)))


def province_of(incident: Incident) -> tuple[str, str]:
    """Return the province and country of an incident, in words where one is not known."""
    if incident.admin1:
        return incident.admin1, incident.country
    if incident.country:
        return "Province not known", incident.country
    return (incident.location if incident.is_placed and incident.location else "Not placed", "")


def by_province(incidents: Sequence[Incident]) -> tuple[Group, ...]:
    """Group incidents by province; those known only to a country, or not at all, are groups of their own."""
    return groups(incidents, province_of)


def by_type(incidents: Sequence[Incident]) -> tuple[Group, ...]:
    """Group incidents by sub-event type, or event type where there is no finer one."""
    return groups(incidents, lambda one: one.sub_event_type or one.event_type or "Type not stated")


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor: all incidents that name it, and in what part."""

    name: str
    named: Group
    as_perpetrator: Group
    as_target: Group


def by_actor(incidents: Sequence[Incident]) -> tuple[ActorRow, ...]:
    """Tell for each actor in which incidents it acts, is the target, or is named; the most named first."""
    found: dict[tuple[str, ...], list[Incident]] = defaultdict(list)
    for one in incidents:
        for actor in one.actors:
            found[(actor,)].append(one)
    return tuple(_actor_row(group) for group in _largest_first(found))


def _actor_row(group: Group) -> ActorRow:
    """Split an actor's incidents by its part in them."""
    (actor,) = group.name
    acting = tuple(one for one in group.incidents if one.perpetrator == actor)
    target = tuple(one for one in group.incidents if one.target == actor)
    return ActorRow(actor, group, Group(group.name, acting), Group(group.name, target))
