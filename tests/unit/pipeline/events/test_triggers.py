"""Which words tell of an event."""

from __future__ import annotations

import dataclasses

import pytest

from pipeline.codes import event_type_of
from pipeline.events.triggers import Trigger, find_triggers, instrument_in, load_tables, phrasal


@pytest.fixture(scope="module")
def triggers(parse):
    """Return the triggers of the first sentence of a text."""

    def triggers(text: str) -> tuple[Trigger, ...]:
        parsed = parse(text)
        return find_triggers(parsed, parsed.sentences[0])

    return triggers


FOUND = [
    ("Gunmen attacked a checkpoint in Kirkuk.", ["attack"]),
    ("A checkpoint in Kirkuk was attacked by gunmen.", ["attack"]),
    ("There was an attack on a checkpoint in Kirkuk.", ["attack"]),
    ("Rockets hit an army base in Mosul.", ["strike"]),
    ("Six people were killed in an air strike on Raqqa.", ["harm", "airstrike"]),
    ("U.S. forces carried out two strikes against militias in Syria.", ["launch", "strike"]),
    ("The army launched a wave of drone strikes on Kharkiv.", ["launch", "airstrike"]),
    ("Five civilians died in artillery fire in Donetsk.", ["harm", "shelling"]),
    ("Gunmen opened fire on a bus in Quetta, killing nine people.", ["shooting", "harm"]),
    ("Militants shot down a drone over Marib.", ["intercept"]),
    ("The army exchanged fire with fighters near Jenin.", ["clash"]),
    ("Fighting erupted between soldiers and rebels near Idlib.", ["clash"]),
    ("Rebels seized the town of Saraqib.", ["seize"]),
    ("Gunmen kidnapped a teacher in Kirkuk.", ["abduction"]),
    ("Police arrested four men in Basra.", ["arrest"]),
    ("Thousands of people protested in Amman.", ["protest"]),
]


@pytest.mark.parametrize(("text", "families"), FOUND)
def test_the_words_of_violence_are_found_in_any_form(triggers, text, families):
    assert [t.family for t in triggers(text)] == families


QUIET = [
    "The price of oil fell in London.",
    "The government launched a campaign in Baghdad.",
    "The ship carries missiles.",
    "The company fired its director in Paris.",
    "The new phone landed in shops on Monday.",
    "The parliament in Amman met on Tuesday.",
    "A striking view of the valley opened.",
]


@pytest.mark.parametrize("text", QUIET)
def test_words_that_only_look_like_violence_tell_nothing(triggers, text):
    assert triggers(text) == ()


@pytest.mark.parametrize(
    ("text", "plural"),
    [
        ("An attack on the base wounded two soldiers.", False),
        ("Attacks on the base wounded two soldiers.", True),
        ("Two strikes on the depot were reported.", True),
        ("One strike on the depot was reported.", False),
    ],
)
def test_one_and_many(triggers, text, plural):
    assert triggers(text)[0].plural is plural


@pytest.mark.parametrize(
    ("text", "definite"),
    [
        ("The attack wounded two soldiers.", True),
        ("Their attack wounded two soldiers.", True),
        ("Israel's strike wounded two soldiers.", True),
        ("An attack wounded two soldiers.", False),
        ("Two rockets landed in Eilat.", False),
        ("The rockets landed in Eilat.", True),
    ],
)
def test_what_was_told_before_is_definite(triggers, text, definite):
    assert triggers(text)[0].definite is definite


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("A previous attack wounded two soldiers.", True),
        ("Another attack wounded two soldiers.", True),
        ("A second strike hit the town.", True),
        ("A deadly attack wounded two soldiers.", False),
    ],
)
def test_another_incident_is_marked(triggers, text, other):
    assert bool(triggers(text)[0].other) is other


def test_triggers_come_in_order_of_the_text(triggers):
    found = triggers("Jets bombed Rafah, tanks shelled Khan Younis and gunmen attacked a convoy near Jenin.")
    assert [t.token.start for t in found] == sorted(t.token.start for t in found)
    assert [t.family for t in found] == ["bombing", "shelling", "attack"]


WEAPONS = [
    ("hit by a short-range missile", "Shelling/artillery/missile attack"),
    ("F-16s and other warplanes", "Air/drone strike"),
    ("an explosive-laden drone", "Air/drone strike"),
    ("a roadside bomb", "Remote explosive/landmine/IED"),
    ("a suicide bomber in a car", "Suicide bomb"),
    ("a hand grenade", "Grenade"),
    ("chlorine gas", "Chemical weapon"),
    ("AIR STRIKES", "Air/drone strike"),
    ("air-strike", "Air/drone strike"),
    ("a mine went off", "Remote explosive/landmine/IED"),
    ("shells fell", "Shelling/artillery/missile attack"),
]


@pytest.mark.parametrize(("text", "sub"), WEAPONS)
def test_a_weapon_points_to_its_kind(text, sub):
    assert instrument_in(text) == sub


@pytest.mark.parametrize(
    "text", ["", "a jetty", "the determined minister", "bombastic", "seashells", "rocketing prices"]
)
def test_parts_of_words_are_no_weapon(text):
    assert instrument_in(text) is None


@pytest.mark.parametrize(
    ("text", "verb", "words"),
    [
        ("They carried out raids.", "carried", "carry out"),
        ("A drone was shot down.", "shot", "shoot down"),
        ("An attack took place.", "took", "take place"),
        ("They walked out.", "walked", "walk"),
    ],
)
def test_particles_belong_to_their_verb(parse, text, verb, words):
    parsed = parse(text)
    assert phrasal(parsed, next(t for t in parsed.tokens if t.text == verb)) == words


def test_the_tables_agree_with_each_other_and_with_the_codes():
    tables = load_tables()
    assert {*tables.verbs.values(), *tables.nouns.values()} <= set(tables.families)
    for family in tables.families.values():
        for sub in (family.sub, family.civilian, family.state, family.default):
            assert sub is None or event_type_of(sub)
    for sub, _ in tables.instruments:
        assert sub == "gunfire" or event_type_of(sub)


def test_every_family_without_a_kind_of_its_own_has_a_default():
    families = load_tables().families
    assert [name for name, row in families.items() if row.sub is None and row.default is None] == []


def test_triggers_are_frozen(triggers):
    with pytest.raises(dataclasses.FrozenInstanceError):
        triggers("Rockets hit Mosul.")[0].family = "clash"


@pytest.mark.parametrize(
    "text",
    [
        "A minibus went over a landmine near Kut.",
        "A young soldier fell into a minefield near Kut.",
        "Two herders walked into a minefield near Kut.",
    ],
)
def test_who_goes_over_mines_trips_them(tell, text):
    _, (telling,) = tell(text)
    assert telling.main.family == "trip"
