from __future__ import annotations

import gc
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer import Gazetteer
from gazetteer.errors import GazetteerError
from pipeline.errors import InputError
from pipeline.geoparse import MADE, geoparse, geoparse_file, settle
from pipeline.settings import DEFAULT_MODEL
from pipeline.toponyms.relation_words import pattern_of
from pipeline.toponyms.relations import relation_of

TEXT = "Rockets hit Mosul.\r\nShells fell near Zurf al Saqr,\u200b south of Bagh\u200bdad. 😀 Hit is quiet."


@pytest.fixture(scope="module")
def index() -> Iterator[Gazetteer]:
    pytest.importorskip(DEFAULT_MODEL, reason=f"language model {DEFAULT_MODEL} is not installed")
    try:
        gazetteer = Gazetteer.open()
    except GazetteerError as error:
        pytest.skip(f"gazetteer index: {error}")
    with gazetteer:
        yield gazetteer


def run(index: Gazetteer, *records: object, given_spans: bool = False) -> list[dict[str, Any]]:
    lines, out = io.StringIO("".join(f"{json.dumps(r)}\n" for r in records)), io.StringIO()
    count = geoparse(lines, out, gazetteer=index, model=DEFAULT_MODEL, given_spans=given_spans)
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert count == len(rows) == len(records)
    return rows


def spans_of(text: str, *names: str) -> list[dict[str, int]]:
    return [{"start": text.index(name), "end": text.index(name) + len(name)} for name in names]


def test_rows_keep_order_and_the_offsets_of_the_given_text(index: Gazetteer) -> None:
    rows = run(index, {"doc_id": "b", "text": TEXT}, {"doc_id": "a", "text": "Nothing happened."})
    assert [row["doc_id"] for row in rows] == ["b", "a"]
    assert rows[1]["toponyms"] == []
    found = rows[0]["toponyms"]
    assert [TEXT[t["start"] : t["end"]] for t in found] == [t["text"] for t in found]
    assert [t["text"] for t in found][:3] == ["Mosul", "Zurf al Saqr", "Bagh\u200bdad"]
    assert [t["country"] for t in found][:3] == ["IQ", "IQ", "IQ"]


def test_given_spans_are_answered_all_and_in_order(index: Gazetteer) -> None:
    given = spans_of(TEXT, "Bagh\u200bdad", "Mosul", "\u200b south", "😀", "Mosul")
    (row,) = run(index, {"doc_id": "a", "text": TEXT, "toponyms": given}, given_spans=True)
    found = row["toponyms"]
    assert [{"start": t["start"], "end": t["end"]} for t in found] == given
    assert [t["text"] for t in found] == [TEXT[s["start"] : s["end"]] for s in given]
    assert [t["name"] for t in found][:2] == ["Baghdad", "Mosul"]
    assert found[1] == found[4]
    assert all(t["reasons"] and t["reasons"][0]["text"] for t in found)


def test_a_span_of_nothing_visible_is_unmatched(index: Gazetteer) -> None:
    at = TEXT.index("\u200b")
    record = {"doc_id": "a", "text": TEXT, "toponyms": [{"start": at, "end": at + 1}]}
    (row,) = run(index, record, given_spans=True)
    assert [(t["status"], t["lat"], t["lon"]) for t in row["toponyms"]] == [("unmatched", None, None)]


def test_half_a_surrogate_pair_stays_its_escape_and_reasons_are_told(index: Gazetteer) -> None:
    text = "Mosul\ud83d was quiet."
    (row,) = run(index, {"doc_id": "a", "text": text, "toponyms": [{"start": 0, "end": 6}]}, given_spans=True)
    (whole,) = run(index, {"doc_id": "a", "text": text, "toponyms": [{"start": 0, "end": 5}]}, given_spans=True)
    assert row["toponyms"][0]["text"] == text[:6]
    assert whole["toponyms"][0]["reasons"][0].keys() == {"feature", "contribution", "text"}


def test_the_rest_of_the_text_is_heard(index: Gazetteer) -> None:
    text = "Troops left Tripoli. Beirut was calm, and so was Sidon in southern Lebanon, the Lebanese army said."
    (row,) = run(index, {"doc_id": "a", "text": text, "toponyms": spans_of(text, "Tripoli")}, given_spans=True)
    assert [t["country"] for t in row["toponyms"]] == ["LB"]


@given(
    st.lists(st.sampled_from(["Mosul", " ", "\r\n", "\u200b", "😀", "Hit", "near", "ال", "\ufeff"]), max_size=12),
    st.data(),
)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_given_spans(index: Gazetteer, parts: list[str], data: st.DataObject) -> None:
    text = "Rockets fell. " + "".join(parts)
    pairs = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12)).map(
        lambda p: {"start": p[0], "end": min(len(text), p[0] + p[1])}
    )
    given_spans = data.draw(st.lists(pairs, max_size=5))
    (row,) = run(index, {"doc_id": "a", "text": text, "toponyms": given_spans}, given_spans=True)
    assert [{"start": t["start"], "end": t["end"]} for t in row["toponyms"]] == given_spans
    assert all((t["lat"] is None) == (t["status"] in {"unmatched", "rejected"}) for t in row["toponyms"])


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("{", "not a JSON object"),
        ("[1]", "not a JSON object"),
        ('{"doc_id": "a"}', "text"),
        ('{"doc_id": "a", "text": "Mosul", "toponyms": [{"start": 3, "end": 99}]}', "outside the text of 5 characters"),
        ('{"doc_id": "a", "text": "Mosul", "toponyms": [{"start": "x", "end": 2}]}', "start and an end"),
        ('{"doc_id": "a", "text": "Mosul", "toponyms": [{"start": 1}]}', "start and an end"),
    ],
)
def test_a_bad_line_is_named(index: Gazetteer, line: str, cause: str) -> None:
    lines = io.StringIO('{"doc_id": "0", "text": "Fine."}\n' + line + "\n")
    lines.name = "in.jsonl"
    with pytest.raises(InputError, match=r"in\.jsonl:2: ") as raised:
        geoparse(lines, io.StringIO(), gazetteer=index, model=DEFAULT_MODEL, given_spans=True)
    assert cause in str(raised.value)


def test_files_gzipped_or_not(index: Gazetteer, tmp_path: Path) -> None:
    line = json.dumps({"doc_id": "a", "text": "Rockets hit Mosul."}) + "\n"
    plain, packed = tmp_path / "in.jsonl", tmp_path / "in.jsonl.gz"
    plain.write_text(line, "utf8")
    packed.write_bytes(gzip.compress(line.encode()))
    for source in (plain, packed):
        geoparse_file(source, tmp_path / f"{source.name}.out", gazetteer=index, model=DEFAULT_MODEL, given_spans=False)
    assert (tmp_path / "in.jsonl.out").read_text("utf8") == (tmp_path / "in.jsonl.gz.out").read_text("utf8")
    with pytest.raises(InputError, match="no such file"):
        geoparse_file(tmp_path / "none", None, gazetteer=index, model=DEFAULT_MODEL, given_spans=False)


PAPER = "https://www.dailyrecord.example/story/"
NEARBY = (
    "Police in Chicopee, Massachusetts, made an arrest.",
    "A fire in Holyoke was put out by crews from Westfield and Ludlow.",
    "Northampton, Massachusetts, will host the fair; Agawam had it last year.",
)


def first_place(index: Gazetteer, url: str, *, others: bool, last: bool = False) -> dict[str, Any]:
    """Return the answer for a town that its own report does not explain."""
    text = "Springfield man held after chase."
    asked = {"doc_id": "a", "url": url, "text": text, "toponyms": spans_of(text, "Springfield")}
    records: list[dict[str, Any]] = [{"doc_id": f"o{n}", "url": f"{PAPER}{n}", "text": t} for n, t in enumerate(NEARBY)]
    names = ("Chicopee", "Massachusetts", "Holyoke", "Westfield", "Ludlow", "Northampton", "Agawam")
    for record in records:
        record["toponyms"] = spans_of(record["text"], *(name for name in names if name in record["text"]))
    rows = run(index, *([*records, asked] if last else [asked, *records] if others else [asked]), given_spans=True)
    found: dict[str, Any] = next(row for row in rows if row["doc_id"] == "a")["toponyms"][0]
    return found


def test_the_other_reports_of_an_outlet_tell_where_it_is_at_home(index: Gazetteer) -> None:
    together = first_place(index, f"{PAPER}9", others=True)
    assert (together["admin1"], together["status"]) == ("Massachusetts", "resolved")
    assert any(reason["feature"] == "press" for reason in together["reasons"])
    alone = first_place(index, f"{PAPER}9", others=False)
    assert alone["score"] < together["score"]
    assert not any(reason["feature"] == "press" and reason["contribution"] > 1 for reason in alone["reasons"])


def test_the_order_of_the_reports_of_an_outlet_does_not_matter(index: Gazetteer) -> None:
    first, last = (first_place(index, f"{PAPER}9", others=True, last=last) for last in (False, True))
    assert first == last


def test_reports_of_another_outlet_tell_nothing_of_this_one(index: Gazetteer) -> None:
    url = "https://www.morningrecord.example/story/9"
    assert first_place(index, url, others=True) == first_place(index, url, others=False)


def test_what_is_loaded_before_geoparsing_is_not_looked_through_again(index: Gazetteer) -> None:
    before = gc.get_threshold()
    try:
        settle(index)
        compiled = pattern_of.cache_info().misses
        assert relation_of("Shells fell near Hit's outskirts", 17, 20) is not None
        assert pattern_of.cache_info().misses == compiled > 0
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold() == (MADE, *before[1:])
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
