"""Events of UCDP's headlines, measured on headlines of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gazetteer import Gazetteer, default_index_path
from pipeline.evaluation.headline_events import ROW, measure_headline_events, states_violence
from pipeline.evaluation.means import Means
from pipeline.settings import DEFAULT_MODEL

HOMS = {"lat": 34.727, "lon": 36.723, "place": "Homs", "date": "2016-02-01"}
ROWS = [
    {"id": 2, "headline": "Two killed in shelling of Homs", "best": 2, **HOMS},
    {"id": 3, "headline": "Shelling kills two in Aleppo", "best": 2, **HOMS},
    {"id": 4, "headline": "Envoys meet in Homs", "best": 1, **HOMS},
    {"id": 5, "headline": "Shelling of Homs goes on", "best": 0, **HOMS},
]


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    (tmp_path / "ucdp").mkdir()
    lines = "".join(f"{json.dumps(row)}\n" for row in ROWS)
    (tmp_path / "ucdp/ucdp_syria_headlines.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def test_only_what_states_a_violent_event_is_asked_for() -> None:
    assert [row["id"] for row in ROWS if states_violence(row)] == [2, 3]


def test_an_event_at_the_coded_place_is_counted_and_odd_rows_stay_unseen(shared: Path) -> None:
    if not default_index_path().is_file():
        pytest.skip(f"{default_index_path()} is missing: run `sitmap gazetteer build`")
    with Gazetteer.open() as gazetteer:
        results = measure_headline_events(Means(shared, gazetteer, DEFAULT_MODEL))
    assert results.figures[ROW] == {"stated": 2, "event10": 0.5, "event10_odd": 0.0}
    assert results.errors == []
