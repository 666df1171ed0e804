"""Tables of events in a store: kept as files, so that their rows can be read again whatever became of the file."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.settings import TableOptions

__all__ = ["HeldTable", "TableFile", "with_tables"]


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table as it comes: its absolute path, what it holds, and what the user says of it."""

    path: str
    content: bytes
    options: TableOptions

    @property
    def digest(self) -> str:
        """The hash of what it holds."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class HeldTable:
    """A table that came: where from, what it holds (packed; nothing once another content has replaced it), and when."""

    path: str
    digest: str
    packed: bytes
    as_of: date
    arrived: str
    options: TableOptions = field(default_factory=TableOptions)
    replaced: bool = False

    @property
    def content(self) -> bytes:
        """What the file held."""
        return zlib.decompress(self.packed)


def with_tables(
    known: Iterable[HeldTable], came: Collection[TableFile], *, today: date, stamp: str, as_of: date | None = None
) -> tuple[HeldTable, ...]:
    """Return the tables after some more came: one that is there keeps its day, another content replaces the one before.

    Examples
    --------
    >>> one = TableFile("/r/a.csv", b"date,place", TableOptions())
    >>> [table.path for table in with_tables((), [one, one], today=date(2023, 11, 21), stamp="")]
    ['/r/a.csv']
    """
    before = {(table.path, table.digest): table for table in known}
    made = {}
    for file in came:
        key = file.path, file.digest
        old = before.get(key)
        day = as_of or (old.as_of if old else today)
        packed = zlib.compress(file.content)
        made[key] = HeldTable(*key, packed, day, old.arrived if old else stamp, file.options)
    paths = {path for path, _ in made}
    kept = (
        replace(table, replaced=True, packed=b"") if table.path in paths else table
        for key, table in before.items() if key not in made
    )  # fmt: skip
    return tuple(sorted((*made.values(), *kept), key=lambda table: (table.path, table.digest)))
