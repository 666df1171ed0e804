"""Share the chance of being meant among the candidates of each mention. ``Ranker`` is the seam."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from pipeline.toponyms.belief import EVERYTHING, Belief
from pipeline.toponyms.features import COLUMN, FEATURES
from pipeline.toponyms.readings import Floats, Ints
from pipeline.toponyms.weights import Weights, load_weights


class Ranker(Protocol):
    """Scores the rows of a table of features (see :mod:`pipeline.toponyms.features`).

    ``belief`` says which answers are to be believed, of names that were found and not given.
    """

    belief: Belief

    def shares(self, values: Floats, first: Ints, *, alone: bool) -> Floats:
        """Return a chance for each row (rows,); those of a mention, which begin at ``first``, sum to at most 1.

        ``alone`` in the first pass, when nothing of the rest of the report is known.
        """
        ...

    def contributions(self, values: Floats) -> tuple[tuple[str, ...], Floats]:
        """Return names of features, and what each added to the logit of each row: (rows, names)."""
        ...


class WeightedRanker:
    """The plain scoring: a weighted sum of a few features, with a fixed share for "none of these"."""

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights or load_weights()
        self._weights = in_columns(self.weights.weights)
        self.belief = EVERYTHING  # what there is was learned of the other ranker's chances

    def shares(self, values: Floats, first: Ints, *, alone: bool) -> Floats:  # noqa: ARG002 - part of the protocol
        """Return softmax shares."""
        heat = self.weights.temperature
        return shared_out(heat * (values @ self._weights), first, none=heat * self.weights.threshold)

    def contributions(self, values: Floats) -> tuple[tuple[str, ...], Floats]:
        """Return weight times value of each weighted feature."""
        names = tuple(self.weights.weights)
        columns = [COLUMN[name] for name in names]
        return names, values[:, columns] * self._weights[columns]


def in_columns(weights: Mapping[str, float]) -> Floats:
    """Return the weight of each feature (features,), 0 for those that have none."""
    return np.array([weights.get(name, 0.0) for name in FEATURES])


def shared_out(logits: Floats, first: Ints, *, none: float = 0.0) -> Floats:
    """Return the softmax of each mention's rows beside a further choice, "none of these", of logit ``none``.

    Examples
    --------
    >>> shared_out(np.zeros(3), np.array([0, 1])).round(2).tolist()
    [0.5, 0.33, 0.33]
    """
    sizes = np.empty_like(first)
    sizes[:-1], sizes[-1:] = first[1:] - first[:-1], len(logits) - first[-1:]
    owner = np.repeat(np.arange(len(first)), sizes)
    highest = np.maximum(np.maximum.reduceat(logits, first), none)
    powers = np.exp(logits - highest[owner])
    whole = np.add.reduceat(powers, first) + np.exp(none - highest)
    found: Floats = powers / whole[owner]
    return found
