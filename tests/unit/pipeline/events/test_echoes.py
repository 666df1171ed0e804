"""What a report only speaks of as known is kept for other reports, and is no event of its own."""

from __future__ import annotations

import pytest

from pipeline.events.echoes import ECHOED
from pipeline.events.passed_over import GROUNDS


def test_the_grounds_are_those_on_which_tellings_are_passed_over():
    assert {why for why, _ in GROUNDS} >= ECHOED


CLAIM = "The Islamic State branch claimed on Wednesday the shooting at a mosque in the province of Herat."
TOLL = "The ministry announced the death of nine people in the air strike on Hodeidah on Monday."


@pytest.mark.parametrize(
    ("text", "place", "doer", "dead"),
    [(CLAIM, "Hirat", "Islamic State Khorasan Province", None), (TOLL, "Hodeidah", None, 9)],
)
def test_what_is_spoken_of_as_known_is_an_echo(read, text: str, place: str, doer: str | None, dead: int | None):
    found = read(f"Gunmen shot dead four soldiers in Mosul on Monday. {text}")
    assert len(found.events) == 1
    (echo,) = found.echoes
    assert echo.placement.resolution.place.name == place
    assert (echo.perpetrator.name if echo.perpetrator else None, echo.fatalities.low) == (doer, dead)


@pytest.mark.parametrize(
    "text",
    [
        "The minister warned that rebels may attack Goma on Friday.",
        "The attack will be remembered, he said.",
        "No one was killed in Kabul on Tuesday.",
    ],
)
def test_what_did_not_happen_or_cannot_be_known_again_is_none(read, text: str):
    assert read(text).echoes == ()


def test_what_a_report_tells_in_full_is_no_echo(read):
    found = read("Gunmen shot dead four soldiers in Mosul on Monday.")
    assert (len(found.events), found.echoes) == (1, ())
