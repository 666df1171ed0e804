"""Which words of a sentence tell of one incident, and which of another."""

from __future__ import annotations

import pytest

from pipeline.events.tellings import LONGEST, find_tellings, governing_verbs, is_habitual, support_verb

GROUPS = [
    # harm belongs to the blow that did it
    ("Six people were killed in an air strike on Raqqa.", [["killed", "strike"]]),
    ("A car bomb exploded in Baghdad, killing six people.", [["exploded", "killing"]]),
    ("The shelling of Kherson killed a woman.", [["shelling", "killed"]]),
    ("Five civilians died in artillery fire in Donetsk.", [["died", "fire"]]),
    ("A soldier was killed in a clash with rebels in Manipur.", [["killed", "clash"]]),
    ("Gunmen opened fire on a bus in Quetta, killing nine people.", [["opened", "killing"]]),
    ("The warplanes struck a depot near Homs and wounded five guards.", [["struck", "wounded"]]),
    # a clause that says what one side did
    ("The convoy was attacked by militias who fired rockets from a valley.", [["attacked", "fired"]]),
    ("The town was hit by a missile launched from the coast.", [["hit", "launched"]]),
    # a verb that carries its noun
    ("U.S. forces carried out two strikes against militias in Syria.", [["carried", "strikes"]]),
    ("The army launched a wave of drone strikes on Kharkiv.", [["launched", "strikes"]]),
    ("Troops fired a barrage of rockets at Kyiv.", [["fired", "barrage"]]),
    # two incidents
    ("Israeli warplanes bombed Rafah and tanks shelled Khan Younis.", [["bombed"], ["shelled"]]),
    ("A bomb exploded in Tikrit, and gunmen kidnapped a teacher in Kirkuk.", [["exploded"], ["kidnapped"]]),
    # none
    ("The minister hit back at critics in Beirut.", []),
    ("The government launched a campaign in Baghdad.", []),
    ("Prices fell by half.", []),
]


@pytest.mark.parametrize(("text", "groups"), GROUPS)
def test_words_of_one_incident_are_one_telling(tell, text, groups):
    assert [[t.token.text for t in telling.triggers] for telling in tell(text)[1]] == groups


MAIN = [
    ("Six people were killed in an air strike on Raqqa.", "airstrike"),
    ("Five civilians died in artillery fire in Donetsk.", "shelling"),
    ("U.S. forces carried out two strikes against militias in Syria.", "strike"),
    ("Troops fired a barrage of rockets at Kyiv.", "shelling"),
    ("A car bomb exploded in Baghdad, killing six people.", "explosion"),
]


@pytest.mark.parametrize(("text", "family"), MAIN)
def test_the_word_that_says_most_leads(tell, text, family):
    assert tell(text)[1][0].main.family == family


def test_each_telling_keeps_its_part_of_the_sentence(tell):
    _, (bombed, shelled) = tell("Israeli warplanes bombed Rafah and tanks shelled Khan Younis.")
    assert "Rafah" in bombed.text()
    assert "Khan Younis" in shelled.text()
    assert not {t.i for t in bombed.tokens} & {t.i for t in shelled.tokens}


def test_a_lone_telling_has_the_whole_sentence(tell):
    parsed, (telling,) = tell("On Tuesday, rockets hit Mosul, police said.")
    assert telling.tokens == parsed.tokens_of(parsed.sentences[0])


@pytest.mark.parametrize(
    ("text", "habit"),
    [
        ("Militants regularly attacked the base.", True),
        ("The base has been attacked repeatedly.", True),
        ("Russia is shelling Kherson.", True),
        ("Russia was shelling Kherson.", False),
        ("Militants attacked the base.", False),
        ("Six people were killed in an air strike on Raqqa.", False),
    ],
)
def test_habits_are_told_from_incidents(tell, text, habit):
    parsed, (telling,) = tell(text)
    assert is_habitual(parsed, telling) is habit


@pytest.mark.parametrize(
    ("text", "plural", "definite", "other"),
    [
        ("U.S. forces carried out two strikes against militias in Syria.", True, False, False),
        ("Those strikes killed ten people.", True, True, False),
        ("The attack killed three soldiers.", False, True, False),
        ("A previous attack on the base wounded two soldiers.", False, False, True),
        ("Six people were killed in an air strike on Raqqa.", False, False, False),
        ("Rockets hit Mosul.", False, False, False),
    ],
)
def test_marks_of_the_whole_telling(tell, text, plural, definite, other):
    (telling,) = tell(text)[1]
    assert (telling.plural, telling.definite, telling.other) == (plural, definite, other)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("U.S. forces carried out two strikes in Syria.", "carried"),
        ("An attack took place in Homs.", "took"),
        ("The army launched a series of attacks.", "launched"),
        ("There was an attack on Homs.", None),
        ("Officials condemned the attack.", None),
    ],
)
def test_the_verb_that_carries_an_event_noun(tell, text, verb):
    parsed, (telling,) = tell(text)
    found = support_verb(parsed, telling.nouns[-1].token)
    assert (found.text if found else None) == verb


def test_the_verbs_above_a_word_come_nearest_first(tell):
    parsed, (telling,) = tell("Police said that gunmen attacked a bus.")
    assert [t.text for t in governing_verbs(parsed, telling.head)] == ["attacked", "said"]


@pytest.mark.parametrize("text", ["", " ", ".", "Rockets", "\U0001f680\U0001f525", "قصف", "?!" * 50])
def test_odd_text_tells_nothing_and_does_no_harm(parse, text):
    parsed = parse(text)
    assert [t for s in parsed.sentences for t in find_tellings(parsed, s)] == []


def test_what_is_too_long_is_no_sentence(tell):
    assert tell("attacked " * (LONGEST + 1))[1] == ()


def test_a_telling_knows_its_words(tell):
    parsed, (telling,) = tell("Police said that gunmen attacked a bus.")
    attacked, said = (next(t for t in parsed.tokens if t.text == text) for text in ("attacked", "said"))
    assert telling.is_trigger(attacked)
    assert not telling.is_trigger(said)
    assert telling.is_below(parsed, said)
    assert not telling.is_below(parsed, attacked)
    assert telling.covers(said)


def test_those_repelled_and_what_they_attacked_are_one_incident(tell):
    _, tellings = tell("The army repelled an armed group which attacked a checkpoint near Hama.")
    assert len(tellings) == 1


def test_who_closes_a_road_protests_and_who_destroys_a_bomb_makes_it_safe(tell):
    _, (closing,) = tell("Relatives of the prisoners closed a lane of the highway near Quito.")
    _, (making_safe,) = tell("Troops destroyed a cylinder bomb near a school in Quito.")
    assert (closing.main.family, making_safe.main.family) == ("block", "disrupt")
