"""Rebels without a name: those of the only armed group of the country that the report names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.events.actor_times import at_the_time
from pipeline.events.actors import Lexicon, find_actors
from pipeline.events.drafts import Draft
from pipeline.events.incidents import Incident
from pipeline.events.reading import Reading
from pipeline.models import Actor

REBELS = 2  # ACLED inter code
SUSPECTED = re.compile(r"\b(?:suspected|alleged|unidentified|unknown|presumed|another|other|rival)\b", re.IGNORECASE)
WHY = "which rebels is not said here; {name} is the only armed group of the country that the report names"


def with_sole_rebels(incidents: Sequence[Incident], reading: Reading) -> list[Incident]:
    """Return the incidents; "rebels" and "guerrillas" are of the one group that the report names, with a note.

    "Gunmen" and "suspected rebels" stay nobody's.
    """
    for country in sorted({i.best.country for i in incidents} - {""}):
        nameless = (
            f"Unidentified Rebel Group ({reading.lexicon.state_names.get(country, country).removeprefix('the ')})"
        )
        mine = [i for i in incidents if i.best.country == country and nameless in _names(i.best)]
        sole = _sole(reading, country) if mine else None
        for incident in mine if sole is not None else ():
            incident.best = _of_the_group(incident.best, nameless, sole)
            incident.drafts[0] = replace(incident.drafts[0], notes=incident.best.notes)
    return list(incidents)


def _of_the_group(draft: Draft, nameless: str, group: Actor | None) -> Draft:
    if group is None or group.name in _names(draft):
        return draft
    doer, hit = (group if _are_rebels(a, nameless) else a for a in (draft.perpetrator, draft.target))
    if (doer, hit) == (draft.perpetrator, draft.target) or doer == hit:
        return draft
    return replace(draft, perpetrator=doer, target=hit, notes=(*draft.notes, WHY.format(name=group.name)))


def _are_rebels(actor: Actor | None, nameless: str) -> bool:
    return actor is not None and actor.name == nameless and SUSPECTED.search(actor.text) is None


def _names(draft: Draft) -> set[str]:
    return {a.name for a in (draft.perpetrator, draft.target) if a is not None}


def _sole(reading: Reading, country: str) -> Actor | None:
    """Return the one rebel group named in the report, if it is of the country."""
    found = _groups(reading.parsed.text, reading.today, reading.lexicon, country)
    only = next(iter(found.values())) if len(found) == 1 else None
    return only if only is not None and only.country == country else None


def _groups(text: str, day: date | None, lexicon: Lexicon, country: str) -> dict[str, Actor]:
    told = find_actors(text, 0, len(text), lexicon=lexicon, country=country)
    found = (at_the_time(m.actor, day) for m in told if m.kind == "named")
    return {a.name: a for a in found if a is not None and a.inter == REBELS}
