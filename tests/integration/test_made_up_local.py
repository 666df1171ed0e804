"""Reports of local papers that the ranker is trained on: what they name is where they say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from gazetteer.sphere import distance_km

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
from made_up_local import LocalScenes, made_up_local

pytestmark = pytest.mark.slow


def test_a_papers_report_names_places_of_the_gazetteer_where_they_lie(built_index):
    with Gazetteer.open() as gazetteer:
        records = list(made_up_local(gazetteer, 30))
        named = [(record["text"], place) for record in records for place in record["toponyms"]]
        off = [
            distance_km(place["lat"], place["lon"], known.lat, known.lon)
            for _, place in named
            if (known := gazetteer.place(place["place_id"])) is not None
        ]
    assert len(named) > 60
    assert max(off) < 1
    assert all(
        text[place["start"] : place["end"]].strip() == text[place["start"] : place["end"]] for text, place in named
    )
    assert {record["url"].startswith("https://www.the") for record in records} == {True, False}


def test_neighbours_lie_around_the_papers_town(built_index):
    import numpy as np

    with Gazetteer.open() as gazetteer:
        told = [scenes.draw_local() for scenes in [LocalScenes(gazetteer, np.random.default_rng(2))] for _ in range(20)]
    home_to_near = [distance_km(t["home"].lat, t["home"].lon, t["near1"].lat, t["near1"].lon) for t in told]
    assert sorted(home_to_near)[15] <= 60


def test_the_same_seed_makes_the_same_reports(built_index):
    with Gazetteer.open() as gazetteer:
        assert list(made_up_local(gazetteer, 3)) == list(made_up_local(gazetteer, 3))
