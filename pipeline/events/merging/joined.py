"""One event from its tellings: the surest leads, ranges widen, every source is kept, and what they dispute is shown."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from pipeline.codes import event_type_of
from pipeline.events.actors import is_civilian
from pipeline.events.merging.actors import bond, is_vague
from pipeline.events.merging.evidence import Apart, threshold
from pipeline.events.merging.groups import Group
from pipeline.events.merging.places import compare_places, place_in
from pipeline.events.places import coarseness
from pipeline.models import Actor, Count, Disagreement, Event, EventStatus, Reason, SourceRef, When

MOST_CONFIDENCE, FOR_EACH_REPORT = 0.97, 0.05
WORD_FOR_WORD = Reason("sentence", 0.0, "the reports tell it word for word alike")
Value = Callable[[Event], str]


def joined(group: Group) -> Event:
    """Return the one event of a group.

    The id is the smallest of its members' ids, so that it stays when a later report joins unless that has a smaller
    one; ``member_ids`` keep them all, those of echoes last.
    """
    told = [e for telling in group.tellings if not telling.echo for e in telling.members]
    events = [*told, *(_without_parts(e, told) for telling in group.tellings if telling.echo for e in telling.members)]
    ids = tuple(telling.key for telling in sorted(group.tellings, key=lambda t: t.echo))
    if len(events) == 1:
        return replace(events[0], member_ids=ids)
    score, reasons = (_share(group.score), group.reasons) if len(ids) > 1 else (1.0, (WORD_FOR_WORD,))
    lead = min(told, key=_rank)
    sub = _kind(lead, told)
    differing = tuple(filter(None, (disagree(events) for disagree in DISAGREEMENTS)))
    return replace(
        lead,
        event_id=ids[0],
        status=_status(events),
        when=_when(lead, told),
        fatalities=_range([e.fatalities for e in _by_day(events)]),
        injuries=_range([e.injuries for e in _by_day(events)]),
        perpetrator=_fullest(lead.perpetrator, [e.perpetrator for e in events]),
        target=_fullest(lead.target, [e.target for e in events]),
        event_type=event_type_of(sub),
        sub_event_type=sub,
        civilian_targeting=any(e.civilian_targeting for e in events),
        attributed_to=lead.attributed_to or next((e.attributed_to for e in events if e.attributed_to), ""),
        confidence=_confidence(events),
        sources=_sources(lead, events),
        notes=_notes(events, differing),
        mentions=tuple(sorted({m for e in events for m in e.mentions})),
        member_ids=ids,
        merge_score=score,
        merge_reasons=reasons,
        disagreements=differing,
    )


def _without_parts(echo: Event, told: Sequence[Event]) -> Event:
    """Return an echo without what it counts less than the reports that tell of it: "two of them died overnight"."""
    return replace(
        echo,
        fatalities=_if_more(echo.fatalities, [e.fatalities for e in told]),
        injuries=_if_more(echo.injuries, [e.injuries for e in told]),
    )


def _if_more(count: Count, told: Sequence[Count]) -> Count:
    known = [n for c in told for n in (c.low, c.best) if n is not None]
    return count if not known or (count.best or count.low or 0) > max(known) else Count()


def _rank(event: Event) -> tuple[int, float, str, str]:
    """Return how well an event leads: the finest place, then the surest."""
    return (coarseness(event.placement), -event.confidence, event.event_id, event.sources[0].doc_id)


def _share(score: float | None) -> float | None:
    """Return the evidence as 0 to 1, one half where it is just enough; no probability."""
    return None if score is None else round(1 / (1 + math.exp(threshold("needed") - score)), 2)


def _by_day(events: Sequence[Event]) -> list[Event]:
    return sorted(events, key=lambda e: (str(e.sources[0].date or date.min), e.event_id, e.sources[0].doc_id))


def _sources(lead: Event, events: Sequence[Event]) -> tuple[SourceRef, ...]:
    others = (s for e in _by_day(events) for s in e.sources)
    return tuple(dict.fromkeys([*lead.sources, *others]))


def _status(events: Sequence[Event]) -> EventStatus:
    found = Counter(e.status for e in events)
    return "asserted" if found["asserted"] else min(found, key=lambda s: (-found[s], s))


def _confidence(events: Sequence[Event]) -> float:
    """Return the surest one's, raised for each report more."""
    surest = max(e.confidence for e in events)
    more = len({s.doc_id for e in events for s in e.sources}) - 1
    return round(max(surest, min(MOST_CONFIDENCE, surest + FOR_EACH_REPORT * more)), 2)


def _when(lead: Event, events: Sequence[Event]) -> When | None:
    """Return the day told most exactly, by the lead where several are; of a night, both days."""
    told = [e.when for e in (lead, *events) if e.when is not None]
    best = min(told, key=lambda w: (w.date_prec, (w.date_end - w.date_start).days), default=None)
    if best is None:
        return None
    apart = [w for w in told if w.date_prec == 1 and not _overlap(w, best)]
    if not apart:
        return best
    first, last = min(w.date_start for w in (best, *apart)), max(w.date_end for w in (best, *apart))
    why = "reports give the day before and the day after one night"
    return replace(best, date_start=first, date_end=last, date_prec=2, reasons=(*best.reasons, why))


def _overlap(one: When, other: When) -> bool:
    return one.date_start <= other.date_end and other.date_start <= one.date_end


def _kind(lead: Event, events: Sequence[Event]) -> str:
    """Return the sub-event type of most reports, the lead's where that is a draw."""
    found = Counter(e.sub_event_type for e in events)
    most = max(found.values())
    return lead.sub_event_type if found[lead.sub_event_type] == most else min(s for s, n in found.items() if n == most)


def _fullest(lead: Actor | None, told: Iterable[Actor | None]) -> Actor | None:
    """Return the actor told most exactly: by name before a kind of actor; the lead's of equal ones."""
    known = [a for a in (lead, *told) if a is not None]
    return min(known, key=lambda a: (is_vague(a), is_civilian(a)), default=None)


def _range(counts: Sequence[Count]) -> Count:
    """Return the range over all reports; the best is that of the latest report, as tolls rise."""
    said = [c for c in counts if c.best is not None or c.low is not None]
    if len({(c.low, c.best, c.high) for c in said}) <= 1:
        return said[0] if said else counts[0]
    lows = [c.low if c.low is not None else c.best for c in said]
    highs = [c.high for c in said]
    latest = next((c for c in reversed(said) if c.best is not None), said[-1])
    open_ended = any(h is None for h in highs)
    return replace(
        latest,
        low=min(n for n in lows if n is not None),
        high=None if open_ended else max(h for h in highs if h is not None),
        text="; ".join(dict.fromkeys(c.text for c in said if c.text)),
    )


def _notes(events: Sequence[Event], differing: Sequence[Disagreement]) -> tuple[str, ...]:
    told = (n for e in events for n in e.notes)
    reports = len({s.doc_id for e in events for s in e.sources})
    disputes = (f"reports disagree on {d.aspect}: {', '.join(value for value, _ in d.told)}" for d in differing)
    return tuple(dict.fromkeys([*told, f"merged from {reports} reports", *disputes]))


def _disagreement(aspect: str, events: Sequence[Event], value: Value, settled: str) -> Disagreement | None:
    """Return who says what, where more than one thing is said."""
    told: dict[str, set[str]] = {}
    for event in _by_day(events):
        if said := value(event):
            told.setdefault(said, set()).update(s.doc_id for s in event.sources)
    if len(told) < 2:
        return None
    return Disagreement(aspect, settled, tuple((said, tuple(sorted(docs))) for said, docs in told.items()))


def _of_counts(aspect: str, count: Callable[[Event], Count]) -> Callable[[Sequence[Event]], Disagreement | None]:
    def disagree(events: Sequence[Event]) -> Disagreement | None:
        found = _range([count(e) for e in _by_day(events)])
        return _disagreement(aspect, events, lambda e: _said(count(e)), _said(found))

    return disagree


def _said(count: Count) -> str:
    """Return a count as a number, a range or a least number; empty where none is told."""
    low = count.best if count.low is None else count.low
    if low is None:
        return ""
    if count.high is None:
        return f"at least {low}"
    return str(low) if count.high == low else f"{low} to {count.high}"


def _days_differ(events: Sequence[Event]) -> Disagreement | None:
    told = [e.when for e in events if e.when is not None]
    if all(_overlap(one, other) for one in told for other in told):
        return None
    settled = f"{min(w.date_start for w in told)} to {max(w.date_end for w in told)}"
    return _disagreement("date", events, lambda e: str(e.when.date_start) if e.when else "", settled)


def _places_differ(events: Sequence[Event]) -> Disagreement | None:
    """Return the places that are neither one nor one in the other."""
    lead = min(events, key=_rank)
    other = [e for e in events if _is_elsewhere(lead, e)]
    if not other:
        return None
    return _disagreement("place", [lead, *other], _place_name, _place_name(lead))


def _is_elsewhere(lead: Event, event: Event) -> bool:
    places = place_in(lead.placement), place_in(event.placement)
    if None in places or coarseness(event.placement) > coarseness(lead.placement):
        return False
    found = compare_places(lead.placement, event.placement)
    return places[0] != places[1] and (isinstance(found, Apart) or not any("lies in" in s.why for s in found))


def _place_name(event: Event) -> str:
    place = place_in(event.placement)
    return ", ".join(filter(None, (place.name, place.admin1))) if place else ""


def _of_actors(aspect: str, actor: Callable[[Event], Actor | None]) -> Callable[[Sequence[Event]], Disagreement | None]:
    def disagree(events: Sequence[Event]) -> Disagreement | None:
        settled = _fullest(actor(min(events, key=_rank)), [actor(e) for e in events])
        if settled is None or all(bond(settled, actor(e)) != "other" for e in events):
            return None
        return _disagreement(aspect, events, lambda e: found.name if (found := actor(e)) else "", settled.name)

    return disagree


def _kinds_differ(events: Sequence[Event]) -> Disagreement | None:
    settled = _kind(min(events, key=_rank), events)
    return _disagreement("sub-event type", events, lambda e: e.sub_event_type, settled)


def _statuses_differ(events: Sequence[Event]) -> Disagreement | None:
    return _disagreement("status", events, lambda e: e.status, _status(events))


DISAGREEMENTS: tuple[Callable[[Sequence[Event]], Disagreement | None], ...] = (
    _of_counts("deaths", lambda e: e.fatalities),
    _of_counts("injured", lambda e: e.injuries),
    _days_differ,
    _places_differ,
    _of_actors("perpetrator", lambda e: e.perpetrator),
    _of_actors("target", lambda e: e.target),
    _kinds_differ,
    _statuses_differ,
)
