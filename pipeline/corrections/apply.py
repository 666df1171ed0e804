"""All corrections on events, at their stages: names of actors, merging, then fields, places and rejections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain

from pipeline.corrections.edits import accepted, edited, moved, renamed
from pipeline.corrections.pairs import JudgedPairs, judge_pairs
from pipeline.corrections.places import PlaceRulings, Ruling, rulings_of
from pipeline.corrections.records import Correction, Outcome
from pipeline.corrections.subjects import events_about, is_about
from pipeline.events import Shelf, merge_onto, merge_reports
from pipeline.events.actors import Lexicon
from pipeline.models import Claim, Event, Report

__all__ = ["Corrected", "merge_corrected"]

_Applied = tuple[Correction, str]  # what was done, and the event


@dataclass(frozen=True, slots=True)
class Corrected:
    """Merged events and claims as the analyst has them, and what became of each correction, by file and line."""

    events: Sequence[Event]
    claims: Sequence[Claim]
    outcomes: tuple[Outcome, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be said on standard error."""
        return tuple(filter(None, (outcome.warning for outcome in self.outcomes)))


def merge_corrected(
    reports: Sequence[Report],
    corrections: Sequence[Correction],
    rulings: PlaceRulings,
    lexicon: Lexicon,
    *,
    apart: Sequence[Report] = (),
    shelf: Shelf | None = None,
) -> Corrected:
    """Merge reports and apply all corrections on events.

    Parameters
    ----------
    reports : sequence of Report
        Their places already as ``rulings`` have them.
    corrections : sequence of Correction
        In order: a later line overrules an earlier one.
    rulings : PlaceRulings
        Made from the same corrections.
    lexicon : Lexicon
        Of actors, for their codes.
    apart : sequence of Report
        Whose events are corrected too but merged with none: rows of tables.
    shelf : Shelf, optional
        Where very many events and claims lie until they are wanted. Those of tables, and all where there are
        corrections, are held in memory all the same.

    Examples
    --------
    >>> from pipeline.events.actors import load_lexicon
    >>> merge_corrected([], [], PlaceRulings({}, None), load_lexicon())
    Corrected(events=(), claims=(), outcomes=())
    """
    told = [event for report in chain(reports, apart) for event in report.events] if corrections else []
    judged = judge_pairs(corrections, told)
    names = [c for c in corrections if c.kind == "actor" and not c.event_id]
    named, rows = (
        [replace(r, events=_renamed(r, names, lexicon)) for r in some] if names else some for some in (reports, apart)
    )
    events, claims = _merged(named, judged, shelf)
    if more := [event for report in rows for event in report.events]:
        events = (*events, *more)
    ruler = _Ruler.of(corrections, rulings, lexicon, names)
    ruled = tuple(map(judged.marked, ruler.rule(events))) if corrections else events
    placed = rulings.outcomes(chain(reports, apart)) if rulings.by_name else ()
    outcomes = _outcomes(judged, ruler, events, told, placed)
    return Corrected(ruled, claims, tuple(sorted(outcomes, key=lambda o: corrections.index(o.correction))))


def _merged(
    reports: Sequence[Report], judged: JudgedPairs, shelf: Shelf | None
) -> tuple[Sequence[Event], Sequence[Claim]]:
    if shelf is None:
        return merge_reports(reports, judgements=judged.judgements)
    merged = merge_onto(shelf, reports, judgements=judged.judgements)
    return merged.events, merged.claims


def _renamed(report: Report, names: Sequence[Correction], lexicon: Lexicon) -> tuple[Event, ...]:
    mine = [one for one in names if one.doc_id in {"", report.article.doc_id}]
    return tuple(reduce(lambda event, one: renamed(event, one, lexicon), mine, event) for event in report.events)


@dataclass(frozen=True, slots=True)
class _Ruler:
    """What changes merged events: for each slot that a correction fills, how it does so."""

    corrections: tuple[Correction, ...]
    places: dict[Correction, Ruling]
    rulings: PlaceRulings
    lexicon: Lexicon
    names: tuple[Correction, ...]

    @classmethod
    def of(
        cls, corrections: Sequence[Correction], rulings: PlaceRulings, lexicon: Lexicon, names: Sequence[Correction]
    ) -> _Ruler:
        """Keep the corrections that change merged events."""
        moving = rulings_of((c for c in corrections if c.event_id), rulings.gazetteer)
        places = {ruling.correction: ruling for ruling in moving}
        mine = (c for c in corrections if c.kind in {"accept", "reject", "edit"} or (c.kind == "actor" and c.event_id))
        return cls((*mine, *places), places, rulings, lexicon, tuple(names))

    def rule(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Return the events as corrected, without those rejected."""
        return tuple(ruled for event in events if (ruled := self._ruled(event)) is not None)

    def _ruled(self, event: Event) -> Event | None:
        for one in self.winning(event).values():
            if one.kind == "reject":
                return None
            event = self._changed(event, one)
        return event

    def winning(self, event: Event) -> dict[tuple[str, str], Correction]:
        """Return the correction that fills each slot of an event: of several the last."""
        return {_slot(one): one for one in self.corrections if self._is_known(one) and is_about(one, event)}

    def _is_known(self, one: Correction) -> bool:
        return one not in self.places or self.places[one].is_known

    def _changed(self, event: Event, one: Correction) -> Event:
        if one in self.places:
            return moved(event, self.places[one], self.rulings.gazetteer)
        if one.kind == "accept":
            return accepted(event, one)
        change: Callable[[Event, Correction, Lexicon], Event] = renamed if one.kind == "actor" else edited
        return change(event, one, self.lexicon)

    def outcomes(self, events: Sequence[Event], told: Sequence[Event]) -> list[Outcome]:
        """Return what became of each correction of merged events, and of each actor renamed throughout."""
        made = [self._outcome(one, events) for one in self.corrections]
        return [*made, *(_name_outcome(one, told) for one in self.names)]

    def _outcome(self, one: Correction, events: Sequence[Event]) -> Outcome:
        if not self._is_known(one):
            return Outcome(one, "unknown place")
        about = events_about(one, events)
        if one.kind == "actor":
            about = tuple(event for event in about if _names(event, one))
        if not about:
            return Outcome(one, "matches nothing")
        winners = {self.winning(event)[_slot(one)] for event in about}
        if not any(one.agrees_with(winner) for winner in winners):
            by = min(winners, key=lambda w: w.where)
            return Outcome(one, "overruled", len(about), f"{by.where} says otherwise of the same event")
        several = f"{one.where}: {one.kind} {one.about} is about {len(about)} events; name event_id to choose"
        return Outcome(one, "applied", len(about), several if len(about) > 1 else "")


def _slot(one: Correction) -> tuple[str, str]:
    """Return what a correction fills: of two that fill the same, the later wins."""
    if one.kind in {"place", "coordinates"}:
        return "place", ""
    if one.kind in {"accept", "reject"}:
        return "verdict", ""
    return one.kind, one.field or (one.words.casefold() if one.kind == "actor" else "")


def _names(event: Event, one: Correction) -> bool:
    sides = (event.perpetrator, event.target)
    return any(actor is not None and actor.name.casefold() == one.words.casefold() for actor in sides)


def _name_outcome(one: Correction, told: Sequence[Event]) -> Outcome:
    matched = sum(1 for e in told if _names(e, one) and one.doc_id in {"", e.sources[0].doc_id})
    return Outcome(one, "applied" if matched else "matches nothing", matched)


def _outcomes(
    judged: JudgedPairs, ruler: _Ruler, events: Sequence[Event], told: Sequence[Event], places: Sequence[Outcome]
) -> list[Outcome]:
    return [*places, *judged.outcomes(events), *ruler.outcomes(events, told)]
