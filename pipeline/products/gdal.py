"""Layers written by GDAL; what the disk refuses is an OSError, as for every other writer."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from pipeline.frames import CRS

__all__ = ["write_layer"]


def write_layer(table: pa.Table | pa.RecordBatchReader, path: Path | io.BytesIO, **options: Any) -> None:  # noqa: ANN401 - pyogrio's own
    """Write a table, whose column ``geometry`` is WKB in EPSG:4326, as a layer of a file.

    Parameters
    ----------
    table : pa.Table or pa.RecordBatchReader
    path : Path or BytesIO
    **options
        Of :func:`pyogrio.write_arrow`: ``layer``, ``driver``, ``geometry_type``…

    Raises
    ------
    OSError
        GDAL could not write it: no space, a read-only folder.

    Examples
    --------
    >>> import tempfile
    >>> table = pa.table({"name": ["Hit"], "geometry": [bytes.fromhex("0101000000" + "00" * 16)]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "a.fgb"
    ...     write_layer(table, path, layer="a", driver="FlatGeobuf", geometry_type="Point")
    ...     pyogrio.read_info(path)["features"]
    1
    """
    try:
        pyogrio.write_arrow(table, path, geometry_name="geometry", crs=CRS, **options)
    except (DataLayerError, DataSourceError) as error:
        raise OSError(str(error)) from error
