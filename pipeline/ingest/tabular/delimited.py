"""CSV and TSV: which character parts the cells, what a quote that is never closed costs, rows that do not fit."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from pipeline.ingest.decode import decode
from pipeline.ingest.limits import Limits, RefusedError, shown
from pipeline.ingest.tabular.headless import names_for
from pipeline.ingest.tabular.sheet import Sheet, check_size
from pipeline.models import Rejection

SEPARATORS = ",;\t|"
_SAMPLE_ROWS = 50
_SAMPLE_CHARACTERS = 200_000
_LONGEST_CELL = 1_000_000
_ALIKE = 0.9  # share of rows as long as the first, from which a character is taken for the separator
Record = tuple[int, list[str]]


def read_delimited(data: bytes, path: str, name: str, limits: Limits, *, separator: str = "") -> Sheet:
    r"""Return the table of a CSV or TSV file; a row that cannot be read is a rejection of the sheet.

    Parameters
    ----------
    data : bytes
    path, name : str
        Of the file, for messages and for the rows.
    limits : Limits
    separator : str
        What parts the cells; empty: told by the first rows.

    Raises
    ------
    RefusedError
        There is no line of names, or there are more rows or columns than are taken on.

    Examples
    --------
    >>> sheet = read_delimited(b"date;place\n2023-11-20;Hit\n", "a.csv", "a.csv", Limits())
    >>> sheet.columns, sheet.rows
    (('date', 'place'), ((2, ('2023-11-20', 'Hit')),))
    """
    text = decode(data).text.replace("\0", "")
    separator, text, first = _told_separator(text, separator)
    records, rejections = _records(text, separator or _separator_of(text), path, limits, first)
    if not records:
        raise RefusedError(Rejection(path, None, "the table is empty", "", "leave it out"))
    columns = names_for(records[0][1])
    if columns is None:
        columns, records = tuple(" ".join(cell.split()) for cell in records[0][1]), records[1:]
    check_size(path, len(records), len(columns), limits)
    rows, misfits = _fitted(records, len(columns), path)
    return Sheet(path, name, columns, tuple(rows), (*rejections, *misfits))


def _told_separator(text: str, given: str) -> tuple[str, str, int]:
    """Return the separator that a first line ``sep=;`` tells, as spreadsheets write it, and what follows it."""
    line, _, rest = text.partition("\n")
    told = line.strip()
    if not given and told.lower().startswith("sep=") and len(told) == len("sep=") + 1:
        return told[-1], rest, 2
    return given, text, 1


def _separator_of(text: str) -> str:
    """Return the character that cuts the first rows into the most cells, alike in number."""
    sample = text[:_SAMPLE_CHARACTERS]
    return max(SEPARATORS, key=lambda character: _cells(sample, character))


def _cells(sample: str, separator: str) -> int:
    """Return into how many cells a character cuts the first row; 1 if the others are cut otherwise."""
    try:
        lengths = [
            len(row) for row in islice(csv.reader(io.StringIO(sample), delimiter=separator), _SAMPLE_ROWS) if row
        ]
    except csv.Error:
        return 1
    whole = lengths[:-1] if len(lengths) > 2 else lengths  # the sample may end within a row
    alike = bool(whole) and sum(n == whole[0] for n in whole) >= _ALIKE * len(whole)
    return whole[0] if alike else 1


def _records(text: str, separator: str, path: str, limits: Limits, first: int) -> tuple[list[Record], list[Rejection]]:
    """Return the rows with their numbers, blank ones left out, and those that could not be read."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[Record] = []
    rejections: list[Rejection] = []
    for number, found in enumerate(_each(reader), start=first):
        if isinstance(found, str):
            rejections.append(Rejection(path, number, f"the row cannot be read: {found}", "", _QUOTES))
        elif any(cell.strip() for cell in found):
            records.append((number, found))
        if len(records) > limits.max_rows + 1:
            check_size(path, len(records), 0, limits)
    return records, rejections


def _each(reader: Iterator[list[str]]) -> Iterator[list[str] | str]:
    """Yield each row, or what is wrong with it."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield str(error)


def _fitted(records: list[Record], width: int, path: str) -> tuple[list[tuple[int, tuple[str, ...]]], list[Rejection]]:
    """Return the rows that have a cell for each column; empty cells too many are cut off."""
    rows, misfits = [], []
    for number, cells in records:
        kept = cells[:width] if not any(cell.strip() for cell in cells[width:]) else cells
        if len(kept) == width:
            rows.append((number, tuple(kept)))
        else:
            cause = f"the row has {len(cells)} cells, the table {width} columns"
            misfits.append(Rejection(path, number, cause, shown(" | ".join(cells)), _QUOTES))
    return rows, misfits


_QUOTES = 'put cells that hold separators, quotes or line ends in quotes, and double the quotes in them: "a ""b"" c"'
