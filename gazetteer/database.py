"""The database of an index, opened for reading; whatever is wrong with it is said with what mends it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from gazetteer import seal
from gazetteer.columns import Columns, Layout
from gazetteer.errors import GazetteerDamagedError

Row = tuple[Any, ...]  # SQLite's types, as each statement's columns have them
TABLES = ("id", "name", "skeleton", "skeleton_in", "demonym", "country", "told_by", "square", "area", "divides")
_CACHE_KB = 8_192
_MAPPED = 1 << 31  # bytes of pages read where the system holds them, not copied; the rest through the cache


class Database:
    """Rows of an index; nothing is read ahead.

    Parameters
    ----------
    path : Path

    Raises
    ------
    GazetteerDamagedError
        It cannot be read as a database.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._execute = self._connection.execute
        self.rows(f"PRAGMA cache_size = -{_CACHE_KB}")
        self.rows(f"PRAGMA mmap_size = {_MAPPED}")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def damaged(self, what: str) -> GazetteerDamagedError:
        """Return the error that says what is wrong and what mends it."""
        return GazetteerDamagedError(f"{self.path}: {what}; {seal.REMEDY}")

    def rows(self, sql: str, values: tuple[object, ...] = ()) -> list[Row]:
        """Return all rows of an answer."""
        try:
            return self._execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self.damaged(str(error)) from error

    def one(self, sql: str, *values: object) -> Row:
        """Return the only row that must be there."""
        rows = self.rows(sql, values)
        if not rows:
            raise self.damaged("a row is missing")
        return rows[0]

    def columns(self, layout: str) -> Columns:
        """Open the columns behind the last page."""
        pages, size = self.one("PRAGMA page_count")[0], self.one("PRAGMA page_size")[0]
        try:
            return Columns(self.path, pages * size, Layout.read(json.loads(layout)))
        except (KeyError, TypeError, ValueError) as error:
            raise self.damaged(f"its columns cannot be read ({error})") from error
