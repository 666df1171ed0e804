"""The learned head: how likely a name is a place, from its signs; two sums of weights that can be read in the file."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

MODELS = {None: "recognizer.json", "LGL": "recognizer-without-lgl.json", "TR-News": "recognizer-without-tr-news.json"}
LIKELY, UNLIKELY = 0.8, 0.2
_LARGEST = 30.0  # of a sum, so that exp stays finite


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights of signs; see ``docs/model-card-recognizer.md``.

    Parameters
    ----------
    first : mapping
        Weight of each sign by itself; the empty sign is the constant.
    second : mapping
        Weights of what the rest of the report says: the same name elsewhere, its neighbours in a list.
    threshold : float
        Least probability of a name that is taken.
    """

    first: Mapping[str, float]
    second: Mapping[str, float]
    threshold: float

    def alone(self, signs: Sequence[str]) -> float:
        """Return the log-odds of a name by its own signs.

        >>> Judge({"": -1.0, "label: GPE": 3.0}, {}, 0.5).alone(["label: GPE", "never seen"])
        2.0
        """
        weigh = self.first.get
        return weigh("", 0.0) + sum(weigh(sign, 0.0) for sign in signs)

    def together(self, alone: float, signs: Sequence[str]) -> float:
        """Return the probability of a name, given what the rest of the report says."""
        weigh = self.second.get
        total = weigh("", 0.0) + weigh("alone", 1.0) * alone + sum(weigh(sign, 0.0) for sign in signs)
        return probability(total)


def probability(log_odds: float) -> float:
    """Return the probability of log-odds.

    >>> probability(0.0)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-max(-_LARGEST, min(_LARGEST, log_odds))))


def weighed(weights: Mapping[str, float], names: Iterable[str], values: Iterable[float]) -> float:
    """Return the chance that goes with some grounds by their weights; that of the empty name is the constant.

    >>> weighed({"": 1.0, "near": -0.5}, ("near", "far"), (2.0, 7.0))
    0.5
    """
    told = (weights.get(name, 0.0) * value for name, value in zip(names, values, strict=True))
    return probability(weights.get("", 0.0) + sum(told))


@cache
def load_judge(without: str | None = None) -> Judge:
    """Return the judge; ``without`` names a corpus that it must not have been trained on.

    Raises
    ------
    KeyError
        If no judge was trained without that corpus.
    """
    text = files("pipeline.toponyms").joinpath("data", MODELS[without]).read_text("utf8")
    found: dict[str, Any] = json.loads(text)
    return Judge(found["first"], found["second"], found["threshold"])
