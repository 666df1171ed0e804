"""How unsure an event's place is and how much hangs on it, in words too; weights in ``data/weights.yaml``."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from pipeline.codes import precision_words

__all__ = ["Rank", "rank_of"]

Row = Mapping[str, Any]
Facts = Mapping[str, Any]
Measure = tuple[float, Facts]
_NOTHING: Final[Measure] = (0.0, {})
_SURE_KM = 25.0  # what `near` means by default; beyond it the area counts as wide
_WIDEST_KM = 400.0
_JUST_ENOUGH = 0.5  # merge_score from which tellings are joined
#: How coarse each of UCDP's where_prec is.
_COARSENESS: Mapping[int, float] = {1: 0.0, 2: 0.1, 3: 0.3, 4: 0.6, 5: 0.6, 6: 1.0, 7: 0.8}


@dataclass(frozen=True, slots=True)
class Rank:
    """How much an event is worth a look: its doubt (0 to 1) times what is at stake (1 or more), and why."""

    uncertainty: float
    stake: float
    why: tuple[str, ...]

    @property
    def value(self) -> float:
        """What events are ranked by."""
        return self.uncertainty * self.stake


def rank_of(row: Row, others: Sequence[Row], told: Sequence[Row], resting: int) -> Rank:
    """Return the rank of an event.

    Parameters
    ----------
    row : mapping
        A row of the layer ``events``, None where nothing is known.
    others, told : sequence of mapping
        Its ``geo_alternatives`` and its ``disagreements``, read.
    resting : int
        How many events rest on the same name taken for the same place.
    """
    weights = _weights()
    doubts = {name: measure(row, others, told) for name, measure in _DOUBTS.items()}
    stakes = {name: measure(row, resting) for name, measure in _STAKES.items()}
    sure, stake, why = 1.0, 1.0, []
    for kind, measures in (("doubts", doubts), ("stakes", stakes)):
        for name, (size, facts) in measures.items():
            part = weights[kind][name]["weight"] * size
            sure, stake = (sure * (1 - part), stake) if kind == "doubts" else (sure, stake + part)
            if part >= weights["told_from"]:
                why.append((kind, part, weights[kind][name]["words"].format(**facts)))
    return Rank(1 - sure, stake, tuple(words for _, _, words in sorted(why, key=lambda one: (one[0], -one[1]))))


@cache
def _weights() -> Mapping[str, Any]:
    text = files("pipeline.products.review").joinpath("data/weights.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


def _unplaced(row: Row, _: Sequence[Row], __: Sequence[Row]) -> Measure:
    return (0.0 if row["geo_method"] else 1.0), {}


def _coarse(row: Row, _: Sequence[Row], __: Sequence[Row]) -> Measure:
    code = row["where_prec"]
    if not row["geo_method"] or code is None:
        return _NOTHING
    return _COARSENESS.get(code, 0.0), {"precision": precision_words("where_prec", code)}


def _score(row: Row, _: Sequence[Row], __: Sequence[Row]) -> Measure:
    score = row["geo_score"]
    return _NOTHING if score is None or not row["geo_method"] else (1.0 - score, {"score": score})


def _runner_up(row: Row, others: Sequence[Row], _: Sequence[Row]) -> Measure:
    score = row["geo_score"]
    scored = [one for one in others if isinstance(one.get("score"), int | float)]
    best = max(scored, key=lambda one: one["score"], default=None)
    if best is None or not score:
        return _NOTHING
    return min(1.0, best["score"] / score), {"name": best.get("name", ""), "other": best["score"], "score": score}


def _fuzzy(row: Row, _: Sequence[Row], __: Sequence[Row]) -> Measure:
    return (1.0 if row["geo_method"] == "fuzzy" else 0.0), {}


def _wide(row: Row, _: Sequence[Row], __: Sequence[Row]) -> Measure:
    km = (row["uncertainty_m"] or 0.0) / 1000
    return min(1.0, max(0.0, km - _SURE_KM) / (_WIDEST_KM - _SURE_KM)), {"km": km}


def _confidence(row: Row, _: Sequence[Row], __: Sequence[Row]) -> Measure:
    confidence = row["confidence"]
    return _NOTHING if confidence is None else (1.0 - confidence, {"confidence": confidence})


def _disagreements(_: Row, __: Sequence[Row], told: Sequence[Row]) -> Measure:
    aspects = dict.fromkeys(str(one.get("aspect", "")) for one in told)
    return (min(1.0, 0.5 + 0.25 * len(aspects)) if aspects else 0.0), {"aspects": ", ".join(aspects)}


def _flags(row: Row, _: Sequence[Row], __: Sequence[Row]) -> Measure:
    return (1.0 if row["geo_flags"] else 0.0), {"flags": (row["geo_flags"] or "").replace(";", ", ")}


def _merge(row: Row, _: Sequence[Row], __: Sequence[Row]) -> Measure:
    score = row["merge_score"]
    return _NOTHING if score is None else (min(1.0, max(0.0, (1 - score) / (1 - _JUST_ENOUGH))), {"merge": score})


_DOUBTS: Mapping[str, Callable[[Row, Sequence[Row], Sequence[Row]], Measure]] = {
    "unplaced": _unplaced, "coarse": _coarse, "score": _score, "runner_up": _runner_up, "fuzzy": _fuzzy,
    "wide": _wide, "confidence": _confidence, "disagreements": _disagreements, "flags": _flags, "merge": _merge,
}  # fmt: skip


def _people(row: Row, low: str, best: str) -> int:
    number = row[best] if row[best] is not None else row[low]
    return int(number or 0)


_STAKES: Mapping[str, Callable[[Row, int], Measure]] = {
    "deaths": lambda row, _: (math.log2(1 + (n := _people(row, "low", "best"))), {"deaths": n}),
    "injuries": lambda row, _: (math.log2(1 + (n := _people(row, "injuries_low", "injuries_best"))), {"injured": n}),
    "resting": lambda _, resting: (math.log2(max(1, resting)), {"resting": resting}),
}
