"""What the readers of files with geometry share: a point becomes two columns, what is nested becomes JSON text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from pipeline.ingest.tabular.kinds import column_key
from pipeline.ingest.tabular.sheet import Cell
from pipeline.ingest.tabular.tables import table

#: What the columns of a point are called, where the file has none of its own for latitude and longitude.
POINT_COLUMNS = ("latitude", "longitude")
Rows = tuple[tuple[int, tuple[Cell, ...]], ...]


def point_cells(geometry: Mapping[str, object] | None) -> tuple[Cell, Cell]:
    """Return (latitude, longitude) of a GeoJSON point; nothing for any other shape.

    Examples
    --------
    >>> point_cells({"type": "Point", "coordinates": [44.4, 33.3]})
    (33.3, 44.4)
    """
    spot = geometry.get("coordinates") if geometry and geometry.get("type") == "Point" else None
    if not isinstance(spot, Sequence) or len(spot) < 2 or not all(isinstance(x, (int, float)) for x in spot[:2]):
        return None, None
    return spot[1], spot[0]


def plain_cell(value: object) -> Cell:
    """Return a value as a cell: decimals as floats, bytes and what is nested as text.

    Examples
    --------
    >>> plain_cell({"a": [1]}), plain_cell(Decimal("1.5"))
    ('{"a": [1]}', 1.5)
    """
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, (str, int, float, bool, date)):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def with_points(
    columns: tuple[str, ...], rows: Rows, points: Sequence[tuple[Cell, Cell]] | None
) -> tuple[tuple[str, ...], Rows]:
    """Add the points as two columns, unless the table has columns of its own for them."""
    known = {name for field in POINT_COLUMNS for name in table("kinds")["plain"][field]}
    if points is None or {column_key(column) for column in columns} & known:
        return columns, rows
    joined = tuple((number, (*cells, *point)) for (number, cells), point in zip(rows, points, strict=True))
    return (*columns, *POINT_COLUMNS), joined
