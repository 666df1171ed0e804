"""What crowds do and meet, by classes of words."""

from __future__ import annotations

import pytest

from pipeline.events.crowd_scenes import FAMILIES, crowd_scenes, names_forces
from pipeline.events.crowd_words import told, words
from pipeline.events.triggers import load_tables

TOLD = {
    "crowd_protest": [
        "Widows in Abuja filed past the ministry with photographs of their husbands.",
        "Pensioners beat frying pans beneath the mayor's windows, demanding heating.",
        "Marching barefoot, women of Kananga asked for water.",
    ],
    "crowd_met": [
        "Farmers who had slept on the highway were hosed off it by police.",
        "Gendarmes penned the lawyers inside the yard and took away their banners.",
        "A hundred strikers had been sitting on the rails and forty were led off in handcuffs.",
    ],
    "crowd_shot_at": [
        "Troops emptied their magazines into a procession.",
        "Police fired rubber pellets at marchers and a student lost both his eyes.",
    ],
    "crowd_riot": [
        "Youths put the tax office to the torch.",
        "Villagers went for the soldiers with machetes.",
        "The town hall was hit by firework mortars.",
    ],
    "crowd_mob": [
        "A suspected thief was beaten with planks and set alight.",
        "Residents wrested presumed gangsters from a police van and stoned them to death on the spot.",
        "Stones flew between two factions of students.",
        "Mobs were torching houses.",
    ],
}
SILENT = [
    "Workers demolished forty houses to make way for a road.",
    "Villagers killed in a raid on the hamlet were buried.",
    "Residents said gunmen beat two traders.",
    "Police cleared snow from the road.",
    "Students beat the champions by three goals.",
    "Herders and farmers fought with rifles.",
    "Worshippers filled the cathedral to pray for peace.",
    "The union plans to march against the levy.",
    "A court jailed villagers for beating a thief to death, and they were sentenced to nine years in prison.",
    "A march of soldiers' widows was called off.",
]


@pytest.mark.parametrize(("family", "text"), [(f, t) for f, texts in TOLD.items() for t in texts])
def test_what_a_crowd_does_or_meets_is_read(family: str, text: str) -> None:
    assert [s.family for s in crowd_scenes(text, 0, len(text))] == [family]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_deed_of_a_crowd_is_none(text: str) -> None:
    assert crowd_scenes(text, 0, len(text)) == ()


def test_each_part_of_a_sentence_tells_of_its_own_crowd() -> None:
    text = "Nurses knelt on the road to demand their pay; by night a mob looted shops."
    scenes = crowd_scenes(text, 0, len(text))
    assert [(s.family, text[s.start : s.end].strip()[:6]) for s in scenes] == [
        ("crowd_protest", "Nurses"),
        ("crowd_mob", "by nig"),
    ]


def test_a_crowd_told_of_before_is_the_one_shot_at() -> None:
    text = "Hundreds marched in Mangaluru. Two of them never got home: the lane was raked with bullets."
    begin = text.index("Two of")
    assert [s.family for s in crowd_scenes(text, begin, len(text))] == ["crowd_shot_at"]
    assert crowd_scenes(text[begin:], 0, len(text) - begin) == ()


def test_shots_alone_are_no_forces() -> None:
    assert not names_forces("two died at a rally")
    assert names_forces("shots at a rally", shot=True)


def test_every_family_of_a_scene_stands_in_the_tables() -> None:
    assert set(FAMILIES) <= set(load_tables().families)
    assert all(load_tables().families[name].sub in load_tables().unrest for name in FAMILIES)


def test_patterns_name_what_they_look_for() -> None:
    found = told("crowd_wrecks").search("A crowd stormed the prefecture in Korhogo.")
    assert found is not None
    assert (found["wreck"], found["what"].strip()) == ("stormed", "the prefecture in Korhogo")
    assert words("crowd_weapons").search("they bought paint") is None
