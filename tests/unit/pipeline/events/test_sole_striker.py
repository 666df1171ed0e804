"""Strikes whose sender is not said."""

from __future__ import annotations

RUSSIA = "Military Forces of Russia"
LIST = (
    "Russian forces attacked Kharkiv with drones on Tuesday. "
    "Two aerial bombs fell on Kramatorsk on Wednesday, injuring five."
)


def of_kramatorsk(report):
    return next(e for e in report.events if "Kramatorsk" in e.placement.description)


def test_the_only_one_who_strikes_there_did_it_and_a_note_says_so(read):
    event = of_kramatorsk(read(LIST))
    assert event.perpetrator.name == RUSSIA
    assert any("the only one" in note for note in event.notes)


def test_one_who_is_struck_himself_is_not_taken(read):
    told = read(
        "U.S. jets bombed a depot in Mosul on Monday. Drones struck U.S. soldiers in Erbil on Tuesday, wounding two."
    )
    assert all(e.perpetrator is None for e in told.events if "Erbil" in e.placement.description)


def test_nobody_strikes_his_own_people_abroad(read):
    told = read(
        "U.S. jets bombed a depot in Mosul on Monday. A missile landed in Erbil on Tuesday. Eight Americans were hurt."
    )
    assert all(e.perpetrator is None for e in told.events if "Erbil" in e.placement.description)


CAMPAIGN = (
    "On Tuesday coalition military forces continued to attack Islamic State militants in Iraq. "
    "Near Bayji, one strike destroyed an ISIL mortar tube. Near Hawija, two strikes hit a rocket rail."
)


def test_bare_strikes_are_those_of_the_force_that_the_report_is_of_and_not_by_what_they_destroyed(read):
    told = [e for e in read(CAMPAIGN).events if e.placement.description != "Iraq"]
    assert {e.sub_event_type for e in told} == {"Air/drone strike"}
    assert {e.perpetrator.inter for e in told} == {8}
