"""A total that a report tells of all its incidents is not that of one: what is told at its own place counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pipeline.events.drafts import Draft
from pipeline.events.incidents import Incident
from pipeline.events.numbers import cardinal_pattern, parse_number
from pipeline.models import Count

_OTHERS = re.compile(rf"\bthe\s+(?:other|remaining)\s+({cardinal_pattern()})\b", re.IGNORECASE)
Harm = Literal["fatalities", "injuries"]
SLACK = 1.1  # figures of one report seldom add up to the last man


def with_own_tolls(incidents: Sequence[Incident], text: str) -> None:
    """Give each incident that took the total of several the figure told at its own place, or what is left for it.

    "Raiders killed 25 in two districts. In Guma nine died, in Tarka 15": 25 is the toll of neither.
    """
    for incident in incidents:
        for harm in ("fatalities", "injuries"):
            own = _own(incident, harm)
            if own is None or not _is_total(incident, incidents, harm, own):
                own = _rest(incident, incidents, harm, text)
            if own is not None:
                incident.best = replace(incident.best, **{harm: own})  # type: ignore[arg-type]


def _rest(incident: Incident, incidents: Sequence[Incident], harm: Harm, text: str) -> Count | None:
    """Return what the opening's total leaves for an incident, if just so many are told of it, or as "the other two".

    "Men shot at a bus and raided a farm, leaving six dead. |Two| died on the bus. At the farm they killed four".
    """
    whole, first = _count(incident, harm), min(incident.drafts, key=lambda d: (d.headline, d.order))
    opening = min((i.order for i in incidents if i.order >= 0), default=0)
    if not whole.low or first.order != opening or _told(first, harm).low != whole.low:
        return None
    left = whole.low - sum(_count(i, harm).low or 0 for i in incidents if i is not incident)
    if not 0 < left < whole.low:
        return None
    below = [
        c for d in incident.drafts if d.order > first.order and not d.headline and (c := _told(d, harm)).low == left
    ]
    others = (parse_number(m[1]) for m in _OTHERS.finditer(text))
    return next((c for c in (*below, *others) if c is not None and c.low == left), None)


def _count(incident: Incident, harm: Harm) -> Count:
    return incident.best.fatalities if harm == "fatalities" else incident.best.injuries


def _told(draft: Draft, harm: Harm) -> Count:
    return draft.fatalities if harm == "fatalities" else draft.injuries


def _own(incident: Incident, harm: Harm) -> Count | None:
    """Return the largest figure that is told with the incident's own place, and of no more than one attack."""
    there = [d for d in incident.drafts if d.place is not None and d.place == incident.best.place and not d.headline]
    told = [c for d in there if (c := _told(d, harm)).low and not _sums_up(d, harm, _count(incident, harm))]
    return max(told, key=lambda c: c.low or 0, default=None)


def _sums_up(draft: Draft, harm: Harm, whole: Count) -> bool:
    """Whether a telling of several attacks at once gives the figure: "11 were killed in |two air strikes|"."""
    return draft.plural and _told(draft, harm).low == whole.low


def _may_sum_up(draft: Draft, first: int) -> bool:
    """Whether a figure stands where totals do, before the ``first`` part or told as one, and is no news of it."""
    return draft.headline or draft.order <= first or draft.plural or any(c.cumulative for c in draft.counts)


def _is_total(incident: Incident, incidents: Sequence[Incident], harm: Harm, own: Count) -> bool:
    """Whether the figure of an incident, told without its place, is that of it and of others together."""
    told = _count(incident, harm)
    whole, part = told.low or 0, own.low or 0
    first = min((d.order for d in incident.drafts if _told(d, harm) == own), default=0)
    drafts = (d for d in incident.drafts if d.place != incident.best.place or _sums_up(d, harm, told))
    apart = any(_told(d, harm).low == whole and _may_sum_up(d, first) for d in drafts)
    others = sum(_count(i, harm).low or 0 for i in incidents if i is not incident and _count(i, harm).low != whole)
    vague = told.qualifier == "several" and own.qualifier != "several"  # "dozens" says no more than two of them
    return apart and part < whole and others > 0 and (vague or part + others <= whole * SLACK)
