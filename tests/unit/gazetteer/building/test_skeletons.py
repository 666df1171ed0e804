from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from gazetteer.building import skeletons
from gazetteer.building.skeletons import write_skeletons
from gazetteer.spellings import KNOWN, MOST_NAMES, MOST_PLACES, Spellings
from gazetteer.tables import DATA

WAITING = (
    "CREATE TABLE waiting.skeleton (key TEXT, place INTEGER, name TEXT, letters TEXT, label INTEGER, country TEXT)"
)


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.execute("ATTACH ':memory:' AS waiting")
        opened.executescript((DATA / "schema.sql").read_text("utf-8") + WAITING)
        yield opened


def write(database: sqlite3.Connection, *rows: tuple[str, int, str, int, str]) -> None:
    """Write rows of key, place, name, label and country."""
    waiting = ((key, place, name, name, label, country) for key, place, name, label, country in rows)
    database.executemany("INSERT INTO waiting.skeleton VALUES (?, ?, ?, ?, ?, ?)", waiting)
    write_skeletons(database)


def told(
    database: sqlite3.Connection, table: str, column: str
) -> list[tuple[object, dict[str, list[tuple[int, int]]]]]:
    """Return a column of each row of a table, and its names with their places in the order in which they lie."""
    rows = database.execute(f"SELECT {column}, key, names, letters, places FROM {table}")
    heard = [(first, Spellings([(key, *kept)])) for first, key, *kept in rows]
    return [(first, {name: list(row.bearers(i)) for i, name in enumerate(row.names)}) for first, row in heard]


def test_a_name_of_one_place_stands_in_both_tables(database: sqlite3.Connection) -> None:
    write(database, ("MSL", 4, "mosul", 1, "IQ"))
    assert told(database, "skeleton", "key") == [("MSL", {"mosul": [(4, 1)]})]
    assert told(database, "skeleton_in", "country") == [("IQ", {"mosul": [(4, 1)]})]


def test_places_of_one_name_come_by_prominence_and_country_by_country(database: sqlite3.Connection) -> None:
    write(database, ("MSL", 9, "mosul", 0, "IQ"), ("MSL", 2, "mosul", 3, "SY"), ("MSL", 5, "mosul", 1, "IQ"))
    assert told(database, "skeleton", "place") == [(2, {"mosul": [(2, 3), (5, 1), (9, 0)]})]
    assert told(database, "skeleton_in", "country") == [
        ("IQ", {"mosul": [(5, 1), (9, 0)]}),
        ("SY", {"mosul": [(2, 3)]}),
    ]


def test_names_of_a_key_come_by_their_likeliest_place(database: sqlite3.Connection) -> None:
    write(database, ("MSL", 8, "amsil", 0, "IQ"), ("MSL", 3, "musul", 0, "IQ"), ("HDT", 9, "haditha", 0, "IQ"))
    assert [[*names] for _, names in told(database, "skeleton", "key")] == [["haditha"], ["musul", "amsil"]]
    assert [[*names] for _, names in told(database, "skeleton_in", "key")] == [["haditha"], ["musul", "amsil"]]


def test_everywhere_only_the_likeliest_places_of_a_name_are_kept(database: sqlite3.Connection) -> None:
    write(database, *(("MSL", i, "mosul", 0, "IQ") for i in range(MOST_PLACES + 50)))
    everywhere, in_iraq = (told(database, table, "key")[0][1]["mosul"] for table in ("skeleton", "skeleton_in"))
    assert everywhere == [(i, 0) for i in range(MOST_PLACES)]
    assert in_iraq == [(i, 0) for i in range(MOST_PLACES + 50)]


def test_names_of_little_known_places_lie_in_a_second_row_up_to_a_hundred(database: sqlite3.Connection) -> None:
    write(database, ("MSL", 1, "mosul", 0, "IQ"), *(("MSL", KNOWN + i, f"mosul{i:03}", 0, "IQ") for i in range(200)))
    known, others = told(database, "skeleton", "place")
    assert known == (1, {"mosul": [(1, 0)]})
    assert others == (KNOWN, {f"mosul{i:03}": [(KNOWN + i, 0)] for i in range(MOST_NAMES - 1)})
    assert len(told(database, "skeleton_in", "country")[0][1]) == 201


def test_names_of_well_known_places_are_all_kept(database: sqlite3.Connection) -> None:
    write(
        database, *(("MSL", i, f"mosul{i:03}", 0, "IQ") for i in range(MOST_NAMES + 50)), ("MSL", KNOWN, "z", 0, "IQ")
    )
    assert [len(names) for _, names in told(database, "skeleton", "place")] == [MOST_NAMES + 50]


def test_keys_are_written_a_batch_at_a_time(database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skeletons, "_BATCH", 2)
    write(database, *((f"K{i}", i, f"name{i}", 0, "IQ") for i in range(5)))
    assert told(database, "skeleton", "key") == [(f"K{i}", {f"name{i}": [(i, 0)]}) for i in range(5)]
