"""What an actor was at the time."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.events.actor_times import at_the_time
from pipeline.models import Actor

TALIBAN = Actor("Taliban", 1, country="AF")


@pytest.mark.parametrize(
    ("day", "inter"), [(date(2018, 7, 12), 2), (date(2021, 8, 14), 2), (date(2021, 8, 15), 1), (None, 1)]
)
def test_the_taliban_are_rebels_until_they_take_kabul(day, inter):
    found = at_the_time(TALIBAN, day)
    assert found is not None
    assert found.inter == inter


def test_others_stay_what_they_are():
    army = Actor("Military Forces of Afghanistan", 1, country="AF")
    assert at_the_time(army, date(2018, 7, 12)) is army
    assert at_the_time(None, date(2018, 7, 12)) is None


def test_an_attack_of_theirs_was_no_air_strike(read):
    line = "The Taliban attacked a police checkpoint in Kunduz on Monday, killing nine officers."
    (event,) = read(line, day=date(2018, 7, 12)).events
    assert (event.sub_event_type, event.perpetrator.inter) == ("Armed clash", 2)
