"""A town that the resolver did not dare to take, though the report is of one country, where only that bears the name.

Towns of which no source tells how many live there are seldom believed. In a report of events "in |Panjgur|" is a place,
and where all else that is named lies in Pakistan, the only Panjgur of Pakistan is meant. Like
:mod:`pipeline.events.namesakes` this holds only for reports from which events are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gazetteer.index import Gazetteer
from pipeline.events.namesakes import SURE, only_bearer, speaks_for_country
from pipeline.models import Reason, Resolution
from pipeline.toponyms.footprints import moved_to

#: Grounds on which the resolver refused a name that may be overruled: no words of the report speak against the place.
DOUBTS = frozenset({"belief", "nothing fits"})
WHERE = tuple(f"preposition: {word}" for word in ("in", "at", "near", "outside", "around"))
SHORTEST = 5  # letters of a name that is hardly a word or a part of one


def with_sole_bearers(resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> tuple[Resolution, ...]:
    """Return the resolutions, with the doubted towns that alone bear their names in the one country told of.

    Parameters
    ----------
    resolutions : sequence of Resolution
        Of all mentions of one report.
    gazetteer : Gazetteer

    Examples
    --------
    >>> with_sole_bearers([], gazetteer=None)
    ()
    """
    lands = {r.place.country for r in resolutions if r.place is not None and speaks_for_country(r)} - {""}
    if len(lands) != 1:
        return tuple(resolutions)
    return tuple(_believed(r, frozenset(lands), gazetteer) if _is_doubted(r) else r for r in resolutions)


def _is_doubted(resolution: Resolution) -> bool:
    mention = resolution.mention
    refused = resolution.place is None and any(r.feature in DOUBTS for r in resolution.reasons)
    is_site = mention.kind == "toponym" and any(cue.startswith(WHERE) for cue in mention.cues)
    return refused and is_site and len(mention.text) >= SHORTEST


def _believed(resolution: Resolution, lands: frozenset[str], gazetteer: Gazetteer) -> Resolution:
    place = only_bearer(resolution.mention, lands, gazetteer)
    if place is None:
        return resolution
    words = f"the only {place.name} of the country in which all else lies that the report names"
    others = tuple(a for a in resolution.alternatives if a.place.place_id != place.place_id)
    kept = replace(resolution, reasons=(Reason("sole bearer", 0.0, words), *resolution.reasons), alternatives=others)
    return replace(moved_to(kept, place, gazetteer), status="resolved", score=SURE)
