"""Accepting an event changes nothing of it but says who looked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from correction_world import SmallGazetteer, event, report, rows

from pipeline.corrections import PlaceRulings, merge_corrected
from pipeline.errors import InputError
from pipeline.events.actors import load_lexicon

STATE = "0123456789abcdef"


def corrected(*lines: str):
    found = rows(*lines)
    gazetteer = SmallGazetteer()
    return merge_corrected([report("a", event("a"))], found, PlaceRulings.of(found, gazetteer), load_lexicon())


def test_an_accepted_event_is_marked_and_else_the_same():
    before = event("a")
    result = corrected(f"accept,{before.event_id},,,,,,{STATE},,,Ann")
    assert result.events[0].corrections == (f"accepted (state {STATE}): set by Ann in corrections.csv:2",)
    assert replace(result.events[0], corrections=()) == corrected().events[0]
    assert [o.state for o in result.outcomes] == ["applied"]


def test_of_accept_and_reject_the_later_line_wins():
    key = event("a").event_id
    kept = corrected(f"reject,{key},,,,,,,,,Bo", f"accept,{key},,,,,,,,,Ann")
    assert [o.state for o in kept.outcomes] == ["overruled", "applied"]
    assert len(kept.events) == 1
    assert corrected(f"accept,{key},,,,,,,,,Ann", f"reject,{key},,,,,,,,,Bo").events == ()


def test_a_state_that_is_none_is_refused():
    with pytest.raises(InputError, match="is no state of an event"):
        rows("accept,a1,,,,,,looks fine,,,Ann")
