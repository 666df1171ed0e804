"""An event at a name that no gazetteer has: somewhere around the place that the report tells of beside it.

What is no surer than that is coded so: a quarter as in or near its town, a village as in the wider region of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.events.places import placement_of, unknown_name
from pipeline.events.reading import Reading
from pipeline.events.report_place import SURE, dateline_town
from pipeline.events.seats import is_bureau, is_regional_bureau, is_seat
from pipeline.models import Placement, Resolution

ELSEWHERE = frozenset({"in organisation", "preposition: from", "preposition: to"})  # cues
BACK = 600  # characters before the name in which what it lies by may stand
QUARTER_PREC, HOME_PREC, VILLAGE_PREC = (2, 2), (2, 3), (3, 4)  # ACLED geo_precision, UCDP where_prec
VILLAGE_M = 40_000.0  # how far a village may be from the town that its report tells of
AREAS = frozenset({"ADM1", "ADM2", "ADM3"})
#: "|Hodan| neighborhood", "the quarter |Gouzoudou|"
QUARTER = re.compile(r"\s+(?:neighbou?rhood|quarter|suburb|ward|square|barrio|favela|slum)\b", re.IGNORECASE)
QUARTER_OF = re.compile(r"\b(?:neighbou?rhood|quarter|suburb|ward|barrio|favela)\s+(?:of\s+)?\Z", re.IGNORECASE)


def near_known(reading: Reading, placement: Placement) -> Placement:
    """Return a placement; for a name that no gazetteer has, around the town or area that is told beside it.

    Parameters
    ----------
    reading : Reading
    placement : Placement
        Of an incident.
    """
    name, unknown = unknown_name(placement), placement.resolution
    if not name or unknown is None:
        return placement
    is_quarter = _is_quarter(reading.parsed.text, unknown)
    beside = _beside(reading, unknown, towns_only=is_quarter)
    found = beside or dateline_town(reading)
    if found is None or found.place is None or (is_regional_bureau(found.place) and not is_quarter):
        return placement
    what = "a quarter of" if is_quarter else "somewhere around"
    why = f"“{name}” is not known; taken as {what} {found.place.name}, which is told beside it"
    told = placement_of(reading.parsed.text, found, reasons=(*placement.reasons, why))
    geo, where = QUARTER_PREC if is_quarter else VILLAGE_PREC if beside is not None else HOME_PREC
    footprint, least = told.footprint, 0.0 if is_quarter else VILLAGE_M
    wide = footprint and replace(footprint, uncertainty_m=max(least, footprint.uncertainty_m), geometry=None)
    return replace(
        told,
        footprint=footprint if found.place.feature_code in AREAS else wide,
        method="relative",
        description=placement.description or name,
        geo_precision=max(geo, told.geo_precision or geo),
        where_prec=max(where, told.where_prec or where),
    )


def _is_quarter(text: str, unknown: Resolution) -> bool:
    start, end = unknown.mention.start, unknown.mention.end
    return QUARTER.match(text, end) is not None or QUARTER_OF.search(text, max(0, start - BACK), start) is not None


def _beside(reading: Reading, unknown: Resolution, *, towns_only: bool) -> Resolution | None:
    """Return the town or area of the country told of that stands nearest: in the same sentence, or before.

    A town of another sentence is where something else was: only a quarter is one of it.
    """
    start = unknown.mention.start
    sentence = reading.parsed.sentence_at(start)
    last = sentence.end if sentence is not None else start
    told = [r for r in reading.resolutions if start - BACK <= r.mention.start < last and _may_hold(reading, r)]
    if towns_only:
        told = [r for r in told if r.place is not None and r.place.feature_class == "P"]
    else:
        told = [r for r in told if r.place is not None and not is_bureau(r.place)]
    told = [r for r in told if "dateline" not in r.mention.cues]
    within = [r for r in told if sentence is not None and r.mention.start >= sentence.start]
    before = told if towns_only else [r for r in told if r.place is not None and r.place.feature_code in AREAS]
    return min(within or before, key=lambda r: abs(r.mention.start - start), default=None)


def _may_hold(reading: Reading, resolution: Resolution) -> bool:
    """Whether it is surely a town or an area of the country told of, and not only where somebody sits or speaks."""
    place, mention = resolution.place, resolution.mention
    if place is None or resolution.status != "resolved" or resolution.score < SURE or mention.kind != "toponym":
        return False
    aside = bool(ELSEWHERE & set(mention.cues)) or is_seat(reading.parsed.text, mention)
    at_home = not reading.country or place.country == reading.country
    return at_home and not aside and (place.feature_class == "P" or place.feature_code in AREAS)
