"""The four layers as typed GeoDataFrames; :mod:`pipeline.frames.contract` checks what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import chain, islice
from types import MappingProxyType
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
from pandas.api.types import pandas_dtype

from pipeline.errors import ContractError
from pipeline.fields import DTYPES, SOURCE_PREFIX, Field, FieldType, layer_spec

if TYPE_CHECKING:
    from pipeline.frames.long import LongLayer

__all__ = ["BATCH", "CRS", "Layers", "conform_layer", "layer_from_rows"]

CRS = "EPSG:4326"
BATCH = 2_000  #: rows that are made or written together

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
    mentions : geopandas.GeoDataFrame or LongLayer
        Points, or null where unresolved; one row a place named in a text. In a run that writes products they are too
        many to be held.
    """

    events: gpd.GeoDataFrame
    claims: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame
    mentions: gpd.GeoDataFrame | LongLayer

    def items(self) -> Iterator[tuple[str, gpd.GeoDataFrame | LongLayer]]:
        """Yield each layer's name and rows, in order."""
        for layer in fields(self):
            yield layer.name, getattr(self, layer.name)

    def batches(self, name: str) -> Iterator[gpd.GeoDataFrame]:
        """Yield the rows of a layer in order, some at a time; one without rows yields one frame without."""
        return batches_of(getattr(self, name))


def batches_of(layer: gpd.GeoDataFrame | LongLayer, size: int = 0) -> Iterator[gpd.GeoDataFrame]:
    """Yield the rows of a layer in order, so many at a time; one without rows yields one frame without.

    Examples
    --------
    >>> [len(batch) for batch in batches_of(layer_from_rows("events", []))]
    [0]
    """
    if not isinstance(layer, pd.DataFrame):
        yield from layer.batches()
        return
    step = size or BATCH
    for start in range(0, max(len(layer), 1), step):
        yield layer.iloc[start : start + step]


def layer_from_rows(name: str, rows: Iterable[Mapping[str, object]]) -> gpd.GeoDataFrame:
    """Make a layer from row dictionaries with the layer's columns and ``geometry``; no rows give an empty, typed layer.

    Rows are taken one by one, and only some are held as such: a dictionary takes several times what its row does.

    Examples
    --------
    >>> layer_from_rows("events", []).dtypes["event_date"].name
    'datetime64[ms]'
    """
    fields_of, shapes, own = layer_spec(name).fields, list[object](), list[Mapping[str, object]]()
    parts: dict[str, list[pd.Series]] = {field.name: [] for field in fields_of}
    for batch in chain(in_batches(rows), [()]):
        for field in fields_of:
            parts[field.name].append(_column(field, [row[field.name] for row in batch]))
        shapes += (row["geometry"] for row in batch)
        own += map(_own, batch) if name == "events" else ()
    data = {name: pd.concat(some, ignore_index=True) for name, some in parts.items()}
    return gpd.GeoDataFrame(data | _brought_along(own), geometry=shapes, crs=CRS)


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


def in_batches(rows: Iterable[Mapping[str, object]]) -> Iterator[Sequence[Mapping[str, object]]]:
    """Yield rows, :data:`BATCH` at a time."""
    waiting = iter(rows)
    while batch := tuple(islice(waiting, BATCH)):
        yield batch


_NOTHING: Mapping[str, object] = MappingProxyType({})


def _own(row: Mapping[str, object]) -> Mapping[str, object]:
    """Return what the row of a table brought along."""
    return {name: value for name, value in row.items() if name.startswith(SOURCE_PREFIX)} or _NOTHING


def _brought_along(own: Sequence[Mapping[str, object]]) -> dict[str, pd.Series]:
    """Return the columns that rows of tables brought along, each of the narrowest type that holds all its values."""
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
