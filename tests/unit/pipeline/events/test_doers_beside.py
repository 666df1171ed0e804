"""Who did it by the words beside the deed, where the parse shows nobody."""

from __future__ import annotations

import pytest

from pipeline.events.actors import load_lexicon
from pipeline.events.doers_beside import with_doer_beside
from pipeline.events.roles import Roles, find_roles
from pipeline.models import Actor

MILITANTS = "Unidentified Armed Group (Pakistan)"
MAOISTS = "CPI (Maoist): Communist Party of India (Maoist)"
NPA, PHILIPPINES = "NPA: New People's Army", "Military Forces of the Philippines"


@pytest.fixture(scope="module")
def sides(tell):
    """Return (perpetrator, target) of the first telling of a text, as the parse and the words beside show them."""

    def sides(text: str, country: str) -> tuple[str | None, str | None]:
        parsed, tellings = tell(text)
        roles = find_roles(parsed, tellings[0], lexicon=load_lexicon(), country=country)
        roles = with_doer_beside(roles, parsed, tellings[0], lexicon=load_lexicon(), country=country)
        return tuple(actor.name if actor else None for actor in (roles.perpetrator, roles.target))

    return sides


@pytest.mark.parametrize(
    ("text", "country", "perpetrator"),
    [
        ("An Israeli sniper shot dead a girl in Jenin on Monday.", "PS", "Military Forces of Israel"),
        ("Junta airstrikes on Banmauk killed two civilians on Thursday.", "MM", "Military Forces of Myanmar"),
        ("Two jawans died in a blast triggered by Maoists in Sukma on Monday.", "IN", MAOISTS),
        ("Three people died in a blast set off by suspected militants in Quetta.", "PK", MILITANTS),
        ("A Turkish drone targeted yesterday a car near Ain Issa.", "SY", "Military Forces of Turkey"),
    ],
)
def test_the_words_beside_a_deed_name_its_doer(sides, text, country, perpetrator):
    assert sides(text, country)[0] == perpetrator


def test_who_stands_right_before_the_verb_goes_before_those_who_fled(sides):
    text = "Residents were fleeing on Wednesday after gangs of the Viv Ansanm coalition stormed the town."
    assert sides(text, "HT")[0] == "Viv Ansanm"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Three army auxiliaries killed in an attack near Djibo.", "BF"),  # they are those killed
        ("A town held by the Houthis was bombed on Monday.", "YE"),
        ("Police said a blast killed two people in Quetta.", "PK"),
        ("Soldiers were shot dead near Kidal on Monday.", "ML"),
    ],
)
def test_who_only_stands_near_a_deed_did_not_do_it(sides, text, country):
    assert sides(text, country)[0] is None


def test_the_sides_of_a_fight_are_those_it_was_between(sides):
    text = "Residents reported heavy exchanges of fire between federal soldiers and Fano militiamen on Tuesday."
    assert sides(text, "ET") == ("Military Forces of Ethiopia", "Fano")


def test_those_who_died_in_a_clash_with_soldiers_were_killed_by_them(sides):
    text = (
        "Four fighters of the New People's Army died in an encounter with government troopers in Guihulngan on Sunday."
    )
    assert sides(text, "PH") == (PHILIPPINES, NPA)


def test_rebels_who_died_in_a_clash_with_a_group_are_its_own(sides):
    text = "Five rebels were killed in another clash with the NPA in Moises Padilla on Saturday."
    assert sides(text, "PH") == (None, NPA)


def test_a_doer_that_the_parse_shows_is_kept(tell):
    parsed, tellings = tell("Two jawans died in a blast triggered by Maoists in Sukma on Monday.")
    known = Roles(Actor("Somebody", 3))
    assert with_doer_beside(known, parsed, tellings[0], lexicon=load_lexicon(), country="IN") is known
