"""KML for Google Earth: a placemark an event, with its time, and a balloon that shows text and runs nothing."""

from __future__ import annotations

import html
import io
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import shapely

from pipeline.codes import precision_words
from pipeline.products.exports.rules import Row
from pipeline.products.files import write_bytes
from pipeline.products.gdal import write_layer

__all__ = ["balloon", "write_kml"]


def write_kml(events: gpd.GeoDataFrame, rows: Iterable[Row], path: Path) -> Path:
    """Write the events that were placed, with the names that GDAL's LIBKML driver knows: begin, end, description."""
    placed = [(row, point) for row, point in zip(rows, events.geometry, strict=True) if point is not None]
    table = pa.table(
        {
            "Name": pa.array([_name(row) for row, _ in placed], pa.string()),
            "description": pa.array([balloon(row) for row, _ in placed], pa.string()),
            "begin": pa.array([row["start_time"] for row, _ in placed], pa.timestamp("ms", tz="UTC")),
            "end": pa.array([row["end_time"] for row, _ in placed], pa.timestamp("ms", tz="UTC")),
            "event_id": pa.array([row["event_id"] for row, _ in placed], pa.string()),
            "geometry": pa.array([shapely.to_wkb(point) for _, point in placed], pa.binary()),
        }
    )
    document = io.BytesIO()  # LIBKML writes as it closes, and does not tell when the disk is full
    write_layer(table, document, layer="events", driver="LIBKML", geometry_type="Point")
    return write_bytes(path, document.getvalue())


def balloon(row: Row) -> str:
    """Return what a placemark says, as HTML in which text of reports is only text.

    ``$[name]`` is what Google Earth replaces in a balloon, so the sign is written as an entity too.

    Examples
    --------
    >>> unknown = dict.fromkeys(("geo_precision", "low", "injuries_low", "date_start"))
    >>> row = {"sub_event_type": "Attack", "location": "", "source_sentence": "<b>$[x]", "source": "", **unknown}
    >>> balloon({**row, "actor1": "", "actor2": "", "source_url": "", "confidence_level": "low"}).splitlines()[-2]
    '&lt;b&gt;&#36;[x]<br/>'
    """
    sides = " → ".join(filter(None, (row["actor1"], row["actor2"])))
    place = precision_words("geo_precision", row["geo_precision"]) if row["geo_precision"] else "not placed"
    told = (
        row["sub_event_type"],
        sides,
        f"{row['location']} ({place})",
        f"deaths: {_count(row['low'])}; injured: {_count(row['injuries_low'])}",
        row["source_sentence"],
        " ".join(filter(None, (row["source"], row["source_url"], f"{row['confidence_level']} confidence"))),
    )
    return "<br/>\n".join(html.escape(part).replace("$", "&#36;") for part in told if part)


def _name(row: Row) -> str:
    return f"{row['sub_event_type']}, {row['location'] or row['country']}"


def _count(low: int | None) -> str:
    return "not stated" if low is None else str(low)
