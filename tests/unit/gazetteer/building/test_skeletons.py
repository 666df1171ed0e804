from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from gazetteer.building.skeletons import MOST_PLACES, write_skeletons
from gazetteer.postings import unpacked
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


def told(database: sqlite3.Connection, table: str, columns: str) -> list[tuple[object, ...]]:
    """Return some columns of each row of a table and all the places it tells of, in the order in which they lie."""
    rows = database.execute(f"SELECT place, label, others, {columns} FROM {table}")
    return [(*more, list(unpacked(place, label, others))) for place, label, others, *more in rows]


def test_a_name_of_one_place_stands_in_both_tables(database: sqlite3.Connection) -> None:
    write(database, ("MSL", 4, "mosul", 1, "IQ"))
    assert told(database, "skeleton", "key, name") == [("MSL", "mosul", [(4, 1)])]
    assert told(database, "skeleton_in", "key, country, name") == [("MSL", "IQ", "mosul", [(4, 1)])]


def test_places_of_one_name_come_by_prominence_and_country_by_country(database: sqlite3.Connection) -> None:
    write(database, ("MSL", 9, "mosul", 0, "IQ"), ("MSL", 2, "mosul", 3, "SY"), ("MSL", 5, "mosul", 1, "IQ"))
    assert told(database, "skeleton", "name") == [("mosul", [(2, 3), (5, 1), (9, 0)])]
    assert told(database, "skeleton_in", "country") == [("IQ", [(5, 1), (9, 0)]), ("SY", [(2, 3)])]


def test_names_of_a_key_come_by_their_likeliest_place(database: sqlite3.Connection) -> None:
    write(database, ("MSL", 8, "amsil", 0, "IQ"), ("MSL", 3, "musul", 0, "IQ"), ("HDT", 9, "haditha", 0, "IQ"))
    names = database.execute("SELECT name FROM skeleton WHERE key = 'MSL' ORDER BY place").fetchall()
    assert names == [("musul",), ("amsil",)]


def test_everywhere_only_the_likeliest_places_of_a_name_are_kept(database: sqlite3.Connection) -> None:
    write(database, *(("MSL", i, "mosul", 0, "IQ") for i in range(MOST_PLACES + 50)))
    everywhere, in_iraq = (told(database, table, "key")[0][1] for table in ("skeleton", "skeleton_in"))
    assert everywhere == [(i, 0) for i in range(MOST_PLACES)]
    assert in_iraq == [(i, 0) for i in range(MOST_PLACES + 50)]
