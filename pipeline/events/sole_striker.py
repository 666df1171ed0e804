"""Bombs and shells whose sender is not said: the only one that the report tells of with such weapons there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.events.actors import find_actors
from pipeline.events.drafts import Draft
from pipeline.events.incidents import Incident
from pipeline.events.reading import Reading
from pipeline.models import Actor

FROM_AFAR = frozenset({"Air/drone strike", "Shelling/artillery/missile attack"})  # sub-event types
STATE = frozenset({1, 8})  # ACLED inter codes
NEVER = frozenset({"intercept", "harm", "killing"})  # families
WHY = "who struck is not said here; {name} is the only one that the report tells of with such weapons in this country"


def with_sole_striker(incidents: Sequence[Incident], reading: Reading) -> list[Incident]:
    """Return the incidents; strikes and shelling without a doer get the only one who strikes there, with a note."""
    open_ones = [i for i in incidents if _strikes(i.best) and i.best.perpetrator is None]
    struck = {i.best.target.name for i in incidents if i.best.target is not None}
    for country in sorted({_country(i.best, reading) for i in open_ones} - {""}):
        doer = _sole(incidents, reading, country)
        if doer is not None and doer.name in struck:
            continue  # who is struck himself may be so here, too
        for incident in open_ones if doer is not None else ():
            there = _country(incident.best, reading) == country
            if doer is not None and there and _may_be(incident.best, doer, country):
                notes = (*incident.best.notes, WHY.format(name=doer.name))
                incident.best = replace(incident.best, perpetrator=doer, notes=notes)
                incident.drafts[0] = replace(incident.drafts[0], notes=notes)
    return list(incidents)


def _strikes(draft: Draft) -> bool:
    """Whether it is told as bombing or shelling, or as no more than "a strike"."""
    afar = draft.sub in FROM_AFAR or (draft.sub is None and draft.family == "strike")
    return afar and draft.family not in NEVER


def _is_campaign(draft: Draft) -> bool:
    """Whether a force from abroad attacks: "the coalition went on attacking the group in Syria and Iraq"."""
    return (
        draft.family == "attack"
        and draft.sub is None
        and draft.perpetrator is not None
        and draft.perpetrator.inter == 8
    )


def _country(draft: Draft, reading: Reading) -> str:
    """Return the country of a deed; of one at a name that no gazetteer has, that of the report."""
    return draft.country or ("" if draft.placed else reading.country)


def _may_be(draft: Draft, doer: Actor, country: str) -> bool:
    """Whether the deed can be his: of the armed groups of a country none is the only one that might have done it.

    A state in its own country has jets, while guns there may be anybody's.
    """
    if doer.inter not in STATE:
        return False
    own = doer.country == country
    nameless = doer.name.startswith("Unidentified")
    hits_itself = draft.target is not None and (
        draft.target.name == doer.name or (not own and draft.target.country == doer.country != "")
    )
    return not nameless and not hits_itself and not (own and draft.sub != "Air/drone strike")


def _sole(incidents: Iterable[Incident], reading: Reading, country: str) -> Actor | None:
    """Return the one who strikes in a country, by the report's own strikes there, else by what it names as striking."""
    struck = [i.best for i in incidents if (_strikes(i.best) or _is_campaign(i.best)) and i.best.country == country]
    doers = {d.perpetrator.name: d.perpetrator for d in struck if d.perpetrator is not None}
    others = {name: a for name, a in _striking(reading, country).items() if name not in doers}
    known = doers or others
    if len(known) != 1 or (doers and any(a.country != country for a in others.values())):
        return None
    return next(iter(known.values()))


def _striking(reading: Reading, country: str) -> dict[str, Actor]:
    """Return the other states whose strikes the report names; none whose own bases and people it speaks of."""
    text = reading.parsed.text
    found = find_actors(text, 0, len(text), lexicon=reading.lexicon, country=country)
    acting = (m.actor for m in found if m.kind == "state_act" and not m.bare)
    there = {m.actor.name for m in found if m.kind in {"site", "state_person"}}
    return {a.name: a for a in acting if a.inter in STATE and a.country not in {"", country} and a.name not in there}
