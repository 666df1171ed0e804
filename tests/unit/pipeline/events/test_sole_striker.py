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
