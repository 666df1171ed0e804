"""Words that are compared: each class is found by its words, and hours by words and clocks."""

from __future__ import annotations

import pytest

from pipeline.events._words import table
from pipeline.events.merging.words import are_apart, hours_in, without_speakers, words_of


@pytest.mark.parametrize(
    ("text", "weapons"),
    [
        ("Gunmen shot dead two guards.", {"gun"}),
        ("Air defences shot down a drone.", {"drone"}),
        ("An attack killed two.", set()),
        ("A motorcycle bomb went off.", {"motorcycle bomb"}),
        ("Warplanes and artillery pounded it.", {"aircraft", "shelling"}),
        ("The miners heard a blast.", set()),
    ],
)
def test_weapons(text: str, weapons: set[str]):
    assert words_of(text).weapons == weapons


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("A power plant was hit.", {"power"}),
        ("A police station was hit.", {"police post"}),
        ("Two schools and a clinic burned.", {"school", "hospital"}),
        ("Officials said so.", set()),
        ("A car bomb went off at a hotel.", {"hotel"}),
    ],
)
def test_things(text: str, things: set[str]):
    assert words_of(text).things == things


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("in the morning", "in the evening", True),
        ("at 09:30", "on Monday morning", False),
        ("at 11 p.m.", "at 3 p.m.", True),
        ("overnight", "before dawn", False),
        ("at midnight", "at 00:30", False),
        ("at noon", "in the afternoon", False),
        ("in the morning", "on Thursday night", True),
    ],
)
def test_hours(one: str, other: str, apart: bool):
    assert hours_in(one)
    assert hours_in(other)
    assert are_apart(hours_in(one), hours_in(other)) is apart


def test_no_word_stands_in_two_classes_and_every_pair_names_classes():
    tables = table("merging")
    for name in ("weapons", "things", "people"):
        words = [word for listed in tables[name].values() for word in listed]
        assert sorted(words) == sorted(set(words))
    for pairs, name in (("weapons_far", "weapons"), ("weapons_alike", "weapons"), ("people_alike", "people"),
                        ("things_alike", "things"), ("things_far", "things")):  # fmt: skip
        assert {word for pair in tables[pairs] for word in pair} <= set(tables[name])
    assert set(tables["things_common"]) <= set(tables["things"])
    assert set(tables["people_common"]) <= set(tables["people"])


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Two shepherds died in Hit, a nurse at the clinic said.", {"farmers"}),
        ("Police said a mine killed a nurse.", {"health"}),
        ("A mine killed a nurse, according to soldiers.", {"health"}),
        ("Soldiers shot a nurse.", {"soldiers", "health"}),
    ],
)
def test_those_who_tell_of_it_are_no_victims(text: str, people: set[str]):
    assert words_of(text).people == people
    assert without_speakers("Soldiers shot a nurse.") == "Soldiers shot a nurse."
