"""Passages that strangers wrote and coded, read: those that may be looked at, and those that are only scored."""

from __future__ import annotations

import pytest
from passages_check import MODEL, measure, passages

from gazetteer import Gazetteer
from pipeline.article import Tools

pytestmark = pytest.mark.slow

#: as measured, less two in a hundred
FLOORS = {
    "dev": {"detect_f1": 0.66, "sub_type": 0.94, "counts": 0.63, "silent": 0.93, "names_heard": 0.82},
    "aside": {"detect_f1": 0.63, "sub_type": 0.88, "counts": 0.50, "silent": 0.97, "names_heard": 0.78},
    "unread": {"detect_f1": 0.56, "sub_type": 0.88, "counts": 0.71, "silent": 0.53},
}


@pytest.mark.parametrize("half", sorted(FLOORS))
def test_passages_are_read_as_well_as_before(half: str) -> None:
    with Gazetteer.open() as gazetteer:
        shares = measure(passages(half), Tools.default(gazetteer, model=MODEL)).shares()
    assert {name: (shares[name], floor) for name, floor in FLOORS[half].items() if shares[name] < floor} == {}


def test_every_passage_is_coded_by_the_words_in_it() -> None:
    for half in FLOORS:
        for row in passages(half):
            names = (*row["places"], *row["sites"], *row["unsure"], *(e["place"] or "" for e in row["events"]))
            assert all(name in row["text"] for name in names), row["id"]
