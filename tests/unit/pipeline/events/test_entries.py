"""Pages kept by the hour and lists by place: where items begin, and the day of what they tell. Wednesday 2023-11-22."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.events.entries import entry_starts, item_starts

TODAY = date(2023, 11, 22)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("20.05 GMT\nAll is calm.\n\n17.48 GMT\nA drone fell.\n", 2),
        ("10:25 A drone fell.\n\n8:40am - Sirens sounded.\n", 2),
        ("[14:05] A drone fell.\n• 13:10: Sirens sounded.\n", 2),
        ("2h ago 14.22 GMT\nA drone fell.\n3h ago 13.05 GMT\nCalm.\n", 2),
        ("10:25 A drone fell, and that was all.\n", 0),  # one hour heads no page
        ("At 10:25 a drone fell.\nAt 11:30 another fell.\n", 0),
        ("3.50 metres of water\n2.10 metres of water\n", 0),
    ],
)
def test_where_entries_begin(text: str, begins: int) -> None:
    assert len(entry_starts(text)) == begins


def test_items_by_place_need_two() -> None:
    assert item_starts("MOSUL - A bomb hurt two.\n") == ()
    assert len(item_starts("* TAL AFAR - A bomb hurt two.\n\n* HIT, Iraq - Two men were shot.\n")) == 2


def test_what_an_entry_tells_is_of_the_day(read):
    report = read(
        "Live page\n\n09.15 GMT\nArtillery is shelling the outskirts of Homs.\n\n08.00 GMT\nGood morning to all.\n"
    )
    (event,) = report.events
    assert (event.sub_event_type, event.when.date_start) == ("Shelling/artillery/missile attack", TODAY)


def test_an_entry_keeps_the_day_that_it_says(read):
    (event,) = read("09.15 GMT\nA bomb went off in Homs on Monday.\n\n08.00 GMT\nGood morning to all.\n").events
    assert event.when.date_start == date(2023, 11, 20)


def test_items_by_place_are_incidents_of_their_own(read):
    report = read(
        "Security developments\n\nHOMS - A roadside bomb wounded two men in northern Homs, police said.\n\n"
        "HOMS - A roadside bomb killed a judge in southern Homs, police said.\n\nALEPPO - A mine hurt two in Aleppo.\n"
    )
    assert len(report.events) == 3
