"""Who was hurt, told far below the incident and of no place or day: "|Nine other officers were wounded|"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.added_harm import with_added
from pipeline.events.drafts import BLOODLESS, SAID, Draft
from pipeline.events.incidents import Incident
from pipeline.events.joining import HARM
from pipeline.events.kinds import is_violent
from pipeline.models import Count

FAR = 8  # sentences behind what was told last of the incident
NEAR = 3  # the same, of a blow: "his wife |was beaten| and is in a clinic"


def with_stray_harm(incidents: Sequence[Incident], passed: Sequence[Draft], text: str) -> None:
    """Give an incident of which no dead, or no hurt, are told those of a telling that was passed over below it.

    Those told as more, or as of the other side, are added.
    """
    for draft in passed:
        incident = _above(incidents, draft, passed) if _is_stray(draft) else None
        incident = incident or _beside(incidents, draft)
        if incident is None or any(d.headline and d is incident.best for d in incident.drafts):
            continue
        best = incident.best
        dead, hurt = best.fatalities, best.injuries
        told = [c for d in incident.drafts for c in d.counts]
        more = with_added(dead, told, draft.counts, "killed", text)
        agrees = not (_is_told(dead) and _is_told(draft.fatalities)) or dead.low == draft.fatalities.low
        if agrees or more is not None:
            incident.best = replace(
                best,
                fatalities=more or (dead if _is_told(dead) else draft.fatalities),
                injuries=hurt if _is_told(hurt) else draft.injuries,
            )


def with_harm_beside(incidents: Sequence[Incident], beside: Sequence[Draft]) -> None:
    """Give an incident the dead and hurt of what goes with it in its own sentence: "stoned a lorry, hurting two"."""
    for draft in beside:
        told = [i for i in incidents if any(d.source == draft.source for d in i.drafts)]
        if len(told) != 1 or draft.status not in SAID:
            continue
        best = told[0].best
        told[0].best = replace(
            best,
            fatalities=best.fatalities if _is_told(best.fatalities) else draft.fatalities,
            injuries=best.injuries if _is_told(best.injuries) else draft.injuries,
        )


def _is_told(count: Count) -> bool:
    return bool(count.text)


def _is_stray(draft: Draft) -> bool:
    """Whether a telling only says who was hurt, as what has just been told: no place, no day, not of before."""
    told = bool(draft.fatalities.low or draft.injuries.low)
    of_before = draft.perfect or draft.past_perfect or draft.habitual or draft.general or draft.earlier
    elsewhere = _is_elsewhere(draft) or draft.other or draft.sequel
    new = not (draft.in_clause if draft.family in HARM else draft.definite)
    plain = draft.status in SAID and not draft.headline and new
    return (
        told and plain and is_violent(draft.sub) and draft.when is None and not (of_before or elsewhere or draft.summed)
    )


#: what a clause tells of another time or of other people: "after five were killed", "whose son died"
_OTHERS = re.compile(
    r"\b(?:after|since|following|before|ago|earlier|previous(?:ly)?|last|when|who|whose|whom|which|another|separate(?:ly)?|elsewhere"
    r"|recent(?:ly)?|years?|months?|weeks?|anniversary|trial|court|accused|charged|suspected|over|against|protest\w*|if|had)\b",
    re.IGNORECASE,
)


def _beside(incidents: Sequence[Incident], draft: Draft) -> Incident | None:
    """Return the one incident of the sentence before of which a clause tells the dead: "|whereas four jailers died|".

    So does a sentence that tells of no other day than the one known.
    """
    told = bool(draft.fatalities.low or draft.injuries.low) and draft.family in HARM
    before = draft.perfect or draft.habitual or draft.general or draft.earlier or draft.summed or draft.plural
    apart = _is_elsewhere(draft) or draft.other or draft.sequel or draft.headline or draft.status not in SAID
    if not told or before or apart or len(incidents) != 1:
        return None
    last = incidents[0]
    when = last.best.when
    same_day = draft.when is None or (when is not None and when.date_start == draft.when.date_start)
    near = any(0 <= draft.order - d.order <= 1 for d in last.drafts) and last.best.family not in BLOODLESS
    of_now = draft.when is not None or _OTHERS.search(draft.source.sentence) is None
    return last if same_day and near and of_now else None


def _is_elsewhere(draft: Draft) -> bool:
    return draft.placed or draft.names_place or draft.apart


def _above(incidents: Sequence[Incident], draft: Draft, passed: Sequence[Draft]) -> Incident | None:
    """Return the incident told last before a telling, if it is near, had blood in it and no other is told since."""
    reach = FAR if draft.family in HARM else NEAR
    near = ((max((d.order for d in i.drafts if d.order <= draft.order), default=-reach), i) for i in incidents)
    before = [(at, i) for at, i in near if draft.order - at <= reach and i.order <= draft.order]
    at, last = max(before, key=lambda told: told[0], default=(-1, None))
    if last is None or last.best.family in BLOODLESS:
        return None
    between = (d for d in passed if at < d.order < draft.order and not d.headline)
    return None if any(d.apart for d in between) else last
