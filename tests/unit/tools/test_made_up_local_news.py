from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tools"))
from made_up_local_news import TABLES, made_up_local_news

from gazetteer import Gazetteer
from gazetteer.errors import GazetteerError
from gazetteer.sphere import distance_km


@pytest.fixture(scope="module")
def index() -> Iterator[Gazetteer]:
    try:
        gazetteer = Gazetteer.open()
    except GazetteerError as error:
        pytest.skip(f"gazetteer index: {error}")
    with gazetteer:
        yield gazetteer


@pytest.mark.slow
def test_every_span_is_a_name_with_its_place_and_the_seed_fixes_all(index: Gazetteer) -> None:
    records = list(made_up_local_news(index, 60, seed=5))
    assert records == list(made_up_local_news(index, 60, seed=5))
    assert records != list(made_up_local_news(index, 60, seed=6))
    for record in records:
        spans = [(t["start"], t["end"]) for t in record["toponyms"]]
        assert spans == sorted(spans)
        assert all(record["text"][a:b].strip() == record["text"][a:b] != "" for a, b in spans)
        assert "{" not in record["text"]


@pytest.mark.slow
def test_reports_of_one_address_tell_of_one_region(index: Gazetteer) -> None:
    records = [r for r in made_up_local_news(index, 120, seed=1) if r.get("url")]
    several = [url for url, count in Counter(r["url"] for r in records).items() if count > 2]
    assert len(several) > 5
    spots = {url: [(t["lat"], t["lon"]) for r in records if r["url"] == url for t in r["toponyms"]] for url in several}
    near = [sum(distance_km(*p, *q) < 300 for q in all_) / len(all_) for all_ in spots.values() for p in all_[:1]]
    assert sum(share > 0.4 for share in near) > 0.6 * len(near)


def test_sentences_only_use_slots_that_are_filled() -> None:
    kinds = ("titles", "openings", "body", "home_only", "national")
    assert all(sentence.count("{") == sentence.count("}") for kind in kinds for sentence in TABLES[kind])
    assert sum(TABLES["papers"].values()) < 100
    assert set(TABLES["domains"]) == set(TABLES["papers"])
