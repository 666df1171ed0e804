"""Records of a CSV file with a header: streamed, with the line each begins on; bad ones are counted, not fatal."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from gazetteer.errors import SourceError
from gazetteer.sources import Progress, no_progress
from gazetteer.sources.lines import numbered_lines
from gazetteer.sources.reading import Reading

Record = Mapping[str, str]
_DELIMITERS = ",;\t|"


def records(path: Path, reading: Reading, progress: Progress = no_progress) -> Iterator[tuple[int, Record]]:
    """Yield (line, cells by column name); names are lower case, cells stripped.

    The delimiter is the one of comma, semicolon, tab and bar that the header has most of.

    Raises
    ------
    SourceError
        The file cannot be read, has no header, or is not UTF-8.
    """
    lines = _Decoded(path, progress)
    header = next(lines, "")
    delimiter = max(_DELIMITERS, key=header.count)
    columns = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
    if not any(columns):
        raise SourceError(f"{path}: empty; expected a header with name, lat and lon, then a place a line")
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        begins = lines.number + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            reading.skip(f"{path.name} line {begins}", str(error))
            continue
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            reading.skip(
                f"{path.name} line {begins}", f"{len(cells)} cells under {len(columns)} columns; quote the commas"
            )
        elif any(cells):
            yield begins, dict(zip(columns, map(str.strip, cells), strict=False))


class _Decoded:
    """The lines of a file as text, and how many were taken."""

    def __init__(self, path: Path, progress: Progress) -> None:
        self.number = 0
        self._path = path
        self._lines: Iterator[tuple[int, bytes]] = numbered_lines(path, progress)

    def __iter__(self) -> _Decoded:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        try:
            return line.decode("utf-8") + "\n"
        except UnicodeDecodeError as error:
            raise SourceError(
                f"{self._path} line {self.number}: not UTF-8 at byte {error.start + 1}; save the file as UTF-8"
            ) from None
