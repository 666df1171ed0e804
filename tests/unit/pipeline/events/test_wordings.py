"""Reports in the many wordings that events are told in, from text to events: kind, place, deaths, injuries."""

from __future__ import annotations

import pytest

Told = tuple[str, str, int | None, int | None]
AIR, FIRE, MINE = "Air/drone strike", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED"


def told(report) -> set[Told]:
    return {
        (
            e.sub_event_type,
            e.placement.resolution.place.name if e.placement.resolution and e.placement.resolution.place else "",
            e.fatalities.low,
            e.injuries.low,
        )
        for e in report.events
    }


SEVERAL = [
    (  # the second half stands for the noun of the first
        "An air strike on Rafah killed two people, and another one on Jenin wounded six.",
        {(AIR, "Rafah", 2, None), (AIR, "Janīn", None, 6)},
    ),
    (  # "another" stands for a weapon
        "Several drones were launched at Erbil, and another was aimed at Kirkuk.",
        {(AIR, "Erbil", None, None), (AIR, "Kirkuk", None, None)},
    ),
    (  # counts place by place
        "Shells hit Homs and Hama, killing two people in Homs and three in Hama.",
        {(FIRE, "Homs", 2, None), (FIRE, "Ḩamāh", 3, None)},
    ),
    (  # items between semicolons
        "Soldiers killed four rebels in a raid in Mosul; a car bomb wounded three policemen in Kirkuk.",
        {("Armed clash", "Mosul", 4, None), (MINE, "Kirkuk", None, 3)},
    ),
    (  # a list after a colon
        "The rebels said they had attacked three towns with rockets: Idlib, Homs and Jenin.",
        {(FIRE, "Idlib", None, None), (FIRE, "Homs", None, None), (FIRE, "Janīn", None, None)},
    ),
    (  # labels
        "Homs: two men killed and five hurt in army shelling.",
        {(FIRE, "Homs", 2, 5)},
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_in_a_sentence(read, text, expected):
    assert told(read(text)) == expected


FOLLOWED = [
    ("A bomber blew himself up in Mosul on Monday. Nine people lost their lives.", ("Suicide bomb", "Mosul", 9, None)),
    (
        "Jets bombed Idlib on Monday. The raid flattened a bakery. Four workers were killed.",
        (AIR, "Idlib", 4, None),
    ),
    (
        "Gunmen attacked a checkpoint in Kirkuk on Monday. Police shot two of the attackers dead.",
        ("Armed clash", "Kirkuk", 2, None),
    ),
    (
        "Gunmen kidnapped nine teachers in Mosul on Monday. Police later arrested two suspects.",
        ("Abduction/forced disappearance", "Mosul", None, None),
    ),
    (
        "A drone hit an outpost in Syria on Monday. The post, Al-Tanf garrison, lies in the desert.",
        (AIR, "Al-Tanf garrison", None, None),
    ),
    (
        "Students protested in Baghdad on Monday. Police fired tear gas at the crowd and detained forty people.",
        ("Protest with intervention", "Baghdad", None, None),
    ),
]


@pytest.mark.parametrize(("text", "expected"), FOLLOWED)
def test_what_is_told_after_belongs_to_the_incident(read, text, expected):
    assert told(read(text)) == {expected}


KINDS = [
    ("Police opened fire on protesters in Baghdad on Monday.", "Excessive force against protesters"),
    ("A mob burned houses in Mosul on Monday.", "Mob violence"),
    ("Rebels seized the town of Idlib on Monday.", "Non-state actor overtakes territory"),
    ("Soldiers seized rifles and grenades in Mosul on Monday.", "Disrupted weapons use"),
    ("Militants executed three men in Mosul on Monday.", "Attack"),
    ("Two clans signed a ceasefire in Mosul on Monday.", "Agreement"),
    ("The army set up an outpost near Kirkuk on Monday.", "Headquarters or base established"),
    ("Some 50 fighters surrendered in Mosul on Monday.", "Change to group/activity"),
    ("Clashes near Idlib on Monday.", "Armed clash"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_object_and_the_sides_decide_the_kind(read, text, kind):
    assert [e.sub_event_type for e in read(text).events] == [kind]


NOTHING = [
    "A storm hit Basra on Monday.",
    "A car struck a tree in Mosul on Monday.",
    "Three people died in a traffic accident in Mosul on Monday.",
    "The parties struck a deal in Baghdad on Monday.",
    "Residents of Mosul fought a blaze on Monday.",
    "The minister attacked the plan in Baghdad on Monday.",
    "A man was charged with murder in Mosul on Monday.",
    "Police arrested a man in Mosul on Monday.",
    "Will the rebels stop bombing Mosul?",
    "Some 6,000 people have died in the war.",
    "No casualties were reported in Mosul on Monday.",
    "The minister did not say who had bombed Mosul.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_event(read, text):
    assert read(text).events == ()


def test_a_place_of_another_sentence_is_taken_with_its_reason(read):
    text = "Rockets hit Homs on Monday. Gunmen kidnapped a doctor."
    event = next(e for e in read(text).events if e.sub_event_type.startswith("Abduction"))
    assert event.placement.resolution.place.name == "Homs"
    assert event.placement.method == "relative"
    assert event.placement.reasons[-1] == "no place is said of this; that of what is told just before is taken"


def test_a_name_that_nobody_knows_is_no_other_place(read):
    text = "Rockets hit Homs on Monday. Gunmen kidnapped a doctor in Qwxyzabad."
    event = next(e for e in read(text).events if e.sub_event_type.startswith("Abduction"))
    assert event.placement.resolution is None or event.placement.resolution.place is None
