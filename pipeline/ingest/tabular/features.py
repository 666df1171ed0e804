"""GeoJSON: a feature is a row, its properties are the cells, its point is latitude and longitude."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipeline.ingest.decode import decode
from pipeline.ingest.json_text import fault_in, marked, too_deep
from pipeline.ingest.limits import Limits, RefusedError, shown
from pipeline.ingest.tabular.sheet import Sheet, check_size
from pipeline.ingest.tabular.spatial import plain_cell, point_cells, with_points
from pipeline.models import Rejection

_NO_FEATURE = "not a feature"
_REMEDY = "give a FeatureCollection with properties, longitude before latitude (RFC 7946)"


def read_features(data: bytes, path: str, name: str, limits: Limits) -> Sheet:
    """Return the table of a GeoJSON FeatureCollection; a member that is no feature is a rejection of the sheet.

    Raises
    ------
    RefusedError
        It is no FeatureCollection, or has more features or properties than are taken on.

    Examples
    --------
    >>> text = b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"date": "2023-11-20"},'
    >>> text += b' "geometry": {"type": "Point", "coordinates": [42.8, 33.6]}}]}'
    >>> sheet = read_features(text, "a.geojson", "a.geojson", Limits())
    >>> sheet.columns, sheet.rows
    (('date', 'latitude', 'longitude'), ((1, ('2023-11-20', 33.6, 42.8)),))
    """
    members = [(number, member, _fault(member)) for number, member in enumerate(_members(data, path, limits), start=1)]
    rejections = tuple(Rejection(path, number, why, shown(member), _REMEDY) for number, member, why in members if why)
    features = [(number, member) for number, member, why in members if not why]
    columns = tuple(dict.fromkeys(str(key) for _, feature in features for key in feature.get("properties") or ()))
    check_size(path, len(members), len(columns), limits)
    rows = tuple(
        (number, tuple(plain_cell((feature.get("properties") or {}).get(column)) for column in columns))
        for number, feature in features
    )
    points = [point_cells(feature.get("geometry")) for _, feature in features]
    return Sheet(path, name, *with_points(columns, rows, points), rejections, is_typed=True)


def _members(data: bytes, path: str, limits: Limits) -> list[Any]:
    text = decode(data).text
    if too_deep(text, limits.max_depth):
        raise RefusedError(Rejection(path, None, f"nested deeper than {limits.max_depth} levels", "", _REMEDY))
    try:
        value = marked(text)
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise RefusedError(Rejection(path, line, f"malformed JSON: {error}", "", _REMEDY)) from error
    members = value.get("features") if isinstance(value, dict) else None
    if not isinstance(members, list) or not members:
        raise RefusedError(Rejection(path, None, "not a FeatureCollection with features", shown(text[:200]), _REMEDY))
    return members


def _fault(member: object) -> str:
    """Return why a member cannot be read as a feature; empty where it can. Foreign members are left alone."""
    if not isinstance(member, dict) or member.get("type") != "Feature":
        return _NO_FEATURE
    if not all(isinstance(member.get(key), (Mapping, type(None))) for key in ("properties", "geometry")):
        return _NO_FEATURE
    fault = fault_in(member)
    return f"malformed JSON: {fault.cause}" if fault else ""
