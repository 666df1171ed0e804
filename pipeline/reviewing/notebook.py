"""A corrections file that lines are added to and taken from again; every other byte of it stays."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.corrections import CorrectionFile, read_corrections
from pipeline.corrections.find import correction_file
from pipeline.errors import InputError
from pipeline.products.files import write_bytes

__all__ = ["COLUMNS", "Notebook"]

#: The columns that decisions need, in the order of a new file.
COLUMNS = ("kind", "event_id", "other_id", "field", "value", "precision", "who", "when", "note")


class Notebook:
    """A file of corrections, CSV; what this session added can be taken back.

    Each change reads the file as it is now, checks what it will be, and replaces it in one step.

    Parameters
    ----------
    path : Path
        The file; made with the first line, if it is not there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._blocks: dict[str, bytes] = {}

    def add(self, block: str, rows: Sequence[Mapping[str, str]]) -> None:
        """Write rows at the end of the file; they can be taken back by the name ``block``.

        Raises
        ------
        InputError
            If the file, or the file with these rows, is no corrections file.
        OutputError
            If it cannot be written.
        """
        text = self._text()
        header, separator, columns = _header(text)
        missing = [name for name in COLUMNS if name not in columns and any(row.get(name) for row in rows)]
        if missing:
            text = text.replace(header, separator.join((header, *missing)), 1)
        lines = _written(rows, [*columns, *missing], separator)
        self._write(text + ("" if text.endswith("\n") else "\n") + lines)
        self._blocks[block] = lines.encode()

    def take_back(self, block: str) -> None:
        """Take rows out that :meth:`add` wrote, the last place where they stand.

        Raises
        ------
        InputError
            If they are no longer there: the file was changed meanwhile.
        """
        lines, text = self._blocks[block].decode(), self._text()
        before, found, after = text.rpartition("\n" + lines)
        if not found:
            raise InputError(f"{self.path}: was changed meanwhile; take the lines out by hand")
        self._write(f"{before}\n{after}")
        del self._blocks[block]

    def _text(self) -> str:
        if not self.path.exists():
            return ",".join(COLUMNS) + "\n"
        content = correction_file(self.path).content
        read_corrections([CorrectionFile(str(self.path), content)])  # a file that is broken is not written to
        return content.decode("utf-8") or ",".join(COLUMNS) + "\n"

    def _write(self, text: str) -> None:
        content = text.encode()
        read_corrections([CorrectionFile(str(self.path), content)])
        write_bytes(self.path, content)


def _header(text: str) -> tuple[str, str, list[str]]:
    """Return the line that names the columns, what separates them, and the names."""
    first, *_ = text.split("\n", 1)
    separator = ";" if first.count(";") > first.count(",") else ","  # as the reader has it
    lines = (line.rstrip("\r") for line in text.split("\n"))
    header = next((line for line in lines if line.strip() and not line.lstrip("\ufeff ").startswith("#")), "")
    names = next(csv.reader([header.lstrip("\ufeff")], delimiter=separator), [])
    return header, separator, [name.strip().lower() for name in names]


def _written(rows: Sequence[Mapping[str, str]], columns: Sequence[str], separator: str) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, delimiter=separator, lineterminator="\n", extrasaction="ignore")
    writer.writerows({name: row.get(name, "") for name in columns} for row in rows)
    return out.getvalue()
