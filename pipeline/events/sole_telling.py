"""A report that tells no incident in its own right, but speaks of one: "The toll of |Sunday's strike on A| is 47"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.events.drafts import BLOODLESS
from pipeline.events.incidents import Incident
from pipeline.events.places import coarseness

NEWS_DAYS = 10  # what is older is hardly the news of its report
TWO_DAYS = 2  # UCDP date_prec
PROVINCE = 4  # UCDP where_prec: from here on an area is no place to draw a point at
WHY = "spoken of as known; its report tells nothing else"


def sole_telling(spoken_of: Sequence[Incident], today: date | None, text: str) -> list[Incident]:
    """Return the one incident that a report without any is about: at a named place, of late, with harm.

    Where no day of it is told, it is one that opens the report, with what it was done with or by whom.

    Parameters
    ----------
    spoken_of : sequence of Incident
        What the report only speaks of, in the order of the text.
    today : date or None
        Of the report.
    text : str
        Of the report.

    Examples
    --------
    >>> sole_telling([], date(2024, 5, 1), "")
    []
    """
    whole = [_with_toll(i, spoken_of, text) for i in spoken_of if _is_placed(i)]
    told = [i for i in whole if _is_of_harm(i) and (_is_dated(i, today) or _is_lead(i))]
    for incident in told[:1]:
        incident.drafts = [replace(d, notes=(*d.notes, WHY)) for d in incident.drafts]
    return told[:1]


def _with_toll(incident: Incident, spoken_of: Sequence[Incident], text: str) -> Incident:
    """Return an incident with the harm told beside it at no place: "in |the shelling of A|, two civilians died"."""
    near = [i for i in spoken_of if _is_of_harm(i) and not i.best.placed and 0 <= i.order - incident.order <= 1]
    if _is_of_harm(incident) or not near:
        return incident
    harm = near[0]
    incident.takes_harm(harm.best, text)
    incident.drafts = [*incident.drafts, *harm.drafts]
    if incident.assumed or incident.when is None or not incident.when.text:
        incident.when, incident.assumed = harm.when, harm.assumed
    return incident


def _is_dated(incident: Incident, today: date | None) -> bool:
    """Whether a day is told of it, and one of late."""
    when = incident.when
    if when is None or incident.assumed or not when.text or when.date_prec > TWO_DAYS:
        return False
    return today is None or 0 <= (today - when.date_start).days <= NEWS_DAYS


def _is_lead(incident: Incident) -> bool:
    told = incident.best.sub is not None or incident.best.perpetrator is not None
    return incident.order == 0 and told


def _is_placed(incident: Incident) -> bool:
    return incident.best.placed and coarseness(incident.best.placement) < PROVINCE


def _is_of_harm(incident: Incident) -> bool:
    """Whether people were killed or hurt, and not only held."""
    return bool(incident.best.fatalities.low or incident.best.injuries.low) and incident.best.family not in BLOODLESS
