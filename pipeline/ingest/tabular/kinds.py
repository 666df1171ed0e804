"""Which kind of table, and which column holds what; a table that cannot be told is refused with what would mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from pipeline.errors import UsageError
from pipeline.ingest.limits import RefusedError
from pipeline.ingest.tabular.sheet import Sheet
from pipeline.ingest.tabular.tables import table
from pipeline.models import Rejection
from pipeline.settings import TableOptions

_PUNCTUATION = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SHOWN = 40  # columns that a message lists
PLAIN = "plain"
FIELDS: Mapping[str, str] = MappingProxyType(table("kinds")["fields"])
KINDS: tuple[str, ...] = (*table("kinds")["kinds"], PLAIN)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a table was taken for: its kind, what that is called, and the number of the column of each field."""

    kind: str
    title: str
    columns: Mapping[str, int]


def recognise(sheet: Sheet, options: TableOptions) -> Recognised:
    """Tell what kind of table a sheet is and which column holds which field.

    Parameters
    ----------
    sheet : Sheet
    options : TableOptions
        A kind and columns that the user named outrank what the columns tell.

    Raises
    ------
    RefusedError
        It is no table of events that is known: the columns seen, what is missing, and the option that mends it.

    Examples
    --------
    >>> found = recognise(Sheet("a.csv", "a.csv", ("Date", "Nearest town"), ()), TableOptions())
    >>> found.kind, dict(found.columns)
    ('plain', {'date': 0, 'place': 1})
    """
    names = [column_key(column) for column in sheet.columns]
    kind = options.kind or next((kind for kind, row in _known().items() if _is_signed(row, names)), PLAIN)
    columns = _plain_columns(sheet, names, options) if kind == PLAIN else _coded_columns(sheet, kind, names)
    columns |= _named_columns(sheet, names, options)
    _refuse_incomplete(sheet, kind, columns)
    title = PLAIN if kind == PLAIN else str(_known()[kind]["title"])
    return Recognised(kind, title, MappingProxyType(columns))


def column_key(column: str) -> str:
    """Return the name of a column as it is compared: no case, no punctuation.

    Examples
    --------
    >>> column_key("Event_Date "), column_key("eventDate"), column_key("adm_1")
    ('event date', 'event date', 'adm 1')
    """
    return " ".join(_PUNCTUATION.sub(" ", _CAMEL.sub(" ", column)).casefold().split())


def check_fields(columns: Sequence[tuple[str, str]]) -> None:
    """Raise UsageError where ``--column`` names a field that there is not."""
    for field, _ in columns:
        if field not in FIELDS:
            raise UsageError(f"--column {field}=…: there is no field {field!r}; the fields are {', '.join(FIELDS)}")


@cache
def _known() -> Mapping[str, Mapping[str, Any]]:
    return MappingProxyType(table("kinds")["kinds"])


def _is_signed(row: Mapping[str, Any], names: Sequence[str]) -> bool:
    """Whether a table has the columns that only this kind has."""
    joined = {name.replace(" ", "") for name in names}
    return all(_squeezed(name) in joined for name in row["signature"])


def _squeezed(name: str) -> str:
    return column_key(name).replace(" ", "")


def _coded_columns(sheet: Sheet, kind: str, names: Sequence[str]) -> dict[str, int]:
    """Return the columns of a kind whose names are fixed; what it lacks of them is left out."""
    joined = [name.replace(" ", "") for name in names]
    wanted = {field: _squeezed(name) for field, name in _known()[kind]["columns"].items()}
    for name in wanted.values():
        if joined.count(name) > 1:
            raise _refused(
                sheet, f"the column {sheet.columns[joined.index(name)]!r} stands twice", "rename one of them"
            )
    return {field: joined.index(name) for field, name in wanted.items() if name in joined}


def _plain_columns(sheet: Sheet, names: Sequence[str], options: TableOptions) -> dict[str, int]:
    """Return the columns of a plain table by their synonyms; each column is taken for one field."""
    told = {column_key(name) for _, name in options.columns}
    named = {field for field, _ in options.columns}
    found: dict[str, int] = {}
    for field, synonyms in table("kinds")["plain"].items():
        free = [name for name in synonyms if name in names and name not in told]
        if field in named or not free:
            continue
        if names.count(free[0]) > 1:
            remedy = f"rename one of them, or say which it is with --column {field}=…"
            raise _refused(sheet, f"the column {free[0]!r} stands twice", remedy)
        found[field] = names.index(free[0])
    return _without_half_a_point(found, names)


def _without_half_a_point(found: dict[str, int], names: Sequence[str]) -> dict[str, int]:
    """Leave out a lone "x" or "y": without the other it is no coordinate."""
    half = [field for field in ("latitude", "longitude") if field in found]
    if len(half) == 1 and names[found[half[0]]] in {"x", "y"}:
        del found[half[0]]
    return found


def _named_columns(sheet: Sheet, names: Sequence[str], options: TableOptions) -> dict[str, int]:
    """Return the columns that the user named, of those that this table has: exactly so, else but for case."""
    found = {}
    for field, column in options.columns:
        if column in sheet.columns:
            found[field] = sheet.columns.index(column)
        elif column_key(column) in names:
            found[field] = names.index(column_key(column))
    return found


def _refuse_incomplete(sheet: Sheet, kind: str, columns: Mapping[str, int]) -> None:
    for what, group in table("kinds")["required"].items():
        if not columns.keys() & set(group):
            cause = f"no column says {what} the events happened ({', '.join(group)})"
            if kind != PLAIN:
                cause = f"not {_known()[kind]['title']}: {cause}"
            raise _refused(sheet, cause, f'name it: --column {group[0]}="NAME OF THE COLUMN"')
    if len({"latitude", "longitude"} & columns.keys()) == 1:
        lacks = "longitude" if "latitude" in columns else "latitude"
        raise _refused(sheet, f"no column of the {lacks}", f'name it: --column {lacks}="NAME OF THE COLUMN"')


def _refused(sheet: Sheet, cause: str, remedy: str) -> RefusedError:
    shown = ", ".join(sheet.columns[:_SHOWN]) + (" …" if len(sheet.columns) > _SHOWN else "")
    return RefusedError(Rejection(sheet.path, 1, f"{sheet.name}: {cause}", f"columns: {shown}", remedy))
