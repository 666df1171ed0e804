from __future__ import annotations

from typing import Any

from evaluation_documents import document

from pipeline.evaluation.pairs import MISS_KM, pairs_of


def answer(start: int, end: int, lat: float | None = 36.3, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "lat": lat, "lon": 43.1 if lat is not None else None, "score": 0.6} | more


def test_given_spans_are_met_by_the_same_span_only() -> None:
    found = pairs_of([document("a")], [{"doc_id": "a", "toponyms": [answer(12, 17), answer(22, 24)]}], given=True)
    assert [(p.text, p.answer is None) for p in found] == [("Mosul", False), ("Hit", True)]
    assert found[0].km < 10
    assert (found[1].km, found[1].score) == (MISS_KM, 0.0)


def test_found_spans_are_met_by_the_largest_overlap_each_once() -> None:
    answers = [answer(12, 14, name="short"), answer(12, 25, name="long")]
    found = pairs_of([document("a")], [{"doc_id": "a", "toponyms": answers}], given=False)
    assert [p.answer["name"] if p.answer else None for p in found] == ["long", None]
    apart = [answer(12, 17, name="one"), answer(12, 25, name="both")]
    found = pairs_of([document("a")], [{"doc_id": "a", "toponyms": apart}], given=False)
    assert {p.text: p.answer["name"] for p in found if p.answer} == {"Mosul": "both"}


def test_what_has_no_point_is_no_answer_and_no_gold() -> None:
    rows = [{"doc_id": "c", "toponyms": [answer(0, 5, None), answer(18, 23)]}]
    (only,) = pairs_of([document("c")], rows, given=True)
    assert (only.text, only.answer, only.km) == ("Iraqi", None, MISS_KM)


def test_a_document_without_answers_is_all_misses() -> None:
    assert [p.km for p in pairs_of([document("a")], [], given=False)] == [MISS_KM, MISS_KM]
