"""What the review page is made of: ranks, their words, what was reviewed before, and a page that runs nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from pipeline.products.map.pack import embed
from pipeline.products.review import review_data, write_review
from pipeline.products.review.build import render
from pipeline.products.review.data import state_of
from pipeline.products.review.doubts import rank_of
from pipeline.products.review.near import Neighbours


def with_events(layers, **columns):
    return replace(layers, events=layers.events.assign(**columns))


def row_of(layers, number: int = 0) -> dict:
    plain = layers.events.drop(columns="geometry").astype(object)
    return plain.where(plain.notna(), None).to_dict("records")[number]


def test_events_come_by_rank_and_say_why(small_layers):
    data = review_data(small_layers)
    ranks = [event["rank"] for event in data["events"]]
    assert ranks == sorted(ranks, reverse=True)
    assert data["total"] == len(small_layers.events)
    assert any("it could not be placed" in event["because"] for event in data["events"])


@pytest.mark.parametrize(
    ("column", "worse"),
    [("geo_score", 0.3), ("confidence", 0.1), ("where_prec", 6), ("geo_method", "fuzzy"), ("uncertainty_m", 300_000.0),
     ("geo_flags", "null_island"), ("merge_score", 0.5), ("best", 40), ("injuries_best", 40)],
)  # fmt: skip
def test_each_doubt_and_each_matter_raises_the_rank_and_is_told(small_layers, column, worse):
    row = row_of(small_layers) | {"low": None, "best": None, "injuries_low": None, "injuries_best": None}
    before, after = rank_of(row, [], [], 1), rank_of(row | {column: worse}, [], [], 1)
    assert after.value > before.value
    assert set(after.why) - set(before.why)


def test_a_close_runner_up_and_a_disagreement_raise_the_rank(small_layers):
    row = row_of(small_layers)
    plain = rank_of(row, [], [], 1)
    close = rank_of(row, [{"name": "Elsewhere", "score": 0.8}], [], 1)
    assert (
        close.uncertainty > rank_of(row, [{"name": "Elsewhere", "score": 0.1}], [], 1).uncertainty > plain.uncertainty
    )
    assert any("Elsewhere, scores 0.80" in words for words in close.why)
    assert "reports disagree on place" in rank_of(row, [], [{"aspect": "place"}], 1).why
    assert rank_of(row, [], [], 9).stake > plain.stake


def test_what_was_accepted_is_listed_again_only_when_it_has_changed(small_layers):
    key, state = small_layers.events["event_id"].iloc[0], state_of(row_of(small_layers))

    def listed(mark: str) -> bool:
        corrected = [mark, *small_layers.events["corrected"].iloc[1:]]
        data = review_data(with_events(small_layers, corrected=corrected, confidence=0.2))
        return key in [event["event_id"] for event in data["events"]]

    assert listed("")
    assert not listed(f"accepted (state {state}): set by Ann in corrections.csv:2")
    assert not listed("accepted: set by Ann in corrections.csv:2")
    assert listed("accepted (state 0000000000000000): set by Ann in corrections.csv:2")


def test_an_event_whose_place_an_analyst_set_is_not_listed(small_layers):
    reasons = json.dumps([{"feature": "correction", "contribution": 0, "text": "set by Ann"}])
    data = review_data(with_events(small_layers, geo_reasons=reasons))
    assert (data["events"], data["reviewed"]) == ([], data["total"])


def test_no_more_are_listed_than_asked_and_the_rest_is_counted(small_layers):
    every = review_data(with_events(small_layers, confidence=0.1))
    some = review_data(with_events(small_layers, confidence=0.1), limit=2)
    assert [e["event_id"] for e in some["events"]] == [e["event_id"] for e in every["events"][:2]]
    assert some["left_out"] == len(every["events"]) - 2


def test_candidates_carry_point_score_and_reasons(small_layers):
    found = [event["candidates"] for event in review_data(small_layers)["events"] if event["candidates"]]
    assert found[0][0]["id"] == "gn:2"
    assert found[0][0]["where"] == "Baghdad, IQ"
    assert found[0][0]["point"] == [33.34, 44.4]


def test_candidates_that_no_correction_can_name_are_left_out(small_layers):
    bad = [
        {"place_id": "correction:1,2", "lat": 1, "lon": 2},
        {"name": "x"},
        {"place_id": "gn:1", "lat": 999, "lon": 0},
    ]
    data = review_data(with_events(small_layers, geo_alternatives=json.dumps(bad)))
    assert [event["candidates"] for event in data["events"]] == [[]] * len(data["events"])


def test_events_near_by_come_nearest_first_and_none_from_afar():
    days, lats, lons = [0, 1, 1, 30, float("nan")], [33, 33.2, 33.1, 33, 33], [44, 44, 44, 44, 44]
    assert [number for number, _, _ in Neighbours(days, lats, lons).of(0)] == [2, 1]
    assert Neighbours(days, lats, lons).of(4) == []


def test_an_empty_run_makes_a_page(empty_layers, tmp_path):
    write_review(empty_layers, tmp_path / "review.html", title="Quiet", generated="then")
    assert '"events":[]' in (tmp_path / "review.html").read_text(encoding="utf-8")


def test_the_page_is_the_same_bytes_and_names_no_other_host(small_layers, tmp_path):
    for name in ("a.html", "b.html"):
        write_review(small_layers, tmp_path / name, title="T", generated="then")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page == (tmp_path / "b.html").read_text(encoding="utf-8")
    assert "connect-src 'none'" in page
    assert not re.search(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=", page.split("<script>")[0])


def test_no_text_can_end_the_block_it_stands_in():
    text = "</script><!--<script>\u2028\ud800&"
    assert not re.search("[<>&\u2028\ud800]", embed(text))
    assert json.loads(embed(text)) == text
    assert render({"title": "</script><b>"}).count("</script>") == render({"title": ""}).count("</script>")
