"""XLSX: each sheet that holds something is a table; what a packed file may expand to is bounded before it is read."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException

from pipeline.ingest.limits import Limits, RefusedError
from pipeline.ingest.tabular.sheet import Cell, Sheet, check_size, is_blank
from pipeline.models import Rejection

# What openpyxl, zipfile and the XML parser raise on damaged files. RuntimeError: parts with a password, or packed in
# a way that zipfile does not know. SyntaxError: of XML.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, EOFError,
    OverflowError, RuntimeError, CellCoordinatesException, InvalidFileException,
)  # fmt: skip
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})


def read_workbook(data: bytes, path: str, name: str, limits: Limits) -> list[Sheet]:
    """Return the tables of a workbook, one a sheet; sheets that are empty are left out.

    The line of names is the first row with two cells or more; a title may stand above it.

    Raises
    ------
    RefusedError
        It is no workbook, it is damaged, or it expands to more than is taken on.
    """
    _refuse_bomb(data, path, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of styles and extensions that are not read anyway
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            found = [(sheet.title, list(_filled(sheet, path, limits))) for sheet in book.worksheets]
            book.close()
    except _BROKEN as error:
        raise RefusedError(Rejection(path, None, f"not a readable workbook: {error}", "", _REMEDY)) from error
    kept = [(title, rows) for title, rows in found if rows]
    if not kept:
        raise RefusedError(Rejection(path, None, "the workbook is empty", "", "leave it out"))
    names = [f"{name} [{title}]" if len(kept) > 1 else name for title, _ in kept]
    return [_sheet(path, sheet, rows, limits) for sheet, (_, rows) in zip(names, kept, strict=True)]


def _refuse_bomb(data: bytes, path: str, limits: Limits) -> None:
    """Raise where the parts say that they expand to too much; zipfile reads no more than they say."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise RefusedError(Rejection(path, None, f"not a readable workbook: {error}", "", _REMEDY)) from error
    if size > limits.max_table_bytes:
        cause = f"expands to more than {limits.max_table_bytes:,} bytes"
        raise RefusedError(Rejection(path, None, cause, f"{size:,}", "split it, or save it as .csv"))


def _filled(sheet: Any, path: str, limits: Limits) -> Iterator[tuple[int, list[Cell]]]:  # noqa: ANN401
    """Yield the rows that hold something, with their numbers."""
    kept = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=limits.max_columns + 1), start=1):
        cells = [_cell(value) for value in row]
        while cells and is_blank(cells[-1]):
            cells.pop()
        if cells:
            kept += 1
            check_size(path, kept - 1, len(cells), limits)
            yield number, cells


def _cell(value: object) -> Cell:
    """Return a value as a cell; Excel's errors hold nothing, a time of day or a duration is text."""
    if isinstance(value, str) and value in _ERRORS:
        return None
    return value if value is None or isinstance(value, (str, int, float, bool, date)) else str(value)


def _sheet(path: str, name: str, rows: list[tuple[int, list[Cell]]], limits: Limits) -> Sheet:
    head = next((i for i, (_, cells) in enumerate(rows) if sum(not is_blank(cell) for cell in cells) > 1), 0)
    names = [" ".join(str(cell).split()) if not is_blank(cell) else "" for cell in rows[head][1]]
    width = max(len(names), *(len(cells) for _, cells in rows[head:]))
    check_size(path, len(rows), width, limits)
    columns = (*names, *[""] * (width - len(names)))
    return Sheet(path, name, columns, tuple(_padded(rows[head + 1 :], width)), (), is_typed=True)


def _padded(rows: Iterable[tuple[int, list[Cell]]], width: int) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    for number, cells in rows:
        yield number, (*cells, *[None] * (width - len(cells)))


_REMEDY = "open it in a spreadsheet and save it as .xlsx or .csv"
