from __future__ import annotations

import logging
from collections.abc import Iterator
from importlib.resources import files

import numpy as np
import pytest
from reports import table_of
from threadpoolctl import threadpool_info

from pipeline.toponyms import learned
from pipeline.toponyms.explain import _WORDS
from pipeline.toponyms.features import FEATURES
from pipeline.toponyms.learned import GROUP, GROUPS, LearnedRanker, load_ranker, model_name
from pipeline.toponyms.rank import WeightedRanker
from pipeline.toponyms.resolve import chances, one_thread

CORPORA = (None, "LGL", "TR-News")


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    load_ranker.cache_clear()
    yield
    load_ranker.cache_clear()


@pytest.mark.parametrize("without", CORPORA)
def test_each_model_is_there_and_small(without: str | None) -> None:
    ranker = load_ranker(without)
    assert isinstance(ranker, LearnedRanker)
    assert ranker.name == model_name(without)
    file = files("pipeline.toponyms").joinpath(f"data/{ranker.name}.npz")
    assert len(file.read_bytes()) < 330_000  # three of them at most 1 MB


def test_the_plain_scoring_serves_where_there_is_no_model(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert isinstance(load_ranker("nowhere"), WeightedRanker)
    assert "ranker-without-nowhere.npz" in caplog.text
    assert "tools/train_ranker.py" in caplog.text


def test_a_model_of_other_features_does_not_serve(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(learned, "FEATURES", (*FEATURES, "another"))
    with caplog.at_level(logging.WARNING):
        assert isinstance(load_ranker(), WeightedRanker)
    assert "other features" in caplog.text


def test_contributions_sum_to_the_logit_over_a_middling_row() -> None:
    ranker = load_ranker()
    assert isinstance(ranker, LearnedRanker)
    table = table_of("Avon and Brant in Hills, Northland, were quiet.")
    chances(table, ranker)
    names, added = ranker.contributions(table.values)
    middling = ranker.together.logits(ranker.together.mean[None, :])[0]
    assert added.sum(axis=1) == pytest.approx(ranker.together.logits(table.values) - middling, abs=1e-3)
    assert added.shape == (len(table.values), len(names))
    assert names == GROUPS
    assert ranker.contributions(table.values[:0])[1].shape == (0, len(names))


def test_chances_of_a_mention_sum_to_at_most_one() -> None:
    table = table_of("Avon and Brant were quiet.")
    shares = chances(table, load_ranker())
    sums = np.add.reduceat(shares, table.sheet.first)
    assert np.all((sums > 0) & (sums <= 1.0 + 1e-6))


def test_every_feature_has_a_group_and_every_group_its_words() -> None:
    assert set(GROUP) <= set(FEATURES)
    assert set(GROUPS) <= set(_WORDS)
    assert set(WeightedRanker().weights.weights) <= set(_WORDS)


def test_matrices_are_multiplied_in_one_thread() -> None:
    with one_thread():
        assert {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"} == {1}
