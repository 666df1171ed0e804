"""The four layers as typed GeoDataFrames; :mod:`pipeline.frames.contract` checks what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

import geopandas as gpd
import pandas as pd
from pandas.api.types import pandas_dtype

from pipeline.errors import ContractError
from pipeline.fields import DTYPES, SOURCE_PREFIX, Field, FieldType, layer_spec

__all__ = ["CRS", "Layers", "conform_layer", "layer_from_rows"]

CRS = "EPSG:4326"

#: What stands for "not said" in columns that are never null.
_NOT_SAID: Mapping[str, str] = {"str": "", "json": "[]"}

#: Whole numbers from here on fit no column of 64 bits.
_WIDEST = 2**63

#: NUL, at which GDAL ends a string, and lone surrogates, which are no UTF-8.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """What a run found, as GeoDataFrames in EPSG:4326 with the columns of ``data/fields.yaml`` and ``geometry``.

    Parameters
    ----------
    events : geopandas.GeoDataFrame
        Points, or null where an event could not be placed; one row a discrete incident.
    claims : geopandas.GeoDataFrame
        Tallies and background; the polygon is what they are about, or null.
    areas : geopandas.GeoDataFrame
        Polygons: footprints and uncertainty of the events.
    mentions : geopandas.GeoDataFrame
        Points, or null where unresolved; one row a place named in a text.
    """

    events: gpd.GeoDataFrame
    claims: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame
    mentions: gpd.GeoDataFrame

    def items(self) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
        """Yield each layer's name and frame, in order."""
        for layer in fields(self):
            yield layer.name, getattr(self, layer.name)


def layer_from_rows(name: str, rows: Sequence[Mapping[str, object]]) -> gpd.GeoDataFrame:
    """Make a layer from row dictionaries with the layer's columns and ``geometry``; no rows give an empty, typed layer.

    Examples
    --------
    >>> layer_from_rows("events", []).dtypes["event_date"].name
    'datetime64[ms]'
    """
    spec = layer_spec(name)
    data = {field.name: _column(field, [row[field.name] for row in rows]) for field in spec.fields}
    data |= _brought_along(rows) if name == "events" else {}
    return gpd.GeoDataFrame(data, geometry=[row["geometry"] for row in rows], crs=CRS)


def conform_layer(frame: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    """Give a frame that was read back from a file the layer's columns, order and dtypes.

    GeoJSON carries no schema: a column of nulls comes back as text, whole numbers with gaps as floats, and an empty
    file without columns.

    Raises
    ------
    ContractError
        If a column is missing from a frame with rows, or a value does not fit its column's type.

    Examples
    --------
    >>> conform_layer(layer_from_rows("areas", []), "areas").shape
    (0, 13)
    """
    spec = layer_spec(name).with_columns(_dtypes_read(frame))
    if frame.empty:
        return layer_from_rows(name, [])
    missing = [column for column in spec.columns if column not in frame.columns]
    if missing:
        raise ContractError(f"layer {name}: columns {', '.join(missing)} are missing; the file is not one of sitmap's")
    data = {field.name: _conform(name, field, frame[field.name]) for field in spec.fields}
    return gpd.GeoDataFrame(data, geometry=list(frame.geometry), crs=CRS)


def _brought_along(rows: Sequence[Mapping[str, object]]) -> dict[str, pd.Series]:
    """Return the columns that rows of tables brought along, each of the narrowest type that holds all its values."""
    own = [{name: value for name, value in row.items() if name.startswith(SOURCE_PREFIX)} for row in rows]
    spelled: dict[str, str] = {}
    for name in (name for row in own for name in row):
        spelled.setdefault(name.casefold(), name)  # to GDAL "Country" and "country" are one column
    folded = [{name.casefold(): value for name, value in row.items()} for row in own]
    columns = {name: [row.get(key) for row in folded] for key, name in spelled.items()}
    return {name: _column(Field(name, _type_of(values), ""), _plain(values)) for name, values in columns.items()}


def _type_of(values: Sequence[object]) -> FieldType:
    """Return the type of a column's values; text where they are of several."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool} and None not in values:
        return "bool"
    if kinds == {int}:
        return "int" if all(abs(value) < _WIDEST for value in values if isinstance(value, int)) else "str"
    if kinds and kinds <= {int, float}:
        return "float"
    return "date" if kinds == {date} else "str"


def _plain(values: Sequence[object]) -> Sequence[object]:
    """Return whole numbers as floats where both stand in a column; text is made elsewhere."""
    if _type_of(values) != "float":
        return values
    return [float(value) if isinstance(value, int) else value for value in values]


def _dtypes_read(frame: pd.DataFrame) -> dict[str, str]:
    """Return the dtypes of a file's columns as those that they were written from: whole numbers with gaps are Int64."""
    known = {"int64": "Int64", "int32": "Int64"}
    found = {str(name): known.get(str(dtype), str(dtype)) for name, dtype in frame.dtypes.items()}
    days = (name for name, dtype in found.items() if dtype == "object" and _type_of(_given(frame[name])) == "date")
    return found | dict.fromkeys(days, DTYPES["date"])


def _given(values: pd.Series) -> list[object]:
    return values.dropna().tolist()


def _conform(layer: str, field: Field, values: pd.Series) -> pd.Series:
    """Return a column read from a file with the dtype of its field."""
    try:
        return _column(field, [None if pd.isna(value) else value for value in values])
    except (TypeError, ValueError) as error:
        raise ContractError(f"layer {layer}, column {field.name}: not {field.type}: {error}") from error


def _column(field: Field, values: Sequence[object]) -> pd.Series:
    """Return values as a series of the field's dtype; text is never null."""
    dtype = pandas_dtype(field.dtype)
    if field.type in _NOT_SAID:
        texts = [_NOT_SAID[field.type] if value is None else _UNWRITABLE.sub("\ufffd", str(value)) for value in values]
        return pd.Series(texts, dtype=dtype)
    if field.type in {"date", "datetime"}:
        stamps = pd.to_datetime(pd.Series(list(values), dtype=object), utc=field.type == "datetime")
        return stamps.astype(dtype)
    return pd.Series(list(values), dtype=dtype)
