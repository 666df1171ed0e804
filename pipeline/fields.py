"""The columns of each layer, read from ``data/fields.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

import yaml

__all__ = ["DTYPES", "SOURCE_PREFIX", "Field", "FieldType", "LayerSpec", "field_of_dtype", "layer_spec", "layer_specs"]

FieldType = Literal["str", "int", "float", "bool", "date", "datetime", "json"]

#: Field type -> pandas dtype. Dates are midnight in ``datetime64[ms]``, which is also how pyogrio reads a GDAL Date.
DTYPES: Mapping[str, str] = MappingProxyType(
    {
        "str": "str",
        "json": "str",
        "int": "Int64",
        "float": "float64",
        "bool": "bool",
        "date": "datetime64[ms]",
        "datetime": "datetime64[ms, UTC]",
    }
)


#: What stands before the names of the columns that rows of tables bring along; only events have such.
SOURCE_PREFIX = "src_"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, its type and what it holds."""

    name: str
    type: FieldType
    text: str

    @property
    def dtype(self) -> str:
        """The pandas dtype of the column."""
        return DTYPES[self.type]


def field_of_dtype(name: str, dtype: str) -> Field:
    """Return the field of a column that is in no table of fields, by its pandas dtype; text where no type has it.

    Examples
    --------
    >>> field_of_dtype("src_id", "Int64").type
    'int'
    """
    found: FieldType = next((kind for kind in _TYPES if DTYPES[kind] == dtype), "str")
    return Field(name, found, "A column of the table that the event was read from")


#: The types that columns of tables have; times of day and JSON stay text.
_TYPES: tuple[FieldType, ...] = ("int", "float", "bool", "date")


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """One layer: its name, the one geometry type it holds, the column that identifies a row, and its columns."""

    name: str
    geometry: str
    key: str
    fields: tuple[Field, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in order, without ``geometry``."""
        return tuple(field.name for field in self.fields)

    def with_columns(self, columns: Mapping[str, object]) -> LayerSpec:
        """Return the specification with the columns that rows of tables brought along, by name and dtype."""
        own = tuple(
            field_of_dtype(name, str(dtype))
            for name, dtype in columns.items()
            if self.name == "events" and name.startswith(SOURCE_PREFIX)
        )
        return replace(self, fields=(*self.fields, *own)) if own else self

    def of_type(self, *types: FieldType) -> tuple[str, ...]:
        """Return the names of the columns of the given types, in order."""
        return tuple(field.name for field in self.fields if field.type in types)


@cache
def layer_specs() -> Mapping[str, LayerSpec]:
    """Return every layer's specification, by name.

    Examples
    --------
    >>> list(layer_specs())
    ['events', 'claims', 'areas', 'mentions']
    """
    raw = yaml.safe_load(files("pipeline").joinpath("data/fields.yaml").read_text(encoding="utf-8"))
    return MappingProxyType({name: _spec(name, layer) for name, layer in raw.items()})


def layer_spec(name: str) -> LayerSpec:
    """Return one layer's specification.

    Raises
    ------
    KeyError
        If there is no layer ``name``.

    Examples
    --------
    >>> layer_spec("events").key
    'event_id'
    """
    return layer_specs()[name]


def _spec(name: str, layer: Mapping[str, object]) -> LayerSpec:
    """Build one specification from its part of the YAML file."""
    fields = layer["fields"]
    if not isinstance(fields, Mapping):
        raise TypeError(f"fields.yaml: {name}.fields is not a mapping")
    rows = tuple(Field(column, *row) for column, row in fields.items())
    unknown = sorted({row.type for row in rows} - set(DTYPES))
    if unknown:
        raise ValueError(f"fields.yaml: {name} has fields of unknown type {unknown}; types are {sorted(DTYPES)}")
    return LayerSpec(name, str(layer["geometry"]), str(layer["key"]), rows)
