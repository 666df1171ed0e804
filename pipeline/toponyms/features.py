"""What speaks for a candidate: one number a feature, from its name, the words beside it and the rest of the report."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gazetteer.geometry import distance_km
from gazetteer.models import Candidate, Place
from gazetteer.names import fold, similarity, without_generics
from pipeline.models import Mention, SpatialRelation
from pipeline.toponyms.cues import fits, load_cues
from pipeline.toponyms.geodesy import angle_between, bearing_deg
from pipeline.toponyms.neighbours import Neighbours
from pipeline.toponyms.weights import load_weights

POPULATION_LOG = 9.2  # log10 of about 1.6 billion


@dataclass(frozen=True, slots=True)
class Constraint:
    """What “south of Baghdad” says of the mention before it: the anchor, its direction and distance."""

    anchor: Place
    relation: SpatialRelation


@dataclass(frozen=True, slots=True)
class Context:
    """What the rest of the document says; shares are 0 to 1."""

    countries: Mapping[str, float] = field(default_factory=dict)
    admin1: Mapping[str, float] = field(default_factory=dict)
    neighbours: Neighbours = field(default_factory=Neighbours)
    dateline: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Local:
    """What stands around this mention: places said to contain it, and spatial constraints on it."""

    containers: tuple[Place, ...] = ()
    constraints: tuple[Constraint, ...] = ()


Features = dict[str, float]


def features_of(
    mention: Mention, candidates: Sequence[Candidate], local: Local, context: Context
) -> tuple[Features, ...]:
    """Return the features of each candidate, each about -1 to 1; see ``data/weights.yaml`` for what they weigh."""
    towns = {c.place.admin1_id for c in candidates if c.place.feature_class == "P" and c.match in {"exact", "variant"}}
    said = any(c.startswith("feature") for c in mention.cues) or fold(mention.text) in load_weights().usual_sense
    nearness = context.neighbours.nearness([c.place for c in candidates])
    return tuple(
        {
            **_of_name(mention.text, candidate, context),
            **_of_place(mention, candidate.place),
            "seat": -float(candidate.place.place_id in towns and not said),
            "country": context.countries.get(candidate.place.country, 0.0),
            "admin1": context.admin1.get(division_of(candidate.place), 0.0),
            "nearby": near,
            "container": _container(candidate.place, local.containers),
            "relation": _relation(candidate.place, local.constraints),
            "dateline": float(any(p.country == candidate.place.country != "" for p in context.dateline)),
        }
        for candidate, near in zip(candidates, nearness, strict=True)
    )


def _of_name(text: str, candidate: Candidate, context: Context) -> Features:
    coarse = candidate.match in {"skeleton", "fuzzy"}
    return {
        "name": load_weights().match[candidate.match] * candidate.name_score,
        "own": _likeness(text, candidate.place.name),
        "spelling": -(1.0 - context.countries.get(candidate.place.country, 0.0)) if coarse else 0.0,
    }


@lru_cache(maxsize=20_000)
def _likeness(text: str, name: str) -> float:
    """Return how like a name is to the usual name of a place: 1 for Berea, 0.1 for Aleppo, once called Berea."""
    return max(similarity(text, form) for form in (name, *without_generics(name)))


def _of_place(mention: Mention, place: Place) -> Features:
    return {
        "prominence": prominence(place),
        "kind": load_weights().kind.get(f"{place.feature_class}.{place.feature_code}", 0.0) * _standing(place),
        "cue": _cue(mention, place),
        "usual": float(load_weights().usual_sense.get(fold(mention.text)) == place.name),
    }


def prominence(place: Place) -> float:
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


def _cue(mention: Mention, place: Place) -> float:
    nouns = [cue.removeprefix("feature: ") for cue in mention.cues if cue.startswith("feature: ")]
    if "dateline" in mention.cues:
        nouns.append("town")  # a dateline names where the reporter sits
    feature = f"{place.feature_class}.{place.feature_code}"
    return max((1.0 if fits(feature, load_cues().feature_nouns[noun]) else -0.6 for noun in nouns), default=0.0)


def division_of(place: Place) -> str:
    """Return the id of the province that a place is or lies in; empty for what lies in none."""
    return place.place_id if place.feature_code == "ADM1" else place.admin1_id


def _container(place: Place, containers: tuple[Place, ...]) -> float:
    if not containers:
        return 0.0
    return 1.0 if any(is_within(place, c) for c in containers) else -0.5


def is_within(place: Place, container: Place) -> bool:
    """Whether a place lies in a country, province or box, by its codes or, for what has none, by coordinates."""
    if place.place_id == container.place_id:
        return False
    if container.feature_code.startswith("PCL"):
        return place.country == container.country != ""
    if container.feature_code == "ADM1":
        return place.admin1_id == container.place_id
    if container.bbox is not None:
        west, south, east, north = container.bbox
        return west <= place.lon <= east and south <= place.lat <= north
    if container.feature_class == "P" and place.feature_class not in {"S", "R"} and place.feature_code != "PPLX":
        return False  # a town holds its sites and quarters, not the next town
    near = max(container.uncertainty_m / 1000.0, 30.0)
    return distance_km(place.lat, place.lon, container.lat, container.lon) <= near


def _relation(place: Place, constraints: tuple[Constraint, ...]) -> float:
    scores = [relation_fit(place, c) for c in constraints]
    return sum(scores) / len(scores) if scores else 0.0


def relation_fit(place: Place, constraint: Constraint) -> float:
    """Return -1 to 1: how well a place stands to the anchor as the words say."""
    anchor, relation = constraint.anchor, constraint.relation
    km = distance_km(anchor.lat, anchor.lon, place.lat, place.lon)
    fit = 1.0 if km <= 200 else -1.0
    if relation.distance_km:
        fit = 1.0 - min(2.0, abs(km - relation.distance_km) / max(10.0, 0.4 * relation.distance_km))
    if relation.bearing is not None and km > 2:
        off = angle_between(relation.bearing, bearing_deg(anchor.lat, anchor.lon, place.lat, place.lon))
        fit = min(fit, 1.0 if off <= 60 else 0.2 if off <= 90 else -1.0)
    return fit
