"""Gives groups and civilians told of without a country the one that their event lies in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.actor_phrases import class_actor
from pipeline.events.actors import Lexicon
from pipeline.events.incidents import Incident
from pipeline.models import Actor


def with_country_of_place(incidents: Sequence[Incident], lexicon: Lexicon) -> list[Incident]:
    """Return the incidents; "Unidentified Armed Group" without a country is that of the place, "Civilians" too.

    A sentence without a place of its own says no country, while the incident that it is told of has one.
    """
    for incident in incidents:
        country = incident.best.country
        if country:
            doer, target = (_in(a, country, lexicon) for a in (incident.best.perpetrator, incident.best.target))
            incident.best = replace(incident.best, perpetrator=doer, target=target)
    return list(incidents)


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
