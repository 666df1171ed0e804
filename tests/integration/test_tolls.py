"""Tolls of short reports against what an honest coder would take from them: floors."""

from __future__ import annotations

import pytest
from tolls_check import read_all, read_cases, score

pytestmark = pytest.mark.slow

#: part -> least share of the events that are found whose toll is right; those aside and later were never looked into
FLOORS = {"develop": 0.92, "wordings": 0.90, "variants": 0.95, "aside": 0.84, "blind": 0.78, "blind_later": 0.82}
HALVES = ("develop", "aside")
LEAST_FOUND = {"blind": 0.88, "blind_later": 0.84}
FOUND = 0.95


@pytest.mark.parametrize(("half", "floor"), sorted(FLOORS.items()))
def test_tolls_are_read(half: str, floor: float) -> None:
    cases = read_cases(half)
    found = score(cases, read_all(cases))
    assert found.found / found.asked >= LEAST_FOUND.get(half, FOUND)
    assert found.share >= floor, f"{found.share:.3f}"


def test_the_halves_are_of_a_size_and_share_no_report() -> None:
    develop, aside = ({c.text for c in read_cases(half)} for half in HALVES)
    assert not develop & aside
    assert 0.4 <= len(aside) / (len(develop) + len(aside)) <= 0.6
