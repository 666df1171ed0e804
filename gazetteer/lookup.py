"""Rank the places a name may mean when there is no document around it: what ``sitmap lookup`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, prod

from msgspec import structs

from gazetteer.descriptions import NAMESAKES, Description, describe, readings
from gazetteer.index import Gazetteer
from gazetteer.models import Candidate, MatchKind, Place
from gazetteer.names import similarity, without_generics
from gazetteer.narrowed import near_names
from gazetteer.prominence import prominence
from gazetteer.sphere import distance_km
from gazetteer.surroundings import Area, boxes, lies_in, outside_km, resolve_areas

# What each feature can add to the score; with all of them they sum to 1. Set by hand on the names in tests/unit and,
# where areas are given, on half of the places of UCDP in Syria: inside an area the name says more than prominence.
_ALONE = {"name": 0.45, "preferred_name": 0.05, "prominence": 0.30, "feature": 0.10, "near": 0.10}
_INSIDE_AREAS = {"name": 0.36, "preferred_name": 0.02, "prominence": 0.08, "feature": 0.08, "near": 0.06}
_WITHIN = 0.40
_OUTSIDE = 0.8  # share of the rest that a place far outside every area loses
_AREA_ONLY = 0.15  # more than any place outside, less than any inside
_KIND: dict[MatchKind, float] = {"exact": 1.0, "variant": 0.95, "skeleton": 0.95, "fuzzy": 0.8}
_KIND_TEXT: dict[MatchKind, str] = {
    "exact": "bears the name",
    "variant": "bears the name but for a generic word, an article or an abbreviation",
    "skeleton": "has the same consonants in another transliteration",
    "fuzzy": "is spelled nearly so",
}
_NEAR_KM = 150.0  # at this distance the bonus for nearness has fallen to a third
_INSIDE = 0.6  # closeness from which a place counts as inside the areas
_BESIDE_FULL = (
    0.8  # of a name that says its kind ("Green Village"), where one place bears all of it, others lose a fifth
)
_NAMESAKE = 0.9
_FIELDS = frozenset({"S/AIRB", "S/AIRP", "S/AIRF", "S/AIRH", "S/INSM"})  # one field is called all of these
_CURATED = 0.6  # prominence, at least, of places on the project's own list: reports name them, whatever their size
_MOST = 400  # candidates of one name
_SURE = 0.85  # likeness from which a name found inside ends the search


@dataclass(frozen=True, slots=True)
class Why:
    """One step of why: the feature, what it added, and a sentence."""

    feature: str
    contribution: float
    text: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score, 0 to 1, and the reasons that add up to it.

    ``area_only``: no place of the name is known, and this is the area that it is said to lie in.
    """

    candidate: Candidate
    score: float
    reasons: tuple[Why, ...]
    area_only: bool = False

    @property
    def place(self) -> Place:
        """The place."""
        return self.candidate.place


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for: the description taken apart, and where it is expected."""

    description: Description
    countries: frozenset[str] | None
    near: tuple[float, float] | None
    areas: tuple[Area, ...]


def lookup(
    gazetteer: Gazetteer,
    name: str,
    *,
    country: str | None = None,
    near: Place | tuple[float, float] | None = None,
    within: Sequence[str | Place] = (),
    limit: int = 10,
) -> tuple[Ranked, ...]:
    """Rank the places that ``name`` may mean.

    Parameters
    ----------
    gazetteer : Gazetteer
    name : str
        As written, in any script; a description is taken apart ("Kafr Zita/Kafr Zayta", "X village (Y)", "A - B road").
    country : str, optional
        ISO 3166-1 alpha-2 code; only places there.
    near : Place or (lat, lon), optional
        Where it is expected.
    within : sequence of str or Place
        Areas it is said to lie in, in any order ("Syria", "Idlib Governorate"). Places in them are searched for near
        spellings too; where no place of the name is known there, the smallest area itself is the answer.
    limit : int
        At most so many.

    Examples
    --------
    >>> lookup(Gazetteer.open(), "Zurf al Saqr", within=["Babil", "Iraq"])[0].place.name  # doctest: +SKIP
    'Jurf al-Sakhar'
    """
    point = (near.lat, near.lon) if isinstance(near, Place) else near
    countries = frozenset({country.upper()}) if country else None
    whole = gazetteer.candidates(name, limit=_MOST, countries=countries)
    description = Description((name,), describe(name).features) if _named(whole) else describe(name)
    areas = resolve_areas(gazetteer, (*within, *description.areas))
    asked = _Asked(description, countries, point, areas)
    ranked = [_ranked(gazetteer, candidate, asked) for candidate in _candidates(gazetteer, asked)]
    divisions = [area for area in areas if area.level < 4]  # a town has no ground of its own to answer with
    ranked += [_area_only(area, name) for area in divisions[-1:] if _is_wanted(area.place, asked)]
    return tuple(sorted(ranked, key=_order)[:limit])


def _named(found: Iterable[Candidate]) -> bool:
    return any(candidate.match == "exact" for candidate in found)


def _order(ranked: Ranked) -> tuple[float, int, str]:
    return -ranked.score, -ranked.place.population, ranked.place.place_id


def _candidates(gazetteer: Gazetteer, asked: _Asked) -> list[Candidate]:
    """Gather candidates: of each name in turn; then near spellings in the areas, or anywhere if there are none."""
    found: dict[str, Candidate] = {}
    for name in asked.description.names:
        _keep(found, _bearing(gazetteer, name, asked))
        if _is_settled(gazetteer, found.values(), asked):
            return list(found.values())
    if not asked.areas:
        for name in asked.description.names if not found else ():
            _keep(found, gazetteer.candidates(name, limit=_MOST, countries=asked.countries, fuzzy=True))
        return list(found.values())
    forms = tuple(dict.fromkeys(form for name in asked.description.names for form in readings(name)))
    for box in boxes(gazetteer, asked.areas):
        _keep(found, near_names(gazetteer, forms, box))
        if _is_settled(gazetteer, found.values(), asked):
            break
    return [candidate for candidate in found.values() if _is_wanted(candidate.place, asked)]


def _is_wanted(place: Place, asked: _Asked) -> bool:
    return asked.countries is None or place.country in asked.countries


def _bearing(gazetteer: Gazetteer, name: str, asked: _Asked) -> Iterator[Candidate]:
    """Yield the places that bear a name, and what stands there and is called after it."""
    found = gazetteer.candidates(name, limit=_MOST, countries=asked.countries)
    forms, full = readings(name), _named(found) and bool(asked.description.features)
    for candidate in found:
        if candidate.match == "exact":
            yield candidate
        else:
            likeness = max(similarity(form, candidate.matched_name) for form in forms)
            told = _BESIDE_FULL if full else 1.0
            yield structs.replace(candidate, name_score=round(told * max(candidate.name_score, likeness), 4))
    if not asked.description.features or _FIELDS & set(asked.description.features):
        for namesake in NAMESAKES:
            for candidate in gazetteer.candidates(f"{forms[-1]} {namesake}", countries=asked.countries):
                if candidate.match == "exact":
                    yield structs.replace(candidate, match="variant", name_score=_NAMESAKE)


def _keep(found: dict[str, Candidate], more: Iterable[Candidate]) -> None:
    """Add candidates; of one place the likest name stays."""
    for candidate in more:
        known = found.get(candidate.place.place_id)
        if known is None or _worth(candidate) > _worth(known):
            found[candidate.place.place_id] = candidate


def _worth(candidate: Candidate) -> float:
    """Return 0 to 1; of near spellings the square, as half a likeness is hardly one."""
    likeness = candidate.name_score**2 if candidate.match == "fuzzy" else candidate.name_score
    return _KIND[candidate.match] * likeness


def _is_settled(gazetteer: Gazetteer, found: Iterable[Candidate], asked: _Asked) -> bool:
    """Whether a place inside the areas, or anywhere if there are none, bears about the name."""
    likely = (c for c in found if c.name_score >= _SURE)
    return any(not asked.areas or _closeness(gazetteer, c.place, asked.areas) > _INSIDE for c in likely)


def _closeness(gazetteer: Gazetteer, place: Place, areas: Sequence[Area]) -> float:
    """Return 0 to 1: the mean of how well a place lies in each area; a country beside finer ones only bounds it."""
    near = {area: lies_in(gazetteer, place, area) for area in areas}
    fine = [near[area] for area in areas if area.level > 0] or [1.0]
    return prod(near[area] for area in areas if area.level == 0) * sum(fine) / len(fine)


def _ranked(gazetteer: Gazetteer, candidate: Candidate, asked: _Asked) -> Ranked:
    reasons = list(_reasons(candidate, asked))
    if asked.areas:
        reasons.append(_placed(gazetteer, candidate, asked.areas, sum(r.contribution for r in reasons)))
    return Ranked(candidate, round(min(1.0, max(0.0, sum(r.contribution for r in reasons))), 4), tuple(reasons))


def _placed(gazetteer: Gazetteer, candidate: Candidate, areas: Sequence[Area], rest: float) -> Why:
    """Lift what lies in the areas, as far as it bears the name, and lower what does not lie there."""
    place = candidate.place
    near = _closeness(gazetteer, place, areas)
    worth = _WITHIN * near * _worth(candidate) - _OUTSIDE * max(0.0, rest) * (1 - near)
    off = [(outside_km(gazetteer, place, area), area) for area in areas if lies_in(gazetteer, place, area) < 1]
    told = [f"{km:,.0f} km outside {area.place.name}" for km, area in off]
    inside = [area.place.name for area in reversed(areas) if all(area is not other for _, other in off)]
    text = "lies " + ", ".join((["in " + ", ".join(inside)] if inside else []) + told)
    return Why("within", round(worth, 4), text)


def _area_only(area: Area, name: str) -> Ranked:
    text = f"no more is known of {name!r} than that it is said to lie in {area.place.name!r}: the area itself"
    return Ranked(
        Candidate(area.place, area.said, "fuzzy", 0.0),
        _AREA_ONLY,
        (Why("area_only", _AREA_ONLY, text),),
        area_only=True,
    )


def _reasons(candidate: Candidate, asked: _Asked) -> Iterator[Why]:
    place, announced = candidate.place, asked.description.features
    weights = _INSIDE_AREAS if asked.areas else _ALONE
    text = f"{candidate.matched_name!r} {_KIND_TEXT[candidate.match]}"
    yield Why("name", round(weights["name"] * _worth(candidate), 4), text)
    names = asked.description.names
    own = max(similarity(name, form) for name in names for form in (place.name, *without_generics(place.name)))
    yield Why("preferred_name", round(weights["preferred_name"] * own, 4), f"its usual name is {place.name!r}")
    weight = max(prominence(place), _CURATED if place.source == "overlay" else 0.0)
    yield Why("prominence", round(weights["prominence"] * weight, 4), _standing(place))
    if announced:
        yield _announced(candidate, announced, weights["feature"])
    if asked.near is not None:
        km = distance_km(*asked.near, place.lat, place.lon)
        text = f"{km:,.0f} km from where it is expected"
        yield Why("near", round(weights["near"] * exp(-km / _NEAR_KM), 4), text)


def _standing(place: Place) -> str:
    people = f", {place.population:,} inhabitants" if place.population else ""
    listed = ", on the project's own list" if place.source == "overlay" else ""
    return f"{place.feature_class}/{place.feature_code}{people}{listed}"


def _announced(candidate: Candidate, announced: tuple[str, ...], weight: float) -> Why:
    """Say whether a place is of the kind announced; one that bears the whole name, kind and all, is."""
    place = candidate.place
    if candidate.match == "exact":
        return Why("feature", weight, "bears the word for its kind in its name")
    kind = f"{place.feature_class}/{place.feature_code}"
    fits = bool({kind, f"{place.feature_class}/"} & set(announced)) or (
        kind in _FIELDS and bool(_FIELDS & set(announced))
    )
    text = f"{'is' if fits else 'is not'} of the kind that the name announces ({', '.join(announced)})"
    return Why("feature", weight if fits else -weight, text)
