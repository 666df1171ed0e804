"""Across articles: the same incident told by several reports becomes one event with all its sources."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.events.judgements import NO_JUDGEMENTS, Judgements
from pipeline.events.merging.aspects import compare
from pipeline.events.merging.copies import Copies
from pipeline.events.merging.groups import Found, Group
from pipeline.events.merging.joined import joined
from pipeline.events.merging.register import Register
from pipeline.events.merging.shelf import InMemory, Shelf, Shelved
from pipeline.events.merging.tellings import Told
from pipeline.events.merging.walk import groups_by_day
from pipeline.models import Claim, Event, Report

LAST = date.max.toordinal() + 1


@dataclass(frozen=True, slots=True)
class Merged:
    """The events and claims of all reports, each once; events by day and id, claims by id."""

    events: Sequence[Event]
    claims: Sequence[Claim]


def merge_reports(
    reports: Sequence[Report], *, judgements: Judgements = NO_JUDGEMENTS
) -> tuple[tuple[Event, ...], tuple[Claim, ...]]:
    """Return the events and claims of all reports, each once, sorted by day and id.

    Neither the order of the reports nor how often one is given matters. Two events of one article are never joined,
    unless a judgement says so. An echo of a report joins the event that another report tells, or none and is dropped.

    Parameters
    ----------
    reports : sequence of Report
    judgements : Judgements
        What an analyst decided: overrules the evidence. Where it contradicts itself, events stay apart.

    Examples
    --------
    >>> merge_reports([])
    ((), ())
    """
    merged = merge_onto(InMemory(), reports, judgements=judgements)
    return tuple(merged.events), tuple(merged.claims)


def merge_onto(shelf: Shelf, reports: Sequence[Report], *, judgements: Judgements = NO_JUDGEMENTS) -> Merged:
    """Do the same for very many reports: what is found lies on a shelf, from which it is taken as it is wanted.

    In memory stay some hundred bytes an event, and the tellings of the days that are being compared.

    Parameters
    ----------
    shelf : Shelf
    reports : sequence of Report
        Walked once, then asked for those of a day, day by day.
    judgements : Judgements

    Examples
    --------
    >>> len(merge_onto(InMemory(), []).events)
    0
    """
    register = Register(reports, shelf)
    copies = Copies(text_of=register.text_of)

    def compared(one: Told, other: Told) -> Found:
        score, reasons = compare(one, other)
        if score is None or not copies.any_of(one.docs, other.docs):
            return score, reasons
        return compare(one, other, copied=True)

    groups = (group for group in groups_by_day(register, compared, judgements) if not group.is_of_echoes)
    events = _shelved(shelf, register, groups)
    return Merged(events, Shelved(shelf, Claim, array("q", (_joined(shelf, told) for told in register.claims()))))


def _shelved(shelf: Shelf, register: Register, groups: Iterable[Group]) -> Shelved[Event]:
    """Join each group as it comes, and return the events by day and id, those without a day last."""
    days, numbers, places = array("l"), array("l"), array("q")
    for event in map(joined, groups):
        days.append(event.when.date_start.toordinal() if event.when else LAST)
        numbers.append(register.number_of(event.event_id))
        places.append(shelf.put(event))
    order = sorted(range(len(places)), key=lambda n: (days[n], numbers[n]))
    return Shelved(shelf, Event, array("q", (places[n] for n in order)))


def _joined(shelf: Shelf, told: Sequence[int]) -> int:
    """Return where a claim lies that has the sources of all who make it."""
    if len(told) == 1:
        return told[0]
    claims = [shelf.get(place, Claim) for place in told]
    return shelf.put(replace(claims[0], sources=tuple(source for claim in claims for source in claim.sources)))
