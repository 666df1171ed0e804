"""Hold each answer to where the report says that the place lies.

A place that lies elsewhere is not taken. Where no place of the name is known inside, the mention is put to the area
itself, or to the ground that a distance and a bearing describe, as coarsely as that is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from gazetteer.index import Gazetteer
from gazetteer.models import Place, is_country
from gazetteer.names import fold, without_generics
from gazetteer.sphere import distance_km
from gazetteer.surroundings import Area, lies_in
from pipeline.models import Alternative, Mention, Reason, Resolution
from pipeline.toponyms.anchors import ANCHOR
from pipeline.toponyms.beside import Beside, beside_said
from pipeline.toponyms.footprints import moved_to, place_footprint
from pipeline.toponyms.surroundings import binds, is_anchoring
from pipeline.toponyms.whereabouts import Said, areas_said, in_the_capital

LARGE = 500_000  # inhabitants of a town that the words after it hardly put elsewhere: "talks of Moscow in Geneva"
DOUBTFUL = 0.9  # a score under which a comma is enough to speak against a place
INSIDE = 0.37  # closeness to an area from which a place passes as in it: borders on maps and in tables differ
TOWN_KM = 30.0  # parts of a town lie this near to its middle
LIKELY = 0.5  # the least share of what is left that a place inside must have
SPELLED = 0.9  # likeness of a name inside that was not among the likeliest
BEARERS = 200  # of a name that are looked at
FOUND = 0.6  # score of a place that only the areas speak for
UNPLACED = frozenset({"demonym", "descriptive"})


def hold_to_words(text: str, resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> list[Resolution]:
    """Return the resolutions, those that the report's own words speak against put right or taken back.

    Parameters
    ----------
    text : str
        Of the report.
    resolutions : sequence of Resolution
        Of all its mentions, ascending.
    gazetteer : Gazetteer

    Examples
    --------
    >>> hold_to_words("Rain fell.", [], gazetteer=None)
    []
    """
    settled = list(resolutions)
    for i in reversed(range(len(settled))):  # the areas, which follow, before what lies in them
        settled[i] = _held(text, settled, i, gazetteer)
    return _one_sense(resolutions, settled, gazetteer)


def _held(text: str, settled: Sequence[Resolution], i: int, gazetteer: Gazetteer) -> Resolution:
    resolution = settled[i]
    mention, place = resolution.mention, resolution.place
    if resolution.status == "rejected" or mention.kind in UNPLACED:
        return resolution
    beside = beside_said(text, settled, i)
    if beside is not None and _is_astray(resolution, beside):
        return _not_astray(resolution, beside, gazetteer)
    capital = list(_capital(text, settled, i))
    if place is not None and not capital and (not _is_bounded(place) or _is_large(resolution)):
        return resolution
    areas = [*capital, *areas_said(text, settled, i)]
    if place is not None and not any(_contradicts(said, resolution, gazetteer) for said in areas):
        return resolution
    if place is None and (placed := _from_anchor(text, settled, i, gazetteer)) is not None:
        return placed
    return _inside(resolution, areas, gazetteer) if areas else resolution


def _is_astray(resolution: Resolution, beside: Beside) -> bool:
    """Whether a place lies too far from what it is said to lie beside; a large town only if in another country."""
    place = resolution.place
    if place is None or beside.allows(place):
        return False
    return not _is_large(resolution) or place.country not in beside.lands


def _not_astray(resolution: Resolution, beside: Beside, gazetteer: Gazetteer) -> Resolution:
    """Return the likeliest place beside what the words say, else nothing."""
    others = (*_refused(resolution), *resolution.alternatives)
    near = next((a for a in resolution.alternatives if beside.allows(a.place)), None)
    if near is not None:
        kept = tuple(a for a in others if a is not near)
        why = Reason("beside", 0.0, f"lies “{beside.relation.text}”, as the likelier ones do not")
        return _placed(replace(resolution, alternatives=kept), near.place, LIKELY, (why, *near.reasons), gazetteer)
    return _elsewhere(resolution, others, beside.relation.text)


def _elsewhere(resolution: Resolution, others: tuple[Alternative, ...], words: str = "") -> Resolution:
    """Return that no place of the name is where the words say."""
    place = resolution.place
    told = f" “{words}”" if words else " where the words say"
    why = Reason("elsewhere", 0.0, f"{place.name} ({place.country}) is not{told}") if place is not None else None
    return Resolution(resolution.mention, "unmatched", reasons=(why,) if why else (), alternatives=others)


def _is_bounded(place: Place) -> bool:
    """Whether a place is one that lies in districts and provinces: no country, province, sea or range."""
    return place.feature_class in {"P", "S"} or place.feature_code in {"ADM2", "ADM3", "ADM4"}


def _is_large(resolution: Resolution) -> bool:
    place = resolution.place
    is_well_known = place is not None and (place.feature_code == "PPLC" or place.population >= LARGE)
    return is_well_known and resolution.method != "fuzzy"


def _contradicts(said: Said, resolution: Resolution, gazetteer: Gazetteer) -> bool:
    place = resolution.place
    if place is None or _lies(place, said, gazetteer):
        return False
    return said.outright or resolution.method == "fuzzy" or resolution.score < DOUBTFUL


def _lies(place: Place, said: Said, gazetteer: Gazetteer) -> bool:
    area = said.area.place
    if area is None or area.place_id == place.place_id:
        return True
    if said.is_town:
        return distance_km(place.lat, place.lon, area.lat, area.lon) <= TOWN_KM
    return _closeness(place, area, gazetteer) >= INSIDE


@lru_cache(maxsize=5_000)
def _closeness(place: Place, area: Place, gazetteer: Gazetteer) -> float:
    return lies_in(gazetteer, place, Area(area, ""))


def _capital(text: str, settled: Sequence[Resolution], i: int) -> Iterator[Said]:
    """Yield the capital of the country that a report is mostly about, for a part of "the capital"."""
    if not in_the_capital(text, settled[i].mention.start):
        return
    countries = Counter(r.place.country for r in settled if r.place is not None and r.place.country)
    for country, _ in countries.most_common(1):
        capital = next(
            (r for r in settled if r.place and (r.place.feature_code, r.place.country) == ("PPLC", country)), None
        )
        if capital is not None:
            yield Said(capital, outright=True, is_town=True)


def _inside(resolution: Resolution, areas: Sequence[Said], gazetteer: Gazetteer) -> Resolution:
    """Return the likeliest place in all areas, else the smallest area, else nothing."""
    found = _known_inside(resolution, areas, gazetteer) or _searched(resolution, areas, gazetteer)
    if found is not None:
        return found
    words, place = resolution.mention.text, resolution.place
    told = [said.area for said in areas if said.area.place is not None and not is_country(said.area.place)]
    others = (*_refused(resolution), *resolution.alternatives)
    if told:
        area = told[0]
        name = area.place.name if area.place else ""
        why = Reason("area", 0.0, f"no place called “{words}” that fits is known in {name}, where it is said to lie")
        return replace(
            resolution, status="resolved", place=area.place, score=area.score, reasons=(why,), alternatives=others,
            footprint=area.footprint, geo_precision=area.geo_precision, where_prec=area.where_prec, method="admin",
        )  # fmt: skip
    return resolution if place is None else _elsewhere(resolution, others)


def _refused(resolution: Resolution) -> Iterator[Alternative]:
    if resolution.place is not None:
        yield Alternative(resolution.place, resolution.score, resolution.reasons)


def _known_inside(resolution: Resolution, areas: Sequence[Said], gazetteer: Gazetteer) -> Resolution | None:
    """Return the likeliest of the candidates that lie in all areas, where what is left is mostly its."""
    inside = [a for a in resolution.alternatives if all(_lies(a.place, said, gazetteer) for said in areas)]
    if not inside:
        return None
    none = max(0.0, 1.0 - resolution.score - sum(a.score for a in resolution.alternatives))
    best, left = inside[0], sum(a.score for a in inside) + none
    share = min(1.0, best.score / left) if left > 0 else 0.0
    if share < LIKELY:
        return None
    others = (*_refused(resolution), *(a for a in resolution.alternatives if a is not best))
    why = Reason("container", 0.0, "lies as the areas named beside it say, as the likelier ones do not")
    return _placed(replace(resolution, alternatives=others), best.place, share, (why, *best.reasons), gazetteer)


def _searched(resolution: Resolution, areas: Sequence[Said], gazetteer: Gazetteer) -> Resolution | None:
    """Return a bearer of the name in all areas that was not among the likeliest."""
    name = " ".join(resolution.mention.text.split())
    countries = frozenset(s.area.place.country for s in areas if s.area.place is not None and s.area.place.country)
    for candidate in gazetteer.candidates(name, limit=BEARERS, countries=countries or None):
        fits = candidate.match in {"exact", "variant"} or candidate.name_score >= SPELLED
        if fits and all(_lies(candidate.place, said, gazetteer) for said in areas):
            why = Reason("container", 0.0, f"a place called “{candidate.matched_name}” where it is said to lie")
            return _placed(resolution, candidate.place, FOUND, (why,), gazetteer)
    return None


def _placed(
    resolution: Resolution, place: Place, score: float, reasons: tuple[Reason, ...], gazetteer: Gazetteer
) -> Resolution:
    moved = moved_to(resolution, place, gazetteer)
    return replace(moved, status="resolved", score=round(score, 4), reasons=reasons)


def _from_anchor(text: str, settled: Sequence[Resolution], i: int, gazetteer: Gazetteer) -> Resolution | None:
    """Return the ground that is said of a place that nobody knows: "Tagbara, |300 km northeast of Bangui|"."""
    anchor = settled[i + 1] if i + 1 < len(settled) else None
    relation = anchor.mention.relation if anchor is not None else None
    if anchor is None or relation is None or anchor.place is None or anchor.status != "resolved":
        return None
    mention = settled[i].mention
    if not relation.distance_km or not is_anchoring(relation) or not binds(text, mention, relation):
        return None
    free = replace(anchor.mention, cues=tuple(cue for cue in anchor.mention.cues if cue != ANCHOR))
    footprint, geo, where, method = place_footprint(free, anchor.place, gazetteer)
    words = f"no place called “{mention.text}” that fits is known: placed by the words “{relation.text}”"
    return replace(
        settled[i], mention=replace(mention, relation=relation), status="resolved", place=anchor.place,
        score=anchor.score, reasons=(Reason("relation", 0.0, words),), footprint=footprint, geo_precision=geo,
        where_prec=where, method=method,
    )  # fmt: skip


def _one_sense(before: Sequence[Resolution], settled: Sequence[Resolution], gazetteer: Gazetteer) -> list[Resolution]:
    """Let a name that was put somewhere by the words beside it mean that wherever else it is written."""
    moved = [s for b, s in zip(before, settled, strict=True) if s is not b and s.place is not None]
    told = {_key(resolution.mention): resolution for resolution in moved}
    if not told:
        return list(settled)
    return [_as_told(s, told.get(_key(s.mention)), gazetteer) if s is b else s
            for b, s in zip(before, settled, strict=True)]  # fmt: skip


def _as_told(resolution: Resolution, told: Resolution | None, gazetteer: Gazetteer) -> Resolution:
    mention, place = resolution.mention, resolution.place
    if (
        told is None
        or told.place is None
        or mention.kind in UNPLACED
        or resolution.status == "rejected"
        or _is_large(resolution)
    ):
        return resolution
    if place is not None and _closeness(place, told.place, gazetteer) >= INSIDE:
        return resolution
    moved = replace(mention, relation=told.mention.relation) if told.method == "relative" else mention
    others = (*_refused(resolution), *resolution.alternatives)
    return replace(told, mention=moved, alternatives=others)


def _key(mention: Mention) -> str:
    name = " ".join(mention.text.split())
    return fold(next(iter(without_generics(name)), name))
