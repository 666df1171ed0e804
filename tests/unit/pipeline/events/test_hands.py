"""Places that change hands: by whom, and whether anybody fought."""

from __future__ import annotations

import pytest

from pipeline.events.actors import load_lexicon
from pipeline.events.hands import kind_of_taking, with_side_told
from pipeline.events.roles import Roles, find_roles
from pipeline.events.tellings import find_tellings
from pipeline.models import Actor
from pipeline.spacy_parser import SpacyParser

REGAINED = "Government regains territory"


@pytest.fixture(scope="module")
def sides():
    parser, lexicon = SpacyParser(), load_lexicon()

    def read(text: str) -> tuple[str | None, str | None]:
        parsed = next(parser.parse([(text, ((0, len(text)),))]))
        telling = find_tellings(parsed, parsed.sentences[0])[0]
        roles = find_roles(parsed, telling, lexicon=lexicon, country="IQ")
        roles = with_side_told(roles, parsed, telling, lexicon=lexicon, country="IQ")
        return (roles.perpetrator and roles.perpetrator.name, roles.target and roles.target.name)

    return read


def test_whose_flag_flies_has_the_place(sides):
    assert sides("The Islamic State flag was flying over Rawa.")[0] == "Islamic State"


def test_who_lost_it_has_not_taken_it(sides):
    assert sides("The rebels lost their last base near Kut.") == (None, "Unidentified Rebel Group (Iraq)")


def test_who_takes_it_stands_after_to(sides):
    assert sides("Police lost the town of Rawa to Islamic State fighters.")[0] == "Islamic State"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("troops entered the town without a shot", "Non-violent transfer of territory"),
        ("troops entered the town unopposed", "Non-violent transfer of territory"),
        ("troops entered the town almost unopposed", REGAINED),
        ("troops entered the town after a fight", REGAINED),
    ],
)
def test_a_place_taken_without_a_fight_is_a_transfer(words, kind):
    assert kind_of_taking("enter", REGAINED, words, Roles()) == kind


def test_what_rebels_lose_the_state_regains():
    roles = Roles(None, Actor("Unidentified Rebel Group (Iraq)", 2))
    assert kind_of_taking("hands", "Non-state actor overtakes territory", "lost its base", roles) == REGAINED
