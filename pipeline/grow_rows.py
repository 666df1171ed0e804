"""The rows of tables in a folder that grows: read from what the store keeps of the files, each coded once."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gazetteer import Gazetteer
from pipeline.corrections import PlaceRulings
from pipeline.corrections.rows import corrected_row
from pipeline.ingest.tabular import Sheet, TableRow, read_content, sheets_in, table_files
from pipeline.models import Rejection, Report
from pipeline.rows import RowsRead, refuse_unknown_columns, reports_of, rows_read
from pipeline.rows.told import doc_id_of
from pipeline.settings import TableOptions
from pipeline.store import Fingerprint, HeldTable, Holdings, Store, TableFile, pack
from pipeline.store.keys import key_of_row

__all__ = ["Coded", "RowCoder", "brought_back", "row_ids", "rows_held", "tables_given"]

_BATCH = 1_000  # rows coded and kept at a time: what a run that is cut off may lose


@dataclass(frozen=True, slots=True)
class Coded:
    """What the rows became: reports, rows refused, the keys that they are kept under, and how many were coded now."""

    reports: tuple[Report, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    keys: frozenset[str] = frozenset()
    done: int = 0


def tables_given(inputs: Sequence[Path], options: TableOptions) -> tuple[list[TableFile], list[Rejection]]:
    """Return the tables among the inputs, and those that cannot be read.

    Raises
    ------
    UsageError
        ``--column`` names a column that no table has.
    """
    came, refused = [], []
    for path in table_files(inputs):
        content = read_content(path)
        if isinstance(content, Rejection):
            refused.append(content)
        else:
            came.append(TableFile(os.fsencode(path.absolute().resolve()).decode("utf-8", "replace"), content, options))
    if options.columns:
        sheets = (sheet for file in came for sheet in sheets_in(file.content, Path(file.path)))
        refuse_unknown_columns(sheets, options)
    return came, refused


def rows_held(holdings: Holdings) -> RowsRead:
    """Return the rows to be shown, each once, whatever order their tables came in."""
    away = {w.digest for w in holdings.withdrawals}
    return rows_read(_sheets(holdings.current_tables()), away=away)


def row_ids(tables: Iterable[HeldTable]) -> set[str]:
    """Return the ``doc_id`` of every row of some tables."""
    return {doc_id_of(row) for row in rows_read(_sheets(tables)).rows}


def brought_back(holdings: Holdings, inputs: Iterable[str]) -> set[str]:
    """Return what was withdrawn and is in tables that were given by name: tables by hash, rows by ``doc_id``."""
    away = {w.digest for w in holdings.withdrawals}
    named = set(inputs)
    tables = [table for table in holdings.tables if table.path in named and not table.replaced] if away else []
    return away & ({table.digest for table in tables} | row_ids(tables))


def _sheets(tables: Iterable[HeldTable]) -> Iterator[tuple[Sheet | Rejection, TableOptions]]:
    for table in tables:
        for sheet in sheets_in(table.content, Path(table.path)):
            yield sheet, table.options


class RowCoder:
    """Codes rows, or takes what they became before."""

    def __init__(self, store: Store, gazetteer: Gazetteer, tables: Iterable[HeldTable]) -> None:
        self._store = store
        self._gazetteer = gazetteer
        self._tables = {table.path: table for table in tables}
        self._fingerprint = Fingerprint.of(gazetteer, "")  # no language model reads a row

    def coded(self, rows: Sequence[TableRow], rulings: PlaceRulings) -> Coded:
        """Return what the rows became, their places as ``rulings`` have them, in the order of the rows."""
        keys = {self._key(row): row for row in rows}
        known = {key for key in keys if self._store.has_report(key)}
        missing = [(key, row) for key, row in keys.items() if key not in known]
        refused = [rejection for some in _batches(missing) for rejection in self._code(some)]
        kept = (self._store.report(key) for key in keys)
        reports = tuple(corrected_row(report, rulings) for report in kept if report is not None)
        return Coded(reports, tuple(refused), frozenset(keys), len(missing))

    def _key(self, row: TableRow) -> str:
        table = self._tables[row.path]
        ignored = table.options.ignore_coordinates
        return key_of_row(row, self._fingerprint, as_of=table.as_of, ignore_coordinates=ignored)

    def _code(self, missing: Sequence[tuple[str, TableRow]]) -> list[Rejection]:
        """Code rows and keep what they become; return those refused, which are looked at again every time."""
        by_table: dict[str, list[tuple[str, TableRow]]] = defaultdict(list)
        for key, row in missing:
            by_table[row.path].append((key, row))
        refused, made = [], []
        for path, some in by_table.items():
            table = self._tables[path]
            found = reports_of([row for _, row in some], self._gazetteer, table.options, as_of=table.as_of)
            for (key, row), report in zip(some, found, strict=True):
                if isinstance(report, Rejection):
                    refused.append(report)
                else:
                    made.append(pack(key, doc_id_of(row), report))
        self._store.keep(made)
        return refused


def _batches(missing: Sequence[tuple[str, TableRow]]) -> Iterator[Sequence[tuple[str, TableRow]]]:
    return (missing[at : at + _BATCH] for at in range(0, len(missing), _BATCH))
