"""What a sentence that tells of no incident says of the one told just before. Wednesday 2023-11-22."""

from __future__ import annotations

from datetime import date

import pytest


@pytest.mark.parametrize(
    "after",
    ["The attackers came on Sunday at dusk.", "The incident occurred on Sunday.", "The gunmen arrived late on Sunday."],
)
def test_the_day_may_be_told_after(read, after: str) -> None:
    (event,) = read(f"Gunmen hacked six farmers to death in Homs, an official said. {after}").events
    assert event.when is not None
    assert event.when.date_start == date(2023, 11, 19)


def test_the_place_may_be_told_after(read):
    (event,) = read("Three men were shot dead near Homs on Monday. The incident occurred at Talbiseh.").events
    assert event.placement.resolution.place.name == "Tallbīsah"


def test_a_place_far_away_is_another(read):
    (event,) = read("Three men were shot dead in Homs on Monday. The attackers came from Basra.").events
    assert event.placement.resolution.place.name == "Homs"


def test_a_day_that_is_known_is_kept(read):
    (event,) = read("Gunmen hacked six farmers to death in Homs on Monday. The attackers came on Sunday.").events
    assert event.when.date_start == date(2023, 11, 20)


def test_harm_may_be_told_after(read):
    (event,) = read("A shell hit a house in Homs on Monday. Two children were hurt, doctors said.").events
    assert event.injuries.best == 2
