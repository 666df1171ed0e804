from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tools"))
from listwise import Example, Recipe, best_heat, train

from pipeline.toponyms.features import COLUMN, FEATURES
from pipeline.toponyms.rank import shared_out

RECIPE = Recipe(units=8, networks=1, epochs=30, batch=10, hide_outlet=0.0, hide_context=0.0)


def examples(count: int) -> list[Example]:
    """Mentions of three candidates, the right one being the most prominent; of every fifth none is right."""
    random, found = np.random.default_rng(3), []
    for number in range(count):
        values = random.normal(0.0, 0.1, (3, len(FEATURES)))
        best = int(random.integers(3))
        right = np.zeros(3)
        if number % 5:
            values[best, COLUMN["prominence"]] += 2.0
            right[best] = 1.0
        found.append(Example(values, np.array([0]), right, np.ones(1)))
    return found


def test_what_is_right_is_learned_and_none_of_these_too() -> None:
    network = train(examples(200), RECIPE)
    shares = [shared_out(network.logits(e.values), e.first) for e in examples(50)]
    sure = [float(s[np.argmax(e.right)]) for s, e in zip(shares, examples(50), strict=True) if e.right.any()]
    none = [1.0 - float(s.sum()) for s, e in zip(shares, examples(50), strict=True) if not e.right.any()]
    assert np.mean(sure) > 0.9
    assert np.mean(none) > 0.8


def test_the_same_seed_trains_the_same_network() -> None:
    one, two = train(examples(40), RECIPE, seed=1), train(examples(40), RECIPE, seed=1)
    assert np.array_equal(one.inner, two.inner)
    assert not np.array_equal(one.inner, train(examples(40), RECIPE, seed=2).inner)


def test_a_recipe_without_units_is_linear_and_sees_its_columns_only() -> None:
    network = train(examples(60), RECIPE.simple())
    values = np.zeros((1, len(FEATURES)))
    far = values.copy()
    far[0, COLUMN["country"]] = 50.0
    assert network.logits(far) == pytest.approx(network.logits(values))
    assert len(network.outer) == 0


def test_heat_cools_what_is_too_sure() -> None:
    told = examples(200)
    network = train(told, RECIPE)
    wrong = [Example(e.values, e.first, np.roll(e.right, n % 3 == 0), e.weight) for n, e in enumerate(told)]
    assert best_heat([network.logits(e.values) for e in wrong], wrong) > best_heat(
        [network.logits(e.values) for e in told], told
    )
