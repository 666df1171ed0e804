"""The file of a store: SQLite, so that each change is whole or not there."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.corrections import CorrectionFile
from pipeline.errors import StoreError
from pipeline.models import Claim, Event, Rejection, Report
from pipeline.store.codec import decode, encode
from pipeline.store.holdings import Arrival, Holdings, Withdrawal
from pipeline.store.packed import Outline, Packed
from pipeline.store.tables import HeldTable

__all__ = ["SCHEMA_VERSION", "Store"]

SCHEMA_VERSION = 2
_APPLICATION = 0x73_69_74_6D  # "sitm"
_WAIT = 60.0  # seconds; who reads a large store holds up who changes it
_SHAPES = 1_000  # polygons that are held ready: those of countries and provinces come with every other report
#: What lies in a file of SQLite's own and is gone with the connection: events, claims, polygons that are only theirs;
#: the keys and hashes of what is not to be forgotten.
_TEMPORARY = ("CREATE TEMP TABLE shelf (at INTEGER PRIMARY KEY, payload BLOB)",
              "CREATE TEMP TABLE outline (digest TEXT PRIMARY KEY, wkb BLOB)",
              "CREATE TEMP TABLE wanted (key TEXT PRIMARY KEY) WITHOUT ROWID",
              "CREATE TEMP TABLE away (digest TEXT PRIMARY KEY) WITHOUT ROWID")  # fmt: skip
_ANY_SHAPE = "SELECT wkb FROM shape WHERE digest = ? UNION ALL SELECT wkb FROM temp.outline WHERE digest = ?"

Record = TypeVar("Record", Event, Claim)
_Kind = TypeVar("_Kind", Report, Outline)


class Store:
    """What a folder remembers, on disk.

    Parameters
    ----------
    path : Path
        Of the SQLite file; made if missing. ``Path()``: a file without a name, gone when it is closed.
    wait : float
        Seconds to wait for others that write to it.

    Raises
    ------
    StoreError
        If the file is no store, is damaged, or has another schema: names the command that mends it.
    """

    def __init__(self, path: Path, *, wait: float = _WAIT) -> None:
        self.path = path
        self._shape = lru_cache(maxsize=_SHAPES)(self._read_shape)
        with self._mended():
            self._rows = sqlite3.connect(path if path.name else "", isolation_level=None, timeout=wait)
        try:
            with self._mended():
                if self._rows.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
                    self._make()
                self._refuse_other_schema()
                for table in _TEMPORARY:
                    self._rows.execute(table)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._rows.close()

    # ---- what was read -----------------------------------------------------------------------------------------------

    def report(self, key: str) -> Report | None:
        """Return what was read under a key, if anything was."""
        return self._read(key, Report)

    def outline(self, key: str) -> Outline | None:
        """Return the little of it that tells which article it is, and what was passed over."""
        return self._read(key, Outline)

    def _read(self, key: str, kind: type[_Kind]) -> _Kind | None:
        with self._mended():
            found = self._rows.execute("SELECT payload FROM report WHERE key = ?", (key,)).fetchone()
            return decode(zlib.decompress(found[0]), kind, self._shape) if found else None

    def has_report(self, key: str) -> bool:
        """Whether anything was read under a key."""
        with self._mended():
            return self._rows.execute("SELECT 1 FROM report WHERE key = ?", (key,)).fetchone() is not None

    def keep(self, reports: Iterable[Packed]) -> None:
        """Keep what was read."""
        with self._change() as rows:
            for one in reports:
                rows.executemany("INSERT OR IGNORE INTO shape VALUES (?, ?)", one.shapes.items())
                rows.execute("INSERT OR REPLACE INTO report VALUES (?, ?, ?)", (one.key, one.digest, one.payload))

    def forget_all_but(self, keys: Iterable[str]) -> None:
        """Drop what was read under other keys."""
        with self._change() as rows:
            _forget(rows, keys, ())

    def _read_shape(self, digest: str) -> bytes:
        found = self._rows.execute(_ANY_SHAPE, (digest, digest)).fetchone()
        if found is None:
            raise self._damaged(f"polygon {digest[:12]} is missing")
        return zlib.decompress(found[0])

    # ---- what a run makes of it --------------------------------------------------------------------------------------

    def put(self, record: Event | Claim) -> int:
        """Lay an event or a claim aside for as long as the file is open; return where it lies."""
        payload, shapes = encode(record)
        with self._mended():
            for digest, binary in shapes.items():
                if not self._has_shape(digest):
                    self._rows.execute("INSERT INTO temp.outline VALUES (?, ?)", (digest, zlib.compress(binary)))
            laid = self._rows.execute("INSERT INTO temp.shelf (payload) VALUES (?)", (zlib.compress(payload, 1),))
            return int(laid.lastrowid or 0)

    def get(self, at: int, kind: type[Record]) -> Record:
        """Return what was laid aside.

        Raises
        ------
        IndexError
            If nothing lies there.
        """
        with self._mended():
            found = self._rows.execute("SELECT payload FROM temp.shelf WHERE at = ?", (at,)).fetchone()
            if found is None:
                raise IndexError(f"nothing was laid aside at {at}")
            return decode(zlib.decompress(found[0]), kind, self._shape)

    def _has_shape(self, digest: str) -> bool:
        return self._rows.execute(_ANY_SHAPE, (digest, digest)).fetchone() is not None

    # ---- what came in ------------------------------------------------------------------------------------------------

    def holdings(self) -> Holdings:
        """Return what came in."""
        with self._mended():
            arrivals = self._rows.execute("SELECT payload FROM arrival ORDER BY doc_id, path, digest").fetchall()
            withdrawals = self._rows.execute("SELECT digest, at, note FROM withdrawal ORDER BY digest").fetchall()
            refused = self._rows.execute("SELECT path, payload FROM refused ORDER BY number").fetchall()
            corrections = self._rows.execute("SELECT path, content FROM correction ORDER BY path").fetchall()
            tables = self._rows.execute("SELECT payload FROM sheet ORDER BY path, digest").fetchall()
            return Holdings(
                tuple(decode(payload, Arrival, self._shape) for (payload,) in arrivals),
                tuple(Withdrawal(*row) for row in withdrawals),
                tuple((path, decode(payload, Rejection, self._shape)) for path, payload in refused),
                tuple(CorrectionFile(path, bytes(content)) for path, content in corrections),
                tuple(decode(payload, HeldTable, self._shape) for (payload,) in tables),
            )

    def settings(self) -> dict[str, str]:
        """Return the settings that the products were last made with."""
        with self._mended():
            return dict(self._rows.execute("SELECT name, value FROM setting ORDER BY name").fetchall())

    def commit(self, holdings: Holdings, *, keys: Iterable[str], settings: Mapping[str, str], finished: str) -> None:
        """Take over new holdings, and the folder of finished products, in one step.

        Parameters
        ----------
        holdings : Holdings
        keys : iterable of str
            What was read and is still of use; the rest is forgotten, but for what was withdrawn.
        settings : mapping
        finished : str
            Name of the folder whose files are to be moved to their places.
        """
        with self._change() as rows:
            for table in ("arrival", "withdrawal", "refused", "correction", "setting", "sheet"):
                rows.execute(f"DELETE FROM {table}")  # noqa: S608 - our own words
            rows.executemany("INSERT INTO arrival VALUES (?, ?, ?, ?, ?)", map(_arrival_row, holdings.arrivals))
            told = ((w.digest, w.at, w.note) for w in holdings.withdrawals)
            rows.executemany("INSERT INTO withdrawal VALUES (?, ?, ?)", told)
            refused = ((path, encode(rejection)[0]) for path, rejection in holdings.refused)
            rows.executemany("INSERT INTO refused (path, payload) VALUES (?, ?)", refused)
            rows.executemany(
                "INSERT INTO correction VALUES (?, ?)", ((c.path, c.content) for c in holdings.corrections)
            )
            rows.executemany("INSERT INTO setting VALUES (?, ?)", settings.items())
            sheets = ((table.path, table.digest, encode(table)[0]) for table in holdings.tables)
            rows.executemany("INSERT INTO sheet VALUES (?, ?, ?)", sheets)
            rows.execute("INSERT OR REPLACE INTO publishing VALUES (?)", (finished,))
            _forget(rows, keys, (w.digest for w in holdings.withdrawals))

    def finished(self) -> str:
        """Return the folder of products that are finished and not all in their places; empty if there is none."""
        with self._mended():
            found = self._rows.execute("SELECT folder FROM publishing").fetchone()
            return str(found[0]) if found else ""

    def published(self) -> None:
        """Note that all products are in their places."""
        with self._change() as rows:
            rows.execute("DELETE FROM publishing")

    # ---- the file ----------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        script = files("pipeline.store").joinpath("schema.sql").read_text(encoding="utf-8")
        marked = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {SCHEMA_VERSION};"
        # Each statement stands if the table is there: another may have made them by the time that it is our turn.
        self._rows.executescript(f"BEGIN IMMEDIATE; {script} {marked} COMMIT;")

    def _refuse_other_schema(self) -> None:
        (application,) = self._rows.execute("PRAGMA application_id").fetchone()
        (found,) = self._rows.execute("PRAGMA user_version").fetchone()
        if application != _APPLICATION:
            raise StoreError(
                f"{self.path}: is no store of sitmap's; move it away, or choose another folder with --into"
            )
        if found != SCHEMA_VERSION:
            moved = self.path.with_suffix(f".v{found}.sqlite")
            raise StoreError(
                f"{self.path}: is a store of schema {found}, and this sitmap reads {SCHEMA_VERSION}; "
                f"`mv {self.path} {moved}`, then run `sitmap map PATHS --into {self.path.parent}` with all reports"
            )

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._mended():
            self._rows.execute("BEGIN IMMEDIATE")
            try:
                yield self._rows
            except BaseException:
                self._rows.execute("ROLLBACK")
                raise
            self._rows.execute("COMMIT")

    @contextmanager
    def _mended(self) -> Iterator[None]:
        """Turn what SQLite and the decoder say into one error with a remedy."""
        try:
            yield
        except (sqlite3.DatabaseError, msgspec.DecodeError, zlib.error) as error:
            raise (self._in_use() if _is_held(error) else self._damaged(str(error))) from error

    def _in_use(self) -> StoreError:
        return StoreError(f"{self.path}: in use by another run; wait until it is done and run this again")

    def _damaged(self, cause: str) -> StoreError:
        return StoreError(
            f"{self.path}: cannot be used ({cause}); free some space if the disk is full, else move the file away and "
            f"run `sitmap map PATHS --into {self.path.parent}` with all reports"
        )


def _is_held(error: Exception) -> bool:
    """Whether SQLite waited for another process in vain."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says more of it
    return code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def _arrival_row(arrival: Arrival) -> tuple[str, str, str, bool, bytes]:
    payload, _ = encode(arrival)
    return arrival.path, arrival.digest, arrival.article.doc_id, arrival.replaced, payload


def _forget(rows: sqlite3.Connection, keys: Iterable[str], away: Iterable[str]) -> None:
    """Drop what was read under keys that no report has any more; of very many no list is made in memory."""
    for table, values in (("wanted", keys), ("away", away)):
        rows.execute(f"DELETE FROM temp.{table}")  # noqa: S608 - our own words
        rows.executemany(f"INSERT OR IGNORE INTO temp.{table} VALUES (?)", ((value,) for value in values))  # noqa: S608
    rows.execute("DELETE FROM report WHERE key NOT IN temp.wanted AND digest NOT IN temp.away")
