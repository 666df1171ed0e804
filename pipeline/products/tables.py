"""Events as tables: CSV for spreadsheets, GeoParquet for everything else."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyproj

from pipeline.fields import Field, layer_spec
from pipeline.frames import CRS, batches_of
from pipeline.products.files import write_by, write_pieces
from pipeline.products.geojson import layer_table

__all__ = ["safe_cell", "write_csv", "write_parquet"]

#: What makes a spreadsheet take a cell for a formula (OWASP, "CSV injection"); Excel folds the full-width forms.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

#: Excel reads a CSV file as UTF-8 only if it begins with a byte order mark; pandas, R and QGIS skip the mark.
_CSV_ENCODING = "utf-8-sig"

_GEOPARQUET_VERSION = "1.0.0"
_GROUP = 40_000  # rows that are written together, and read together where one is asked for, as by `sitmap serve`


def write_csv(events: gpd.GeoDataFrame, path: Path) -> Path:
    """Write events for spreadsheets: RFC 4180, UTF-8 with a byte order mark, empty where the text says nothing.

    Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers and dates stay as they are.

    Raises
    ------
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pipeline.frames import layer_from_rows
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_csv(layer_from_rows("events", []), Path(folder) / "events.csv")
    ...     path.read_text(encoding="utf-8-sig")[:21]
    'event_id,event_status'
    """
    return write_pieces(path, _csv_pieces(events))


def write_parquet(events: gpd.GeoDataFrame, path: Path) -> Path:
    """Write events as GeoParquet, dates as date32 and geometry as WKB in EPSG:4326.

    Raises
    ------
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pipeline.frames import layer_from_rows
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_parquet(layer_from_rows("events", []), Path(folder) / "events.parquet")
    ...     len(gpd.read_parquet(path))
    0
    """
    spec = layer_spec("events")
    column: dict[str, object] = {
        "encoding": "WKB",
        "geometry_types": [spec.geometry],
        "crs": json.loads(pyproj.CRS(CRS).to_json()),
    }
    if events.geometry.notna().any():
        column["bbox"] = [float(edge) for edge in events.total_bounds]
    geo = {"version": _GEOPARQUET_VERSION, "primary_column": "geometry", "columns": {"geometry": column}}
    return write_by(path, lambda to: _write_groups(events, to, {"geo": json.dumps(geo)}))


def _write_groups(events: gpd.GeoDataFrame, to: Path, about: Mapping[str, str]) -> None:
    """Write a Parquet file group by group, so that no second copy of all rows is made."""
    tables = (layer_table(part, "events") for part in batches_of(events, _GROUP))
    first = next(tables)
    schema = first.schema.with_metadata(dict(about))
    with pq.ParquetWriter(to, schema, compression="snappy") as writer:
        for table in chain([first], tables):
            writer.write_table(table.replace_schema_metadata(dict(about)), row_group_size=_GROUP)


def _csv_pieces(events: gpd.GeoDataFrame) -> Iterator[bytes]:
    """Yield the lines of a CSV file, some thousand at a time: every cell of a million rows would fill the memory."""
    spec = layer_spec("events").with_columns(dict(events.dtypes))
    yield _lines([spec.columns]).encode(_CSV_ENCODING)
    for part in batches_of(events):
        columns = [_cells(field, part[field.name]) for field in spec.fields]
        yield _lines(zip(*columns, strict=True)).encode()


def _lines(rows: Iterable[Sequence[str]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def _cells(field: Field, values: pd.Series) -> list[str]:
    """Return a column as CSV cells; what is missing is empty."""
    is_text = field.type in {"str", "json"}
    return [
        "" if missing else safe_cell(str(value)) if is_text else _plain_cell(field, value)
        for value, missing in zip(values, values.isna(), strict=True)
    ]


def safe_cell(text: str) -> str:
    """Return text, with an apostrophe in front of what a spreadsheet would take for a formula.

    Examples
    --------
    >>> safe_cell("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _plain_cell(field: Field, value: object) -> str:
    """Return a number, truth value or time: the shortest exact decimal, true and false, ISO 8601."""
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ" if field.type == "datetime" else "%Y-%m-%d")
    return str(bool(value)).lower() if field.type == "bool" else str(value)
