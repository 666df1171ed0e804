"""Layers -> the map's data: plain JSON values, column by column, nothing that could be read as code.

Strings stay exactly what they are; :func:`embed` makes the one encoding that is safe inside a ``<script>`` data block.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import yaml
from shapely.geometry import Point, mapping
from shapely.geometry.base import BaseGeometry

from pipeline.frames import Layers
from pipeline.products.map.words import (
    count_words,
    date_words,
    day_of,
    harm_words,
    place_precision_words,
    span_words,
)

Row = dict[str, Any]

#: Drawn from the event's own point and ``uncertainty_m``, with a least size on the screen, instead of as a polygon.
_CIRCLES: Final = frozenset({"circle", "near"})
_DISPLAY_TOLERANCE_DEG: Final = 0.003  # a third of a kilometre: less than a pixel at the zooms areas are read at
_COARSE: Final = 3
_COUNTRY: Final = 6
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "RLE", "RLO", "RLI"})
_CLAIM_FIELDS: Final = ("measure", "scope", "attributed_to", "source_sentence", "source", "source_url")
_EVENT_FIELDS: Final = (
    "event_id", "event_status", "event_type", "sub_event_type", "date_text", "date_reasons", "perpetrator", "target",
    "actor1", "actor2", "count_text", "location", "geo_score", "where_description", "uncertainty_m", "source",
    "source_url", "source_title", "n_sources", "notes", "source_sentence", "attributed_to", "confidence",
    "confidence_level", "corrected",
)  # fmt: skip

SCRIPT_SAFE: Final = {
    code: f"\\u{code:04x}" for code in (*map(ord, "<>&\u2028\u2029\x7f"), *range(0x80, 0xA0), *range(0xD800, 0xE000))
}


@cache
def styles() -> Mapping[str, Any]:
    """Read ``pipeline/data/styles.yaml``: colours, shapes and marks, shared with QGIS."""
    text = files("pipeline").joinpath("data/styles.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


def map_data(layers: Layers) -> dict[str, Any]:
    """Turn the layers into what the page draws.

    Parameters
    ----------
    layers : Layers
        Frames in EPSG:4326 with the columns of ``pipeline/data/fields.yaml``.

    Returns
    -------
    dict
        ``styles``, ``summary`` and the packed tables ``events``, ``areas``, ``claims``, ``mentions``; ``shapes`` holds
        each polygon once. Coordinates are (lon, lat) in degrees.
    """
    events = sorted(_rows(layers.events), key=lambda row: (str(day_of(row["date_start"]) or "9999"), row["event_id"]))
    row_of = {row["event_id"]: number for number, row in enumerate(events)}
    shapes = _Shapes()
    areas = [area for area in _rows(layers.areas) if not _is_circle(area, events, row_of)]
    return {
        "styles": styles(),
        "summary": _summary(events),
        "events": pack([_event(row) for row in events]),
        "areas": pack([_area(row, row_of, shapes) for row in areas]),
        "claims": pack([_claim(row, shapes) for row in _rows(layers.claims)]),
        "mentions": pack(_places_named(_rows(layers.mentions))),
        "shapes": shapes.found,
    }


def embed(value: object) -> str:
    r"""Write ``value`` as JSON that may stand inside any HTML element and any JavaScript string.

    ``<``, ``>`` and ``&`` cannot end the element or begin a comment, U+2028 and U+2029 cannot end a line, a lone
    surrogate cannot break the encoding: all are written as ``\uXXXX``.

    Raises
    ------
    ValueError
        If a number is NaN or infinite, which JSON cannot hold.

    Examples
    --------
    >>> embed({"title": "</script>"})
    '{"title":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(SCRIPT_SAFE)


def pack(rows: Sequence[Row]) -> dict[str, Any]:
    """Turn rows into columns; a text column that repeats itself becomes a dictionary ``d`` and indices ``i``.

    Examples
    --------
    >>> pack([{"a": 1.5}, {"a": None}])
    {'n': 2, 'columns': {'a': [1.5, None]}}
    """
    names = list(rows[0]) if rows else []
    return {"n": len(rows), "columns": {name: _column([row[name] for row in rows]) for name in names}}


def _column(values: list[Any]) -> list[Any] | dict[str, list[Any]]:
    if len(values) < 8 or not all(isinstance(value, str) for value in values):
        return values
    index = {value: number for number, value in enumerate(dict.fromkeys(values))}
    if len(index) * 2 > len(values):
        return values
    return {"d": list(index), "i": [index[value] for value in values]}


def _rows(frame: gpd.GeoDataFrame) -> list[Row]:
    """Return the rows as plain values, None for whatever is missing."""
    columns = {str(name): _plain(frame[name]) for name in frame.columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(series: pd.Series[Any]) -> list[Any]:
    missing = series.isna().to_numpy()
    values = series.astype(object).tolist()
    return [None if gone else _scalar(value) for value, gone in zip(values, missing, strict=True)]


def _scalar(value: object) -> object:
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _event(row: Row) -> Row:
    start, end = day_of(row["date_start"] or row["event_date"]), day_of(row["date_end"])
    point = _point(row["geometry"])
    return {
        **{name: row[name] if row[name] is not None else "" for name in _EVENT_FIELDS},
        "from": start.isoformat() if start else "",
        "to": max(end or start, start).isoformat() if start else "",
        "date": date_words(start, end, row["time_precision"], row["date_prec"]),
        "source_date": str(day_of(row["source_date"]) or ""),
        "harm": harm_words(row),
        "where": _where(row["location"], row["admin1"], row["country"]),
        "precision": place_precision_words(row),
        "mark": mark_of(row),
        "lon": point[0] if point else None,
        "lat": point[1] if point else None,
        "why": _reasons(row["geo_reasons"]),
        "others": _alternatives(row["geo_alternatives"]),
        "marked": _offsets(row),
    }


def mark_of(row: Mapping[str, Any]) -> str:
    """Return which mark of ``styles.yaml`` may stand for this event: never one finer than its codes.

    A point whose precision is not coded is drawn as an area would be.
    """
    if row["geo_method"] == "country" or row["where_prec"] == _COUNTRY:
        return "country"
    return {1: "exact", 2: "near"}.get(row["geo_precision"] or 0, "area")


def _summary(events: Sequence[Row]) -> dict[str, Any]:
    placed = [row for row in events if _point(row["geometry"])]
    starts = [day for row in events if (day := day_of(row["date_start"] or row["event_date"]))]
    ends = [day for row in events if (day := day_of(row["date_end"]))]
    return {
        "events": len(events),
        "placed": len(placed),
        "coarse": sum(1 for row in placed if (row["geo_precision"] or _COARSE) >= _COARSE),
        "reports": len({doc for row in events for doc in str(row["doc_id"] or "").split(";") if doc.strip()}),
        "period": span_words(min(starts), max([*starts, *ends])) if starts else "",
    }


def _point(geometry: BaseGeometry | None) -> tuple[float, float] | None:
    if geometry is None or geometry.is_empty:
        return None
    point = geometry if isinstance(geometry, Point) else geometry.representative_point()
    return round(point.x, 6), round(point.y, 6)


def _where(*parts: str | None) -> str:
    isolated = ", ".join(_isolated(part) for part in dict.fromkeys(part for part in parts if part))
    return f"\u200e{isolated}" if "\u2068" in isolated else isolated


def _isolated(part: str) -> str:
    """Keep a name that runs right to left from turning the line that it stands in (Unicode isolates, UAX 9)."""
    turns = any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in part)
    return f"\u2068{part}\u2069" if turns else part


def _json_list(text: str | None) -> list[Row]:
    try:
        items = json.loads(text or "[]")
    except ValueError:
        return []
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _reasons(text: str | None) -> list[str]:
    return [str(item["text"]) for item in _json_list(text) if item.get("text")]


def _alternatives(text: str | None) -> list[str]:
    return [
        words
        for item in _json_list(text)
        if (words := _where(*(str(item.get(part) or "") for part in ("name", "admin1", "country"))))
    ]


def _offsets(row: Row) -> list[int] | None:
    """Return (start, end) of the place words within the sentence, in code points, if they stand in it."""
    sentence, begin = row["source_sentence"], row["sent_start"]
    start, end = row["place_start"], row["place_end"]
    if not sentence or begin is None or start is None or end is None:
        return None
    inside = begin <= start < end <= begin + len(sentence)
    return [start - begin, end - begin] if inside else None


def _is_circle(area: Row, events: Sequence[Row], row_of: Mapping[Hashable, int]) -> bool:
    number = row_of.get(area["event_id"])
    return area["kind"] in _CIRCLES and number is not None and _point(events[number]["geometry"]) is not None


def _area(row: Row, row_of: Mapping[Hashable, int], shapes: _Shapes) -> Row:
    return {
        "event": row_of.get(row["event_id"], -1),
        "kind": row["kind"] or "region",
        "name": row["name"] or "",
        "shape": shapes.number(row["geometry"]),
    }


def _claim(row: Row, shapes: _Shapes) -> Row:
    start, end = day_of(row["period_start"]), day_of(row["period_end"])
    point = _point(row["geometry"])
    bounds = (row["low"], row["best"], row["high"])
    return {
        **{name: row[name] or "" for name in _CLAIM_FIELDS},
        "count": count_words(bounds, "", row["qualifier"] or "").strip() or "number not stated",
        "period": _period(start, end),
        "source_date": str(day_of(row["source_date"]) or ""),
        "shape": shapes.number(row["geometry"]),
        "lon": point[0] if point else None,
        "lat": point[1] if point else None,
    }


def _period(start: date | None, end: date | None) -> str:
    if start is None:
        return f"until {span_words(end, end)}" if end else ""
    return span_words(start, end) if end else f"since {span_words(start, start)}"


def _places_named(rows: Iterable[Row]) -> list[Row]:
    """Return one row a place: how often it was named, and in which words."""
    found: dict[Any, Row] = {}
    for row in rows:
        point = _point(row["geometry"])
        if row["status"] != "resolved" or point is None:
            continue
        blank = {"name": row["name"] or row["text"], "where": _where(row["admin1"], row["country"]), "n": 0, "as": {}}
        place = found.setdefault(row["place_id"] or point, {**blank, "lon": point[0], "lat": point[1]})
        place["n"] += 1
        place["as"][row["text"]] = None
    return [{**place, "as": list(place["as"])[:6]} for place in found.values()]


class _Shapes:
    """Polygons for display, each kept once: many events share a province."""

    def __init__(self) -> None:
        self.found: list[Any] = []
        self._numbers: dict[bytes, int] = {}

    def number(self, geometry: BaseGeometry | None) -> int:
        """Return the index of ``geometry`` among the shapes; -1 if there is no area."""
        if geometry is None or geometry.is_empty or geometry.area == 0:
            return -1
        key = shapely.to_wkb(geometry)
        if key not in self._numbers:
            self._numbers[key] = len(self.found)
            drawn = shapely.simplify(geometry, _DISPLAY_TOLERANCE_DEG)
            self.found.append(mapping(shapely.transform(drawn, lambda xy: np.round(xy, 4))))
        return self._numbers[key]
