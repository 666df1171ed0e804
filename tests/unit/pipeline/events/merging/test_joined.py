"""The one event of several tellings: who leads, what widens, and what is shown as disputed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from merging_tellings import IRAN, KH, MONDAY, PLACES, SHELLING, STRIKE, US, event, report

from pipeline.events.merging.groups import Group
from pipeline.events.merging.joined import joined
from pipeline.events.merging.tellings import tellings_of
from pipeline.models import Actor, Count, Event, Reason


def join(*events: Event) -> Event:
    told = tellings_of([report(e.sources[0].doc_id, e) for e in events])
    return joined(Group(tuple(told), 2.0, (Reason("kind", 0.5, "both"),)))


def dated(made: Event, day: date) -> Event:
    return replace(made, sources=(replace(made.sources[0], date=day),))


def told_of(row: Event, aspect: str) -> dict[str, tuple[str, ...]]:
    return next(dict(d.told) for d in row.disagreements if d.aspect == aspect)


def test_the_range_covers_all_and_the_best_is_the_latest_reports():
    early, late = (dated(event(d, dead=n), MONDAY + timedelta(days=n)) for d, n in (("a", 3), ("b", 5)))
    row = join(late, early)
    assert (row.fatalities.low, row.fatalities.best, row.fatalities.high) == (3, 5, 5)
    assert told_of(row, "deaths") == {"3": ("a",), "5": ("b",)}


def test_an_open_count_leaves_the_range_open():
    at_least = replace(event("a"), fatalities=Count(4, 4, None, "at_least", "at least four"))
    row = join(at_least, event("b", dead=6))
    assert (row.fatalities.low, row.fatalities.high) == (4, None)
    assert told_of(row, "deaths") == {"at least 4": ("a",), "6": ("b",)}


def test_words_for_one_number_are_no_disagreement():
    row = join(replace(event("a"), fatalities=Count(3, 3, 3, "exact", "three")), event("b", dead=3))
    assert row.disagreements == ()


def test_perpetrators_in_dispute_are_both_shown_and_vague_ones_are_not():
    assert told_of(join(event("a"), event("b", sides=(IRAN, KH))), "perpetrator") == {
        US.name: ("a",),
        IRAN.name: ("b",),
    }
    vague = Actor("Unidentified Armed Group (Syria)", 3)
    row = join(event("a", sides=(vague, KH)), event("b", sides=(KH, KH)))
    assert (row.perpetrator, row.disagreements) == (KH, ())


def test_kinds_in_dispute_are_shown_and_most_reports_decide():
    row = join(event("a"), event("b", sub=SHELLING), event("c", sub=SHELLING))
    assert (row.sub_event_type, row.event_type) == (SHELLING, "Explosions/Remote violence")
    assert told_of(row, "sub-event type") == {STRIKE: ("a",), SHELLING: ("b", "c")}


def test_a_coarser_place_is_no_dispute_and_another_one_is():
    assert join(event("a", "Mosul"), event("b", "Nineveh")).disagreements == ()
    assert set(told_of(join(event("a", "Mosul"), event("b", "Homs")), "place")) == {"Mosul, Nineveh", "Homs, Homs"}


def test_a_night_told_as_two_days_spans_both():
    row = join(event("a", day=0), event("b", day=1))
    assert (row.when.date_start, row.when.date_end) == (MONDAY, MONDAY + timedelta(days=1))
    assert row.when.date_prec == 2
    assert set(told_of(row, "date")) == {"2023-11-20", "2023-11-21"}


def test_what_one_asserts_another_may_only_claim():
    row = join(replace(event("a"), status="claimed"), event("b"))
    assert row.status == "asserted"
    assert set(told_of(row, "status")) == {"claimed", "asserted"}


@pytest.mark.parametrize("surest", [0.5, 0.9, 0.97, 0.99])
def test_more_reports_never_make_it_less_sure(surest: float):
    row = join(*(replace(event(d), confidence=surest) for d in "abc"))
    assert surest <= row.confidence <= max(surest, 0.97)


def test_the_place_of_the_row_is_the_finest():
    assert join(event("a", "Nineveh"), event("b", "Mosul")).placement.resolution.place == PLACES["Mosul"]
