"""Write what a run found in another shape, column for column; what has no counterpart is said in ``notes``."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import pandas as pd
import yaml

from pipeline.errors import UsageError
from pipeline.fields import layer_spec
from pipeline.products.exports.kml import write_kml
from pipeline.products.exports.rules import RULES, Row
from pipeline.products.files import write_by, write_bytes
from pipeline.products.gdal import write_layer
from pipeline.products.geojson import layer_table
from pipeline.products.tables import safe_cell

__all__ = ["KINDS", "coded_rows", "export_events"]

_UTF8_WITH_MARK = "utf-8-sig"  # as events.csv: spreadsheets read it right


def export_events(events: gpd.GeoDataFrame, kind: str, folder: Path) -> Path:
    """Write events as ``kind`` into ``folder``.

    Parameters
    ----------
    events : GeoDataFrame
        The events layer.
    kind : str
        One of :data:`KINDS`: ``acled`` (``events-acled.csv``), ``ucdp`` (``events-ucdp.csv``), ``flatgeobuf``
        (``events.fgb``; events that were placed), ``kml`` (``events.kml``).
    folder : Path

    Raises
    ------
    UsageError
        If there is no such kind.
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pipeline.frames import layer_from_rows
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     export_events(layer_from_rows("events", []), "acled", Path(folder)).read_text("utf-8-sig")[:26]
    'event_id_cnty,event_date,y'
    """
    if kind not in KINDS:
        raise UsageError(f"{kind}: no such kind of export; give one of {', '.join(KINDS)}")
    return KINDS[kind](events, folder)


def coded_rows(events: gpd.GeoDataFrame, scheme: str) -> list[dict[str, object]]:
    """Return a row an event with the columns of ``scheme``, in its order.

    Examples
    --------
    >>> from pipeline.frames import layer_from_rows
    >>> coded_rows(layer_from_rows("events", []), "ucdp")
    []
    """
    return [{name: _value(row, source) for name, source in _columns(scheme).items()} for row in _rows(events)]


def _value(row: Row, source: Any) -> object:  # noqa: ANN401 - a name or a rule
    if isinstance(source, str):
        return row[source]
    return RULES[source["by"]](row) if "by" in source else source["is"]


@cache
def _columns(scheme: str) -> Mapping[str, Any]:
    text = files("pipeline.products.exports").joinpath(f"data/{scheme}.yaml").read_text(encoding="utf-8")
    columns: Mapping[str, Any] = yaml.safe_load(text)
    return columns


def _rows(events: gpd.GeoDataFrame) -> list[Row]:
    columns = {name: [_plain(value) for value in events[name]] for name in layer_spec("events").columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell
    return None if pd.isna(value) else value


def _coded(events: gpd.GeoDataFrame, folder: Path, *, scheme: str) -> Path:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(_columns(scheme)))
    writer.writeheader()
    for row in coded_rows(events, scheme):
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return write_bytes(folder / f"events-{scheme}.csv", buffer.getvalue().encode(_UTF8_WITH_MARK))


def _cell(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return f"{value:%Y-%m-%d}"
    return safe_cell(value) if isinstance(value, str) else value


def _flatgeobuf(events: gpd.GeoDataFrame, folder: Path) -> Path:
    """Write the events that were placed: FlatGeobuf's index has no room for one without a place."""
    table, geometry = layer_table(events[events.geometry.notna()], "events"), layer_spec("events").geometry
    return write_by(
        folder / "events.fgb",
        lambda to: write_layer(table, to, layer="events", driver="FlatGeobuf", geometry_type=geometry),
    )


KINDS: Mapping[str, Callable[[gpd.GeoDataFrame, Path], Path]] = MappingProxyType(
    {
        "acled": lambda events, folder: _coded(events, folder, scheme="acled"),
        "ucdp": lambda events, folder: _coded(events, folder, scheme="ucdp"),
        "flatgeobuf": _flatgeobuf,
        "kml": lambda events, folder: write_kml(events, _rows(events), folder / "events.kml"),
    }
)
