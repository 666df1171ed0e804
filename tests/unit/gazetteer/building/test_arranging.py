from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.building import arranging
from gazetteer.building.arranging import arrange, by_sound_and_name
from gazetteer.spellings import packed_names
from gazetteer.tables import DATA


def placed(heard: Sequence[tuple[object, ...]], names: Sequence[tuple[object, ...]], count: int) -> list[int]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript((DATA / "schema.sql").read_text("utf-8"))
        database.executemany("INSERT INTO skeleton_in VALUES (?, ?, ?, ?, ?)", heard)
        database.executemany("INSERT INTO name VALUES (?, ?, ?, 'IQ')", names)
        return [int(number) for number in by_sound_and_name(database, count)]


@pytest.mark.parametrize("batch", [1, 100])
def test_places_lie_by_the_consonants_of_their_preferred_names(monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    monkeypatch.setattr(arranging, "_BATCH", batch)
    rows = (
        ("MSL", "IQ", *packed_names([("mosul", "mosul", [(1, 0), (5, 1)]), ("musil", "musil", [(4, 0)])])),
        ("HDT", "IQ", *packed_names([("haditha", "haditha", [(6, 0)]), ("hidith", "hidith", [(4, 1)])])),
    )
    assert placed(rows, (), 8) == [6, 1, 4, 5, 0, 2, 3, 7]


def test_those_that_are_not_found_by_consonants_lie_last_by_their_preferred_names() -> None:
    rows = [("MSL", "IQ", *packed_names([("mosul", "mosul", [(1, 0)])]))]
    names = [("Hit", 3, 0), ("hit", 0, 0), ("hit", 3, 0), ("ana", 2, 0), ("aa", 0, 1), ("mosul", 1, 0)]
    assert placed(rows, names, 5) == [1, 3, 2, 0, 4]


@given(
    st.lists(st.binary(min_size=1, max_size=5), max_size=9).flatmap(
        lambda each: st.tuples(st.just(each), st.permutations(range(len(each))))
    ),
    st.integers(1, 4),
)
def test_each_place_is_found_where_its_start_says(
    tmp_path_factory: pytest.TempPathFactory, made: tuple[list[bytes], list[int]], batch: int
) -> None:
    each, order = made
    folder = tmp_path_factory.mktemp("parts")
    starts, places = folder / "starts", folder / "places"
    np.cumsum([0, *map(len, each)], dtype="<u8")[:-1].tofile(starts)
    places.write_bytes(b"".join(each))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(arranging, "_BATCH", batch)
        arrange(starts, places, np.array(order, np.intp))
    begins = np.fromfile(starts, "<u8").tolist()
    assert [places.read_bytes()[at : at + len(one)] for at, one in zip(begins, each, strict=True)] == each
    assert places.read_bytes() == b"".join(each[number] for number in order)
    assert sorted(file.name for file in folder.iterdir()) == ["places", "starts"]
