"""Turns of phrase: verbs that tell of an event only with the words they govern."""

from __future__ import annotations

import pytest

from pipeline.events.trigger_tables import load_tables
from pipeline.events.turns import load_turns, turn_family
from pipeline.spacy_parser import SpacyParser

PARSER = SpacyParser()


def family(text: str, verb: str) -> str | None:
    parsed = next(PARSER.parse([(text, ((0, len(text)),))]))
    return turn_family(parsed, next(t for t in parsed.tokens if t.text == verb))


@pytest.mark.parametrize(
    ("text", "verb", "told"),
    [
        ("Nine villagers were put to the sword in Baga.", "put", "killing"),
        ("Gunmen emptied two magazines into a barber's shop in Cali.", "emptied", "shooting"),
        ("Soldiers burnt an old couple in their hut near Loikaw.", "burnt", "killing"),
        ("The RSF left twelve dead in Kutum.", "left", "killing"),
        ("Masked men lifted a baker from his shop in Turbat.", "lifted", "take"),
        ("Rebels forced twenty boys to join them in Fizi.", "forced", "abduction"),
        ("The troops took nine farmers into custody in Shwebo.", "took", "arrest"),
        ("A widow was violated by three militiamen in Bunia.", "violated", "sexual"),
        ("A nurse lost a foot to a mine near Izium.", "lost", "trip"),
        ("A shepherd was torn apart by a mine near Palmyra.", "torn", "harm"),
        ("Police spotted a bomb under a bridge in Pulwama.", "spotted", "disrupt"),
        ("Sappers cut the wires of a charge in Neiva.", "cut", "disrupt"),
        ("Militiamen put the torch to forty huts in Kadugli.", "put", "burning"),
        ("Raiders made off with ninety head of cattle in Abyei.", "made", "looting"),
    ],
)
def test_the_words_a_verb_governs_make_a_turn(text: str, verb: str, told: str) -> None:
    assert family(text, verb) == told


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The minister put the plan to the vote in Accra.", "put"),
        ("A cook emptied two pots into the sink.", "emptied"),
        ("The storm left twelve dead in Beira.", "left"),
        ("Firemen lifted a driver from his car in Madrid.", "lifted"),
        ("The law violates the rights of women.", "violates"),
        ("A surfer lost a foot to a shark near Durban.", "lost"),
        ("The party was torn apart by a row.", "torn"),
        ("Police spotted a lost child under a bridge.", "spotted"),
        ("Thieves cut the wires of the telephone exchange.", "cut"),
        ("Guests helped themselves to food in Erbil.", "helped"),
        ("The champions made off with the trophy.", "made"),
        ("The bandits kept five women indoors.", "kept"),
    ],
)
def test_other_words_make_none(text: str, verb: str) -> None:
    assert family(text, verb) is None


def test_people_are_gone_since_armed_men_came() -> None:
    assert family("An activist vanished in Sirte after masked men stopped his car.", "vanished") == "abduction"
    assert family("A hiker vanished near Chamonix after a storm came.", "vanished") is None


def test_every_turn_is_of_a_known_family() -> None:
    assert {t.family for turns in load_turns().values() for t in turns} <= set(load_tables().families)
