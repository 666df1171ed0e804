"""Whom a blow on a military post hits: people hurt there of whom no more is said are not coded as civilians."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.drafts import Draft
from pipeline.events.incidents import CIVILIANS, Incident
from pipeline.events.victims import is_anybody

POSTS = frozenset({"INSM", "AIRB", "NVB", "FT"})  # GeoNames feature codes where the armed live


def hits_unknown(draft: Draft) -> bool:
    """Whether it is not known who was hit: nobody is named, or only "people" at a post of the armed."""
    target = draft.target
    if target is None:
        return True
    place = draft.placement.resolution.place if draft.placement.resolution is not None else None
    at_post = place is not None and place.feature_code in POSTS
    return at_post and target.inter == CIVILIANS and is_anybody(target.text)


def without_people_at_posts(incidents: Sequence[Incident]) -> list[Incident]:
    """Return the incidents; who was hit at a post is left open where only "people" are said to be hurt there."""
    for incident in incidents:
        if hits_unknown(incident.best):
            incident.best = replace(incident.best, target=None)
    return list(incidents)
