"""Which answers are believed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from msgspec import structs

from gazetteer.models import Place
from pipeline.models import Mention
from pipeline.toponyms.belief import EVERYTHING, GROUNDS, LEAST, grounds_of, is_weighed, load_belief
from pipeline.toponyms.features import COLUMN, FEATURES

TOWN = Place("t:1", "Avon", 10.0, 10.0, "P", "PPL", "NN", population=5_000)
FOUND = Mention("d", 0, 4, "Avon", label="GPE", likelihood=0.6)


def row(**values: float) -> np.ndarray:
    """Return a row of the ranker's table, 0 but for some columns."""
    found = np.zeros(len(FEATURES))
    for name, value in values.items():
        found[COLUMN[name]] = value
    return found


def grounds(mention: Mention = FOUND, place: Place = TOWN, share: float = 0.9, **values: float) -> dict[str, float]:
    return dict(zip(GROUNDS, grounds_of(mention, place, share, row(**values)), strict=True))


@pytest.mark.parametrize("without", [None, "LGL", "TR-News"])
def test_each_ground_counts_as_it_should(without: str | None) -> None:
    belief = load_belief(without)
    assert set(belief.weights) == {"", *GROUNDS}
    plain = [0.0, 0.0, 0.0, 0.5, 0.0]
    for number, sign in enumerate((1, 1, -1, 1, -1)):
        more = [value + (number == at) for at, value in enumerate(plain)]
        assert (belief.chance(more) - belief.chance(plain)) * sign > 0, GROUNDS[number]


def test_what_both_doubt_is_not_believed_and_what_both_bear_out_is() -> None:
    belief = load_belief()
    doubted = grounds_of(replace(FOUND, likelihood=0.35, label="PERSON"), TOWN, 0.7, row())
    borne_out = grounds_of(replace(FOUND, likelihood=0.95), TOWN, 0.95, row(country=0.8))
    assert belief.chance(doubted) < LEAST < 0.7 < belief.chance(borne_out)


def test_without_weights_everything_is_believed() -> None:
    assert EVERYTHING.chance(tuple(grounds().values())) == 1.0


@pytest.mark.parametrize(
    ("place", "values", "stranger"),
    [
        (TOWN, {"others": 0.8}, 1.0),
        (TOWN, {"others": 0.3}, 0.0),  # in a report that names little, anything may be
        (TOWN, {"others": 0.8, "country": 0.1}, 0.0),
        (TOWN, {"others": 0.8, "container": 1.0}, 0.0),  # "Avon, Northland"
        (structs.replace(TOWN, population=900_000), {"others": 0.8}, 0.0),
        (structs.replace(TOWN, feature_code="PPLC"), {"others": 0.8}, 0.0),
        (structs.replace(TOWN, country=""), {"others": 0.8}, 0.0),
    ],
)
def test_a_small_place_in_a_country_of_which_nothing_speaks_is_a_stranger(
    place: Place, values: dict[str, float], stranger: float
) -> None:
    assert grounds(place=place, **values)["stranger"] == stranger


def test_a_sea_needs_no_country_to_bear_it_out() -> None:
    sea = Place("s:1", "Red Sea", 20.0, 38.0, "H", "SEA", "")
    assert (grounds(place=sea)["supported"], grounds()["supported"]) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("mention", "weighed"),
    [
        (FOUND, True),
        (replace(FOUND, likelihood=1.0), False),
        (replace(FOUND, cues=("feature: airfield",)), False),
        (replace(FOUND, text="Avon District", cues=("feature: district",)), True),  # part of the name, not said of it
    ],
)
def test_only_what_was_judged_and_not_announced_is_weighed(mention: Mention, weighed: bool) -> None:
    assert is_weighed(mention) is weighed
