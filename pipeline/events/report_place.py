"""Where a report as a whole is at: what its opening tells without a place is told of the place that heads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gazetteer.models import Place
from pipeline.events.marks import names_street
from pipeline.events.places import placement_of
from pipeline.events.reading import Reading
from pipeline.events.seats import is_bureau, is_regional_bureau, is_seat
from pipeline.models import Placement, Resolution
from pipeline.toponyms.surroundings import is_within

OPENING = 3  # sentences of a report that tell what its headline does
SURE = 0.8  # the least score of a place that stands for the whole report
NOT_WHERE = frozenset({"in organisation", "anchor"})
DISTRICT = 3  # UCDP where_prec
AROUND = 2  # ACLED geo_precision and UCDP where_prec of somewhere in or near a town


def in_place_of_report(reading: Reading, placement: Placement, order: int, *, named: bool = False) -> Placement:
    """Return a placement; for none, in the opening, the place that the headline names or where it is datelined.

    Parameters
    ----------
    reading : Reading
    placement : Placement
        Of an incident; one that names a place, though no gazetteer has it, stays as it is.
    order : int
        The number of the first sentence that tells of it.
    named : bool
        A name is told that nobody knows: a small town of the dateline is the next one known; one from where all
        of the land around is told is not.
    """
    if not is_open(placement) or not 0 <= order < OPENING:
        return placement
    for found, why in ((_of_headline(reading), "headline names"), (dateline_town(reading), "report is datelined")):
        if found is None or found.place is None or (named and is_regional_bureau(found.place)):
            continue
        said = "the place that is named is not known" if named else "no place is said of this"
        told = placement_of(reading.parsed.text, found, reasons=(f"{said}; the {why} {found.place.name}",))
        return _around(told, DISTRICT if named else AROUND)
    return placement


def is_open(placement: Placement) -> bool:
    """Return whether no place is told, or no more than a street, which is one of the town it is told from.

    >>> is_open(Placement(None, None, None, None, None)), is_open(Placement(None, None, None, None, None, "Qila"))
    (True, False)
    """
    known = placement.resolution is not None and placement.resolution.place is not None
    nothing = placement.resolution is None and not placement.description
    return not known and (nothing or names_street(placement.description))


def _around(placement: Placement, least: int) -> Placement:
    geo, where = max(AROUND, placement.geo_precision or AROUND), max(least, placement.where_prec or least)
    return replace(placement, method="relative", description="", geo_precision=geo, where_prec=where)


def _of_headline(reading: Reading) -> Resolution | None:
    """Return the one town or province that the lines above the running text name."""
    above = [r for r in reading.resolutions if r.mention.start < reading.prose and _is_headed(reading, r)]
    named = [r for r in above if not _is_authority(r)]
    inner = [r for r in named if not any(_lies_in(o, r) for o in named if o is not r)]
    return inner[0] if inner and len({r.place.place_id for r in inner if r.place is not None}) == 1 else None


def _is_headed(reading: Reading, resolution: Resolution) -> bool:
    block = reading.article.block_at(resolution.mention.start)
    in_content = block is None or block.is_content
    cues = set(resolution.mention.cues)
    aside = bool(cues & NOT_WHERE) or "dateline" in cues or is_seat(reading.parsed.text, resolution.mention)
    return in_content and not aside and _is_of_the_story(reading, resolution)


def _is_authority(resolution: Resolution) -> bool:
    """Whether a capital's name may stand for a government: it does not stand after "in"."""
    place, cues = resolution.place, resolution.mention.cues
    said_where = any(c.startswith(("preposition: in", "preposition: near", "feature")) for c in cues)
    return place is not None and place.feature_code == "PPLC" and not said_where


def _is_of_the_story(reading: Reading, resolution: Resolution) -> bool:
    """Whether a name is that of a town or province of the country told of."""
    place = resolution.place
    sure = resolution.status == "resolved" and resolution.score >= SURE and resolution.mention.kind == "toponym"
    return sure and place is not None and _is_of_its_land(reading, place) and _is_town_or_province(place)


def _is_of_its_land(reading: Reading, place: Place) -> bool:
    """Whether a place lies in the country told of; where none is, in that of all names, even of "Malian soldiers"."""
    if reading.country:
        return place.country == reading.country
    return {r.place.country for r in reading.resolutions if r.place is not None} <= {place.country, ""} != {""}


def _is_town_or_province(place: Place) -> bool:
    return place.feature_class == "P" or place.feature_code in {"ADM1", "ADM2", "ADM3"}


def dateline_town(reading: Reading) -> Resolution | None:
    """Return the one town of the dateline, unless it is the capital, where those sit who write of all the country."""
    found: Sequence[Resolution] = [
        r
        for r in reading.resolutions
        if "dateline" in r.mention.cues and _is_of_the_story(reading, r) and r.place and r.place.feature_class == "P"
    ]
    towns = [r for r in found if not is_bureau(r.place)]
    return towns[0] if len(found) == len(towns) == 1 else None


def _lies_in(one: Resolution, other: Resolution) -> bool:
    return one.place is not None and other.place is not None and is_within(one.place, other.place)
