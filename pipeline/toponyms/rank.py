"""Order the candidates of a mention. ``Ranker`` is the seam: the plain scoring here, a learned one beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gazetteer.models import Candidate
from pipeline.models import Mention, Reason
from pipeline.toponyms.features import Context, Features, Local, features_of
from pipeline.toponyms.weights import Weights, load_weights

CANDIDATES = 40
EXPLAINED = 6  # the taken one and its runners-up


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score (0 to 1, shares of all candidates and of "none of these") and why."""

    candidate: Candidate
    score: float
    reasons: tuple[Reason, ...]


class Ranker(Protocol):
    """Scores the candidates of one mention, best first."""

    def rank(
        self, mention: Mention, candidates: Sequence[Candidate], local: Local, context: Context
    ) -> tuple[Ranked, ...]:
        """Return all candidates, best first; scores sum to at most 1."""
        ...


class WeightedRanker:
    """Score by a weighted sum of features; shares by softmax, with a fixed share for "none of these"."""

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights or load_weights()

    def rank(
        self, mention: Mention, candidates: Sequence[Candidate], local: Local, context: Context
    ) -> tuple[Ranked, ...]:
        """Return all candidates, best first; the first few with their reasons."""
        rows = features_of(mention, candidates, local, context)
        weights, heat = self.weights.weights, self.weights.temperature
        totals = [sum(weights[key] * value for key, value in row.items()) for row in rows]
        powers = [math.exp(heat * min(total, 50.0)) for total in totals]
        whole = sum(powers) + math.exp(heat * self.weights.threshold)
        order = sorted(range(len(rows)), key=lambda i: (-powers[i], candidates[i].place.place_id))
        return tuple(
            Ranked(
                candidates[i],
                powers[i] / whole,
                self._reasons(candidates[i], rows[i], context) if rank < EXPLAINED else (),
            )
            for rank, i in enumerate(order)
        )

    def _reasons(self, candidate: Candidate, row: Features, context: Context) -> tuple[Reason, ...]:
        weights = self.weights.weights
        found = [
            Reason(key, round(weights[key] * value, 3), _say(key, value, candidate, context))
            for key, value in row.items()
            if round(weights[key] * value, 3)
        ]
        return tuple(sorted(found, key=lambda r: -abs(r.contribution)))


def _say(feature: str, value: float, candidate: Candidate, context: Context) -> str:
    """Return the reason in words."""
    place, good = candidate.place, value > 0
    near = context.neighbours.nearest(place) if feature == "nearby" else ""
    words = {
        "name": f"the name matches “{candidate.matched_name}” ({candidate.match})",
        "own": f"its usual name is “{place.name}”",
        "spelling": "only the consonants agree, and little else in the report is in that country",
        "prominence": f"population {place.population:,}" if place.population else "no population known",
        "kind": f"kind of place: {place.feature_class}.{place.feature_code}",
        "cue": "the word beside the name fits this kind of place" if good else "the word beside the name does not fit",
        "seat": "a town of that name lies in it, and nothing says that the province is meant",
        "country": f"the report names other places in {place.country}",
        "admin1": f"the report names other places in {place.admin1 or place.name}",
        "nearby": f"close to “{near}” of the same report" if near else "close to other places of the report",
        "container": "lies in the area named with it" if good else "not in the area named with it",
        "relation": "lies where the words say" if good else "does not lie where the words say",
        "usual": f"reports usually mean {place.name} by this name",
        "dateline": "in the country of the dateline",
    }
    return words[feature]
