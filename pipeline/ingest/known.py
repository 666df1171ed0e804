"""Which reports came before, and under which names: on disk from some ten thousand on, so that any number fits."""

from __future__ import annotations

import sqlite3
from types import TracebackType
from typing import Self

from pipeline.errors import OutputError

__all__ = ["Known"]

#: A file without a name, that SQLite makes when its pages no longer fit in memory, and that is gone with it. There is
#: nothing to take back or to mend in it, so no journal is kept.
_TABLES = """
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE known (digest BLOB PRIMARY KEY, doc_id BLOB) WITHOUT ROWID;
    CREATE TABLE taken (doc_id BLOB PRIMARY KEY) WITHOUT ROWID;
"""


class Known:
    """The hashes of reports, each with the name that it goes by, and the names that are taken.

    Raises
    ------
    OutputError
        If the disk is full.

    Examples
    --------
    >>> with Known() as known:
    ...     known.add("ab" * 32, "report-1")
    ...     known.name_of("ab" * 32), known.name_of("cd" * 32), known.is_taken("report-1")
    ('report-1', None, True)
    """

    def __init__(self) -> None:
        self._rows = sqlite3.connect("", isolation_level=None, check_same_thread=False)  # one thread at a time has it
        self._rows.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.close()

    def name_of(self, digest: str) -> str | None:
        """Return the name of the report of a hash, None where none came."""
        found = self._asked("SELECT doc_id FROM known WHERE digest = ?", bytes.fromhex(digest))
        return None if found is None else found[0].decode("utf-8", "surrogatepass")

    def is_taken(self, doc_id: str) -> bool:
        """Whether a report goes by a name."""
        return self._asked("SELECT doc_id FROM taken WHERE doc_id = ?", _bytes(doc_id)) is not None

    def add(self, digest: str, doc_id: str) -> None:
        """Note a report and its name."""
        name = _bytes(doc_id)
        self._asked("INSERT INTO known VALUES (?, ?)", bytes.fromhex(digest), name)
        self._asked("INSERT OR IGNORE INTO taken VALUES (?)", name)

    def _asked(self, sql: str, *values: bytes) -> tuple[bytes] | None:
        """Return a row of an answer; a question too may have to write, as it makes room for other pages."""
        try:
            found: tuple[bytes] | None = self._rows.execute(sql, values).fetchone()
        except sqlite3.OperationalError as error:
            raise OutputError(
                f"which reports came before cannot be noted ({error}); free some space where temporary files lie, or "
                "set SQLITE_TMPDIR to a folder that has some"
            ) from error
        return found


def _bytes(doc_id: str) -> bytes:
    return doc_id.encode("utf-8", "surrogatepass")  # a name may hold half a character
