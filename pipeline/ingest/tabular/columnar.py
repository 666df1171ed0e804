"""Parquet and GeoParquet: the columns as they are typed; of a point its latitude and longitude."""

from __future__ import annotations

import io
import json

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from pipeline.ingest.limits import Limits, RefusedError
from pipeline.ingest.tabular.sheet import Cell, Sheet, check_size
from pipeline.ingest.tabular.spatial import plain_cell, point_cells, with_points
from pipeline.models import Rejection

_PIECE = 1_000  # rows
_WIDEST = 16  # times an index is a number, at most
_GEOMETRY = frozenset({"geometry", "geom", "wkb_geometry"})


def read_columnar(data: bytes, path: str, name: str, limits: Limits) -> Sheet:
    """Return the table of a Parquet file; its size is looked at before it is read.

    Raises
    ------
    RefusedError
        It is no Parquet file, it is damaged, or it is larger than is taken on.
    """
    try:
        table = _bounded(_opened(data, path, limits), path, limits)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise RefusedError(Rejection(path, None, f"not a readable Parquet file: {error}", "", _REMEDY)) from error
    shapes = [column for column in table.column_names if _is_geometry(column, table.schema.field(column).type)]
    columns = [column for column in table.column_names if column not in shapes]
    values = [[plain_cell(cell) for cell in table.column(column).to_pylist()] for column in columns]
    points = _points(table.column(shapes[0]).to_pylist()) if shapes else None
    rows = tuple(enumerate(zip(*values, strict=True), start=1))
    return Sheet(path, name, *with_points(tuple(columns), rows, points), is_typed=True)


def _opened(data: bytes, path: str, limits: Limits) -> pq.ParquetFile:
    """Return the file, its texts to be read as numbers into a list of different ones: a text that repeats is told once.

    Read out, one text of a megabyte in every row of a file of some kilobytes would take all memory before it is seen.
    """
    metadata = pq.read_metadata(io.BytesIO(data))
    check_size(path, metadata.num_rows, metadata.num_columns, limits)
    _refuse_larger(sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups)), path, limits)
    columns = (metadata.schema.column(i) for i in range(metadata.num_columns))
    texts = [column.path for column in columns if column.physical_type == "BYTE_ARRAY" and "." not in column.path]
    return pq.ParquetFile(io.BytesIO(data), read_dictionary=texts)


def _bounded(file: pq.ParquetFile, path: str, limits: Limits) -> pa.Table:
    """Read a file piece by piece, as long as what it comes to is not too large."""
    pieces, size = [], 0
    for piece in file.iter_batches(batch_size=_PIECE):
        size += sum(map(_read_out, piece.columns))
        _refuse_larger(size, path, limits)
        pieces.append(piece)
    return pa.Table.from_batches(pieces, schema=None if pieces else file.schema_arrow)


def _read_out(column: pa.Array) -> int:
    """Return how many bytes a column takes when each row has its own text."""
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    if not _is_text(column.type.value_type):
        return int(column.indices.nbytes) * _WIDEST
    told = pc.sum(pc.take(pc.binary_length(column.dictionary), column.indices)).as_py()
    return int(told or 0)


def _is_text(kind: pa.DataType) -> bool:
    kinds = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_string, pa.types.is_large_string)
    return any(is_kind(kind) for is_kind in kinds)


def _refuse_larger(size: int, path: str, limits: Limits) -> None:
    if size > limits.max_table_bytes:
        cause = f"expands to more than {limits.max_table_bytes:,} bytes"
        raise RefusedError(Rejection(path, None, cause, "", "split it, by year for instance"))


def _is_geometry(column: str, kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return column.lower() in _GEOMETRY and (pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _points(cells: list[bytes | None]) -> list[tuple[Cell, Cell]]:
    shapes = shapely.from_wkb([cell or None for cell in cells], on_invalid="ignore")
    return [point_cells(json.loads(shapely.to_geojson(shape)) if shape is not None else None) for shape in shapes]


_REMEDY = "write it again, or save it as .csv"
