"""How likely a place is to be meant when nothing but its name is known."""

from __future__ import annotations

from math import log10

from gazetteer.models import Place
from gazetteer.tables import feature_row

_LARGEST = 7.5  # log10 of about 32 million: the largest cities


def prominence(place: Place) -> float:
    """Return 0 to 1: the weight of the feature, and for settlements the logarithm of the population on top.

    Examples
    --------
    >>> prominence(Place("x:1", "Baghdad", 33.3, 44.4, "P", "PPLC", population=7_216_000)) > 0.9
    True
    """
    weight = feature_row(place.feature_class, place.feature_code)["weight"]
    if place.feature_class != "P" or place.population <= 0:
        return weight
    return round(weight + (1 - weight) * min(1.0, log10(place.population) / _LARGEST), 4)
