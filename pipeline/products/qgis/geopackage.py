"""One GeoPackage with all layers, the base map and the styles inside: QGIS draws it as it should at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyogrio

from pipeline.fields import layer_specs
from pipeline.frames import Layers, check_layers
from pipeline.products.files import write_by
from pipeline.products.gdal import write_layer
from pipeline.products.geojson import layer_table
from pipeline.products.qgis.base import GEOMETRY, base_tables
from pipeline.products.qgis.styles import style_documents

__all__ = ["write_geopackage"]

#: GeoPackage 1.2 is what QGIS 3.4 and later read without a warning.
_FORMAT = {"VERSION": "1.2"}

_STYLES = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
    description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)
"""
_STYLE = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
                          styleSLD, useAsDefault, description, owner, ui, update_time)
VALUES ('', '', ?, 'geom', ?, ?, '', 1, 'By event type and precision, as on the web map', '', NULL, ?)
"""
_CONTENTS = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)
VALUES ('layer_styles', 'attributes', 'layer_styles', ?)
"""


def write_geopackage(layers: Layers, path: Path, *, generated: str) -> Path:
    """Write all layers, with the base map, into one GeoPackage.

    Parameters
    ----------
    layers : Layers
        Checked before anything is written.
    path : Path
    generated : str
        When, ISO 8601: what the file says of its last change, so that the same input gives the same bytes.

    Raises
    ------
    ContractError
        If a layer breaks its contract.
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pipeline.frames import layer_from_rows
    >>> empty = Layers(*(layer_from_rows(name, []) for name in ("events", "claims", "areas", "mentions")))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_geopackage(empty, Path(folder) / "events.gpkg", generated="2024-02-29T12:00:00Z")
    ...     [str(name) for name in pyogrio.list_layers(path)[:2, 0]]
    ['events', 'claims']
    """
    check_layers(layers)
    changed = datetime.fromisoformat(generated).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return write_by(path, lambda temporary: _write(layers, temporary, changed))


def _write(layers: Layers, path: Path, changed: str) -> None:
    with _gdal_clock(changed):
        for name, table, geometry in _tables(layers):
            more = {"append": path.exists(), "dataset_options": _FORMAT}
            write_layer(table, path, layer=name, driver="GPKG", geometry_type=geometry, **more)
    _add_styles(path, style_documents(), changed)


def _tables(layers: Layers) -> Iterator[tuple[str, pa.Table | pa.RecordBatchReader, str]]:
    """Yield each layer: its name, its rows, its type of geometry."""
    for name, spec in layer_specs().items():
        yield name, _streamed(layers, name), spec.geometry
    for name, table in base_tables().items():
        yield name, table, GEOMETRY[name]


def _streamed(layers: Layers, name: str) -> pa.RecordBatchReader:
    """Return the rows of a layer as GDAL takes them, some at a time."""
    tables = (layer_table(frame, name) for frame in layers.batches(name))
    first = next(tables)
    batches = (batch for table in chain([first], tables) for batch in table.combine_chunks().to_batches())
    return pa.RecordBatchReader.from_batches(first.schema, batches)


@contextmanager
def _gdal_clock(changed: str) -> Iterator[None]:
    """Let GDAL write a given time as a file's last change."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": changed})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _add_styles(path: Path, documents: Mapping[str, bytes], changed: str) -> None:
    """Put the styles where QGIS looks for them: in a table of the GeoPackage itself."""
    try:
        with closing(sqlite3.connect(path)) as database, database:
            database.execute(_STYLES)
            database.execute(_CONTENTS, (changed,))
            for name, document in documents.items():
                database.execute(_STYLE, (name, name, document.decode(), changed))
    except sqlite3.OperationalError as error:  # no space; write_by tells of it
        raise OSError(str(error)) from error
