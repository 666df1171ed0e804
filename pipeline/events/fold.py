"""Within one article: tellings of the same incident become one. A summary that is itemised later gives way to its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from pipeline.events.compare import (
    Verdict,
    compare_actors,
    compare_counts,
    compare_dates,
    compare_places,
    compare_types,
    no,
)
from pipeline.events.dates import when_of
from pipeline.events.drafts import Draft, Reading
from pipeline.events.places import NOT_SAID, specialises
from pipeline.models import Count, When

NEEDED = 1.15
NEEDED_BY_DEFINITE = 0.3
NEEDED_BY_VAGUE = 0.9
NEEDED_BY_HARM = 0.6
NEAR_SENTENCES = 4
WEAK_FAMILIES = frozenset({"harm", "killing", "respond", "launch", "land"})
LEAD_SENTENCES = 3
BACKGROUND_DAYS = 30
ASSUMED_DAYS = 2


@dataclass(slots=True)
class Incident:
    """The tellings of one incident in one article, the fullest first; what it knows is filled from them."""

    drafts: list[Draft]
    best: Draft
    when: When | None
    order: int
    last: int
    itemised: bool = False
    assumed: bool = False
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A telling that became no event, and why: kept, so that nothing is dropped silently."""

    draft: Draft
    why: str


def fold(reading: Reading, drafts: Sequence[Draft], text: str) -> tuple[list[Incident], list[PassedOver]]:
    """Return the incidents that the drafts of one article tell of, and the drafts that tell of none."""
    folder = _Folder(reading, text)
    groups = _by_sentence([d for d in drafts if not d.headline])
    for group in groups:
        folder.take(group, group[0].order)
    for group in _by_sentence([d for d in drafts if d.headline]):
        folder.take(group, -1)
    return [i for i in folder.incidents if not i.itemised], folder.passed


def _by_sentence(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Return runs of drafts of one telling (same sentence, same words, different places)."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        last = groups[-1][-1] if groups else None
        if last is not None and draft.notes == last.notes and draft.times == last.times and draft.source == last.source and (
            draft.placed and last.placed and draft.family == last.family and draft.counts == last.counts and draft.placement != last.placement
        ):  # fmt: skip
            groups[-1].append(draft)
        else:
            groups.append([draft])
    return groups


class _Folder:
    def __init__(self, reading: Reading, text: str) -> None:
        self.reading, self.text = reading, text
        self.incidents: list[Incident] = []
        self.passed: list[PassedOver] = []

    def take(self, group: list[Draft], number: int) -> None:
        """Fold one telling in: its drafts differ only in place."""
        group = [self._dated(d, number) for d in group]
        if any(t.kind in {"historical", "since"} for t in group[0].times) and group[0].when is None and not group[0].headline:
            self.passed += [PassedOver(d, "background: told of an earlier time or a long span") for d in group]
            return
        found, verdict = self._match(group[0], number)
        if len(group) > 1:
            self._itemise(group, found, verdict, number)
            return
        draft = group[0]
        self._claim_series(draft, found)
        if found is not None and _refines(found, draft):
            self._add_child(found, draft, number)
        elif found is not None:
            self._merge(found, draft, verdict, number)
        else:
            self._start(draft, number)

    def _dated(self, draft: Draft, number: int) -> Draft:
        """Give an anaphoric time ("24 hours earlier") its day from the incident told just before."""
        if draft.when is not None or draft.anaphoric is None:
            return draft
        told = [i for i in self.incidents if i.best.source != draft.source and i.drafts[-1].source != draft.source]
        previous = next((i.when for i in sorted(told, key=lambda i: -i.last) if i.when is not None), None)
        return replace(draft, when=when_of(draft.anaphoric, previous=previous, today=self.reading.today))

    def _match(self, draft: Draft, number: int) -> tuple[Incident | None, Verdict]:
        best, verdict = None, Verdict(None)
        bare = draft.bare and not draft.definite and not draft.headline and not draft.placed and draft.when is None
        for incident in self.incidents:
            if bare and draft.order - incident.last > NEAR_SENTENCES:
                continue
            found = self._verdict(incident, draft, number)
            if found.score is not None and (verdict.score is None or found.score > verdict.score or (
                    found.score == verdict.score and best is not None and incident.last > best.last)):  # fmt: skip
                best, verdict = incident, found
        told_before = draft.definite or draft.headline
        vague = not draft.placed and draft.when is None
        if vague and draft.family == "harm" and best is not None and draft.order - best.last <= 1:
            told_before, vague = False, True
            return (best, verdict) if (verdict.score or 0.0) >= NEEDED_BY_HARM else (None, verdict)
        needed = NEEDED_BY_DEFINITE if told_before else NEEDED_BY_VAGUE if vague else NEEDED
        return (best, verdict) if verdict.score is not None and verdict.score >= needed else (None, verdict)

    def _verdict(self, incident: Incident, draft: Draft, number: int) -> Verdict:
        known = incident.best
        parts = [
            compare_types(known.sub, draft.sub, (known.family, draft.family)),
            self._dates(incident, draft),
            self._places(incident, draft),
            compare_actors((known.perpetrator, draft.perpetrator), (known.target, draft.target)),
            compare_counts(known.fatalities, draft.fatalities),
            compare_counts(known.injuries, draft.injuries),
            Verdict(0.5 if number - incident.last <= 1 else 0.25 if number - incident.last <= NEAR_SENTENCES else 0.0),
        ]
        if any(p.score is None for p in parts):
            return next(p for p in parts if p.score is None)
        if draft.other and (parts[2].score or 0.0) < 1.0:
            return no("told as another incident")
        nested = 0.0 < (parts[2].score or 0.0) < 1.0
        if incident.last == number and number >= 0 and not draft.definite:
            empty = not draft.placed and draft.when is None and known.perpetrator == draft.perpetrator  # "and both hit their targets"
            mild = nested or empty or "explosion" in {known.family, draft.family}
            parts.append(Verdict(-0.2 if mild else -0.8))  # two tellings of one sentence are seldom one incident
        if draft.plural != known.plural and not draft.definite:
            parts.append(Verdict(-0.3))
        return Verdict(sum(p.score or 0.0 for p in parts), tuple(w for p in parts for w in p.why))

    def _places(self, incident: Incident, draft: Draft) -> Verdict:
        for exact, vague in ((draft.placement, incident.best.placement), (incident.best.placement, draft.placement)):
            why = specialises(exact, vague, self.text)
            if why:
                return Verdict(1.2, (why,))
        return compare_places(incident.best.placement, draft.placement)

    def _claim_series(self, draft: Draft, found: Incident | None) -> None:
        """Let "the group claimed the attacks" name the perpetrator of all incidents of that day that have none."""
        if not (draft.definite and draft.plural and draft.perpetrator is not None and found is not None):
            return
        for incident in self.incidents:
            known = incident.best
            if known.perpetrator is None and incident.when == found.when and known.target in {None, found.best.target}:
                incident.best = replace(known, perpetrator=draft.perpetrator)

    def _dates(self, incident: Incident, draft: Draft) -> Verdict:
        """Compare dates; a day that was only assumed gives way to one within the week."""
        found = compare_dates(incident.when, draft.when)
        if draft.other and found.score != 1.0:
            return no("told as another incident")
        old = draft.when is not None and self.reading.today and (self.reading.today - draft.when.date_end).days > BACKGROUND_DAYS
        if incident.when is None and old:
            return no("of weeks before")
        if draft.when is None and draft.said_day is not None and compare_dates(incident.when, draft.said_day).score:
            return Verdict(0.4, ("told on the day",))
        if found.score is None and incident.assumed and incident.when and draft.when:
            return Verdict(0.0) if abs((incident.when.date_end - draft.when.date_end).days) <= ASSUMED_DAYS else found
        return found

    def _start(self, draft: Draft, number: int) -> None:
        why = why_not(draft, self.reading, lead=number < LEAD_SENTENCES)
        if not why and draft.headline and any(not i.best.headline for i in self.incidents):
            why = "only the headline; the report itself tells otherwise"
        if why:
            self.passed.append(PassedOver(draft, why))
            return
        when = draft.when or draft.said_day or self._assumed(draft, number)
        self.incidents.append(Incident([draft], draft, when, number, number, assumed=draft.when is None))

    def _assumed(self, draft: Draft, number: int) -> When | None:
        """Return the day to assume for an undated incident: the report's own for its opening, that told just before else."""
        today = self.reading.today
        if any(t.kind in {"historical", "since"} for t in draft.times):
            return None
        if number < LEAD_SENTENCES and today is not None:
            why = "no day in the text; it opens the report, so that day or the day before is assumed"
            return When(today - timedelta(days=1), today, 2, 2, "", (why,))
        if any(t.kind == "duration" for t in draft.times):
            return None  # "a day after American jets bombed": another day than this one
        dated = [i for i in self.incidents if i.when is not None and i.when.date_prec <= 2]
        one_day = len({i.when.date_end for i in dated if i.when}) == 1
        before = [i for i in dated if one_day or number - i.last <= NEAR_SENTENCES]
        if not before or draft.bare or draft.past_perfect or draft.definite:
            return None
        nearest = max(before, key=lambda i: i.last)
        why = "no day in the text; that of the incident told just before is assumed"
        return replace(nearest.when, time_precision=2, date_prec=max(2, nearest.when.date_prec), text="", reasons=(why,))  # type: ignore[union-attr]

    def _itemise(self, group: list[Draft], parent: Incident | None, verdict: Verdict, number: int) -> None:
        """Several places told at once: each its own incident; a summary told before gives way to them."""
        for draft in group:
            if parent is not None and not parent.best.placed or parent is not None and _refines(parent, draft):
                self._add_child(parent, draft, number)
            else:
                found, verdict = self._match(draft, number)
                if found is not None and found.last != number:
                    self._merge(found, draft, verdict, number)
                else:
                    self._start(draft, number)

    def _add_child(self, parent: Incident, draft: Draft, number: int) -> None:
        child = _inherit(draft, parent)
        why = f"“{_short(parent.best.source.sentence)}” tells of several; this is one of them"
        self.incidents.append(Incident([child, *parent.drafts], child, child.when or parent.when, number, number, reasons=[why]))
        parent.itemised = True

    def _merge(self, incident: Incident, draft: Draft, verdict: Verdict, number: int) -> None:
        if draft.when is not None and draft.when.date_prec >= 4 and incident.when is not None:
            draft = replace(draft, when=None)  # "this month" says no more than what is known
        incident.reasons += [w for w in verdict.why if w not in incident.reasons]
        incident.drafts.append(draft)
        incident.best = _combine(incident.best, draft, self.text)
        incident.when = incident.best.when or incident.when or draft.said_day
        incident.assumed = incident.assumed and incident.best.when is None
        incident.last = max(incident.last, number)


def why_not(draft: Draft, reading: Reading, *, lead: bool) -> str:
    """Return why a draft that matches nothing told before starts no incident, or an empty string."""
    if draft.status in {"planned", "hypothetical", "negated"}:
        return f"{draft.status}: it is not said to have happened"
    if draft.status == "denied":
        return "denied, and nothing else tells of it"
    if draft.other and draft.when is None:
        return "another incident, told in passing"
    if draft.definite and draft.when is not None and draft.when.date_prec >= 4:
        return "told of a month or more, not of one incident"
    if draft.habitual:
        return "told of many times, not of one incident"
    if draft.bare and draft.when and reading.today and (reading.today - draft.when.date_end).days > BACKGROUND_DAYS:
        return "background: told in passing, of weeks ago"
    if draft.definite and (not draft.placed or draft.bare) and (draft.when is None or draft.plural):
        return "speaks of something told elsewhere"
    if draft.bare and not draft.placed and draft.when is None and not lead:
        return "told in passing, without place or day"
    coarse = (draft.placement.where_prec or 9) > 3 and not (lead and draft.placed)
    if draft.bare and (draft.plural or coarse) and draft.when is None and draft.said_day is None:
        return "told in passing, without a day or an exact place"
    if draft.plural and not draft.placed and draft.when is None:
        return "several at once, without place or day"
    if not draft.placed and draft.when is None and draft.said_day is None and draft.target is None and draft.perpetrator is None:
        return "says neither who, nor where, nor when"
    return ""


def _refines(incident: Incident, draft: Draft) -> bool:
    """Whether the draft is one item of a summary: the summary is plural and lies coarser."""
    known = incident.best
    if not known.plural or draft.plural or not draft.placed:
        return False
    return (known.placement.where_prec or 9) > (draft.placement.where_prec or 9) and (known.placement.where_prec or 9) >= 5


def _inherit(draft: Draft, parent: Incident) -> Draft:
    known = parent.best
    return replace(
        draft, perpetrator=draft.perpetrator or known.perpetrator, target=draft.target or known.target, sub=draft.sub or known.sub,
        when=draft.when or parent.when, attributed_to=draft.attributed_to or known.attributed_to, plural=False, definite=False,
    )  # fmt: skip


def _combine(known: Draft, new: Draft, text: str) -> Draft:
    """Return what two tellings of one incident know together; the source sentence stays with the one that places it best."""
    finer = (new.placed and not known.placed) or bool(specialises(new.placement, known.placement, text)) or (
        new.placed and (new.placement.where_prec or 9) < (known.placement.where_prec or 9))  # fmt: skip
    full = not known.bare and not new.bare and known.placed and new.placed
    lead = new if finer and not new.headline else known
    when = known.when if known.when is not None and not (new.when and new.when.date_prec < known.when.date_prec) else new.when
    return replace(
        known, source=lead.source, placement=_placement(known, new, text) if finer else known.placement,
        sub=known.sub or new.sub, family=_family(known, new),
        perpetrator=_fuller(known.perpetrator, new.perpetrator), target=_fuller(known.target, new.target),
        when=when, said_day=known.said_day or new.said_day,
        fatalities=_larger(known.fatalities, new.fatalities, disagree=full),
        injuries=_larger(known.injuries, new.injuries, disagree=full),
        attributed_to=known.attributed_to or new.attributed_to, plural=known.plural and (new.plural or new.definite or not finer),
        status="asserted" if "asserted" in {known.status, new.status} else known.status,
        notes=(*known.notes, *new.notes),
    )  # fmt: skip


def _family(known: Draft, new: Draft) -> str:
    """Return the family that says more of the kind of event."""
    if known.sub is None and (new.sub is not None or known.family in WEAK_FAMILIES):
        return new.family
    return known.family


def _placement(known: Draft, new: Draft, text: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    why = specialises(new.placement, known.placement, text)
    if why:
        return replace(new.placement, reasons=(*new.placement.reasons, why))
    return new.placement if new.placed else NOT_SAID


def _fuller(known, new):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    if known is None or (new is not None and known.inter == 0 and new.inter != 0):
        return new
    if new is not None and known.name.startswith("Unidentified") and not new.name.startswith("Unidentified"):
        return new
    return known


def _larger(known: Count, new: Count, *, disagree: bool) -> Count:
    """Return the larger count; where two full tellings ``disagree``, the range of both."""
    if new.low is None and new.best is None:
        return known
    if known.low is None and known.best is None:
        return new
    more, less = (new, known) if (new.best or new.low or 0) > (known.best or known.low or 0) else (known, new)
    if disagree and less.low and more.low != less.low and more.qualifier == less.qualifier == "exact":
        return replace(more, low=less.low, qualifier="about", text=f"{known.text}; {new.text}")
    return more


def _short(sentence: str, length: int = 60) -> str:
    return sentence if len(sentence) <= length else sentence[: length - 1].rsplit(" ", 1)[0] + "…"
