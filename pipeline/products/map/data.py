"""Layers -> the map's data: plain JSON values, column by column, nothing that could be read as code.

An event is split: what the filters, the list and the marks need comes at once; what a popup says more comes in chunks
that the page opens when it is asked.
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
import yaml
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from pipeline.frames import Layers
from pipeline.products.map.hexagons import TOO_MANY, aggregated
from pipeline.products.map.pack import pack
from pipeline.products.map.provinces import province_names, province_shape, provinces_of
from pipeline.products.map.shapes import Shapes
from pipeline.products.map.words import (
    count_words,
    date_words,
    day_of,
    disagreement_words,
    harm_words,
    place_precision_words,
    span_words,
)

__all__ = ["CHUNK", "event_record", "map_data", "mark_of", "place_offsets", "plain_rows", "styles"]

Row = dict[str, Any]

#: Events whose details share a block of the page.
CHUNK: Final = 5000
#: Drawn from the event's own point and ``uncertainty_m``, with a least size on the screen, instead of as a polygon.
_CIRCLES: Final = frozenset({"circle", "near"})
_COARSE: Final = 3
_PROVINCE: Final = 4
_COUNTRY: Final = 6
_EPOCH: Final = date(1970, 1, 1)
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "RLE", "RLO", "RLI"})
_CLAIM_FIELDS: Final = ("measure", "scope", "attributed_to", "source_sentence", "source", "source_url")
_CORE_FIELDS: Final = (
    "event_id", "event_status", "event_type", "sub_event_type", "perpetrator", "target", "actor1", "actor2", "location",
    "admin1", "country", "where_description", "source", "confidence_level",
)  # fmt: skip
_NUMBERS: Final = (
    "geo_precision", "where_prec", "uncertainty_m", "low", "best", "high", "injuries_low", "injuries_best",
    "injuries_high",
)  # fmt: skip
_DETAIL_FIELDS: Final = (
    "date_text", "date_reasons", "count_text", "geo_score", "source_url", "source_title", "n_sources", "notes",
    "source_sentence", "attributed_to", "confidence", "admin2", "corrected",
)  # fmt: skip
_USED: Final = frozenset({
    *_CORE_FIELDS, *_NUMBERS, *_DETAIL_FIELDS, "event_date", "date_start", "date_end", "time_precision", "date_prec",
    "count_qualifier", "source_date", "geo_method", "geo_reasons", "geo_alternatives", "doc_id", "sent_start",
    "place_start", "place_end", "merge_reasons", "disagreements", "geometry",
})  # fmt: skip

_NAMED: Final = frozenset({"place_id", "name", "text", "status", "admin1", "country", "geometry"})


@cache
def styles() -> Mapping[str, Any]:
    """Read ``pipeline/data/styles.yaml``: colours, shapes and marks, shared with QGIS."""
    text = files("pipeline").joinpath("data/styles.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


def map_data(layers: Layers) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Turn the layers into what the page draws.

    Parameters
    ----------
    layers : Layers
        Frames in EPSG:4326 with the columns of ``pipeline/data/fields.yaml``; ``corrected``, ``merge_reasons`` and
        ``disagreements`` are shown where there are such columns.

    Returns
    -------
    data : dict
        ``styles``, ``summary`` and the packed tables ``events``, ``areas``, ``claims``, ``mentions``, ``provinces``;
        ``shapes`` holds each polygon once. Coordinates are (lon, lat) in degrees, days count from 1970.
    details : list of dict
        The packed rest of the events, ``CHUNK`` rows each, in the same order.
    """
    shapes = Shapes()
    if len(layers.events) > TOO_MANY:
        core, details, summary, areas = *_counted(layers), []  # type: ignore[var-annotated]
    else:
        core, details, summary, areas = _told(layers, shapes)
    provinces = _number_provinces(core, shapes)
    data = {
        "styles": styles(),
        "summary": summary | {"chunk": CHUNK},
        "events": pack(core),
        "areas": pack(areas),
        "claims": pack([_claim(row, shapes) for row in plain_rows(layers.claims)]),
        "mentions": pack(_places_named(row for some in layers.batches("mentions") for row in plain_rows(some, _NAMED))),
        "provinces": pack(provinces),
        "shapes": shapes.found,
    }
    return data, [pack(details[start : start + CHUNK]) for start in range(0, len(details), CHUNK)]


def _told(layers: Layers, shapes: Shapes) -> tuple[list[Row], list[Row], Row, list[Row]]:
    """Return every event by itself: what is needed at once, the details, the summary, and the areas."""
    found = plain_rows(layers.events, _USED)
    events = sorted(found, key=lambda row: (str(day_of(row["date_start"]) or "9999"), row["event_id"]))
    row_of = {row["event_id"]: number for number, row in enumerate(events)}
    areas = [area for area in plain_rows(layers.areas) if not _is_circle(area, events, row_of)]
    return (
        [_core(row) for row in events],
        [_details(row) for row in events],
        _summary(events),
        [_area(row, row_of, shapes) for row in areas],
    )


def _counted(layers: Layers) -> tuple[list[Row], list[Row], Row]:
    """Return the events as counts by place, month and type; more of them than a page can hold one by one."""
    rows, about = aggregated(layers.events)
    blank = dict.fromkeys((*_CORE_FIELDS, "where", "precision"), "") | dict.fromkeys((*_NUMBERS, "lon", "lat"))
    core = [blank | row | {"where": _where(row["location"], row["admin1"], row["country"])} for row in rows]
    return core, [], about


def plain_rows(frame: pd.DataFrame, used: Iterable[str] | None = None) -> list[Row]:
    """Return the rows as plain values, None for whatever is missing."""
    wanted = None if used is None else set(used)
    columns = {str(name): _plain(frame[name]) for name in frame.columns if wanted is None or name in wanted}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(series: pd.Series[Any]) -> list[Any]:
    missing = series.isna().to_numpy()
    values = series.astype(object).tolist()
    return [None if gone else _scalar(value) for value, gone in zip(values, missing, strict=True)]


def _scalar(value: object) -> object:
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _core(row: Row) -> Row:
    """Return what the marks, the list, the filters and the downloads need of an event."""
    start, end = day_of(row["date_start"] or row["event_date"]), day_of(row["date_end"])
    point = _point(row["geometry"])
    return {
        **{name: row[name] if row[name] is not None else "" for name in _CORE_FIELDS},
        **{name: row[name] for name in _NUMBERS},
        "from": (start - _EPOCH).days if start else None,
        "to": (max(end or start, start) - _EPOCH).days if start else None,
        "date": date_words(start, end, row["time_precision"], row["date_prec"]),
        "harm": harm_words(row),
        "where": _where(row["location"], row["admin1"], row["country"]),
        "precision": place_precision_words(row),
        "mark": mark_of(row),
        "lon": point[0] if point else None,
        "lat": point[1] if point else None,
        "n": 1,
    }


def _details(row: Row) -> Row:
    """Return what a popup says more."""
    return {
        **{name: "" if row.get(name) is None else row[name] for name in _DETAIL_FIELDS},
        "time_precision": row["time_precision"],
        "date_prec": row["date_prec"],
        "source_date": str(day_of(row["source_date"]) or ""),
        "why": _reasons(row["geo_reasons"]),
        "others": _alternatives(row["geo_alternatives"]),
        "merged": _reasons(row.get("merge_reasons")),
        "differ": [disagreement_words(item) for item in _json_list(row.get("disagreements"))],
        "marked": place_offsets(row),
    }


def event_record(event: gpd.GeoDataFrame) -> Row:
    """Return all that a popup says of the one event of a frame, as the page holds it where it holds single events."""
    row = plain_rows(event, _USED)[0]
    return {**_details(row), **_core(row)}


def mark_of(row: Mapping[str, Any]) -> str:
    """Return which mark of ``styles.yaml`` may stand for this event: never one finer than its codes.

    A point whose precision is not coded is drawn as an area would be.
    """
    if row["geo_method"] == "country" or row["where_prec"] == _COUNTRY:
        return "country"
    return {1: "exact", 2: "near"}.get(row["geo_precision"] or 0, "area")


def _summary(events: Sequence[Row]) -> Row:
    placed = [row for row in events if _point(row["geometry"])]
    starts = [day for row in events if (day := day_of(row["date_start"] or row["event_date"]))]
    ends = [day for row in events if (day := day_of(row["date_end"]))]
    return {
        "events": len(events),
        "placed": len(placed),
        "coarse": sum(1 for row in placed if (row["geo_precision"] or _COARSE) >= _COARSE),
        "reports": len({doc for row in events for doc in str(row["doc_id"] or "").split(";") if doc.strip()}),
        "period": span_words(min(starts), max([*starts, *ends])) if starts else "",
        "points": None,
        "aggregated": "",
    }


def _number_provinces(core: Sequence[Row], shapes: Shapes) -> list[Row]:
    """Say of each event which province counts it: none where its place is known no better than to sector or country."""
    counted = [row for row in core if row["lat"] is not None and _within_a_province(row)]
    places = list(dict.fromkeys((row["lon"], row["lat"]) for row in counted))
    at = dict(zip(places, provinces_of(places), strict=True))
    for row in core:
        row["province"] = -1
    numbers: dict[int, int] = {}
    for row in counted:
        found = at[row["lon"], row["lat"]]
        row["province"] = numbers.setdefault(found, len(numbers)) if found >= 0 else -1
    return [
        {"name": province_names(number)[0], "iso_a2": province_names(number)[1],
         "shape": shapes.number(province_shape(number))} for number in numbers
    ]  # fmt: skip


def _within_a_province(row: Row) -> bool:
    return row["mark"] in {"exact", "near"} or row["where_prec"] == _PROVINCE


def _point(geometry: BaseGeometry | None) -> tuple[float, float] | None:
    if geometry is None or geometry.is_empty:
        return None
    point = geometry if isinstance(geometry, Point) else geometry.representative_point()
    return round(point.x, 5), round(point.y, 5)  # a metre


def _where(*parts: str | None) -> str:
    isolated = ", ".join(_isolated(part) for part in dict.fromkeys(part for part in parts if part))
    return f"\u200e{isolated}" if "\u2068" in isolated else isolated


def _isolated(part: str) -> str:
    """Keep a name that runs right to left from turning the line that it stands in (Unicode isolates, UAX 9)."""
    if part.isascii():
        return part
    turns = any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in part)
    return f"\u2068{part}\u2069" if turns else part


def _json_list(text: object) -> list[Row]:
    try:
        items = json.loads(text) if isinstance(text, str) and text else []
    except ValueError:
        return []
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _reasons(text: object) -> list[str]:
    """Return the reasons in words, what weighed most first."""
    said = [item for item in _json_list(text) if item.get("text")]
    return [str(item["text"]) for item in sorted(said, key=_weight, reverse=True)]


def _weight(item: Row) -> float:
    weight = item.get("contribution")
    return float(weight) if isinstance(weight, int | float) else 0.0


def _alternatives(text: object) -> list[str]:
    return [
        words
        for item in _json_list(text)
        if (words := _where(*(str(item.get(part) or "") for part in ("name", "admin1", "country"))))
    ]


def place_offsets(row: Row) -> list[int] | None:
    """Return (start, end) of the place words within the sentence, in code points, if they stand in it."""
    sentence, begin = row["source_sentence"], row["sent_start"]
    start, end = row["place_start"], row["place_end"]
    if not sentence or begin is None or start is None or end is None:
        return None
    inside = begin <= start < end <= begin + len(sentence)
    return [int(start - begin), int(end - begin)] if inside else None


def _is_circle(area: Row, events: Sequence[Row], row_of: Mapping[Hashable, int]) -> bool:
    number = row_of.get(area["event_id"])
    return area["kind"] in _CIRCLES and number is not None and _point(events[number]["geometry"]) is not None


def _area(row: Row, row_of: Mapping[Hashable, int], shapes: Shapes) -> Row:
    return {
        "event": row_of.get(row["event_id"], -1),
        "kind": row["kind"] or "region",
        "name": row["name"] or "",
        "shape": shapes.number(row["geometry"]),
    }


def _claim(row: Row, shapes: Shapes) -> Row:
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
