from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from small_world import SMALL_WORLD, town

from gazetteer.building.staging import Staging, rank


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Staging]:
    with closing(Staging(tmp_path / "staged")) as made:
        yield made


def test_places_come_back_as_they_were(staging: Staging) -> None:
    told = [replace(source, also=("a:1", "b:2"), other_sources=("overlay",)) for source in SMALL_WORLD]
    assert list(staging.add(told)) == []
    assert [staging.read(i) for i in reversed(range(len(staging)))] == told[::-1]
    assert len(staging.ids[0]) == 3 * len(told)


def test_sources_are_told_apart(staging: Staging) -> None:
    for source in (SMALL_WORLD[:3], (), SMALL_WORLD[3:]):
        list(staging.add(source))
    assert staging.starts == [0, 3, 3, len(SMALL_WORLD)]


def test_progress_is_told_every_thousand(staging: Staging) -> None:
    assert list(staging.add(town(f"x:{i}", "T", 0.0, 0.0, "XX") for i in range(2500))) == [1000, 2000]


def test_closing_removes_the_file(tmp_path: Path) -> None:
    Staging(tmp_path / "staged").close()
    assert list(tmp_path.iterdir()) == []


def test_rank_rises_with_prominence_and_then_people() -> None:
    small, large, capital = (
        rank(town("x:1", "T", 0.0, 0.0, "XX", population=people, code=code).place)
        for people, code in ((500, "PPL"), (501, "PPL"), (500, "PPLC"))
    )
    assert small < large < capital
    assert rank(town("x:1", "T", 0.0, 0.0, "XX", population=-5).place) >= 0
    assert rank(town("x:1", "T", 0.0, 0.0, "XX", population=10**15).place) < 2**64
