"""What did not go off when it was thrown, and what went off long after."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "A grenade thrown at a bar in Mosul on Monday failed to explode.",
        "A bomb was hurled at a shop in Mosul on Monday. It did not go off.",
        "A device laid at the door of a bank in Mosul on Monday did not detonate.",
    ],
)
def test_what_did_not_go_off_is_a_weapon_disrupted(read, text: str) -> None:
    assert [e.sub_event_type for e in read(text).events] == ["Disrupted weapons use"]


@pytest.mark.parametrize(
    "text",
    [
        "Two boys were killed in Mosul on Monday by an unexploded shell.",
        "A child died in Mosul on Monday while playing with a grenade.",
        "A mortar left over from the war blew up in a yard in Mosul on Monday.",
        "Cluster remnants killed a shepherd near Mosul on Monday.",
    ],
)
def test_what_a_war_left_is_a_mine(read, text: str) -> None:
    assert [e.sub_event_type for e in read(text).events] == ["Remote explosive/landmine/IED"]


def test_what_is_thrown_and_bursts_is_none_of_both(read) -> None:
    assert [e.sub_event_type for e in read("A grenade thrown at a bar in Mosul on Monday killed two.").events] == [
        "Grenade"
    ]
