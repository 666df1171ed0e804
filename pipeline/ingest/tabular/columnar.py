"""Parquet and GeoParquet: the columns as they are typed; of a point its latitude and longitude."""

from __future__ import annotations

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from pipeline.ingest.limits import Limits, RefusedError
from pipeline.ingest.tabular.sheet import Cell, Sheet, check_size
from pipeline.ingest.tabular.spatial import plain_cell, point_cells, with_points
from pipeline.models import Rejection

_PIECE = 1_000  # rows
_GEOMETRY = frozenset({"geometry", "geom", "wkb_geometry"})


def read_columnar(data: bytes, path: str, name: str, limits: Limits) -> Sheet:
    """Return the table of a Parquet file; its size is looked at before it is read.

    Raises
    ------
    RefusedError
        It is no Parquet file, it is damaged, or it is larger than is taken on.
    """
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        check_size(path, file.metadata.num_rows, file.metadata.num_columns, limits)
        table = _bounded(file, path, limits)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise RefusedError(Rejection(path, None, f"not a readable Parquet file: {error}", "", _REMEDY)) from error
    shapes = [column for column in table.column_names if _is_geometry(column, table.schema.field(column).type)]
    columns = [column for column in table.column_names if column not in shapes]
    values = [[plain_cell(cell) for cell in table.column(column).to_pylist()] for column in columns]
    points = _points(table.column(shapes[0]).to_pylist()) if shapes else None
    rows = tuple(enumerate(zip(*values, strict=True), start=1))
    return Sheet(path, name, *with_points(tuple(columns), rows, points), is_typed=True)


def _bounded(file: pq.ParquetFile, path: str, limits: Limits) -> pa.Table:
    """Read a file piece by piece, as long as it is not too large: a value that repeats is packed to almost nothing."""
    pieces, size = [], 0
    for piece in file.iter_batches(batch_size=_PIECE):
        size += piece.nbytes
        if size > limits.max_table_bytes:
            cause = f"expands to more than {limits.max_table_bytes:,} bytes"
            raise RefusedError(Rejection(path, None, cause, "", "split it, by year for instance"))
        pieces.append(piece)
    return pa.Table.from_batches(pieces, schema=None if pieces else file.schema_arrow)


def _is_geometry(column: str, kind: pa.DataType) -> bool:
    return column.lower() in _GEOMETRY and (pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _points(cells: list[bytes | None]) -> list[tuple[Cell, Cell]]:
    shapes = shapely.from_wkb([cell or None for cell in cells], on_invalid="ignore")
    return [point_cells(json.loads(shapely.to_geojson(shape)) if shape is not None else None) for shape in shapes]


_REMEDY = "write it again, or save it as .csv"
