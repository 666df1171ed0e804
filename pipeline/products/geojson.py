"""GeoJSON as RFC 7946 has it, one file a layer, with real dates and whole numbers."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import geopandas as gpd
import pyarrow as pa
import pyogrio
import shapely

from pipeline.fields import Field, LayerSpec, layer_spec, layer_specs
from pipeline.frames import CRS, Layers, check_layers, conform_layer
from pipeline.products.files import write_by

__all__ = ["layer_table", "read_geojson", "write_geojson"]

#: Arrow types say to GDAL what pandas cannot: date32 becomes Date, where a Python date would become text.
_ARROW: Mapping[str, pa.DataType] = MappingProxyType(
    {
        "str": pa.string(),
        "json": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("ms", tz="UTC"),
    }
)

#: The row's id is written twice: as the feature's id (RFC 7946 §3.2) and, as tables need it, among its properties.
_FEATURE_ID = "id"

#: How GDAL sets off the features of a collection, one a line; in text a quotation mark has a backslash before it.
_FEATURES, _BETWEEN, _END = b'"features": [\n', b",\n", b"\n]\n}"

_OPTIONS = MappingProxyType(
    {
        "RFC7946": "YES",
        "COORDINATE_PRECISION": "6",
        "ID_FIELD": _FEATURE_ID,
        "AUTODETECT_JSON_STRINGS": "NO",  # a sentence in brackets is text, not JSON
    }
)


def write_geojson(layers: Layers, folder: Path, *, attribution: Sequence[str] = ()) -> list[Path]:
    """Write each layer to ``<layer>.geojson``; a layer without rows gives a valid, empty FeatureCollection.

    Parameters
    ----------
    layers : Layers
        Checked before anything is written.
    folder : Path
        Made if missing.
    attribution : sequence of str
        Whom to credit; becomes the collection's ``description``, which QGIS shows as the layer's abstract.

    Returns
    -------
    list of Path
        The files written: events, claims, areas, mentions.

    Raises
    ------
    ContractError
        If a layer breaks its contract.
    OutputError
        If a file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pipeline.frames import layer_from_rows
    >>> empty = Layers(*(layer_from_rows(name, []) for name in ("events", "claims", "areas", "mentions")))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_geojson(empty, Path(folder))]
    ['events.geojson', 'claims.geojson', 'areas.geojson', 'mentions.geojson']
    """
    check_layers(layers)
    about = f"Places and outlines: {'; '.join(attribution)}" if attribution else ""
    return [_write(layers, name, folder / f"{name}.geojson", about) for name in layer_specs()]


def read_geojson(path: Path, name: str) -> gpd.GeoDataFrame:
    """Read a layer back, with the columns and dtypes that it was written from.

    Raises
    ------
    ContractError
        If the file is not one of sitmap's.

    Examples
    --------
    >>> import tempfile
    >>> from pipeline.frames import layer_from_rows
    >>> empty = Layers(*(layer_from_rows(name, []) for name in ("events", "claims", "areas", "mentions")))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     len(read_geojson(write_geojson(empty, Path(folder))[0], "events"))
    0
    """
    # GDAL takes a text column that holds nothing but dates for a date column; conform_layer() knows which is which.
    return conform_layer(pyogrio.read_dataframe(path, DATE_AS_STRING="YES"), name)


def layer_table(frame: gpd.GeoDataFrame, name: str) -> pa.Table:
    """Return a layer as an Arrow table with the types of its fields; ``geometry`` is WKB.

    Examples
    --------
    >>> from pipeline.frames import layer_from_rows
    >>> str(layer_table(layer_from_rows("events", []), "events").schema.field("event_date").type)
    'date32[day]'
    """
    spec = layer_spec(name).with_columns(dict(frame.dtypes))
    columns = {field.name: _arrow_column(frame, field) for field in spec.fields}
    columns["geometry"] = pa.array(_wkb(frame, spec), type=pa.binary())
    return pa.table(columns)


def _write(layers: Layers, name: str, path: Path, about: str) -> Path:
    """Write a layer, some rows at a time: GDAL writes each of them as a collection, whose features are put together."""

    def pieces(to: Path) -> None:
        with to.open("wb") as file:
            between = b""
            for frame in layers.batches(name):
                before, features, after = _parts(_encode(name, frame, about))
                file.write((between or before) + features)
                between = _BETWEEN
            file.write(after)

    return write_by(path, pieces)


def _parts(collection: bytes) -> tuple[bytes, bytes, bytes]:
    """Return a collection as GDAL writes it in three: what is before its features, the features, what is after."""
    start, end = collection.index(_FEATURES) + len(_FEATURES), collection.rindex(_END)
    return collection[:start], collection[start:end], collection[end:]


def _encode(name: str, frame: gpd.GeoDataFrame, about: str) -> bytes:
    """Return the bytes of a layer's GeoJSON.

    GDAL writes to memory and not to the disk, so that a full disk is met by :func:`write_by`, which cleans up.
    """
    spec = layer_spec(name)
    table = layer_table(frame, name)
    buffer = io.BytesIO()
    pyogrio.write_arrow(
        table.append_column(_FEATURE_ID, table[spec.key]),
        buffer,
        layer=name,
        driver="GeoJSON",
        geometry_name="geometry",
        geometry_type=spec.geometry,
        crs=CRS,
        layer_options=_OPTIONS | ({"DESCRIPTION": about} if about else {}),
    )
    return buffer.getvalue()


def _arrow_column(frame: gpd.GeoDataFrame, field: Field) -> pa.Array:
    """Return a column as Arrow; what is missing is null, NaN too."""
    return pa.Array.from_pandas(frame[field.name], type=_ARROW[field.type])


def _wkb(frame: gpd.GeoDataFrame, spec: LayerSpec) -> list[bytes | None]:
    """Return geometries as WKB, every one of the layer's type: a lone polygon becomes a collection of one."""
    shapes = frame.geometry.to_numpy()
    if spec.geometry == "MultiPolygon":
        shapes = [shapely.multipolygons([s]) if s is not None and s.geom_type == "Polygon" else s for s in shapes]
    return [None if shape is None else shapely.to_wkb(shape) for shape in shapes]
