"""Pairs of short reports, read and merged: what is two incidents is never joined, what is one seldom left apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluation.merging import measure_merging
from pipeline.settings import DEFAULT_MODEL

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("built_index")]
GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize(("name", "left_apart"), [("merge_pairs_dev", 2), ("merge_pairs_more", 5)])
def test_pairs_of_our_own(name: str, left_apart: int) -> None:
    results = measure_merging(GOLDEN / f"{name}.yaml", gazetteer=None, model=DEFAULT_MODEL)
    figures = results.figures[name]
    assert figures["joined_wrongly"] == 0, results.notes
    assert figures["left_apart"] <= left_apart, results.notes
