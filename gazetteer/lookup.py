"""Rank the places a name may mean when there is no document around it: what ``sitmap lookup`` prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp

from gazetteer.index import Gazetteer
from gazetteer.models import Candidate, MatchKind, Place
from gazetteer.names import announced_features, similarity, without_generics
from gazetteer.prominence import prominence
from gazetteer.sphere import distance_km

# What each feature can add to the score; with all of them they sum to 1. Set by hand on the names in tests/unit.
_NAME, _OWN, _PROMINENCE, _FEATURE, _NEAR = 0.45, 0.05, 0.30, 0.10, 0.10
_KIND: dict[MatchKind, float] = {"exact": 1.0, "variant": 0.95, "skeleton": 0.95, "fuzzy": 0.8}
_KIND_TEXT: dict[MatchKind, str] = {
    "exact": "bears the name",
    "variant": "bears the name but for a generic word, an article or an abbreviation",
    "skeleton": "has the same consonants in another transliteration",
    "fuzzy": "is spelled nearly so",
}
_NEAR_KM = 150.0  # at this distance the bonus for nearness has fallen to a third


@dataclass(frozen=True, slots=True)
class Why:
    """One step of why: the feature, what it added, and a sentence."""

    feature: str
    contribution: float
    text: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score, 0 to 1, and the reasons that add up to it."""

    candidate: Candidate
    score: float
    reasons: tuple[Why, ...]

    @property
    def place(self) -> Place:
        """The place."""
        return self.candidate.place


def lookup(
    gazetteer: Gazetteer,
    name: str,
    *,
    country: str | None = None,
    near: Place | tuple[float, float] | None = None,
    limit: int = 10,
) -> tuple[Ranked, ...]:
    """Rank the places that ``name`` may mean.

    Parameters
    ----------
    gazetteer : Gazetteer
    name : str
        As written, in any script.
    country : str, optional
        ISO 3166-1 alpha-2 code; only places there.
    near : Place or (lat, lon), optional
        Where it is expected.
    limit : int
        At most so many.

    Examples
    --------
    >>> lookup(Gazetteer.open(), "Zurf al Saqr")[0].place.country  # doctest: +SKIP
    'IQ'
    """
    countries = {country.upper()} if country else None
    found = gazetteer.candidates(name, limit=400, countries=countries, fuzzy=True)
    announced = announced_features(name)
    point = (near.lat, near.lon) if isinstance(near, Place) else near
    ranked = [_ranked(candidate, name, announced, point) for candidate in found]
    return tuple(sorted(ranked, key=_order)[:limit])


def _order(ranked: Ranked) -> tuple[float, int, str]:
    return -ranked.score, -ranked.place.population, ranked.place.place_id


def _ranked(candidate: Candidate, name: str, announced: tuple[str, ...], near: tuple[float, float] | None) -> Ranked:
    reasons = tuple(_reasons(candidate, name, announced, near))
    return Ranked(candidate, round(min(1.0, max(0.0, sum(r.contribution for r in reasons))), 4), reasons)


def _reasons(
    candidate: Candidate, name: str, announced: tuple[str, ...], near: tuple[float, float] | None
) -> Iterator[Why]:
    place = candidate.place
    worth = _NAME * _KIND[candidate.match] * candidate.name_score
    yield Why("name", round(worth, 4), f"{candidate.matched_name!r} {_KIND_TEXT[candidate.match]}")
    own = max(similarity(name, form) for form in (place.name, *without_generics(place.name)))
    yield Why("preferred_name", round(_OWN * own, 4), f"its usual name is {place.name!r}")
    yield Why("prominence", round(_PROMINENCE * prominence(place), 4), _standing(place))
    if announced:
        yield _announced(place, announced)
    if near is not None:
        km = distance_km(*near, place.lat, place.lon)
        yield Why("near", round(_NEAR * exp(-km / _NEAR_KM), 4), f"{km:,.0f} km from where it is expected")


def _standing(place: Place) -> str:
    people = f", {place.population:,} inhabitants" if place.population else ""
    return f"{place.feature_class}/{place.feature_code}{people}"


def _announced(place: Place, announced: tuple[str, ...]) -> Why:
    what = f"{place.feature_class}/{place.feature_code}"
    fits = what in announced or f"{place.feature_class}/" in announced
    text = "is" if fits else "is not"
    return Why(
        "feature",
        _FEATURE if fits else -_FEATURE,
        f"{text} of the kind that the name announces ({', '.join(announced)})",
    )
