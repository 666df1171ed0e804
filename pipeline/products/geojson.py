"""GeoJSON as RFC 7946 has it, one file a layer, with real dates and whole numbers."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyogrio
import shapely

from pipeline.fields import Field, LayerSpec, layer_spec, layer_specs
from pipeline.frames import CRS, Layers, check_layers, conform_layer
from pipeline.products.files import write_pieces

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

_BEGIN, _END = b'"features": [\n', b"\n]\n}\n"  # what GDAL writes around them; inside a string no line ends

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
    names = layer_specs()
    return [write_pieces(folder / f"{name}.geojson", _pieces(name, layers.batches(name), about)) for name in names]


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


def _pieces(name: str, batches: Iterable[gpd.GeoDataFrame], about: str) -> Iterator[bytes]:
    """Yield the bytes of a layer's GeoJSON, some thousand features at a time: a million would fill the memory.

    GDAL writes to memory and not to the disk, so that a full disk is met by :func:`write_pieces`, which cleans up.
    """
    for number, frame in enumerate(batches):
        piece = _encode(name, frame, about).removesuffix(_END)
        yield b",\n" + piece.partition(_BEGIN)[2] if number else piece
    yield _END


def _encode(name: str, frame: gpd.GeoDataFrame, about: str) -> bytes:
    """Return what GDAL writes of a layer's rows."""
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


def _wkb(frame: gpd.GeoDataFrame, spec: LayerSpec) -> np.ndarray:
    """Return geometries as WKB or None, every one of the layer's type: a lone polygon becomes a collection of one."""
    shapes = frame.geometry.to_numpy()
    if spec.geometry == "MultiPolygon":
        lone = shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON
        shapes = shapes.copy()
        shapes[lone] = [shapely.multipolygons([shape]) for shape in shapes[lone]]
    binary: np.ndarray = shapely.to_wkb(shapes)
    return binary
