"""GeoJSON: a feature is a row, its properties are the cells, its point is latitude and longitude."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipeline.ingest.decode import decode
from pipeline.ingest.json_text import too_deep
from pipeline.ingest.limits import Limits, RefusedError, shown
from pipeline.ingest.tabular.sheet import Sheet, check_size
from pipeline.ingest.tabular.spatial import plain_cell, point_cells, with_points
from pipeline.models import Rejection

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
    members = _members(decode(data).text, path, limits)
    features = [(number, member) for number, member in enumerate(members, start=1) if _is_feature(member)]
    bad = [(number, member) for number, member in enumerate(members, start=1) if not _is_feature(member)]
    columns = tuple(dict.fromkeys(str(key) for _, feature in features for key in feature["properties"] or ()))
    check_size(path, len(members), len(columns), limits)
    rows = tuple(
        (number, tuple(plain_cell((feature["properties"] or {}).get(column)) for column in columns))
        for number, feature in features
    )
    points = [point_cells(feature.get("geometry")) for _, feature in features]
    rejections = tuple(Rejection(path, number, "not a feature", shown(member), _REMEDY) for number, member in bad)
    return Sheet(path, name, *with_points(columns, rows, points), rejections, is_typed=True)


def _members(text: str, path: str, limits: Limits) -> list[Any]:
    if too_deep(text, limits.max_depth):
        raise RefusedError(Rejection(path, None, f"nested deeper than {limits.max_depth} levels", "", _REMEDY))
    try:
        value = json.loads(text)
    except ValueError as error:
        raise RefusedError(Rejection(path, None, f"malformed JSON: {error}", "", _REMEDY)) from error
    members = value.get("features") if isinstance(value, dict) else None
    if not isinstance(members, list) or not members:
        raise RefusedError(Rejection(path, None, "not a FeatureCollection with features", shown(text[:200]), _REMEDY))
    return members


def _is_feature(member: object) -> bool:
    if not isinstance(member, dict) or member.get("type") != "Feature":
        return False
    shape = member.get("geometry")
    return isinstance(member.get("properties"), (Mapping, type(None))) and isinstance(shape, (Mapping, type(None)))
