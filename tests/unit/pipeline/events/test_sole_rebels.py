"""Rebels without a name."""

from __future__ import annotations

import pytest

ELN = "ELN: National Liberation Army"
NAMELESS = "Unidentified Rebel Group (Colombia)"


@pytest.mark.parametrize(
    ("text", "perpetrator"),
    [
        ("Guerrillas attacked a police station in Saravena on Tuesday. The ELN is strong there.", ELN),
        ("Guerrillas attacked a police station in Saravena on Tuesday. The ELN and the FARC are strong.", NAMELESS),
        ("Suspected rebels attacked a police station in Saravena on Tuesday. The ELN is strong there.", NAMELESS),
        ("Rebels attacked a police station in Saravena on Tuesday. Hezbollah is active elsewhere.", NAMELESS),
    ],
)
def test_rebels_are_of_the_only_group_of_the_country_that_is_named(read, text, perpetrator):
    event = next(e for e in read(text).events if e.perpetrator is not None)
    assert event.perpetrator.name == perpetrator
    assert any("the only armed group" in note for note in event.notes) is (perpetrator == ELN)
