"""Pairs of short reports, read and merged: two incidents are hardly ever joined, one is seldom left apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluation.merging import measure_merging
from pipeline.settings import DEFAULT_MODEL

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("built_index")]
GOLDEN = Path(__file__).parents[1] / "golden"


PAIRS = [
    ("merge_pairs_dev", 0, 1),
    ("merge_pairs_more", 1, 2),
    ("merge_pairs_independent", 0, 2),
    ("merge_pairs_independent2", 2, 2),
    ("merge_pairs_third", 0, 1),
    ("merge_pairs_fourth", 2, 2),
    ("merge_pairs_families", 2, 10),
    ("merge_pairs_probes", 0, 1),  # written to break it
    ("merge_pairs_wires", 1, 3),
    ("merge_pairs_desks", 0, 2),
    ("merge_pairs_theatres", 1, 2),
    ("merge_pairs_streets", 2, 9),
    ("merge_pairs_ledger", 4, 15),  # written blind, then read
    ("merge_pairs_outlets", 2, 13),  # written by strangers, measured unread, then read
    ("merge_pairs_week", 1, 4),
    ("merge_pairs_clerk", 0, 3),
    ("merge_pairs_guard", 3, 5),
    ("merge_pairs_papers", 0, 7),
    ("merge_pairs_aside_week", 1, 7),  # written by strangers to the program; totals only, nothing is learned from them
    ("merge_pairs_aside_quarter", 1, 9),
    ("merge_pairs_aside_autumn", 0, 12),
]


@pytest.mark.parametrize(("name", "wrongly", "left_apart"), PAIRS)
def test_pairs_of_our_own(name: str, wrongly: int, left_apart: int) -> None:
    results = measure_merging(GOLDEN / f"{name}.yaml", gazetteer=None, model=DEFAULT_MODEL)
    figures = results.figures[name]
    assert figures["joined_wrongly"] <= wrongly, results.notes
    assert figures["left_apart"] <= left_apart, results.notes
