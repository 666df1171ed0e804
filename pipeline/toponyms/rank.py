"""Order the candidates of a mention. ``Ranker`` is the seam: the plain scoring here, a learned one beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Protocol

import yaml
from gazetteer.models import Candidate

from pipeline.models import Mention, Reason
from pipeline.toponyms.features import Context, Local, features_of

CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score (0 to 1, shares of all candidates and of "none of these") and why."""

    candidate: Candidate
    score: float
    reasons: tuple[Reason, ...]


class Ranker(Protocol):
    """Scores the candidates of one mention, best first."""

    def rank(self, mention: Mention, candidates: Sequence[Candidate], local: Local, context: Context) -> tuple[Ranked, ...]:
        """Return all candidates, best first; scores sum to at most 1."""
        ...


@dataclass(frozen=True, slots=True)
class Weights:
    """The plain scoring's weights, from ``data/weights.yaml``."""

    weights: dict[str, float]
    temperature: float
    threshold: float


@cache
def load_weights() -> Weights:
    """Load the weights once."""
    return Weights(**yaml.safe_load(files("pipeline.toponyms").joinpath("data/weights.yaml").read_text("utf8")))


class WeightedRanker:
    """Score by a weighted sum of features; shares by softmax, with a fixed share for "none of these"."""

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights or load_weights()

    def rank(self, mention: Mention, candidates: Sequence[Candidate], local: Local, context: Context) -> tuple[Ranked, ...]:
        """Return all candidates, best first."""
        towns = {c.place.admin1_id for c in candidates if c.place.feature_class == "P" and c.match in {"exact", "variant"}}
        local = replace(local, namesakes=frozenset(towns))
        rows = [(c, features_of(mention, c, local, context)) for c in candidates]
        totals = [sum(self.weights.weights[k] * v for k, v in f.items()) for _, f in rows]
        powers = [math.exp(self.weights.temperature * min(total, 50.0)) for total in totals]
        whole = sum(powers) + math.exp(self.weights.temperature * self.weights.threshold)
        ranked = [Ranked(c, power / whole, self._reasons(c, f)) for (c, f), power in zip(rows, powers, strict=True)]
        return tuple(sorted(ranked, key=lambda r: (-r.score, r.candidate.place.place_id)))

    def _reasons(self, candidate: Candidate, features: dict[str, float]) -> tuple[Reason, ...]:
        found = [Reason(k, round(self.weights.weights[k] * v, 3), _say(k, v, candidate)) for k, v in features.items() if v]
        return tuple(sorted(found, key=lambda r: -abs(r.contribution)))


def _say(feature: str, value: float, candidate: Candidate) -> str:
    place = candidate.place
    good = value > 0
    words = {
        "name": f"the name matches “{candidate.matched_name}” ({candidate.match})",
        "prominence": f"population {place.population:,}" if place.population else "no population known",
        "kind": f"kind of place: {place.feature_class}.{place.feature_code}",
        "cue": "the word beside the name fits this kind of place" if good else "the word beside the name does not fit",
        "seat": "a town of that name lies in it, and nothing says that the province is meant",
        "country": f"the report names other places in {place.country}",
        "admin1": f"the report names other places in {place.admin1}",
        "nearby": "close to other places of the report",
        "container": "lies in the area named with it" if good else "not in the area named with it",
        "relation": "lies where the words say" if good else "does not lie where the words say",
        "dateline": "in the country of the dateline",
    }
    return words[feature]
