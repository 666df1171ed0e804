"""Who did it, told after the deed or beside it."""

from __future__ import annotations

import pytest

DEED = "A car bomb killed four people in Mosul on Tuesday. "
IS, KH, ISRAEL = "Islamic State", "Kata'ib Hezbollah", "Military Forces of Israel"
TOLD = [
    ("Islamic State claimed responsibility.", IS),
    ("Police blamed Islamic State for it.", IS),
    ("Residents accused Islamic State fighters.", IS),
    ("Islamic State was behind the attack, a colonel said.", IS),
    ("Islamic State said it was responsible.", IS),
    ("It was the work of Islamic State, a colonel said.", IS),
    ("The attack was carried out by Islamic State.", IS),
    ("Kataib Hezbollah said its men carried it out.", KH),
    ("The governor attributed the attack to Islamic State.", IS),
    ("Iraq blamed Israel.", ISRAEL),
    ("Islamic State did not claim responsibility.", None),
    ("No group claimed responsibility.", None),
    ("In a separate incident, Islamic State was blamed.", None),
]


@pytest.mark.parametrize(("line", "name"), TOLD)
def test_a_deed_gets_the_one_who_is_said_to_have_done_it(read, line, name):
    (event, *_) = read(DEED + line).events
    assert (event.perpetrator.name if event.perpetrator else None) == name


def test_a_claim_is_of_what_was_told_last(read):
    told = read(
        DEED + "The dead were traders. The market was full. Doctors had no blood. Islamic State claimed the attack."
    )
    assert told.events[0].perpetrator.name == IS


def test_the_blame_may_stand_in_the_sentence_of_the_deed(read):
    told = read(
        "Local officials blamed Islamic State for an ambush near Mosul on Tuesday in which five policemen died."
    )
    assert told.events[0].perpetrator.name == IS


def test_what_is_shot_down_is_no_claim(read):
    told = read("Drones hit a depot near Odesa on Tuesday. Ukraine's air force said it had shot down ten drones.")
    assert all(e.perpetrator is None or "Ukraine" not in e.perpetrator.name for e in told.events[:1])


def test_a_boast_is_no_more_than_the_upper_end(read):
    told = read(
        "A car bomb killed 12 people in Mosul on Tuesday. Islamic State claimed it, saying it had killed 25 people."
    )
    assert told.events[0].fatalities.best == 12
