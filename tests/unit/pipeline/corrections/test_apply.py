"""Corrections of events, around merging."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from correction_world import HOMS, ISIS, US, SmallGazetteer, event, report, resolved, rows, tripoli
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corrections import Corrected, PlaceRulings, merge_corrected
from pipeline.corrections.reading import with_former_ids
from pipeline.events import merge_reports
from pipeline.events.actors import load_lexicon

GAZETTEER = SmallGazetteer()
A, B = event("a", tripoli("a")), event("b", tripoli("b"))
C = event("c", resolved("c", "Homs", HOMS), sentence="Gunmen shot a guard in Homs.")
REPORTS = tuple(report(e.sources[0].doc_id, e) for e in (A, B, C))
BOTH, OTHER = min(A.event_id, B.event_id), max(A.event_id, B.event_id)


def corrected(*lines: str, reports=REPORTS) -> Corrected:
    corrections = rows(*lines)
    return merge_corrected(reports, corrections, PlaceRulings.of(corrections, GAZETTEER), load_lexicon())


def of(made: Corrected, event_id: str):
    return next(e for e in made.events if event_id in e.all_ids)


def states(made: Corrected) -> list[str]:
    return [outcome.state for outcome in made.outcomes]


def test_without_corrections_nothing_is_touched():
    made = corrected()
    assert (made.events, made.claims) == merge_reports(REPORTS)
    assert (made.outcomes, made.warnings) == ((), ())


def test_a_merged_event_goes_by_its_smallest_id_and_keeps_them_all():
    assert of(corrected(), A.event_id).all_ids == (BOTH, OTHER)
    assert of(corrected(reports=REPORTS[::-1]), B.event_id).all_ids == (BOTH, OTHER)


@pytest.mark.parametrize("named", [A.event_id, B.event_id])
def test_a_rejected_event_is_gone_by_whatever_id_it_went(named):
    made = corrected(f"reject,{named},,,,,,,,,Ann")
    assert [e.event_id for e in made.events] == [C.event_id]
    assert states(made) == ["applied"]


def test_an_event_is_named_by_its_report_and_some_words_of_its_sentence():
    made = corrected("reject,,,c,shot a GUARD,,,,,,Ann")
    assert C.event_id not in {e.event_id for e in made.events}
    assert states(corrected("reject,,,a,shot a guard,,,,,,Ann")) == ["matches nothing"]


@pytest.mark.parametrize(
    ("field", "value", "seen", "mark"),
    [
        ("date", "2023-11-19/2023-11-20", lambda e: (e.when.date_start, e.when.date_prec), "-20 (was 2023-11-21)"),
        ("fatalities", "4", lambda e: (e.fatalities.low, e.fatalities.high), "4/4/4 (was 3/3/3)"),
        ("injuries", "at least 2", lambda e: (e.injuries.low, e.injuries.high), "2/2/- (was -/-/-)"),
        ("sub_event_type", "armed clash", lambda e: (e.event_type, e.sub_event_type), "Armed clash (was Air"),
        ("status", "claimed", lambda e: (e.status, ""), "claimed (was asserted)"),
        ("perpetrator", "Hezbollah", lambda e: (e.perpetrator.name, e.perpetrator.inter), "Hezbollah (was Military"),
        ("target", "residents", lambda e: (e.civilian_targeting, e.target.inter), "(was Islamic State)"),
        ("target", "none", lambda e: (e.target, e.civilian_targeting), "none (was Islamic State)"),
    ],
)  # fmt: skip
def test_a_field_is_set_and_says_what_was_there(field, value, seen, mark):
    made = of(corrected(f"edit,{C.event_id},,,,,{field},{value},,,Ann"), C.event_id)
    expected = {
        "date": (date(2023, 11, 19), 2), "fatalities": (4, 4), "injuries": (2, None),
        "sub_event_type": ("Battles", "Armed clash"), "status": ("claimed", ""), "perpetrator": ("Hezbollah", 2),
        "target": (True, 7) if value == "residents" else (None, False),
    }  # fmt: skip
    assert seen(made) == expected[field]
    (told,) = made.corrections
    assert mark in told
    assert told.endswith("set by Ann in corrections.csv:2")


def test_an_actor_that_is_not_known_keeps_the_code_of_the_one_before():
    made = of(corrected(f"edit,{C.event_id},,,,,target,Brigade of the Nine,,,Ann"), C.event_id)
    assert (made.target.name, made.target.inter) == ("Brigade of the Nine", ISIS.inter)


def test_an_event_is_put_at_a_place_and_the_machines_answer_stays():
    made = of(corrected(f"place,{A.event_id},,,,,,gn:1,,,Ann"), A.event_id)
    found = made.placement.resolution
    assert (found.place, made.placement.geo_precision) == (HOMS, 1)
    assert found.alternatives[0].place.place_id == "gn:2"
    assert found.reasons[0].text.endswith("set by Ann in corrections.csv:2")


def test_an_event_without_a_place_can_be_given_one():
    nowhere = event("d", None, sentence="A post was raided.")
    made = corrected(f'coordinates,{nowhere.event_id},,,,,,"34.4, 35.8",,,Ann', reports=(report("d", nowhere),))
    assert made.events[0].placement.footprint.lat == 34.4
    assert made.events[0].placement.method == "exact"


def test_two_judged_the_same_are_one_and_two_judged_different_are_two():
    joined = corrected(f"merge,{A.event_id},{C.event_id},,,,,,,,Ann")
    (one,) = joined.events
    assert one.all_ids == tuple(sorted((A.event_id, B.event_id, C.event_id)))
    assert "joined with" in one.corrections[0]
    parted = corrected(f"split,{A.event_id},{B.event_id},,,,,,,,Ann")
    assert len(parted.events) == 3
    assert "kept apart from" in of(parted, A.event_id).corrections[0]
    assert states(joined) == states(parted) == ["applied"]


def test_events_of_one_report_can_be_judged_the_same():
    other = event("a", resolved("a", "Homs", HOMS), sentence="A second strike came.")
    made = corrected(f"merge,{A.event_id},{other.event_id},,,,,,,,Ann", reports=(report("a", A, other),))
    assert len(made.events) == 1


def test_an_actor_is_renamed_everywhere_in_one_report_or_in_one_event():
    line = f"actor,,,,{US.name},,,Hezbollah,,,Ann"
    assert {e.perpetrator.name for e in corrected(line).events} == {"Hezbollah"}
    one = corrected(f"actor,,,c,{US.name},,,Hezbollah,,,Ann")
    assert (of(one, C.event_id).perpetrator.name, of(one, A.event_id).perpetrator.name) == ("Hezbollah", US.name)
    one = corrected(f"actor,{C.event_id},,,{US.name},,,Hezbollah,,,Ann")
    assert (of(one, C.event_id).perpetrator.name, of(one, A.event_id).perpetrator.name) == ("Hezbollah", US.name)
    assert states(corrected(line)) == states(one) == ["applied"]
    assert states(corrected("actor,,,,Nobody Known,,,Hezbollah,,,Ann")) == ["matches nothing"]


def test_of_two_lines_on_one_thing_the_later_wins_and_a_warning_says_so():
    made = corrected(
        f"edit,{A.event_id},,,,,fatalities,4,,,Ann",
        f"edit,{B.event_id},,,,,fatalities,5,,,Bo",
        f"merge,{A.event_id},{C.event_id},,,,,,,,Ann",
        f"split,{A.event_id},{C.event_id},,,,,,,,Bo",
    )
    assert of(made, A.event_id).fatalities.best == 5
    assert states(made) == ["overruled", "applied", "overruled", "applied"]
    assert made.warnings[0] == "corrections.csv:2: not applied: corrections.csv:3 says otherwise of the same event"
    assert made.warnings[1].startswith("corrections.csv:4: not applied: corrections.csv:5 says otherwise")


def test_lines_that_agree_are_no_conflict():
    made = corrected(
        *[f"edit,{A.event_id},,,,,fatalities,4,,,Ann"] * 2, *[f"merge,{A.event_id},{C.event_id},,,,,,,,Ann"] * 2
    )
    assert states(made) == ["applied"] * 4
    assert made.warnings == ()


def test_ids_that_are_gone_are_warned_about_never_fatal():
    made = corrected(
        "reject,feedfeedfeedfeed,,,,,,,,,Ann",
        f"merge,{A.event_id},feedfeedfeedfeed,,,,,,,,Ann",
        f"place,{A.event_id},,,,,,gn:404,,,Ann",
    )
    assert states(made) == ["matches nothing", "matches nothing", "unknown place"]
    assert "reject event feedfeedfeedfeed" in made.warnings[0]
    assert made.events == tuple(merge_reports(REPORTS)[0])


def test_words_that_two_events_share_are_told_of():
    second = event("a", tripoli("a"), sentence=A.sources[0].sentence, target=None)
    both = (report("a", A, replace(second, event_id="f" * 16)),)
    made = corrected("edit,,,a,struck a depot,,fatalities,4,,,Ann", reports=both)
    assert {e.fatalities.best for e in made.events} == {4}
    assert made.warnings[0].endswith("is about 2 events; name event_id to choose")


LINES = (
    f"edit,{A.event_id},,,,,fatalities,4,,,Ann", f"edit,{C.event_id},,,,,date,2023-11-20,,,Ann",
    f"merge,{A.event_id},{C.event_id},,,,,,,,Ann", f"split,{A.event_id},{B.event_id},,,,,,,,Ann",
    f"actor,,,,{US.name},,,Hezbollah,,,Ann", f"reject,{C.event_id},,,,,,,,,Ann", f"place,{B.event_id},,,,,,gn:1,,,Ann",
)  # fmt: skip


def facts(made: Corrected) -> list[tuple[object, ...]]:
    """What the events say, without the marks, which name lines."""
    return [
        (e.all_ids, e.when.date_start, e.fatalities.best, e.perpetrator.name, e.placement.resolution.place.name)
        for e in made.events
    ]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=5), st.permutations(REPORTS))
def test_saying_all_twice_is_saying_it_once_and_the_order_of_reports_does_not_matter(lines, reports):
    assert facts(corrected(*lines, *lines, reports=reports)) == facts(corrected(*lines))


def test_an_event_read_with_a_corrected_place_keeps_the_id_it_was_shown_under():
    moved = replace(A, event_id="0" * 16)
    assert [e.event_id for e in with_former_ids([moved, C], [A, C])] == [A.event_id, C.event_id]
    retyped = replace(moved, sub_event_type="Armed clash")
    assert with_former_ids([retyped], [A])[0].event_id == A.event_id


def test_new_events_that_pair_with_nothing_keep_their_own_id():
    pair = [replace(A, event_id="0" * 16), replace(A, event_id="1" * 16)]
    assert [e.event_id for e in with_former_ids(pair, [A])] == ["0" * 16, "1" * 16]
    assert with_former_ids([C], [A]) == (C,)
