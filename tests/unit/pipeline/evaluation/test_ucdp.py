from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from gazetteer.index import Gazetteer
from gazetteer.lookup import Ranked, lookup
from pipeline.errors import InputError
from pipeline.evaluation.means import Means
from pipeline.evaluation.ucdp import HEADLINES, PLACES, measure_headlines, measure_places
from pipeline.settings import DEFAULT_MODEL

PLACES_CSV = """where_coordinates,adm_1,adm_2,latitude,longitude,events
Deir ez-Zor,Deir ez Zor Governorate,Deir district,35.34,40.14,60
Springfield,Illinois,,39.80,-89.64,30
Qxzz village,Deir ez Zor Governorate,,35.00,40.00,10
"""
EVENTS_CSV = """where_coordinates,adm_1,adm_2,latitude,longitude,where_prec
Deir ez-Zor,Deir ez Zor Governorate,Deir district,35.34,40.14,2.0
Deir ez-Zor,Deir ez Zor Governorate,Deir district,35.34,40.14,1.0
Springfield,Illinois,,39.80,-89.64,1.0
Qxzz village,Deir ez Zor Governorate,,35.00,40.00,2.0
"""


@pytest.fixture
def ucdp(shared: Path) -> Path:
    folder = shared / "ucdp"
    folder.mkdir()
    (folder / "ucdp_syria_places.csv").write_text(PLACES_CSV, encoding="utf-8")
    (folder / "ucdp_syria_events.csv.gz").write_bytes(gzip.compress(EVENTS_CSV.encode()))
    row = {"headline": "Shelling hit Mosul", "date": "2016-01-01", "place": "Mosul", "where_prec": 1}
    rows = [row | {"id": 12, "lat": 36.335, "lon": 43.12}, row | {"id": 15, "lat": 33.0, "lon": 44.0}]
    (folder / "ucdp_syria_headlines.jsonl").write_text("".join(f"{json.dumps(r)}\n" for r in rows), encoding="utf-8")
    return shared


def everywhere(gazetteer: Gazetteer, name: str, areas: list[str]) -> tuple[Ranked, ...]:
    asked.append((name, areas))
    return lookup(gazetteer, name, limit=5)


asked: list[tuple[str, list[str]]] = []


def test_places_are_looked_up_with_their_areas_and_counted_by_place_and_event(ucdp: Path, gazetteer: Gazetteer) -> None:
    asked.clear()
    results = measure_places(ucdp, gazetteer, everywhere)
    assert asked[0] == ("Deir ez-Zor", ["Deir district", "Deir ez Zor Governorate", "Syria"])
    assert asked[1] == ("Springfield", ["Illinois", "Syria"])
    figures = results.figures[PLACES]
    assert (figures["places"], figures["events"]) == (3, 100)
    assert figures["first10"] == pytest.approx(1 / 3), "the more populous Springfield comes first"
    assert figures["any10"] == pytest.approx(2 / 3)
    assert figures["first10_events"] == pytest.approx(0.6)
    assert figures["first10_odd"] == 0.0
    assert {code: f["places"] for code, f in results.by_precision[PLACES].items()} == {"1": 2, "2": 1}


def test_only_rows_of_even_number_are_shown(ucdp: Path, gazetteer: Gazetteer) -> None:
    results = measure_places(ucdp, gazetteer, everywhere)
    (error,) = results.errors
    assert (error.doc_id, error.mention, error.answer, error.weight) == (
        "2", "Qxzz village, Deir ez Zor Governorate", "", 10,
    )  # fmt: skip


def test_a_headline_is_right_if_the_coded_place_is_among_those_found(ucdp: Path, gazetteer: Gazetteer) -> None:
    pytest.importorskip(DEFAULT_MODEL, reason=f"language model {DEFAULT_MODEL} is not installed")
    results = measure_headlines(Means(ucdp, gazetteer, DEFAULT_MODEL))
    assert (results.figures[HEADLINES]["places"], results.figures[HEADLINES]["first10"]) == (2, 0.5)
    assert results.judges == {HEADLINES: "LearnedRanker"}
    assert results.errors == [], "the wrong one is of odd number"


def test_a_missing_table_is_named(ucdp: Path, gazetteer: Gazetteer) -> None:
    (ucdp / "ucdp" / "ucdp_syria_events.csv.gz").unlink()
    with pytest.raises(InputError, match=r"ucdp_syria_events\.csv\.gz: cannot be read"):
        measure_places(ucdp, gazetteer)
