"""What a name may mean, as columns: worked out once a name, whatever the number of reports that use it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from gazetteer.index import Gazetteer
from gazetteer.models import COUNTRIES, Bearer, Candidate, Kind, MatchKind, Place, is_country
from gazetteer.names import fold, similarity, without_generics
from gazetteer.sphere import EARTH_KM
from pipeline.toponyms.weights import load_weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

CANDIDATES = 40
NAMES = 2_000  # kept; one takes about 8 kB, its places included
CODE_BITS = 56
POPULATION_LOG = 9.2  # log10 of about 1.6 billion
REACH_KM = 60.0  # at this distance nearness has fallen to a third; of a country, at half its radius more
LARGE_COUNTRY_M = 400_000.0
TWIN_KM = 40.0
NEAREST_HELD_KM = 30.0  # what lies this near to an area without a box lies in it
#: What a place can hold: nothing, its country, its province, a box, or a circle around it.
HOLDS_NOTHING, HOLDS_COUNTRY, HOLDS_PROVINCE, HOLDS_BOX, HOLDS_CIRCLE = range(5)
#: The columns that a name and a candidate have by themselves; the first are those of the plain scoring.
ALONE = (
    "name", "own", "prominence", "kind", "usual",
    "exact", "variant", "skeleton", "fuzzy", "likeness", "demonym", "first", "letters", "words", "code",
    "people", "no_people", "rank", "share", "gap", "many", "crowd", "twins",
    "is_country", "is_province", "is_county", "is_capital", "is_town", "is_site", "is_water", "is_land",
    "curated", "seat",
)  # fmt: skip

CODES = ("place", "country", "province", "county", "holds")
SPOTS = ("lat", "lon", "reach", "is_local", "radius", "west", "south", "east", "north")

_MATCHED = {
    kind: tuple(float(kind == other) for other in ("exact", "variant", "skeleton", "fuzzy"))
    for kind in get_args(MatchKind)
}


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """The candidates of one name and what is known of each: three matrices, so that a report joins them quickly.

    ``codes`` (:data:`CODES`, candidates) are numbers that are equal where the places are, 0 for none, the province
    being its own of one; ``holds`` is one of the constants above. ``spots`` (:data:`SPOTS`, candidates): ``lat`` and
    ``lon`` in radians; ``reach`` and ``radius`` in kilometres; ``is_local`` 1 where distances to the place say
    something; the box in degrees. ``alone`` (candidates, :data:`ALONE`).
    """

    candidates: tuple[Candidate, ...]
    codes: Ints
    spots: Floats
    alone: Floats
    is_adjective: bool = False


class Meant(NamedTuple):
    """What a name may mean, and whether it is but an adjective of a country."""

    candidates: tuple[Candidate, ...]
    is_adjective: bool = False


class NameBook:
    """The readings of names, each worked out once.

    Parameters
    ----------
    gazetteer : Gazetteer
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.meant = lru_cache(maxsize=NAMES)(self._meant)
        self.readings = lru_cache(maxsize=NAMES)(self._readings)

    def holds(self, name: str) -> bool:
        """Whether the gazetteer has a name as it is, or as an adjective."""
        return self.gazetteer.has_name(name) or self.gazetteer.demonym(name) is not None

    def may_hold(self, folded: str) -> bool:
        """Whether the gazetteer may have a folded name, as it is or as an adjective: of most words not."""
        return self.gazetteer.may_have(folded)

    def is_adjective(self, name: str) -> bool:
        """Whether a word is an adjective of a country and no name."""
        return self.gazetteer.demonym(name) is not None and not self.gazetteer.has_name(name)

    def borne(self, name: str, worth: Callable[[Kind], bool]) -> list[Bearer]:
        """Return what bears a name itself, or is usually meant by it, where that is of a kind that is ``worth`` it.

        That is not what only sounds or is worded like it.
        """
        people = self.gazetteer.demonym(name)
        meant = [*([people] if people else ()), *(candidate.place for candidate in self._usual(name))]
        known = [Bearer(Kind(p.feature_class, p.feature_code, p.population), p.name) for p in meant]
        bearing = self.gazetteer.bearing(name, limit=CANDIDATES, worth=worth)
        return [*(bearer for bearer in known if worth(bearer.kind)), *bearing]

    def _meant(self, name: str, *, adjective: bool) -> Meant:
        """Return the candidates of a name; of an ``adjective`` only its country."""
        people = self.gazetteer.demonym(name)
        own = () if people is None else (Candidate(people, name, "exact", 1.0),)
        if own and (adjective or not self.gazetteer.has_name(name)):
            return Meant(own, is_adjective=True)
        return Meant((*own, *self._usual(name), *self.gazetteer.candidates(name, limit=CANDIDATES)))

    def _readings(self, name: str, *, adjective: bool) -> Readings | None:
        """Return what a name may mean as columns, None if nothing."""
        meant = self.meant(name, adjective=adjective)
        return readings_of(name, meant.candidates, is_adjective=meant.is_adjective)

    def _usual(self, name: str) -> tuple[Candidate, ...]:
        """Return what reports usually mean by a name, where the gazetteer does not have it under that name."""
        meant = load_weights().usual_sense.get(fold(name))
        return self.gazetteer.candidates(meant, limit=1) if meant else ()


@lru_cache(maxsize=2)
def name_book(gazetteer: Gazetteer) -> NameBook:
    """Return the book of an open gazetteer."""
    return NameBook(gazetteer)


def readings_of(name: str, candidates: Sequence[Candidate], *, is_adjective: bool = False) -> Readings | None:
    """Return the columns of the candidates of a name; None where there are none."""
    unique = tuple({c.place.place_id: c for c in reversed(candidates)}.values())[::-1]
    if not unique:
        return None
    codes = np.array([_codes(c.place) for c in unique], dtype=np.int64).T.copy()  # rows in one piece
    spots = np.array([_spot(c.place) for c in unique]).T.copy()
    return Readings(unique, codes, spots, _alone(name, unique), is_adjective)


def _codes(place: Place) -> tuple[int, ...]:
    """Return what :data:`CODES` names of a place."""
    county = place.name if place.feature_code == "ADM2" else place.admin2
    return (
        code_of(place.place_id),
        code_of(place.country),
        code_of(division_of(place)),
        code_of(f"{place.admin1_id} {county}") if county else 0,
        _holds(place),
    )


def _spot(place: Place) -> tuple[float, ...]:
    """Return what :data:`SPOTS` names of a place."""
    return (
        math.radians(place.lat),
        math.radians(place.lon),
        _reach_km(place),
        float(_is_local(place)),
        max(place.uncertainty_m / 1000.0, NEAREST_HELD_KM),
        *(place.bbox or (0.0, 0.0, 0.0, 0.0)),
    )


@lru_cache(maxsize=16_000)
def code_of(text: str) -> int:
    """Return the same number for the same text, in every run."""
    return int.from_bytes(blake2b(text.encode(), digest_size=CODE_BITS // 8).digest()) if text else 0


def division_of(place: Place) -> str:
    """Return the id of the province that a place is or lies in; empty for what lies in none."""
    return place.place_id if place.feature_code == "ADM1" else place.admin1_id


def _is_large_country(place: Place) -> bool:
    return is_country(place) and place.uncertainty_m > LARGE_COUNTRY_M


def _is_local(place: Place) -> bool:
    """Whether a place is small enough for distances to it to say something: Lebanon, but not Russia or Texas."""
    return not _is_large_country(place) and place.feature_code != "ADM1" and place.feature_class != "L"


def _reach_km(place: Place) -> float:
    return REACH_KM + place.uncertainty_m / 2000.0 if is_country(place) else REACH_KM


def _holds(place: Place) -> int:
    if place.feature_code.startswith("PCL"):
        return HOLDS_COUNTRY
    if place.feature_code == "ADM1":
        return HOLDS_PROVINCE
    if place.bbox is not None:
        return HOLDS_BOX
    return HOLDS_CIRCLE if place.feature_class in {"A", "L"} or place.feature_code == "PPLC" else HOLDS_NOTHING


def _alone(name: str, candidates: Sequence[Candidate]) -> Floats:
    """Return a row a candidate, a column for each of :data:`ALONE`."""
    weights = load_weights()
    usual, key = weights.usual_sense.get(fold(name)), fold(name)
    people = [c.place.population for c in candidates]
    logs = [_log(number) for number in people]
    all_people, most_people, many = max(1, sum(people)), max(logs), math.log(len(candidates)) / 4.0
    crowds = {country: math.log(n) / 3.0 for country, n in Counter(c.place.country for c in candidates).items()}
    twins = _twins(candidates)
    towns = {c.place.admin1_id for c in candidates if c.place.feature_class == "P" and c.match in {"exact", "variant"}}
    rank = {i: n for n, i in enumerate(sorted(range(len(people)), key=lambda i: -people[i]), start=1)}
    shape = (
        math.log(1 + len(key)) / 3.0, len(key.split()) / 3.0,
        float((name.isupper() and len(name) <= 4) or name.endswith(".")),
    )  # fmt: skip
    rows = []
    for i, (candidate, size) in enumerate(zip(candidates, logs, strict=True)):
        place, score = candidate.place, candidate.name_score
        usually, kinds = _kinds(place.feature_class, place.feature_code)
        rows.append((
            weights.match[candidate.match] * score, likeness(name, place.name), prominence(place),
            usually * _standing(place), float(usual == place.name),
            *_MATCHED[candidate.match],
            score, float(kinds[0] and candidate.matched_name != place.name), 1.0 / (1 + i),
            *shape,
            size, float(place.population <= 0), 1.0 / rank[i], place.population / all_people, size - most_people,
            many, crowds[place.country], twins[i],
            *kinds,
            float(place.source == "overlay"), -float(place.place_id in towns),
        ))  # fmt: skip
    return np.array(rows)


def _log(people: int) -> float:
    return math.log10(1 + max(0, people)) / POPULATION_LOG


def _twins(candidates: Sequence[Candidate]) -> list[float]:
    """Return for each place a logarithm of how many lie within a few kilometres: a town and its county."""
    near = [1] * len(candidates)
    from_south = sorted((math.radians(c.place.lat), math.radians(c.place.lon), i) for i, c in enumerate(candidates))
    for at, (lat, lon, i) in enumerate(from_south):
        for other_lat, other_lon, j in from_south[at + 1 :]:
            north = (other_lat - lat) * EARTH_KM
            if north >= TWIN_KM:
                break
            east = (other_lon - lon) * EARTH_KM
            near[i] += math.hypot(north, east * math.cos(other_lat)) < TWIN_KM
            near[j] += math.hypot(north, east * math.cos(lat)) < TWIN_KM
    return [math.log(many) for many in near]


@lru_cache(maxsize=2_000)
def _kinds(feature: str, code: str) -> tuple[float, tuple[float, ...]]:
    """Return how usually a kind of place is meant, and the columns that say which it is, the country's first."""
    return load_weights().kind.get(f"{feature}.{code}", 0.0), (
        float(code[:3] in COUNTRIES), float(code == "ADM1"), float(code == "ADM2"), float(code == "PPLC"),
        float(feature == "P"), float(feature == "S"), float(feature == "H"), float(feature in {"L", "T"}),
    )  # fmt: skip


@lru_cache(maxsize=8_000)
def likeness(text: str, name: str) -> float:
    """Return how like a name is to the usual name of a place: 1 for Berea, 0.1 for Aleppo, once called Berea."""
    if text == name:
        return 1.0
    whole = similarity(text, name)
    return whole if whole == 1.0 else max((whole, *(similarity(text, form) for form in without_generics(name))))


def prominence(place: Place | Kind) -> float:
    """Return 0 to 1 from the population; places that have none by nature get a middling value."""
    known = math.log10(1 + place.population) / POPULATION_LOG if place.population > 0 else 0.0
    if known and place.feature_code in {"ADM1", "ADM2"}:
        return 0.85 * known  # the sum of its towns
    return known or load_weights().prominence_unknown.get(place.feature_class, 0.2)


def _standing(place: Place) -> float:
    """Return 0 to 1 for a province by its people: California is named for itself, Gaza in Mozambique hardly ever."""
    if place.feature_code != "ADM1" or place.population <= 0:
        return 1.0
    smallest, largest = load_weights().province_people
    return min(1.0, max(0.0, math.log(place.population / smallest) / math.log(largest / smallest)))
