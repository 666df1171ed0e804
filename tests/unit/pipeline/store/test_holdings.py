"""What a store holds does not hang on the order in which it came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import Article, Rejection
from pipeline.store import Holdings, Visit

DAY, NEXT = date(2023, 11, 21), date(2023, 11, 22)
A, B = Article("a", "Rockets hit a depot.", path="/r/a.txt"), Article("b", "A post was shelled.", path="/r/b.txt")
COPY = replace(A, doc_id="a-copy", path="/r/a-copy.txt")
NAMESAKE = Article("a", "Talks went on.", path="/s/a.txt")
LINE = Article("l1", "Drones struck.", path="/r/wires.jsonl", line=1)
BAD = Rejection("/r/wires.jsonl", 2, "malformed JSON")
READ = (A, B, COPY, NAMESAKE, LINE)


def visit(day: date = DAY, *inputs: str, as_of: date | None = None) -> Visit:
    return Visit(day, f"{day}T00:00:00Z", as_of, frozenset(inputs))


def held(*batches: tuple[Article | Rejection, ...]) -> Holdings:
    return reduce(lambda known, batch: known.admitted(batch, visit()), batches, Holdings())


def names(holdings: Holdings) -> list[str]:
    return [h.article.doc_id for h in holdings.current()]


@given(st.permutations(READ), st.integers(0, 5), st.integers(0, 5))
def test_any_order_and_any_batches_come_to_the_same(read, first, second):
    cut = sorted((first, second))
    batches = (tuple(read[: cut[0]]), tuple(read[cut[0] : cut[1]]), tuple(read[cut[1] :]))
    assert held(*batches) == held(READ)
    assert held(*batches).rejections() == held(READ).rejections()


@given(st.lists(st.sampled_from(READ), max_size=8))
def test_coming_again_changes_nothing(again):
    assert held(READ, tuple(again)) == held(READ)


def test_a_report_under_two_names_is_one_and_the_other_is_told_of():
    both = held((A, COPY))
    assert names(both) == ["a"]
    (again,) = both.rejections()
    assert (again.path, again.cause, again.remedy) == (
        "/r/a-copy.txt", "the same report again; counted once", "none needed; see a",
    )  # fmt: skip


def test_two_reports_of_one_name_are_told_apart_by_their_content():
    found = held((A, NAMESAKE)).current()
    assert len({h.article.doc_id for h in found}) == 2
    assert all(h.article.doc_id in {"a", f"a-{h.digest[:8]}"} for h in found)
    assert any("another report's" in note for h in found for note in h.article.notes)


def test_another_text_under_the_same_path_takes_the_place_of_the_one_before():
    mended = replace(A, text="Rockets hit two depots.")
    after = held((A, B), (mended,))
    assert [h.article.text for h in after.current()] == [mended.text, B.text]
    assert [a.replaced for a in after.arrivals if a.article.doc_id == "a"].count(True) == 1


def test_records_of_one_name_in_one_file_do_not_replace_each_other():
    twins = (LINE, replace(LINE, text="Drones struck again.", line=3))
    assert len(held(twins).current()) == 2
    assert held(twins, twins) == held(twins)


def test_a_report_keeps_the_day_that_it_first_came_unless_one_is_asked_for():
    first = Holdings().admitted((A,), visit(DAY))
    later = first.admitted((A, B), visit(NEXT))
    assert {h.article.doc_id: h.as_of for h in later.current()} == {"a": DAY, "b": NEXT}
    asked = later.admitted((A,), visit(NEXT, as_of=date(2024, 1, 1)))
    assert {h.article.doc_id: h.as_of for h in asked.current()} == {"a": date(2024, 1, 1), "b": NEXT}


def test_a_copy_that_came_earlier_dates_the_report():
    later = Holdings().admitted((A,), visit(NEXT)).admitted((COPY,), visit(DAY))
    assert [h.as_of for h in later.current()] == [DAY]


@pytest.mark.parametrize("what", ["a", "/r/a.txt"])
def test_what_is_withdrawn_is_gone_and_can_come_back(what):
    gone, found = held((A, B)).withdrawn(what, at="now", note="retracted")
    assert names(gone) == ["b"]
    assert [a.article.doc_id for a in found] == ["a"]
    assert gone.withdrawals[0].note == "retracted"
    assert gone.restored(what)[0] == held((A, B))
    assert gone.withdrawn(what, at="later")[0] == gone


def test_a_folder_is_withdrawn_with_all_in_it_and_no_namesake_of_its_path():
    near = replace(B, path="/rx/b.txt", text="Elsewhere.")
    gone, _ = held((A, B, near)).withdrawn("/r", at="now")
    assert [h.path for h in gone.current()] == ["/rx/b.txt"]


def test_what_was_withdrawn_stays_so_in_a_folder_and_comes_back_in_a_file_that_is_named():
    gone, _ = held((A, B)).withdrawn("a", at="now")
    assert names(gone.admitted((A, B), visit(DAY, "/r"))) == ["b"]
    assert names(gone.admitted((A,), visit(DAY, "/r/a.txt"))) == ["a", "b"]
    assert names(gone.admitted((COPY,), visit(DAY, "/r"))) == ["b"]


def test_what_is_not_there_is_not_withdrawn():
    same, found = held((A,)).withdrawn("zzz", at="now")
    assert (same, found) == (held((A,)), ())


def test_refused_inputs_stay_until_their_file_is_read_again():
    bad = held((LINE, BAD))
    assert bad.rejections() == (BAD,)
    assert held((LINE, BAD), (A,)).rejections() == (BAD,)
    assert held((LINE, BAD), (LINE,)).rejections() == ()
    gone = bad.admitted((A,), visit(DAY, "/r"))
    assert gone.rejections() == ()
