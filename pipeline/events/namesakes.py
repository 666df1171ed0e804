"""A small place in a country that the report otherwise never speaks of: most likely the namesake of one nobody knows.

A report of one country that names a village of another says so: it names that country, its people or a second place
there. Where it does not, the place is a namesake: the one of the country told of is taken, or none. The same holds of
what is called a village, in a report of one province. Only reports from which events are read are held to this: a
wrong dot on the map is worse than a missing one, while in other texts a place abroad is often named by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gazetteer.index import Gazetteer
from gazetteer.models import Place
from gazetteer.names import fold, without_generics
from gazetteer.sphere import distance_km
from pipeline.events.actors import find_actors, load_lexicon
from pipeline.models import Actor, Alternative, Mention, Reason, Resolution
from pipeline.toponyms.footprints import place_footprint

SURE = 0.6  # the least score of a name that speaks for its country
KNOWN = 100_000  # inhabitants of a town that is named without its country, if little else bears the name
LARGE = 500_000  # inhabitants of a town that is named without its country
FIRM = 0.9  # the least score of a town of the former size
NEAR_KM = 50.0  # from what the report names: as near, a place may lie across the border
ABROAD_KM = 3_000.0  # from a large town, or the home of an armed group: farther off than its war reaches
SAME_KM = 30.0  # bearers of a name as near to each other are one place from two sources
BEARERS = 50  # of a name that are looked at
LEAST_NAMES = 2  # names that make a country the one told of
VILLAGE = frozenset({"feature: village", "feature: hamlet"})
SMALL = frozenset(
    f"feature: {noun}" for noun in ("village", "hamlet", "district", "subdistrict", "upazila", "settlement")
)
GROUPS = frozenset({2, 3, 4})  # ACLED inter codes of rebels and militias: states fight far from home
TOLD_TOGETHER = ({"IL", "PS"}, {"UA", "RU"}, {"MA", "EH"}, {"RS", "XK"}, {"CN", "HK"}, {"CN", "TW"}, {"US", "PR"})


@dataclass(frozen=True, slots=True)
class Told:
    """What a report names, by country and by province; the countries and provinces that it is about; its places."""

    names: dict[str, set[str]]
    main: frozenset[str]
    provinces: frozenset[str]
    places: tuple[Place, ...]


def without_namesakes(resolutions: Sequence[Resolution], gazetteer: Gazetteer, text: str) -> tuple[Resolution, ...]:
    """Return the resolutions, those of far namesakes put right or taken back.

    Parameters
    ----------
    resolutions : sequence of Resolution
        Of all mentions of one report.
    gazetteer : Gazetteer
    text : str
        Of the report: the armed groups that it names speak for their countries, too.

    Examples
    --------
    >>> without_namesakes([], gazetteer=None, text="")
    ()
    """
    told = _told(resolutions)
    if not told.main:
        return _near_home(resolutions, told, gazetteer, text)
    doubtful = [r for r in resolutions if _is_far_namesake(r, told)]
    named = _of_actors(text) if doubtful else frozenset()
    wrong = {id(r) for r in doubtful if r.place is not None and r.place.country not in named}
    wrong |= {id(r) for r in resolutions if _is_of_another_province(r, told)}
    return tuple(_put_right(r, told, gazetteer) if id(r) in wrong else r for r in resolutions)


def _of_actors(text: str) -> frozenset[str]:
    """Return the countries of the actors that a text names."""
    return frozenset(a.country for a in _actors(text) if a.country)


def _actors(text: str) -> list[Actor]:
    return [m.actor for m in find_actors(text, 0, len(text), lexicon=load_lexicon())]


def _told(resolutions: Sequence[Resolution]) -> Told:
    names: dict[str, set[str]] = defaultdict(set)
    about: set[str] = set()
    provinces: set[str] = set()
    places: list[Place] = []
    for r in resolutions:
        if r.place is None or not r.place.country or not speaks_for_country(r):
            continue
        names[r.place.country].add(_key(r.mention))
        names[_province(r.place)].add(_key(r.mention))
        if r.place.feature_code == "ADM1":
            provinces.add(r.place.place_id)
        if r.place.feature_code.startswith("PCL") or r.place.feature_code == "ADM1":
            about.add(r.place.country)
        else:
            places.append(r.place)
    main = frozenset(c for c in about if len(names[c]) >= LEAST_NAMES)
    within = frozenset(p for p in provinces if len(names[p]) >= LEAST_NAMES)
    return Told(dict(names), main, within, tuple(places))


def _province(place: Place) -> str:
    return place.place_id if place.feature_code == "ADM1" else place.admin1_id


def speaks_for_country(resolution: Resolution) -> bool:
    """Return whether a name is sure enough, and no boilerplate, to tell what country a report is about."""
    aside = any(c.startswith("boilerplate") for c in resolution.mention.cues)
    return resolution.score >= SURE and resolution.mention.kind != "descriptive" and not aside


def _is_far_namesake(resolution: Resolution, told: Told) -> bool:
    place, mention = resolution.place, resolution.mention
    if place is None or not _is_small(place, resolution) or "dateline" in mention.cues or place.country in told.main:
        return False
    others = told.names.get(place.country, set()) - {_key(mention)}
    beside = any({place.country, m} in TOLD_TOGETHER for m in told.main)
    if others or not told.main or beside or mention.kind not in {"toponym", "metonym"}:
        return False
    return _is_far(place, [p for p in told.places if p.country in told.main])


def _near_home(
    resolutions: Sequence[Resolution], told: Told, gazetteer: Gazetteer, text: str
) -> tuple[Resolution, ...]:
    """Return the resolutions of a report of no one country, without those a continent away from all it speaks of."""
    alone = [r for r in resolutions if _is_alone(r, told)]
    if not alone:
        return tuple(resolutions)
    sure = (r for r in resolutions if r.mention.kind == "toponym" and speaks_for_country(r))
    known = [r.place for r in sure if r.place is not None and _is_well_known(r.place)]
    borrowed = {id(r) for r in alone if r.place is not None and fold(r.place.name) != _key(r.mention)}
    groups = [a for a in _actors(text) if a.country] if borrowed else []
    lands = frozenset(a.country for a in groups) if all(a.inter in GROUPS for a in groups) else frozenset()
    armed = [state for iso2 in sorted(lands) if (state := gazetteer.country(iso2)) is not None]
    home = replace(told, main=frozenset(p.country for p in known) | lands, places=())
    wrong = {id(r) for r in alone if _is_abroad(r, known or (armed if id(r) in borrowed else []), home)}
    return tuple(_put_right(r, home, gazetteer) if id(r) in wrong else r for r in resolutions)


def _is_alone(resolution: Resolution, told: Told) -> bool:
    """Whether a small place is all that a report names of its country."""
    place, mention = resolution.place, resolution.mention
    if place is None or not _is_small(place, resolution) or "dateline" in mention.cues or mention.kind != "toponym":
        return False
    return not told.names.get(place.country, set()) - {_key(mention)}


def _is_well_known(place: Place) -> bool:
    return place.feature_code == "PPLC" or (place.feature_class == "P" and place.population >= LARGE)


def _is_abroad(resolution: Resolution, homes: Sequence[Place], home: Told) -> bool:
    """Whether a place lies a continent away from all that is known of a report, in a country that none of it names."""
    place = resolution.place
    if place is None or place.country in home.main or not homes:
        return False
    return all(distance_km(h.lat, h.lon, place.lat, place.lon) > ABROAD_KM for h in homes)


def _is_of_another_province(resolution: Resolution, told: Told) -> bool:
    """Whether what is called a village lies in a province of which nothing else is named, far from all that is."""
    place, mention = resolution.place, resolution.mention
    if place is None or place.feature_class != "P" or not VILLAGE & set(mention.cues) or not place.admin1_id:
        return False
    others = told.names.get(place.admin1_id, set()) - {_key(mention)}
    if others or not told.provinces or place.country not in told.main:
        return False
    return _is_far(place, [p for p in told.places if p.place_id != place.place_id])


def _is_far(place: Place, places: Sequence[Place]) -> bool:
    return all(distance_km(p.lat, p.lon, place.lat, place.lon) > NEAR_KM for p in places)


def _is_small(place: Place, resolution: Resolution) -> bool:
    """Whether a place is one that is not named alone abroad: no country, province, sea, capital or well-known town."""
    if place.feature_class not in {"P", "S"} and place.feature_code not in {"ADM2", "ADM3", "ADM4"}:
        return False
    if SMALL & set(resolution.mention.cues):
        return True
    firm = place.population >= KNOWN and resolution.score >= FIRM
    return not (firm or place.population >= LARGE or place.feature_code == "PPLC")


def _put_right(resolution: Resolution, told: Told, gazetteer: Gazetteer) -> Resolution:
    """Return the resolution with the one bearer of the name where the report is at, or with none."""
    place = resolution.place
    if place is None:
        return resolution
    strayed = place.country in told.main
    wide = "province" if strayed else "country"
    words = f"{place.name} ({place.country}) is in a {wide} of which the report names nothing else"
    others = (Alternative(place, resolution.score, resolution.reasons), *resolution.alternatives)
    why = Reason("namesake", 0.0, words)
    provinces = told.provinces if strayed else None
    found = only_bearer(resolution.mention, told.main, gazetteer, provinces=provinces)
    if found is None:
        return Resolution(resolution.mention, "unmatched", reasons=(why,), alternatives=others)
    footprint, geo, where, method = place_footprint(resolution.mention, found, gazetteer)
    return replace(
        resolution, status="resolved", place=found, score=SURE, reasons=(why,), alternatives=others,
        footprint=footprint, geo_precision=geo, where_prec=where, method=method,
    )  # fmt: skip


def only_bearer(
    mention: Mention, countries: frozenset[str], gazetteer: Gazetteer, *, provinces: frozenset[str] | None = None
) -> Place | None:
    """Return the place of that very name in some countries, or provinces of theirs, where there is no more than one."""
    name = " ".join(mention.text.split())
    found = gazetteer.candidates(name, limit=BEARERS, countries=countries)
    places = [c.place for c in found if c.match == "exact" and c.place.feature_class in {"P", "S", "A"}]
    if provinces is not None:
        places = [p for p in places if p.admin1_id in provinces]
    if not places:
        return None
    first = places[0]
    one = all(distance_km(first.lat, first.lon, p.lat, p.lon) <= SAME_KM for p in places)
    return first if one else None


def _key(mention: Mention) -> str:
    name = " ".join(mention.text.split())
    return fold(next(iter(without_generics(name)), name))
