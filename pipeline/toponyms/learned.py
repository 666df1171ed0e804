"""The learned ranker: small neural networks over the table of features, evaluated with numpy alone.

``tools/train_ranker.py`` makes the files in ``data/``; docs/model-card-ranker.md says from what and how well.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from pipeline.toponyms.belief import EVERYTHING, Belief, load_belief
from pipeline.toponyms.features import COLUMN, FEATURES
from pipeline.toponyms.rank import Ranker, WeightedRanker, in_columns, shared_out
from pipeline.toponyms.readings import Floats, Ints
from pipeline.toponyms.weights import load_weights

log = logging.getLogger(__name__)

FARTHEST = 4.0  # standard deviations from the mean at which a feature is cut
#: What a feature counts as when reasons are given; those that are missing are groups of their own.
GROUP = {
    **dict.fromkeys(("exact", "variant", "skeleton", "fuzzy", "likeness", "demonym", "adjective"), "name"),
    **dict.fromkeys(("first", "letters", "words", "code"), "name"),
    **dict.fromkeys(("people", "no_people", "rank", "share", "gap"), "prominence"),
    **dict.fromkeys(("many", "crowd", "twins"), "rivals"),
    **dict.fromkeys(("is_country", "is_province", "is_county", "is_capital"), "kind"),
    **dict.fromkeys(("is_town", "is_site", "is_water", "is_land"), "kind"),
    "curated": "own",
    **dict.fromkeys(("said", "is_dateline", "boilerplate"), "cue"),
    **dict.fromkeys(("country_first", "country_named", "others"), "country"),
    **dict.fromkeys(("admin1_first", "admin1_named", "admin2"), "admin1"),
    **dict.fromkeys(("nearby_30", "nearby_200", "nearby_600", "beside", "alongside"), "nearby"),
    **dict.fromkeys(("contained", "holding", "holder"), "container"),
    "related": "relation",
    "dateline_near": "dateline",
    **dict.fromkeys(("outlet_admin1", "has_outlet", "outlet_country", "has_country"), "outlet"),
    **dict.fromkeys(("press_admin1", "has_press"), "press"),
}  # fmt: skip
GROUPS = tuple(dict.fromkeys(GROUP.get(name, name) for name in FEATURES))
_NUMBERS = np.array([GROUPS.index(GROUP.get(name, name)) for name in FEATURES])  # of the group of each feature
_IN_GROUP = _NUMBERS[:, None] == np.arange(len(GROUPS))
_COLUMNS = [np.flatnonzero(of_group) for of_group in _IN_GROUP.T]


@dataclass(frozen=True, slots=True)
class Network:
    """A linear score and a layer of rectified units beside it: the mean of several, side by side.

    ``mean`` and ``scale`` (features,) bring features to one scale; ``linear`` (features,), ``bias``; ``inner``
    (features, units), ``inner_bias`` (units,), ``outer`` (units,); ``heat`` divides the logit, so that chances mean
    what they say.
    """

    mean: Floats
    scale: Floats
    linear: Floats
    bias: float
    inner: Floats
    inner_bias: Floats
    outer: Floats
    heat: float = 1.0

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any], prefix: str) -> Network:
        """Return the network stored under a prefix in a model file."""
        found: dict[str, Any] = {key: arrays[f"{prefix}_{key}"] for key in cls.__slots__}
        for key in ("bias", "heat"):
            found[key] = float(found[key])
        return cls(**found)

    def arrays(self, prefix: str) -> dict[str, Any]:
        """Return what is stored."""
        return {f"{prefix}_{key}": np.asarray(getattr(self, key), dtype=np.float32) for key in self.__slots__}

    def standard(self, values: Floats) -> Floats:
        """Return features (rows, features) on one scale."""
        found = values.astype(self.mean.dtype)
        found -= self.mean
        found /= self.scale
        return np.minimum(np.maximum(found, -FARTHEST, out=found), FARTHEST, out=found)

    def logits(self, values: Floats) -> Floats:
        """Return the log odds (rows,) of each row against "none of these"."""
        x = self.standard(values)
        found: Floats = x @ self.linear + self.bias
        if len(self.outer):
            units = x @ self.inner
            units += self.inner_bias
            found = found + np.maximum(units, 0.0, out=units) @ self.outer
        return found / self.heat

    def contributions(self, values: Floats) -> Floats:
        """Return (rows, groups): what each group of features adds to the logit of a row over that of a middling row.

        Groups are put in one after the other, from the first and from the last, and the two ways averaged (as Shapley
        values are, of two orders); a row of it sums to the row's logit less the middling one's.
        """
        x = self.standard(values)
        first = np.empty((len(x), len(GROUPS) + 1, len(self.inner_bias)), x.dtype)  # with the first so many groups
        first[:, 0] = self.inner_bias
        for number, columns in enumerate(_COLUMNS):
            first[:, number + 1] = first[:, number] + x[:, columns] @ self.inner[columns]
        last = first[:, -1:] + self.inner_bias - first
        first, last = (np.maximum(way, 0, out=way) @ self.outer for way in (first, last))
        straight = (x * self.linear) @ _IN_GROUP.astype(x.dtype)
        found: Floats = (straight + (np.diff(first) - np.diff(last)) / 2) / self.heat
        return found


class LearnedRanker:
    """Chances by a network for names by themselves (the first pass) and one for names in their report.

    Parameters
    ----------
    alone, together : Network
    name : str
        Of the model, for the manifest.
    belief : Belief
        Learned of its chances; by default all answers are believed.
    """

    def __init__(self, alone: Network, together: Network, name: str = "learned", belief: Belief = EVERYTHING) -> None:
        self.alone, self.together, self.name, self.belief = alone, together, name, belief
        self._priors = load_weights().priors
        self._prior = in_columns(self._priors)

    def shares(self, values: Floats, first: Ints, *, alone: bool) -> Floats:
        """Return a calibrated chance for each row; what is left of 1 is the chance that none of them is meant."""
        return shared_out((self.alone if alone else self.together).logits(values) + values @ self._prior, first)

    def contributions(self, values: Floats) -> tuple[tuple[str, ...], Floats]:
        """Return groups of features, and what each added to the logit of each row."""
        found = self.together.contributions(values)
        for feature, weight in self._priors.items():
            found[:, GROUPS.index(GROUP.get(feature, feature))] += weight * values[:, COLUMN[feature]]
        return GROUPS, found


def model_name(without: str | None = None) -> str:
    """Return the name of the model that never saw a corpus, or of the one that saw all."""
    return f"ranker-without-{without.lower()}" if without else "ranker"


@cache
def load_ranker(without: str | None = None) -> Ranker:
    """Return the learned ranker, or the one that never saw a corpus; the plain scoring where its file cannot serve.

    Parameters
    ----------
    without : str, optional
        ``"LGL"`` or ``"TR-News"``: trained on the others only, so that it can be judged by that corpus.

    Examples
    --------
    >>> load_ranker().name  # doctest: +SKIP
    'ranker'
    """
    name = model_name(without)
    try:
        return _read(name, load_belief(without))
    except (OSError, ValueError, KeyError) as error:
        log.warning("%s.npz: %s; places are ranked by the plain scoring (tools/train_ranker.py makes it)", name, error)
        return WeightedRanker()


def _read(name: str, belief: Belief) -> LearnedRanker:
    """Return the ranker of a model file; ValueError if it is of other features."""
    file = files("pipeline.toponyms").joinpath(f"data/{name}.npz")
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        if tuple(arrays["features"].tolist()) != FEATURES:
            raise ValueError("it was trained on other features")
        return LearnedRanker(
            Network.from_arrays(arrays, "alone"), Network.from_arrays(arrays, "together"), name, belief
        )
