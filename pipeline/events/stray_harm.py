"""Who was hurt, told far below the incident and of no place or day: "|Nine other officers were wounded|"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.drafts import BLOODLESS, SAID, Draft
from pipeline.events.incidents import Incident
from pipeline.events.joining import HARM
from pipeline.models import Count

FAR = 8  # sentences behind what was told last of the incident


def with_stray_harm(incidents: Sequence[Incident], passed: Sequence[Draft]) -> None:
    """Give an incident of which no dead, or no hurt, are told those of a telling that was passed over below it."""
    for draft in passed:
        incident = _above(incidents, draft) if _is_stray(draft) else None
        if incident is None:
            continue
        best = incident.best
        dead, hurt = best.fatalities, best.injuries
        agrees = not (_is_told(dead) and _is_told(draft.fatalities)) or dead.low == draft.fatalities.low
        if agrees and not any(d.headline and d is best for d in incident.drafts):
            incident.best = replace(
                best,
                fatalities=dead if _is_told(dead) else draft.fatalities,
                injuries=hurt if _is_told(hurt) else draft.injuries,
            )


def _is_told(count: Count) -> bool:
    return bool(count.text)


def _is_stray(draft: Draft) -> bool:
    """Whether a telling only says who was hurt, as what has just been told: no place, no day, not of before."""
    told = bool(draft.fatalities.low or draft.injuries.low)
    of_before = draft.perfect or draft.past_perfect or draft.habitual or draft.general or draft.earlier
    elsewhere = draft.placed or draft.names_place or draft.other or draft.sequel or draft.apart
    plain = draft.family in HARM and draft.status in SAID and not draft.headline and not draft.in_clause
    return told and plain and draft.when is None and not (of_before or elsewhere or draft.summed)


def _above(incidents: Sequence[Incident], draft: Draft) -> Incident | None:
    """Return the incident told last before a telling, if it is near enough and had blood in it."""
    before = [i for i in incidents if 0 <= draft.order - i.last <= FAR]
    last = max(before, key=lambda i: i.last, default=None)
    return None if last is None or last.best.family in BLOODLESS else last
