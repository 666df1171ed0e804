"""One table as it was read: column names, rows with their numbers, and the rows that could not be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.ingest.limits import Limits, RefusedError
from pipeline.models import Rejection

_WHOLE = re.compile(r"-?\d+\.0+")
Cell = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: of a file, or of one sheet of a workbook.

    Parameters
    ----------
    path : str
        The file, for messages.
    name : str
        Of the file, with the sheet where there are several: ``events.xlsx [May]``.
    columns : tuple of str
        As they are called in the file; empty where the file has no line of names.
    rows : tuple of (int, tuple of Cell)
        The number of each row as a spreadsheet shows it, the line of names being row 1; and its cells, one a column.
        A GeoJSON or Parquet file has no line of names: its first record is row 1.
    rejections : tuple of Rejection
        Rows that could not be read.
    is_typed : bool
        Whether the file itself says which cells are numbers and dates; in a text file all are text.
    """

    path: str
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    rejections: tuple[Rejection, ...] = ()
    is_typed: bool = False


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing.

    Examples
    --------
    >>> is_blank(" "), is_blank(None), is_blank(float("nan")), is_blank(0)
    (True, True, True, False)
    """
    return cell is None or cell != cell or (isinstance(cell, str) and not cell.strip())  # noqa: PLR0124 - NaN


def text_of(cell: Cell) -> str:
    r"""Return what a cell says as one line of text; a whole number without its ".0".

    Examples
    --------
    >>> text_of(230048.0), text_of("1.0"), text_of("  Al Bab\\n town "), text_of(None)
    ('230048', '1', 'Al Bab town', '')
    """
    if is_blank(cell):
        return ""
    text = " ".join(str(cell).split())
    return text.partition(".")[0] if _WHOLE.fullmatch(text) else text


def check_size(path: str, rows: int, columns: int, limits: Limits) -> None:
    """Raise RefusedError for a table with more rows or columns than are taken on."""
    if rows > limits.max_rows:
        cause = f"the table has more than {limits.max_rows:,} rows"
        raise RefusedError(Rejection(path, None, cause, f"{rows:,}", "split it, by year for instance"))
    if columns > limits.max_columns:
        cause = f"the table has more than {limits.max_columns:,} columns"
        raise RefusedError(Rejection(path, None, cause, f"{columns:,}", "leave out those that are not needed"))
