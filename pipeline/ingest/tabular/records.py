"""A sheet and what its columns hold -> rows: the fields by name, and every attribute with its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from math import isfinite
from types import MappingProxyType

from pipeline.ingest.limits import RefusedError, shown
from pipeline.ingest.tabular.days import DayError, Span, is_undecided, order_of, read_span
from pipeline.ingest.tabular.kinds import Recognised
from pipeline.ingest.tabular.sheet import Cell, Sheet, is_blank, text_of
from pipeline.models import Rejection
from pipeline.settings import TableOptions

_DAYS = ("date", "date_start", "date_end", "year")
_NOT_A_NAME = re.compile(r"\W+")
_WHOLE = re.compile(r"[-+]?(?:0|[1-9]\d{0,17})(?:\.0+)?")
_NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_NO_NUMBER = frozenset({"na", "n/a", "nan", "null", "none", "#n/a"})  # what programs write where a number is missing


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table of events.

    Parameters
    ----------
    path, file : str
        The file, for messages; its name, with the sheet where there are several.
    number : int
        Of the row, as a spreadsheet shows it.
    kind, title : str
        Of the table.
    values : mapping of str to Cell
        By field, as they stand in the file.
    days : mapping of str to Span
        The fields that hold dates, read.
    attributes : tuple of (str, Cell)
        Every column of the table in order, under a name that files can have, with the type of its column.
    """

    path: str
    file: str
    number: int
    kind: str
    title: str
    values: Mapping[str, Cell]
    days: Mapping[str, Span] = field(default_factory=dict)
    attributes: tuple[tuple[str, Cell], ...] = ()

    def text(self, name: str) -> str:
        """Return what a field says on one line; empty where the table has no such column."""
        return text_of(self.values.get(name))

    def refuse(self, cause: str, value: object = "", remedy: str = "") -> Rejection:
        """Return the rejection of this row."""
        return Rejection(self.path, self.number, f"{self.file}, row {self.number}: {cause}", shown(str(value)), remedy)


def rows_of(sheet: Sheet, found: Recognised, options: TableOptions) -> Iterator[TableRow | Rejection]:
    """Yield the rows of a sheet; one whose date cannot be read is a rejection.

    Parameters
    ----------
    sheet : Sheet
    found : Recognised
        From :func:`pipeline.ingest.tabular.kinds.recognise`.
    options : TableOptions

    Raises
    ------
    RefusedError
        Dates could have the day or the month first, and nothing in the column tells which.
    """
    orders = {name: _order(sheet, name, found.columns[name], options) for name in _DAYS if name in found.columns}
    names = attribute_names(sheet.columns)
    columns = [_typed([cells[i] for _, cells in sheet.rows], typed=sheet.is_typed) for i in range(len(names))]
    for at, (number, cells) in enumerate(sheet.rows):
        values = MappingProxyType({name: cells[i] for name, i in found.columns.items()})
        attributes = tuple((name, column[at]) for name, column in zip(names, columns, strict=True))
        row = TableRow(sheet.path, sheet.name, number, found.kind, found.title, values, {}, attributes)
        yield _dated(row, orders)


def _order(sheet: Sheet, name: str, column: int, options: TableOptions) -> str:
    cells = [cells[column] for _, cells in sheet.rows]
    order = order_of(cells, options.date_order)
    undecided = next((cell for cell in cells if is_undecided(cell)), None) if not order else None
    if undecided is not None:
        called = f"the column {sheet.columns[column]!r} ({name})"
        cause = f"{sheet.name}: nothing in {called} tells whether day or month is first"
        remedy = "say how they are meant: --date-order dmy or --date-order mdy"
        raise RefusedError(Rejection(sheet.path, None, cause, text_of(undecided), remedy))
    return order


def _dated(row: TableRow, orders: Mapping[str, str]) -> TableRow | Rejection:
    """Return the row with its dates read."""
    days = {}
    for name, order in orders.items():
        try:
            span = read_span(row.values[name], order)
        except DayError as error:
            return row.refuse(f"{name}: {error}", row.values[name], error.remedy)
        if span is not None:
            days[name] = span
    return TableRow(
        row.path, row.file, row.number, row.kind, row.title, row.values, MappingProxyType(days), row.attributes
    )


def attribute_names(columns: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each column that files of any kind can have: letters, digits and ``_``, each once.

    Examples
    --------
    >>> attribute_names(["Where it happened", "killed (best)", "Killed/best", ""])
    ('Where_it_happened', 'killed_best', 'Killed_best_2', 'column_4')
    """
    names: list[str] = []
    taken: set[str] = set()
    for number, column in enumerate(columns, start=1):
        base = _NOT_A_NAME.sub("_", column).strip("_")[:100] or f"column_{number}"
        name, again = base, 1
        while name.casefold() in taken:
            again += 1
            name = f"{base}_{again}"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _typed(cells: list[Cell], *, typed: bool) -> list[Cell]:
    """Return a column as numbers or days, where all that it holds are such; else as it stands."""
    if typed:
        return [_own_type(cell) for cell in cells]
    texts = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
    numbers = [text for text in texts if text.casefold() not in _NO_NUMBER]
    if numbers and all(_WHOLE.fullmatch(text) for text in numbers):
        return [_if(cell, lambda text: int(text.partition(".")[0])) for cell in cells]
    if numbers and all(_NUMBER.fullmatch(text) and isfinite(float(text)) for text in numbers):
        return [_if(cell, float) for cell in cells]
    if texts and all(_ISO_DAY.fullmatch(text) and _is_day(text) for text in texts):
        return [_if(cell, lambda text: date.fromisoformat(text[:10])) for cell in cells]
    return cells


def _if(cell: Cell, read: Callable[[str], Cell]) -> Cell:
    """Return what a cell of a column of numbers or days says; None where it says nothing."""
    text = str(cell or "").strip()
    return None if not text or text.casefold() in _NO_NUMBER else read(text)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _own_type(cell: Cell) -> Cell:
    """Return a cell of a typed file: a moment at midnight is a day, another one is text; infinite is nothing."""
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time.min else cell.isoformat(sep=" ")
    if isinstance(cell, float) and not isfinite(cell):
        return None
    return None if not isinstance(cell, str) and is_blank(cell) else cell
