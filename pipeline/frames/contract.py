"""The contract of the layers: columns, types, ranges, codes, links, geometry. Every breach names its row and value."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NoReturn

import geopandas as gpd
import msgspec
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
import yaml

from pipeline.codes import event_types, sub_event_types
from pipeline.errors import ContractError
from pipeline.fields import LayerSpec, layer_spec
from pipeline.frames.layers import CRS, Layers

__all__ = ["check_layer", "check_layers"]

#: What a layer of each geometry type may hold; one type a file, as a mixed GeoJSON degrades fields and style in QGIS.
_SHAPELY_TYPES: Mapping[str, tuple[str, ...]] = {"Point": ("Point",), "MultiPolygon": ("MultiPolygon", "Polygon")}

#: Degrees by which a column may differ from the point itself: files keep six decimals.
_TOLERANCE = 1e-6

_Breach = np.ndarray | pd.Series


@dataclass(frozen=True, slots=True)
class _Checked:
    """A layer under check: its specification and its frame."""

    spec: LayerSpec
    frame: gpd.GeoDataFrame

    def refuse(self, breach: _Breach, column: str, why: str) -> None:
        """Raise for the first row where ``breach`` is true."""
        rows = np.flatnonzero(np.asarray(breach, dtype=bool))
        if rows.size:
            self.fail(int(rows[0]), column, why)

    def fail(self, row: int, column: str, why: str) -> NoReturn:
        """Raise ContractError for one value."""
        key, value = self.frame[self.spec.key].iloc[row], self.frame[column].iloc[row]
        shown = repr(value) if isinstance(value, str) else str(value)
        raise ContractError(
            f"layer {self.spec.name}, column {column}, row {row} ({self.spec.key} {key!r}): {shown[:120]} {why}"
        )


@dataclass(frozen=True, slots=True)
class _Limits:
    """What columns may hold: ranges of numbers, words, and pairs of which the first may not exceed the second."""

    ranges: Mapping[str, tuple[float, float | None]]
    words: Mapping[str, tuple[str, ...]]
    ordered: tuple[tuple[str, str], ...]


@cache
def _limits() -> _Limits:
    """Read the limits from ``data/codes.yaml``."""
    raw = yaml.safe_load(files("pipeline").joinpath("data/codes.yaml").read_text(encoding="utf-8"))
    words = {column: tuple(known) for column, known in raw["words"].items()}
    codes = {"event_type": event_types(), "sub_event_type": sub_event_types()}
    return _Limits(
        ranges={column: (least, most) for column, (least, most) in raw["ranges"].items()},
        words=words | codes,
        ordered=tuple((first, second) for first, second in raw["ordered"]),
    )


def check_layers(layers: Layers) -> Layers:
    """Check that every layer keeps the contract of ``data/fields.yaml``; return the layers unchanged.

    Raises
    ------
    ContractError
        Naming the layer, column, row and value, for the first breach found.

    Examples
    --------
    >>> from pipeline.frames.layers import layer_from_rows
    >>> names = ("events", "claims", "areas", "mentions")
    >>> len(check_layers(Layers(*(layer_from_rows(name, []) for name in names))).events)
    0
    """
    for name, frame in layers.items():
        if isinstance(frame, pd.DataFrame):  # one that is too long for a frame was checked when it was made
            check_layer(name, frame)
    _check_events(_Checked(layer_spec("events"), layers.events))
    return layers


def check_layer(name: str, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Check one layer, or some rows of it; return it unchanged.

    Raises
    ------
    ContractError
        For the first breach found.
    """
    spec = layer_spec(name).with_columns(dict(frame.dtypes))
    _check_schema(spec, frame)
    checked = _Checked(spec, frame)
    for check in _CHECKS:
        check(checked)
    return frame


def _check_schema(spec: LayerSpec, frame: gpd.GeoDataFrame) -> None:
    """Check type, coordinate system, columns and dtypes."""
    if not isinstance(frame, gpd.GeoDataFrame):
        raise ContractError(f"layer {spec.name}: a GeoDataFrame is needed, not {type(frame).__name__}")
    if frame.crs is None or frame.crs.to_epsg() != int(CRS.removeprefix("EPSG:")):
        raise ContractError(f"layer {spec.name}: coordinates must be in {CRS}, not {frame.crs}")
    wanted = [*spec.columns, "geometry"]
    if list(frame.columns) != wanted:
        odd = sorted(set(wanted) ^ set(frame.columns)) or "their order"
        raise ContractError(f"layer {spec.name}: columns are not those of fields.yaml; they differ in {odd}")
    for field in spec.fields:
        dtype = str(frame[field.name].dtype)
        if dtype != field.dtype and not (field.dtype == "str" and dtype == "object"):  # pandas 2 keeps text as object
            raise ContractError(f"layer {spec.name}, column {field.name}: dtype must be {field.dtype}, not {dtype}")


def _check_key(checked: _Checked) -> None:
    """Check that each row has an id of its own."""
    keys = checked.frame[checked.spec.key]
    checked.refuse(keys == "", checked.spec.key, "is empty; every row needs an id")
    checked.refuse(keys.duplicated(), checked.spec.key, "is there twice; ids must be unique")


def _check_text(checked: _Checked) -> None:
    """Check that text is text, and can be written as UTF-8 without being cut (GDAL ends a string at NUL)."""
    for column in checked.spec.of_type("str", "json"):
        if not _is_clean_at_a_glance(checked.frame[column]):
            breach = [not _is_clean(value) for value in checked.frame[column]]
            checked.refuse(np.array(breach, dtype=bool), column, "is null, or holds NUL or a lone surrogate")


def _is_clean_at_a_glance(values: pd.Series) -> bool:
    """Whether Arrow takes a whole column for clean text; if not, each value is looked at, which takes far longer."""
    try:
        text = pa.array(values)
    except (pa.ArrowException, UnicodeError):  # values of several types, lone surrogates
        return False
    is_text = pa.types.is_string(text.type) or pa.types.is_large_string(text.type)
    return is_text and not text.null_count and not pc.any(pc.match_substring(text, "\0")).as_py()


def _is_clean(value: object) -> bool:
    """Whether a value is text without NUL and lone surrogates."""
    if not isinstance(value, str) or "\x00" in value:
        return False
    return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)


def _check_json(checked: _Checked) -> None:
    """Check that JSON columns hold JSON."""
    for column in checked.spec.of_type("json"):
        for row, value in enumerate(checked.frame[column]):
            try:
                msgspec.json.decode(value)  # stricter than what follows, and several times as fast
            except msgspec.DecodeError:
                _check_one_json(checked, row, column)


def _check_one_json(checked: _Checked, row: int, column: str) -> None:
    try:
        json.loads(checked.frame[column].iloc[row], parse_constant=_refuse_constant)
    except ValueError as error:
        checked.fail(row, column, f"is not JSON: {error}")


def _refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError(f"{name} is no JSON")


def _check_ranges(checked: _Checked) -> None:
    """Check that numbers are finite and in range."""
    for column in checked.spec.of_type("float"):
        checked.refuse(np.isinf(checked.frame[column]), column, "is not finite")
    for column, (least, most) in _limits().ranges.items():
        if column in checked.spec.columns:
            values = checked.frame[column]
            out = (values < least) if most is None else (values < least) | (values > most)
            span = f"{least} to {most}" if most is not None else f"{least} or more"
            checked.refuse(out.fillna(value=False), column, f"is out of range: {span}")


def _check_words(checked: _Checked) -> None:
    """Check that coded columns hold codes."""
    for column, words in _limits().words.items():
        if column in checked.spec.columns:
            known = checked.frame[column].isin(["", *words])
            checked.refuse(~known, column, f"is none of {', '.join(words)}")


def _check_order(checked: _Checked) -> None:
    """Check that spans do not end before they begin, and low <= best <= high."""
    for first, second in _limits().ordered:
        if {first, second} <= set(checked.spec.columns):
            after = checked.frame[first] > checked.frame[second]
            checked.refuse(after.fillna(value=False), first, f"exceeds {second}")


def _check_links(checked: _Checked) -> None:
    """Check that links are http or https."""
    if "source_url" in checked.spec.columns:
        urls = checked.frame["source_url"]
        breach = [not all(u.startswith(("http://", "https://")) for u in value.split()) for value in urls]
        checked.refuse(np.array(breach, dtype=bool), "source_url", "is no http or https link")


def _check_geometry(checked: _Checked) -> None:
    """Check geometry types, and that coordinates are finite and on Earth."""
    shapes = checked.frame.geometry
    allowed = _SHAPELY_TYPES[checked.spec.geometry]
    given = ~shapely.is_missing(shapes.to_numpy())
    wrong = given & (~shapes.geom_type.isin(allowed) | shapes.is_empty)
    checked.refuse(wrong, "geometry", f"is not a {checked.spec.geometry} with coordinates")
    west, south, east, north = shapely.bounds(shapes.to_numpy()).T
    checked.refuse(given & ~np.isfinite(west + south + east + north), "geometry", "has a coordinate that is not finite")
    tall, wide = np.maximum(-south, north), np.maximum(-west, east)
    checked.refuse((tall > 90) & (tall <= 180) & (wide <= 90), "geometry", "looks swapped: (x, y) is (lon, lat)")
    checked.refuse((tall > 90) | (wide > 180), "geometry", "is out of range: x -180 to 180 (lon), y -90 to 90 (lat)")
    checked.refuse(given & (west == 0) & (east == 0) & (south == 0) & (north == 0), "geometry", "is 0, 0: no place")
    checked.refuse(given & ~shapes.is_valid.to_numpy(), "geometry", "is not valid: it crosses itself")


def _check_events(events: _Checked) -> None:
    """Check what holds of events alone: columns agree with the point, and what is placed has a precision."""
    frame, points = events.frame, events.frame.geometry
    for column, ordinate in (("latitude", shapely.get_y), ("longitude", shapely.get_x)):
        apart = np.abs(frame[column].to_numpy() - ordinate(points.to_numpy())) > _TOLERANCE
        events.refuse(apart | (frame[column].isna() != points.isna()), column, "does not agree with the geometry")
    placed = points.notna()
    events.refuse(placed & frame["geo_precision"].isna(), "geo_precision", "is empty though the event is placed")
    events.refuse(~placed & frame["geo_precision"].notna(), "geo_precision", "is given though the event is not placed")
    events.refuse(placed & (frame["geo_method"] == ""), "geo_method", "is empty though the event is placed")
    events.refuse(frame["event_type"] == "", "event_type", "is empty")
    events.refuse(frame["event_status"] == "", "event_status", "is empty")
    for column in ("start_time", "end_time"):
        events.refuse(frame[column].isna() != frame["event_date"].isna(), column, "and event_date: one is empty")


_CHECKS: tuple[Callable[[_Checked], None], ...] = (
    _check_key,
    _check_geometry,
    _check_text,
    _check_json,
    _check_ranges,
    _check_words,
    _check_order,
    _check_links,
)
