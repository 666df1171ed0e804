"""Passages that strangers wrote and coded, read: those that may be looked at, and those that are only scored."""

from __future__ import annotations

import re

import pytest
from passages_check import MODEL, measure, passages

from gazetteer import Gazetteer
from pipeline.article import Tools

pytestmark = pytest.mark.slow

TRAINED = ("dev", "aside", "marked", "short")  # files that words are learned from
#: as measured, less two in a hundred
FLOORS = {
    "dev": {"detect_f1": 0.75, "sub_type": 0.95, "counts": 0.58, "silent": 0.93, "names_heard": 0.82},
    "aside": {"detect_f1": 0.74, "sub_type": 0.92, "counts": 0.47, "silent": 0.97, "names_heard": 0.78},
    "unread": {"detect_f1": 0.62, "sub_type": 0.89, "counts": 0.69, "silent": 0.53},
    "unread_wire": {"detect_f1": 0.77, "sub_type": 0.92, "counts": 0.83, "silent": 0.9},
    "unread_hard": {"detect_f1": 0.22, "silent": 0.88},
}


@pytest.mark.parametrize("half", sorted(FLOORS))
def test_passages_are_read_as_well_as_before(half: str) -> None:
    with Gazetteer.open() as gazetteer:
        shares = measure(passages(half), Tools.default(gazetteer, model=MODEL)).shares()
    assert {name: (shares[name], floor) for name, floor in FLOORS[half].items() if shares[name] < floor} == {}


def test_every_passage_is_coded_by_the_words_in_it() -> None:
    for half in FLOORS:
        for row in passages(half):
            marked = [name for kind in ("places", "sites", "unsure") for name in row.get(kind, ())]
            assert all(name in row["text"] for name in (*marked, *(e["place"] or "" for e in row["events"]))), row["id"]


def test_the_words_that_tell_of_events_stand_in_the_text_and_none_is_of_a_file_kept_unread() -> None:
    told = [row for half in TRAINED for row in passages(half)]
    for row in told:
        words = [e["word"].partition("#")[0] for e in row["events"]]
        assert all(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", row["text"]) for word in words), row["id"]
    unread = {row["text"] for half in FLOORS if half.startswith("unread") for row in passages(half)}
    assert not unread & {row["text"] for row in told}
