"""Wordings of the wire that the first tables lacked: one report a class, from text to events."""

from __future__ import annotations

import pytest

MINE = "Remote explosive/landmine/IED"
KINDS = [
    ("An army truck drove over a mine near Kirkuk on Monday, killing two soldiers.", [MINE]),
    (
        "A police car struck a roadside bomb in Mosul on Monday, wounding two officers.",
        ["Remote explosive/landmine/IED"],
    ),
    ("Gunmen took a teacher from her house in Homs on Monday.", ["Abduction/forced disappearance"]),
    ("The bandits walked off with a dozen villagers near Mosul on Monday.", ["Abduction/forced disappearance"]),
    ("Rebels occupied two army posts in Homs on Monday.", ["Non-state actor overtakes territory"]),
    ("Hundreds of women held a sit-in in Erbil on Monday; it will go on for a week.", ["Peaceful protest"]),
    ("Students formed a human chain in Mosul on Monday.", ["Peaceful protest"]),
    ("A brief exchange of fire between rebels and soldiers took place in Homs on Monday.", ["Armed clash"]),
    ("Police found and defused a booby-trapped motorcycle in Kirkuk on Monday.", ["Disrupted weapons use"]),
    ("State media reported a Turkish raid on the town of Erbil on Monday.", ["Air/drone strike"]),
    ("Turkish soldiers killed two men in a raid on the town of Erbil on Monday.", ["Attack"]),
    ("A mob beat a suspected robber to death in Baghdad on Monday.", ["Mob violence"]),
    ("Fierce clashes accompanied by heavy shelling took place in Homs on Monday.", ["Armed clash"]),
    (
        "Syrian soldiers seized a hill near Homs from the rebels after clashes on Monday.",
        ["Government regains territory"],
    ),
    ("A policeman was killed after his post came under fire in Kirkuk on Monday.", ["Armed clash"]),
    ("Two guards were killed in Mosul on Monday in the latest attack by gunmen on the police.", ["Armed clash"]),
    ("Police took away 30 activists in Erbil on Monday.", ["Arrests"]),
    ("Gunmen took away 30 activists in Erbil on Monday.", ["Abduction/forced disappearance"]),
    ("Gunmen seized 73 students from a school in Homs on Monday.", ["Abduction/forced disappearance"]),
    ("Police seized three men in Erbil on Monday.", ["Arrests"]),
    ("A youth was martyred by the bullets of the army in Homs on Monday.", ["Attack"]),
    ("Gunmen attacked an army picket near Homs on Monday, killing two soldiers.", ["Armed clash"]),
    ("Police broke up a picket of teachers in Erbil on Monday.", ["Protest with intervention"]),
    ("The attackers drove off with a truck in Kirkuk on Monday.", ["Looting/property destruction"]),
    ("Rebel fighters freed the town of Sinjar on Monday.", ["Non-state actor overtakes territory"]),
    ("A baker was found with his throat cut in Mosul on Monday.", ["Attack"]),
    ("Villagers found six charred bodies in Mosul on Monday.", ["Attack"]),
    ("A 60kg bomb packed into a keg was defused in Kirkuk on Monday.", ["Disrupted weapons use"]),
    ("Youths battled police in Basra on Monday.", ["Violent demonstration"]),
    ("Protesters hurled bottles in Basra on Monday and five officers were hurt.", ["Violent demonstration"]),
    ("Farmers marching to Basra faced tear gas on Monday.", ["Protest with intervention"]),
    ("Police fired rubber bullets at students in Basra on Monday.", ["Protest with intervention"]),
    ("A man with explosives strapped to him walked into a cafe in Mosul on Monday, killing two.", ["Suicide bomb"]),
    ("Two attack drones came in at Al-Tanf garrison on Monday.", ["Air/drone strike"]),
    ("A missile flew into a block of flats in Aleppo on Monday.", ["Shelling/artillery/missile attack"]),
    ("An Antonov struck the village of Enab on Monday, wounding five people.", ["Air/drone strike"]),
    ("The government and the rebels signed a ceasefire in Qatar on Monday.", ["Agreement"]),
]
SILENT = [
    "The drone attack on Erbil came in response to a raid.",
    "A delegation flew into Baghdad on Monday.",
    "Baghdad and Tehran protested.",
    "Party leaders rallied behind the president in Baghdad on Monday.",
    "Helicopters bombarded the fields near Homs with water on Monday.",
    "The audience bombarded the minister with questions in Mosul on Monday.",
    "Shots were heard in Homs on Monday.",
    "The number of those killed in Homs since Monday rises to 274.",
    "Soldiers moved into a quarter of Mosul on Monday to arrest two men.",
    "Residents of the towns occupied by the rebels near Mosul were hungry on Monday.",
    "He was found guilty of murder in Mosul on Monday.",
    "A boy was found with a toy in Mosul on Monday.",
]


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_what_is_told_is_coded(read, text: str, kinds: list[str]) -> None:
    assert [e.sub_event_type for e in read(text).events] == kinds


@pytest.mark.parametrize("text", SILENT)
def test_what_only_sounds_like_it_is_not(read, text: str) -> None:
    assert read(text).events == ()


@pytest.mark.parametrize(
    "after",
    ["Hezbollah claimed the attack.", "Officials blamed Hezbollah.", "Hezbollah said it was behind the attack."],
)
def test_who_did_it_may_be_told_after(read, after: str) -> None:
    (event,) = read(f"A car bomb killed four people in Mosul on Monday. {after}").events
    assert event.perpetrator is not None
    assert event.perpetrator.name == "Hezbollah"


def test_who_is_known_by_name_is_not_overruled(read) -> None:
    (event,) = read("Hamas killed four people in Mosul on Monday. Officials blamed Hezbollah.").events
    assert event.perpetrator is not None
    assert event.perpetrator.name == "Hamas Movement"


def test_people_are_named_by_what_they_do(read) -> None:
    events = [
        read(t).events[0]
        for t in ("Residents of Mosul lynched a man on Monday.", "Men shot dead a farmer in Mosul on Monday.")
    ]
    assert [e.perpetrator.name for e in events if e.perpetrator] == [
        "Rioters (Iraq)",
        "Unidentified Armed Group (Iraq)",
    ]


def test_each_item_of_a_round_up_has_its_own_dateline(read) -> None:
    text = "BAGHDAD - Gunmen killed two people in Mosul on Monday.\n\n"
    text += "ERBIL - Shells hit Kirkuk on Monday, killing one man.\n"
    places = [e.placement.resolution.place.name for e in read(text).events if e.placement.resolution]
    assert places == ["Mosul", "Kirkuk"]


def test_another_incident_is_not_joined_to_the_first(read) -> None:
    text = "Gunmen killed two people in Mosul on Monday. "
    text += "In another incident, soldiers fired at a car there, wounding a man."
    assert [(e.fatalities.low, e.injuries.low) for e in read(text).events] == [(2, None), (None, 1)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Rebels took the town of Homs on Monday.", ["Non-state actor overtakes territory"]),
        ("The town of Homs fell to the rebels on Monday.", ["Non-state actor overtakes territory"]),
        ("Iraqi troops drove the militants out of Mosul on Monday.", ["Government regains territory"]),
        ("The army opened a new base in Mosul on Monday.", ["Headquarters or base established"]),
        ("Students pelted police with rocks in Mosul on Monday.", ["Violent demonstration"]),
        ("Farmers blocked the road to Mosul on Monday.", ["Peaceful protest"]),
        ("Police fired live rounds at protesters in Mosul on Monday.", ["Excessive force against protesters"]),
        ("A girl wearing an explosive belt blew herself up in Mosul on Monday.", ["Suicide bomb"]),
        ("The army foiled a car bombing in Mosul on Monday.", ["Disrupted weapons use"]),
        ("Helicopters dropped chlorine on Homs on Monday.", ["Chemical weapon"]),
        ("Soldiers sexually assaulted two women in Homs on Monday.", ["Sexual violence"]),
        ("A film about the massacre in Homs won a prize in Mosul on Monday.", []),
        ("The protest in Mosul on Monday was called off.", []),
        ("The army fired a missile into the sea on Monday.", []),
        ("A boiler exploded in Mosul on Monday, killing two.", []),
        ("Two candidates clashed in Mosul on Monday.", []),
    ],
)
def test_kinds_are_coded_by_class(read, text: str, kinds: list[str]) -> None:
    assert [e.sub_event_type for e in read(text).events] == kinds


def test_another_strike_is_of_the_kind_told_before(read) -> None:
    events = read("Air strikes hit Homs on Monday. Another strike, on Mosul, wounded three.").events
    assert [e.sub_event_type for e in events] == ["Air/drone strike"] * 2


def test_the_gunmen_go_on_with_what_was_told(read) -> None:
    text = "Militants attacked a police station in Mosul on Monday. The gunmen threw explosives and fired on guards."
    assert len(read(text).events) == 1
