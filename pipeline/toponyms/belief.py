"""How likely an answer is right at all: what the recogniser, the ranker and the rest of the report say, together.

The ranker shares out the chance among places and "none of these", taking it that a name is meant; the recogniser says
whether one is, not knowing which. "Lobos", a gang, is a likely enough name to the one and Lobos in Argentina the
likeliest place to the other; the two together do not believe it. Weights: ``data/belief.json``
(``tools/train_belief.py``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gazetteer.models import Place, is_country
from pipeline.models import Mention
from pipeline.toponyms.features import COLUMN
from pipeline.toponyms.judge import weighed
from pipeline.toponyms.labels import PLACE_LABELS
from pipeline.toponyms.readings import Floats

FEATURE = "feature: "  # begins the cue of a noun beside a name or in it
SMALLEST = 1e-3  # chance that counts as none, so that log odds stay finite
LEAST = 0.275  # chance under which a name is taken for no place
#: What is weighed: the two chances as log odds, whether the language model took the name for something else, how much
#: the rest of the report is about where the place lies, and whether it is a stranger there.
GROUNDS = ("recognised", "ranked", "no label of a place", "supported", "stranger")
_SUPPORT = [COLUMN["country"], COLUMN["nearby"], COLUMN["admin1"]]
_HINTS = [COLUMN["container"], COLUMN["relation"], COLUMN["dateline"], COLUMN["outlet_country"]]
_COUNTRY, _NEARBY, _OTHERS = COLUMN["country"], COLUMN["nearby"], COLUMN["others"]
UNHEARD, FAR = 0.01, 0.05  # share of a country, and nearness, that are as good as none
SEVERAL = 0.5  # of what the other names weigh: some four of them
WELL_KNOWN = 500_000  # inhabitants


@dataclass(frozen=True, slots=True)
class Belief:
    """Weights of the grounds; the empty one is the constant. Without weights everything is believed."""

    weights: Mapping[str, float]

    def chance(self, grounds: Sequence[float]) -> float:
        """Return the chance that an answer is right, by its grounds in the order of :data:`GROUNDS`.

        >>> Belief({"": 1.0, "ranked": 0.5}).chance([0.0, -2.0, 0.0, 0.0, 0.0]), Belief({}).chance([])
        (0.5, 1.0)
        """
        if not self.weights:
            return 1.0
        return weighed(self.weights, GROUNDS, grounds)


EVERYTHING = Belief({})


def grounds_of(mention: Mention, place: Place, share: float, values: Floats) -> tuple[float, ...]:
    """Return what there is to weigh of a mention, in the order of :data:`GROUNDS`.

    Parameters
    ----------
    mention : Mention
    place : Place
        The likeliest one.
    share : float
        Of it and others on the same ground.
    values : array (features,)
        Its row in the table of the report.
    """
    return (
        _log_odds(mention.likelihood),
        _log_odds(share),
        float(mention.label not in PLACE_LABELS),
        float(values[_SUPPORT].max()) if place.country else 1.0,  # a sea lies in no country to be told of
        float(_is_stranger(place, values)),
    )


def _is_stranger(place: Place, values: Floats) -> bool:
    """Whether a place that few know lies in a country that nothing else in a report of some names speaks of."""
    is_known = place.feature_code == "PPLC" or is_country(place) or place.population >= WELL_KNOWN or not place.country
    if is_known or values[_OTHERS] < SEVERAL:
        return False
    return bool(values[_COUNTRY] <= UNHEARD and values[_NEARBY] <= FAR and values[_HINTS].max() <= 0)


def _log_odds(chance: float) -> float:
    kept = min(1.0 - SMALLEST, max(SMALLEST, chance))
    return math.log(kept / (1.0 - kept))


def is_weighed(mention: Mention) -> bool:
    """Whether a mention was judged when it was found, and no noun beside it says that it is a place.

    Not so a span that was given, a dateline, an adjective, "the Rumaylan |airfield|".

    >>> is_weighed(Mention("d", 0, 5, "Lobos", likelihood=0.4)), is_weighed(Mention("d", 0, 5, "Lobos"))
    (True, False)
    """
    nouns = (cue.removeprefix(FEATURE) for cue in mention.cues if cue.startswith(FEATURE))
    return mention.likelihood < 1.0 and not any(noun not in mention.text.lower() for noun in nouns)


@cache
def load_belief(without: str | None = None) -> Belief:
    """Return the weights; ``without`` names a corpus that they must not rest on.

    Raises
    ------
    KeyError
        If none were learned without that corpus.

    Examples
    --------
    >>> sorted(load_belief().weights)[0]
    ''
    """
    text = files("pipeline.toponyms").joinpath("data/belief.json").read_text("utf8")
    return Belief(json.loads(text)["" if without is None else without])
