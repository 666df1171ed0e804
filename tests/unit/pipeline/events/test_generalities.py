"""What is always so, a state of things, or done to one told of before. The reports are of Wednesday 2023-11-22."""

from __future__ import annotations

import pytest

from pipeline.events.generalities import is_by_own_hand, is_general, is_of_known, is_of_once, says_whose

LEAD = "A bomb killed two soldiers in Kirkuk on Monday."


@pytest.mark.parametrize(
    ("text", "order", "general"),
    [
        ("The gangs kidnap people and kill them.", 3, True),
        ("The gangs kidnapped people and killed them.", 3, False),
        ("The gangs kidnap people and kill them.", 0, False),
        ("Rape remains a danger to the women of the camp.", 0, True),
        ("The gangs kidnap people and kill them", 3, False),
    ],
)
def test_what_is_told_in_the_present_below_the_opening_is_general(tell, text, order, general):
    parsed, tellings = tell(text)
    assert is_general(parsed, tellings[0], order) is general


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("She was shot dead by gunmen.", True),
        ("Gunmen fired at him.", True),
        ("A teacher was shot dead by gunmen.", False),
        ("They attacked a village.", False),
    ],
)
def test_what_is_done_to_one_known_is_of_what_was_told(tell, text, known):
    parsed, tellings = tell(text)
    assert is_of_known(parsed, tellings[0]) is known


def test_what_one_did_to_himself_is_known(tell):
    parsed, tellings = tell("The conscript killed himself.")
    assert is_by_own_hand(parsed, tellings[0])
    parsed, tellings = tell("The conscript killed a guard.")
    assert not is_by_own_hand(parsed, tellings[0])


def test_what_people_used_to_do_is_known(tell):
    parsed, tellings = tell("The men used to fight the army.")
    assert is_of_once(parsed, tellings[0])
    parsed, tellings = tell("The men used machetes to kill ten civilians.")
    assert not is_of_once(parsed, tellings[0])


def test_in_whose_hands_a_place_is_is_no_event(tell):
    _, tellings = tell("Shops closed in the districts seized by militants.")
    assert any(says_whose(t) for t in tellings)
    _, tellings = tell("The rebels occupied two towns.")
    assert not any(says_whose(t) for t in tellings)


def test_what_one_did_to_himself_is_no_event(read):
    report = read(f"{LEAD} The police said that a conscript shot himself in Mosul on Tuesday.")
    assert [e.placement.description for e in report.events] == ["Kirkuk"]


def test_what_was_carried_off_and_raped_is_one_incident(tell):
    _, tellings = tell("Five women were carried off and raped by gunmen.")
    assert len(tellings) == 1
