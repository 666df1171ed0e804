"""What speaks for a candidate: one number per feature, from the name, the words beside it and the rest of the document."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from gazetteer.models import Candidate, Place

from pipeline.models import Mention, SpatialRelation
from pipeline.toponyms.cues import fits, load_cues
from pipeline.toponyms.geodesy import angle_between, bearing_deg, distance_km

MATCH = {"exact": 1.0, "variant": 0.9, "skeleton": 0.55, "fuzzy": 0.35}
KIND = {
    "A.PCLI": 1.0, "A.PCL": 0.9, "A.PCLD": 0.7, "A.PCLS": 0.8, "A.ADM1": 0.45, "L.CONT": 0.9, "P.PPLC": 0.85, "P.PPLA": 0.4,
    "A.ADM2": 0.1, "S.AIRB": 0.2, "S.INSM": 0.3, "S.AIRP": -0.2, "H.SEA": 1.0, "H.GULF": 0.9, "H.STRT": 0.8, "L.RGN": 0.5,
    "P.PPLX": -0.1,
}  # fmt: skip
NEARBY_KM = 150.0
FAR_DEGREES = 6.0  # of latitude: no use in working out the distance


@dataclass(frozen=True, slots=True)
class Constraint:
    """ "South of Baghdad" said of the mention: the anchor, its direction and distance."""

    anchor: Place
    relation: SpatialRelation


@dataclass(frozen=True, slots=True)
class Context:
    """What the rest of the document says; shares are 0 to 1."""

    countries: Mapping[str, float] = field(default_factory=dict)
    admin1: Mapping[str, float] = field(default_factory=dict)
    places: tuple[tuple[Place, float], ...] = ()
    dateline: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Local:
    """What stands around this mention: places said to contain it, spatial constraints on it, provinces named as their seat."""

    containers: tuple[Place, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    namesakes: frozenset[str] = frozenset()


def features_of(mention: Mention, candidate: Candidate, local: Local, context: Context) -> dict[str, float]:
    """Return the features of one candidate, each about -1 to 1; see ``data/weights.yaml`` for what they weigh."""
    place = candidate.place
    return {
        "name": MATCH[candidate.match] * candidate.name_score,
        "prominence": prominence(place),
        "kind": KIND.get(f"{place.feature_class}.{place.feature_code}", 0.0),
        "cue": _cue(mention, place),
        "seat": -float(place.place_id in local.namesakes and not any(c.startswith("feature") for c in mention.cues)),
        "country": context.countries.get(place.country, 0.0) if place.country else 0.0,
        "admin1": context.admin1.get(place.admin1_id or place.place_id, 0.0),
        "nearby": _nearby(place, context),
        "container": _container(place, local.containers),
        "relation": _relation(place, local.constraints),
        "dateline": float(any(p.country == place.country != "" for p in context.dateline)),
    }


def prominence(place: Place) -> float:
    """Return 0 to 1 from the population; places that have none by nature get a middling value."""
    if place.population > 0 and place.feature_code in {"ADM1", "ADM2"}:
        return 0.85 * math.log10(1 + place.population) / 9.2  # the sum of its towns
    if place.population > 0:
        return math.log10(1 + place.population) / 9.2
    return {"A": 0.45, "S": 0.4, "H": 0.5, "L": 0.5, "T": 0.45}.get(place.feature_class, 0.2)


def _cue(mention: Mention, place: Place) -> float:
    nouns = [cue.removeprefix("feature: ") for cue in mention.cues if cue.startswith("feature: ")]
    if not nouns:
        return 0.0
    feature = f"{place.feature_class}.{place.feature_code}"
    return max(1.0 if fits(feature, load_cues().feature_nouns[noun]) else -0.6 for noun in nouns)


def _nearby(place: Place, context: Context) -> float:
    if place.feature_class == "A" and place.feature_code.startswith("PCL"):
        return 0.0
    near = ((p, w) for p, w in context.places if abs(p.lat - place.lat) < FAR_DEGREES)
    return max((w * math.exp(-distance_km(place.lat, place.lon, p.lat, p.lon) / NEARBY_KM) for p, w in near), default=0.0)


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
