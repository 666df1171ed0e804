"""Who a crowd is in a scene that names nobody: protesters, rioters."""

from __future__ import annotations

from dataclasses import replace

from pipeline.events.actor_phrases import class_actor
from pipeline.events.actors import Lexicon
from pipeline.events.roles import Roles

#: family of a scene of a crowd -> class of those who do it, or to whom it is done
DOERS = {"crowd_protest": "protesters", "crowd_riot": "rioters", "crowd_mob": "rioters"}
HIT = {"crowd_met": "protesters", "crowd_shot_at": "protesters"}


def with_crowd(roles: Roles, family: str, country: str, lexicon: Lexicon) -> Roles:
    """Return the roles with the crowd that a scene tells of, on the side where nobody is named."""
    doer = DOERS.get(family)
    hit = None if doer is not None else HIT.get(family)
    if doer is not None and roles.perpetrator is None:
        return replace(roles, perpetrator=class_actor(lexicon.classes[doer], country, lexicon))
    if hit is not None and roles.target is None:
        return replace(roles, target=class_actor(lexicon.classes[hit], country, lexicon))
    return roles
