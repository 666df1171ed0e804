"""Tables -> reports: read, told what they are, placed and coded; what cannot be used is a rejection."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gazetteer import Gazetteer
from pipeline.errors import UsageError
from pipeline.ingest.limits import DEFAULT_LIMITS, Limits, RefusedError
from pipeline.ingest.tabular import Recognised, Sheet, TableRow, read_sheets, recognise, rows_of, table_files
from pipeline.ingest.tabular.kinds import column_key
from pipeline.models import Rejection, Report
from pipeline.rows.coding import report_of
from pipeline.rows.once import once
from pipeline.rows.places import key_of, named_places
from pipeline.rows.told import doc_id_of
from pipeline.settings import TableOptions

_SHOWN = 40  # columns that a message lists


@dataclass(frozen=True, slots=True)
class TableRead:
    """What a table was taken for, and the field that each column was read as; empty for those that ride along."""

    path: str
    name: str
    kind: str
    rows: int
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RowsRead:
    """The rows of all tables, each once; what was refused; and what the tables were taken for."""

    rows: tuple[TableRow, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    tables: tuple[TableRead, ...] = ()


def read_tables(paths: Sequence[Path], options: TableOptions, *, limits: Limits = DEFAULT_LIMITS) -> RowsRead:
    """Read the tables under ``paths``.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders; what is no table is passed by.
    options : TableOptions
    limits : Limits

    Examples
    --------
    >>> read_tables([], TableOptions())
    RowsRead(rows=(), rejections=(), tables=())
    """
    sheets = [sheet for path in table_files(paths) for sheet in read_sheets(path, limits=limits)]
    refuse_unknown_columns(sheets, options)
    return rows_read((sheet, options) for sheet in sheets)


def refuse_unknown_columns(sheets: Iterable[Sheet | Rejection], options: TableOptions) -> None:
    """Raise UsageError where ``--column`` names a column that stands in no table: the columns seen are listed."""
    if not options.columns:
        return
    seen = tuple(dict.fromkeys(name for sheet in sheets if isinstance(sheet, Sheet) for name in sheet.columns))
    known = {*seen, *map(column_key, seen)}
    for field, column in options.columns:
        if column not in known and column_key(column) not in known:
            listed = ", ".join(seen[:_SHOWN]) + (" …" if len(seen) > _SHOWN else "") or "none: no table was given"
            raise UsageError(f"--column {field}={column}: no table has a column {column!r}; the columns are {listed}")


def rows_read(sheets: Iterable[tuple[Sheet | Rejection, TableOptions]], *, away: Container[str] = ()) -> RowsRead:
    """Return the rows of sheets, each sheet with what is said of it; rows whose ``doc_id`` is ``away`` are left out."""
    rows: list[TableRow] = []
    rejections: list[Rejection] = []
    tables = []
    for sheet, options in sheets:
        if isinstance(sheet, Rejection):
            rejections.append(sheet)
            continue
        try:
            found = recognise(sheet, options)
            read = list(rows_of(sheet, found, options))
        except RefusedError as error:
            rejections.append(error.rejection)
            continue
        rows += [row for row in read if isinstance(row, TableRow) and doc_id_of(row) not in away]
        rejections += [*sheet.rejections, *(row for row in read if isinstance(row, Rejection))]
        tables.append(_summary(sheet, found))
    kept, again = once(rows)
    return RowsRead(kept, (*rejections, *again), tuple(tables))


def _summary(sheet: Sheet, found: Recognised) -> TableRead:
    fields = {number: field for field, number in found.columns.items()}
    columns = tuple((column, fields.get(number, "")) for number, column in enumerate(sheet.columns))
    return TableRead(sheet.path, sheet.name, found.kind, len(sheet.rows), columns)


def reports_of(
    rows: Sequence[TableRow], gazetteer: Gazetteer, options: TableOptions, *, as_of: date | None = None
) -> Iterator[Report | Rejection]:
    """Yield one report a row, in order; a row that contradicts itself beyond use is a rejection.

    Parameters
    ----------
    rows : sequence of TableRow
    gazetteer : Gazetteer
    options : TableOptions
    as_of : date, optional
        Date of collection: what is dated later is flagged.
    """
    named = named_places(gazetteer, map(key_of, rows))
    for row in rows:
        yield report_of(row, named[key_of(row)], gazetteer=gazetteer, options=options, as_of=as_of)
