"""What a report speaks of as known is its event where it tells no other."""

from __future__ import annotations

import pytest

from pipeline.events.sole_telling import WHY

TOLL = "The ministry announced the death of nine people in the bombing of a school in Hodeidah by a warplane on Monday."


def test_the_one_thing_that_a_report_speaks_of_is_its_event(read):
    found = read(TOLL)
    (event,) = found.events
    assert (event.placement.resolution.place.name, event.fatalities.low) == ("Hodeidah", 9)
    assert WHY in event.notes
    assert found.echoes == ()


@pytest.mark.parametrize(
    "text",
    [
        "The air strikes on Hodeidah will be looked into, the minister said on Tuesday.",  # no day and no harm
        "The ministry announced the death of nine people in the bombing of a school in Yemen by a warplane on Monday.",
        "A judge in Hodeidah ordered the release of two men held over the killing of a journalist.",
    ],
)
def test_what_is_told_too_vaguely_is_none(read, text: str):
    assert read(text).events == ()


def test_a_report_of_something_else_only_speaks_of_it(read):
    found = read(f"Gunmen shot dead four soldiers in Mosul on Monday. {TOLL}")
    assert [e.placement.resolution.place.name for e in found.events] == ["Mosul"]
