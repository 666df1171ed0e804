"""Provinces of the world, and which of them a point lies in: for the counts that the map colours provinces by."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["province_names", "province_shape", "provinces_of"]

_FILE: Final = "natural_earth/admin1.geojson.gz"


class _Named(msgspec.Struct):
    name: str
    iso_a2: str


class _Feature(msgspec.Struct):
    properties: _Named
    geometry: msgspec.Raw


class _Features(msgspec.Struct):
    features: list[_Feature]


@cache
def _provinces() -> tuple[shapely.STRtree, tuple[tuple[str, str], ...]]:
    """Return the polygons of the vendored Natural Earth provinces, indexed, with (name, country code) of each."""
    packed = files("gazetteer").joinpath("data").joinpath(_FILE).read_bytes()
    features = msgspec.json.decode(gzip.decompress(packed), type=_Features).features
    # One by one from text to polygon: half a million corners as lists of numbers are 100 MB.
    shapes = [shapely.from_geojson(bytes(feature.geometry)) for feature in features]
    return shapely.STRtree(shapes), tuple((each.properties.name, each.properties.iso_a2) for each in features)


def provinces_of(points: Sequence[tuple[float, float]]) -> list[int]:
    """Return the number of the province that each (lon, lat) lies in; -1 for the sea.

    Examples
    --------
    >>> [province_names(number)[0] for number in provinces_of([(43.3, 33.4)])]
    ['Anbar']
    """
    if not points:
        return []
    tree, _ = _provinces()
    found = [-1] * len(points)
    which, province = tree.query(shapely.points(np.asarray(points, dtype=float)), predicate="intersects")
    for point, number in sorted(zip(which.tolist(), province.tolist(), strict=True), reverse=True):
        found[point] = number  # of two that share a border the first, whatever the order of the tree
    return found


def province_names(number: int) -> tuple[str, str]:
    """Return the name of a province and the code of its country."""
    return _provinces()[1][number]


def province_shape(number: int) -> BaseGeometry:
    """Return the polygon of a province."""
    shape: BaseGeometry = _provinces()[0].geometries[number]
    return shape
