"""A total that a report tells of all its incidents is not that of one: what is told at its own place counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pipeline.events.incidents import Incident
from pipeline.models import Count

Harm = Literal["fatalities", "injuries"]
SLACK = 1.1  # figures of one report seldom add up to the last man


def with_own_tolls(incidents: Sequence[Incident]) -> None:
    """Give each incident that took the total of several the figure told at its own place.

    "Raiders killed 25 in two districts. In Guma nine died, in Tarka 15": 25 is the toll of neither.
    """
    for incident in incidents:
        for harm in ("fatalities", "injuries"):
            own = _own(incident, harm)
            if own is not None and _is_total(incident, incidents, harm, own):
                incident.best = replace(incident.best, **{harm: own})  # type: ignore[arg-type]


def _count(incident: Incident, harm: Harm) -> Count:
    return incident.best.fatalities if harm == "fatalities" else incident.best.injuries


def _own(incident: Incident, harm: Harm) -> Count | None:
    """Return the largest figure that is told with the incident's own place."""
    there = [d for d in incident.drafts if d.place is not None and d.place == incident.best.place]
    told = [c for d in there if (c := d.fatalities if harm == "fatalities" else d.injuries).low]
    return max(told, key=lambda c: c.low or 0, default=None)


def _is_total(incident: Incident, incidents: Sequence[Incident], harm: Harm, own: Count) -> bool:
    """Whether the figure of an incident, told without its place, is that of it and of others together."""
    whole, part = _count(incident, harm).low or 0, own.low or 0
    drafts = (d for d in incident.drafts if d.place != incident.best.place)
    apart = any((d.fatalities if harm == "fatalities" else d.injuries).low == whole for d in drafts)
    others = sum(_count(i, harm).low or 0 for i in incidents if i is not incident and _count(i, harm).low != whole)
    return apart and part < whole and others > 0 and part + others <= whole * SLACK
