"""Files of corrections -> checked records: CSV with a header, or YAML with a list of mappings."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from pipeline.corrections.check import COLUMNS, Fault, checked
from pipeline.corrections.find import CorrectionFile
from pipeline.corrections.records import Correction
from pipeline.errors import InputError

__all__ = ["read_corrections"]

_Line = tuple[int, Mapping[str, str]]
_SHOWN = 5


def read_corrections(files: Sequence[CorrectionFile]) -> tuple[Correction, ...]:
    r"""Return the corrections of all files in order.

    Raises
    ------
    InputError
        If a row is not a correction: names file, line, column, value and remedy, of the first few bad rows.

    Examples
    --------
    >>> text = b"kind,event_id,who\nreject,8f14e45fceea167a,Ann\n"
    >>> read_corrections([CorrectionFile("corrections.csv", text)])[0].mark
    'set by Ann in corrections.csv:2'
    """
    made: list[Correction] = []
    faults: list[str] = []
    times = Counter(file.name for file in files)
    for file in files:
        shown = file.name if times[file.name] == 1 else "/".join(Path(file.path).parts[-2:])
        for number, row in _lines(file):
            result = checked(row, file=shown, line=number)
            if isinstance(result, Fault):
                faults.append(f"{file.path}:{number}: column {result.column}: {result}")
            else:
                made.append(result)
    if faults:
        more = f"; and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise InputError("; ".join(faults[:_SHOWN]) + more)
    return tuple(made)


def _lines(file: CorrectionFile) -> Iterator[_Line]:
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file.path}: not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8") from error
    return _csv_lines(text, file) if file.name.lower().endswith(".csv") else _yaml_lines(text, file)


def _csv_lines(text: str, file: CorrectionFile) -> Iterator[_Line]:
    """Yield rows with the line they start at; blank ones and those that begin with # are left out."""
    header, *_ = text.split("\n", 1)
    separator = ";" if header.count(";") > header.count(",") else ","  # as spreadsheets of many countries write it
    rows = _numbered(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), file)
    _, names = next(rows, (0, []))
    columns = [name.strip().lower() for name in names]
    _refuse_unknown(columns, f"{file.path}:1")
    for number, cells in rows:
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            cause = f"{len(cells)} cells under {len(columns)} columns"
            raise InputError(f"{file.path}:{number}: {cause}, at {cells[len(columns)]!r}; put commas in quotes")
        yield number, {name: cell for name, cell in zip(columns, cells, strict=False) if cell.strip()}


def _numbered(rows: Iterator[list[str]], file: CorrectionFile) -> Iterator[tuple[int, list[str]]]:
    after = 0
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            raise InputError(f"{file.path}:{after + 1}: not CSV ({error}); close the quotes") from error
        if cells is None:
            return
        start, after = after + 1, rows.line_num  # type: ignore[attr-defined]
        if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
            yield start, cells


def _yaml_lines(text: str, file: CorrectionFile) -> Iterator[_Line]:
    """Yield the mappings of a list, values as they are written: 2023-11-21 is no date yet, and NO no refusal."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file.path}:{mark.line + 1}" if mark else file.path
        raise InputError(f"{where}: not YAML ({getattr(error, 'problem', error)}); mend this line") from error
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        raise InputError(f"{file.path}:1: must be a list; begin each correction with “- kind:”")
    for node in root.value:
        yield _yaml_row(node, file)


def _yaml_row(node: yaml.Node, file: CorrectionFile) -> _Line:
    number = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise InputError(f"{file.path}:{number}: must be “column: value” lines; begin it with “- kind:”")
    row: dict[str, str] = {}
    for key, value in node.value:
        name, where = str(key.value).strip().lower(), f"{file.path}:{key.start_mark.line + 1}"
        _refuse_unknown([name], where)
        row[name] = _yaml_text(value, f"{where}: column {name}")
    return number, {name: text for name, text in row.items() if text.strip()}


def _yaml_text(node: yaml.Node, where: str) -> str:
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag.endswith(":null") else str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(n, yaml.ScalarNode) for n in node.value):
        return "; ".join(str(n.value) for n in node.value)
    raise InputError(f"{where}: must be a word, a number or a list of them; write it on one line")


def _refuse_unknown(columns: Iterable[str], where: str) -> None:
    unknown = next((name for name in columns if name and name not in COLUMNS), None)
    if unknown is not None:
        raise InputError(f"{where}: column {unknown!r} is not known; the columns are {', '.join(COLUMNS)}")
