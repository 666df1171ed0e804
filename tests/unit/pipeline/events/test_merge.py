"""Across reports: the same incident becomes one event with all its sources, whatever the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merging_tellings import CLASH, IRAN, KH, PLACES, REBELS, SHELLING, STRIKE, SYRIA, US, count, event, report

from pipeline.events.judgements import Judgements
from pipeline.events.merge import merge_reports
from pipeline.models import Claim, Disagreement, Event, Report, SourceRef

DEPOT = "The Zahra depot burned until the fire brigade of the quarter came."


def merged(*reports: Report) -> tuple[Event, ...]:
    return merge_reports(reports)[0]


def test_one_incident_in_two_reports_is_one_event_with_both_sources():
    one, other = event("a", dead=20), event("b", dead=22)
    (row,) = merged(report("a", one), report("b", other))
    assert {s.doc_id for s in row.sources} == {"a", "b"}
    assert (row.fatalities.low, row.fatalities.high) == (20, 22)
    assert "merged from 2 reports" in row.notes
    told = (("20", ("a",)), ("22", ("b",)))
    in_order = tuple(sorted(told, key=lambda t: {"a": one, "b": other}[t[1][0]].event_id))
    assert row.disagreements == (Disagreement("deaths", "20 to 22", in_order),)
    assert f"reports disagree on deaths: {in_order[0][0]}, {in_order[1][0]}" in row.notes
    assert row.confidence > 0.8
    assert row.mentions == (("a", 0, 4), ("b", 0, 4))


def test_reports_that_agree_are_said_to_agree():
    (row,) = merged(report("a", event("a", dead=3)), report("b", event("b", dead=3)))
    assert row.fatalities == count(3)
    assert not any("disagree" in note for note in row.notes)


def test_one_report_alone_is_left_as_it_is():
    one = event("a")
    assert merged(report("a", one)) == (replace(one, member_ids=(one.event_id,)),)
    assert merge_reports([]) == ((), ())


APART = [
    ({}, {"sub": "Peaceful protest"}),
    ({}, {"day": 2}),
    ({}, {"place": "Aleppo"}),
    ({}, {"sides": (IRAN, KH)}),
    ({"sides": (US, IRAN)}, {"sides": (IRAN, US)}),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_kinds_days_places_and_sides_stay_apart(one, other):
    assert len(merged(report("a", event("a", **one)), report("b", event("b", **other)))) == 2


def test_the_row_says_what_it_was_joined_from_and_how_surely():
    one, other = event("a", dead=3), event("b", dead=3)
    (row,) = merged(report("a", one), report("b", other))
    assert row.member_ids == tuple(sorted((one.event_id, other.event_id)))
    assert row.event_id == row.member_ids[0]
    assert row.merge_score is not None
    assert row.merge_score > 0.5
    assert {"kind", "day", "place", "actors", "numbers"} <= {r.feature for r in row.merge_reasons}


def test_a_telling_word_for_word_alike_in_two_reports_is_one_row():
    one = event("a", dead=3)
    copy = replace(one, sources=(replace(one.sources[0], doc_id="b"),))
    (row,) = merged(report("a", one), report("b", copy))
    assert [s.doc_id for s in row.sources] == ["a", "b"]
    assert (row.member_ids, row.merge_score) == ((one.event_id,), 1.0)


def test_kinds_that_are_told_for_one_another_are_one_with_the_difference_shown():
    one, other = event("a", dead=3), event("b", sub=SHELLING, dead=3)
    (row,) = merged(report("a", one, text=DEPOT), report("b", other, text=f"Again: {DEPOT}"))
    assert [d.aspect for d in row.disagreements] == ["sub-event type"]
    assert {value for value, _ in row.disagreements[0].told} == {STRIKE, SHELLING}


def test_corrections_overrule_the_evidence():
    one, other = event("a", "Homs"), event("b", "Aleppo")
    ids = frozenset({one.event_id, other.event_id})
    (row,) = merge_reports([report("a", one), report("b", other)], judgements=Judgements(same=frozenset({ids})))[0]
    assert row.member_ids == tuple(sorted(ids))
    assert row.merge_score is None
    assert [r.feature for r in row.merge_reasons] == ["correction"]

    one, other = event("a", dead=3), event("b", dead=3)
    ids = frozenset({one.event_id, other.event_id})
    apart = Judgements(same=frozenset({ids}), different=frozenset({ids}))
    assert len(merge_reports([report("a", one), report("b", other)], judgements=apart)[0]) == 2


def test_what_is_judged_different_stays_apart_through_a_third():
    told = [event(d, dead=3) for d in "abc"]
    apart = frozenset({told[0].event_id, told[1].event_id})
    rows = merge_reports(
        [report(e.sources[0].doc_id, e) for e in told], judgements=Judgements(different=frozenset({apart}))
    )[0]
    assert sorted(len(r.member_ids) for r in rows) == [1, 2]
    assert not any(apart <= set(r.member_ids) for r in rows)


def test_a_province_that_fits_two_incidents_is_joined_with_neither():
    sides = (SYRIA, REBELS)
    wide = report("w", event("w", "Nineveh", sub=CLASH, sides=sides), text=f"{DEPOT} So it was told.")
    near = report("a", event("a", "Mosul", sub=CLASH, sides=sides), text=f"{DEPOT} It was told.")
    rival = report("b", event("b", "Sinjar", sub=CLASH, sides=sides), text=f"{DEPOT} They told it.")
    assert len(merged(wide, near)) == 1
    assert len(merged(wide, near, rival)) == 3


def test_an_event_without_a_day_is_never_merged():
    one, other = (replace(event(d), when=None) for d in "ab")
    assert len(merged(report("a", one), report("b", other))) == 2


def test_two_events_of_one_report_are_never_one():
    twin = event("a", dead=3)
    other = replace(twin, event_id="other")
    assert len(merged(report("a", twin, other))) == 2
    rows = merged(report("a", twin, other), report("b", event("b", dead=3)))
    assert len(rows) == 2
    assert sorted(len(r.sources) for r in rows) == [1, 2]


def test_the_finest_place_leads():
    (row,) = merged(
        report("a", event("a", "Nineveh", sub=CLASH, sides=(SYRIA, REBELS)), text=DEPOT),
        report("b", event("b", "Mosul", sub=CLASH, sides=(SYRIA, REBELS)), text=f"Again: {DEPOT}"),
    )
    assert row.placement.resolution.place.name == "Mosul"
    assert row.sources[0].doc_id == "b"


def test_a_side_that_one_report_leaves_out_is_taken_from_the_other():
    (row,) = merged(report("a", event("a", sides=(None, KH))), report("b", event("b", sides=(US, None))))
    assert (row.perpetrator, row.target) == (US, KH)


def test_rows_are_sorted_by_day():
    rows = merged(report("a", event("a", day=2), event("a", "Aleppo", day=0)), report("b", event("b", "Mosul", day=1)))
    assert [r.when.date_start for r in rows] == sorted(r.when.date_start for r in rows)


WIRE = (
    "Jets bombed a depot outside the old town and smoke rose over the river for most of the day while people fled. " * 2
)


def test_near_copies_need_less_to_be_one():
    one = [event(d, "Nineveh", sides=(None, None), dead=dead) for d, dead in (("a", 3), ("b", 5))]
    fuzzy = [replace(e, when=replace(e.when, date_prec=2)) for e in one]
    assert len(merged(*(report(e.sources[0].doc_id, e) for e in fuzzy))) == 2
    assert len(merged(*(report(e.sources[0].doc_id, e, text=WIRE) for e in fuzzy))) == 1


def test_a_claim_told_twice_is_one_with_both_sources():
    claims = [Claim("c", "count", "attacks", count(66), (SourceRef(d, "66 attacks", 0, 10),)) for d in "ab"]
    (row,) = merge_reports([report(c.sources[0].doc_id, claims=(c,)) for c in claims])[1]
    assert [s.doc_id for s in row.sources] == ["a", "b"]


SIDES = [(US, KH), (IRAN, KH), (KH, US), (None, KH), (None, None)]


@st.composite
def reports(draw) -> tuple[list[Report], list[Report]]:
    """Return reports of up to three events each, and the same in another order, some of them twice."""
    made = []
    for doc_id in "abcde"[: draw(st.integers(1, 5))]:
        told = {}
        for _ in range(draw(st.integers(0, 3))):
            new = event(
                doc_id, draw(st.sampled_from(sorted(PLACES))), sub=draw(st.sampled_from([STRIKE, SHELLING])),
                day=draw(st.integers(0, 2)), sides=draw(st.sampled_from(SIDES)),
                dead=draw(st.sampled_from([None, 3, 4, 30])),
            )  # fmt: skip
            told[new.event_id] = new
        made.append(report(doc_id, *told.values()))
    again = draw(st.lists(st.sampled_from(made), max_size=3))
    return made, draw(st.permutations([*made, *again]))


@given(reports())
@settings(max_examples=60, deadline=None)
def test_neither_order_nor_repetition_of_reports_matters(pair: tuple[Sequence[Report], Sequence[Report]]):
    assert merge_reports(pair[0]) == merge_reports(pair[1])


@given(reports())
@settings(max_examples=40, deadline=None)
def test_every_event_is_in_one_row_and_no_row_holds_two_of_one_report(pair: tuple[Sequence[Report], Sequence[Report]]):
    given_events = [e for r in pair[0] for e in r.events]
    rows = merged(*pair[0])
    told = [s for row in rows for s in row.sources]
    assert sorted(told, key=lambda s: (s.doc_id, s.sentence)) == sorted(
        (s for e in given_events for s in e.sources), key=lambda s: (s.doc_id, s.sentence)
    )
    for row in rows:
        assert len({s.doc_id for s in row.sources}) == len(row.sources)
    assert len({row.event_id for row in rows}) == len(rows)


def of_its_own_outlet(made: Report) -> Report:
    """Return a report as if another outlet had told it: one that tells two tolls in a day may mean two incidents."""
    name = made.article.doc_id.upper()
    return replace(made, events=tuple(replace(e, sources=(replace(e.sources[0], source=name),)) for e in made.events))


def test_the_reports_own_order_of_events_does_not_matter_for_the_rows_of_others(read):
    texts = (
        "Rockets hit Ain al-Asad air base on Monday, wounding eight people.",
        "Ain al-Asad air base was hit by a missile on Monday, injuring nine people, officials said.",
        "Jets bombed a depot near Homs on Tuesday.",
    )
    made = [of_its_own_outlet(read(text, doc_id=d)) for text, d in zip(texts, "abc", strict=True)]
    rows, _ = merge_reports(made)
    assert merge_reports(made[::-1])[0] == rows
    assert [len(r.sources) for r in rows] == [2, 1]
    assert (rows[0].injuries.low, rows[0].injuries.high) == (8, 9)


def test_one_sentence_in_two_reports_is_one_row_whatever_else_was_made_of_it():
    one = event("a", "Homs", dead=3)
    source = replace(one.sources[0], doc_id="b")
    other = replace(event("b", "Aleppo", day=5, dead=30), event_id=one.event_id, sources=(source,))
    (row,) = merged(report("a", one), report("b", other))
    assert (row.event_id, {s.doc_id for s in row.sources}) == (one.event_id, {"a", "b"})


def judged(*pairs: tuple[Event, Event]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset({a.event_id, b.event_id}) for a, b in pairs)


def test_what_a_judgement_joined_costs_a_third_no_place():
    one, other, far = event("a", dead=3), event("b", dead=3), event("c", "Aleppo")
    told = [report(d, e) for d, e in zip("abc", (one, other, far), strict=True)]
    (row,) = merge_reports(told, judgements=Judgements(same=judged((one, far))))[0]
    assert len(row.member_ids) == 3
    assert row.merge_score is None
    apart = Judgements(same=judged((one, far)), different=judged((other, far)))
    assert sorted(len(r.member_ids) for r in merge_reports(told, judgements=apart)[0]) == [1, 2]


@given(reports(), st.data())
@settings(max_examples=40, deadline=None)
def test_with_judgements_the_order_does_not_matter_either(pair, data):
    events = [e for r in pair[0] for e in r.events]
    if len(events) < 2:
        return
    two = st.lists(st.sampled_from(events), min_size=2, max_size=2, unique_by=lambda e: e.event_id)
    same, different = (data.draw(st.lists(two, max_size=2)) for _ in range(2))
    judgements = Judgements(judged(*same), judged(*different))
    rows = merge_reports(pair[0], judgements=judgements)
    assert rows == merge_reports(pair[1], judgements=judgements)
    assert not any(wrong <= set(r.member_ids) for wrong in judgements.different for r in rows[0])


def speaking(doc_id: str, *echoes: Event) -> Report:
    return replace(report(doc_id), echoes=echoes)


def test_what_a_report_only_speaks_of_is_a_source_of_what_another_tells():
    told, spoken = event("a", dead=4), event("b", dead=6)
    (row,) = merged(report("a", told), speaking("b", spoken))
    assert (row.event_id, row.member_ids) == (told.event_id, (told.event_id, spoken.event_id))
    assert [s.doc_id for s in row.sources] == ["a", "b"]
    assert (row.fatalities.low, row.fatalities.high) == (4, 6)


def test_what_reports_only_speak_of_is_no_event():
    assert merged(speaking("a", event("a")), speaking("b", event("b"))) == ()
    (row,) = merged(report("a", event("a")), speaking("b", event("b", "Aleppo")))
    assert row.member_ids == (row.event_id,)


def test_the_part_of_a_toll_that_a_report_speaks_of_lowers_none():
    (row,) = merged(report("a", event("a", dead=6)), speaking("b", event("b", dead=5)))
    assert row.fatalities == count(6)


def test_a_report_that_tells_an_event_joins_before_one_that_speaks_of_it():
    told = report("b", event("b", dead=3))
    both = replace(told, echoes=(event("b", dead=4),))
    (row,) = merged(report("a", event("a", dead=4)), both)
    assert set(row.member_ids) == {event("a", dead=4).event_id, event("b", dead=3).event_id}
