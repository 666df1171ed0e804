"""Blocking: few pairs, and none lost that the evidence would join."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from merging_tellings import PLACES, count, event, report

from gazetteer.models import Place
from pipeline.events.merging.aspects import compare
from pipeline.events.merging.blocking import blocked_pairs
from pipeline.events.merging.evidence import threshold
from pipeline.events.merging.tellings import tellings_of
from pipeline.models import Mention, Placement, Report, Resolution

NEAR_HOMS = Place("gn:9", "Shinshar", 34.62, 36.75, "P", "PPL", "SY", "Homs", "ne:SY-1")
FIJI_WEST, FIJI_EAST = (
    Place(f"gn:{n}", f"Coast {n}", -16.8, lon, "P", "PPL", "FJ", "Northern", "ne:FJ-1")
    for n, lon in ((7, 179.99), (8, -179.99))
)
SENTENCES = ("It was hit.", "It was hit late on Monday.", "It was hit before dawn.")


def placed(doc_id: str, place: Place | None, day: int = 0, sentence: str = SENTENCES[0]) -> Report:
    made = event(doc_id, day=day, dead=40)
    if place is None:
        placement = Placement(None, None, None, None, None)
    else:
        prec = 4 if place.feature_class == "A" else 1
        found = Resolution(Mention(doc_id, 0, 4, place.name), "resolved", place, 0.9)
        placement = Placement(found, None, 3 if prec == 4 else 1, prec, "exact", place.name)
    source = replace(made.sources[0], sentence=f"{doc_id}: {sentence}")
    made = replace(made, event_id=f"{doc_id}-{day}", placement=placement, sources=(source,))
    return report(doc_id, made, text=source.sentence)


def pairs_of(*reports: Report) -> list[tuple[int, int]]:
    return blocked_pairs(tellings_of(reports))


def test_far_apart_in_time_or_place_is_not_compared():
    homs, aleppo = PLACES["Homs"], PLACES["Aleppo"]
    assert pairs_of(placed("a", homs), placed("b", homs)) == [(0, 1)]
    assert pairs_of(placed("a", homs), placed("b", NEAR_HOMS)) == [(0, 1)]
    assert pairs_of(placed("a", homs), placed("b", aleppo)) == []
    assert pairs_of(placed("a", homs), placed("b", homs, 1)) == []
    assert pairs_of(placed("a", homs), placed("b", homs, 3)) == []


def test_a_night_joins_two_days_and_the_date_line_two_coasts():
    homs = PLACES["Homs"]
    assert pairs_of(placed("a", homs, 0, SENTENCES[1]), placed("b", homs, 1)) == [(0, 1)]
    assert pairs_of(placed("a", FIJI_WEST), placed("b", FIJI_EAST)) == [(0, 1)]


def test_a_province_is_compared_with_what_lies_in_it():
    assert pairs_of(placed("a", PLACES["Nineveh"]), placed("b", PLACES["Mosul"])) == [(0, 1)]
    assert pairs_of(placed("a", PLACES["Nineveh"]), placed("b", PLACES["Homs"])) == []


TOLD = st.tuples(
    st.sampled_from([*PLACES.values(), NEAR_HOMS, FIJI_WEST, FIJI_EAST, None]),
    st.integers(0, 2),
    st.sampled_from(SENTENCES),
)


@given(st.lists(TOLD, min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_no_pair_is_lost_that_the_evidence_would_join(told):
    tellings = tellings_of([placed(f"d{n}", *what) for n, what in enumerate(told)])
    kept = set(blocked_pairs(tellings))
    for a, b in combinations(range(len(tellings)), 2):
        score, _ = compare(tellings[a], tellings[b])
        if score is not None and score >= threshold("needed"):
            assert (a, b) in kept


def test_a_telling_without_a_place_is_compared_with_what_has_its_toll_or_was_hit_alike():
    homs = placed("a", PLACES["Homs"])
    assert pairs_of(homs, placed("b", None)) == [(0, 1)]
    few = replace(placed("b", None).events[0], fatalities=count(4), perpetrator=None, target=None)
    assert pairs_of(homs, report("b", few)) == []
    hospital = [
        report(
            name, replace(e.events[0], perpetrator=None, target=None, fatalities=count(n)), text="A hospital was hit."
        )
        for name, e, n in (
            ("a", placed("a", PLACES["Homs"], sentence="A hospital was hit."), 4),
            ("b", placed("b", None, sentence="A hospital was hit."), 5),
        )
    ]
    assert pairs_of(*hospital) == [(0, 1)]
