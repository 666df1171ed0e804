"""Gives groups and civilians told of without a country the one that their event lies in; a protest its protesters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.actor_phrases import class_actor
from pipeline.events.actors import Lexicon
from pipeline.events.drafts import Draft
from pipeline.events.incidents import Incident
from pipeline.models import Actor

STATE, UNARMED = 1, frozenset({5, 6, 7})  # ACLED inter codes
#: sub-event type of unrest -> class of those who do it, named or not (ACLED codebook, "Protesters", "Rioters")
CROWDS = {
    "Peaceful protest": "protesters",
    "Protest with intervention": "protesters",
    "Excessive force against protesters": "protesters",
    "Violent demonstration": "rioters",
    "Mob violence": "rioters",
}


def with_country_of_place(incidents: Sequence[Incident], lexicon: Lexicon) -> list[Incident]:
    """Return the incidents; "Unidentified Armed Group" without a country is that of the place, "Civilians" too.

    A sentence without a place of its own says no country, while the incident that it is told of has one.
    """
    for incident in incidents:
        country = incident.best.country
        if country:
            doer, target = (_in(a, country, lexicon) for a in (incident.best.perpetrator, incident.best.target))
            incident.best = replace(incident.best, perpetrator=doer, target=target)
            incident.best = _with_crowd(incident.best, country, lexicon)
    return list(incidents)


def _with_crowd(best: Draft, country: str, lexicon: Lexicon) -> Draft:
    """Return unrest with its protesters or rioters where nobody is named on that side: "a rally was held in A"."""
    crowd = CROWDS.get(best.sub or "")
    sides = [a.inter for a in (best.perpetrator, best.target) if a is not None]
    if crowd is None or set(sides) & UNARMED:
        return best
    actor = class_actor(lexicon.classes[crowd], country, lexicon)
    if best.perpetrator is None:
        return replace(best, perpetrator=actor)
    return replace(best, target=actor) if best.target is None and best.perpetrator.inter == STATE else best


def _in(actor: Actor | None, country: str, lexicon: Lexicon) -> Actor | None:
    """Return an actor under the name that it has in a country, if it is one of no name and no state.

    Examples
    --------
    >>> from pipeline.events.actors import load_lexicon
    >>> _in(Actor("Unidentified Armed Group", 3), "NG", load_lexicon()).name
    'Unidentified Armed Group (Nigeria)'
    """
    if actor is None or actor.country:
        return actor
    nameless = (c for c in lexicon.classes.values() if c.unknown == actor.name and not c.stateless)
    cls = next(nameless, None)
    return actor if cls is None else replace(class_actor(cls, country, lexicon, assoc=actor.assoc), text=actor.text)
