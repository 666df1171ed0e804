from __future__ import annotations

import sqlite3

import pytest

from pipeline.errors import OutputError
from pipeline.ingest.known import Known

ONE, OTHER = "0a" * 32, "0b" * 32


def test_a_report_is_known_by_its_hash_and_its_name_is_taken():
    with Known() as known:
        known.add(ONE, "r-1")
        assert (known.name_of(ONE), known.name_of(OTHER)) == ("r-1", None)
        assert (known.is_taken("r-1"), known.is_taken("r-2")) == (True, False)


def test_two_texts_may_go_by_one_name():
    with Known() as known:
        known.add(ONE, "r-1")
        known.add(OTHER, "r-1")
        assert known.name_of(OTHER) == "r-1"


@pytest.mark.parametrize("name", ["half \ud800", "nul \0 inside", "", "'); DROP TABLE known; --", "Ⅳ"])
def test_any_name_comes_back_as_it_was(name):
    with Known() as known:
        known.add(ONE, name)
        assert known.name_of(ONE) == name
        assert known.is_taken(name)


def test_a_full_disk_is_said_with_what_mends_it():
    with Known() as known:
        known._rows.execute("PRAGMA max_page_count = 4")
        with pytest.raises(OutputError, match=r"full.*free some space where temporary files lie"):
            known.add(ONE, "a long name " * 5_000)


def test_after_its_end_nothing_is_held():
    with Known() as known:
        known.add(ONE, "r-1")
    with pytest.raises(sqlite3.ProgrammingError):
        known.name_of(ONE)
