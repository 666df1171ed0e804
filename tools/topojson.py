"""Decode TopoJSON (https://github.com/topojson/topojson-specification) into shapely geometries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

Coordinates = npt.NDArray[np.float64]


def decode(topology: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """Yield ``{id, name, geometry}`` for each polygon of the object ``name``; features that share an id are joined."""
    arcs = [absolute(arc, topology["transform"]) for arc in topology["arcs"]]
    joined: dict[str, dict[str, Any]] = {}
    for item in topology["objects"][name]["geometries"]:
        label = item.get("properties", {}).get("name", "")
        feature = {"id": item.get("id", ""), "name": label, "geometry": polygon(item, arcs)}
        first = joined.setdefault(feature["id"] or label, feature)
        if first is not feature:
            first["geometry"] = shapely.union_all([first["geometry"], feature["geometry"]])
    yield from joined.values()


def absolute(arc: Sequence[Sequence[int]], transform: dict[str, Sequence[float]]) -> Coordinates:
    """Return an arc's positions (n, 2): delta-decoded, scaled and moved into place."""
    positions: Coordinates = np.cumsum(np.asarray(arc, dtype=np.float64), axis=0)
    scale, translate = (np.asarray(transform[key], dtype=np.float64) for key in ("scale", "translate"))
    placed: Coordinates = positions * scale + translate
    return placed


def polygon(item: dict[str, Any], arcs: Sequence[Coordinates]) -> BaseGeometry:
    """Return a TopoJSON Polygon or MultiPolygon as a valid geometry, without rings that quantisation collapsed."""
    groups = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
    outlines = [[ring(r, arcs) for r in group] for group in groups]
    shapes = [Polygon(r[0], [hole for hole in r[1:] if len(hole) > 3]) for r in outlines if len(r[0]) > 3]
    shape = shapes[0] if len(shapes) == 1 else MultiPolygon(shapes)
    return wrapped(shape if shape.is_valid else shape.buffer(0))


def wrapped(shape: BaseGeometry) -> BaseGeometry:
    """Cut a shape at the antimeridian, so that every part lies within ±180 degrees (RFC 7946 §3.1.9)."""
    if shape.is_empty or (shape.bounds[0] >= -180 and shape.bounds[2] <= 180):
        return shape
    parts = [translate(shape.intersection(box(-180 + turn, -90, 180 + turn, 90)), -turn) for turn in (-360, 0, 360)]
    return shapely.union_all([part for part in parts if part.area > 0])


def ring(indices: Sequence[int], arcs: Sequence[Coordinates]) -> Coordinates:
    """Join arcs end to end; a negative index is its complement's arc, reversed."""
    pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    return unwrapped(np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])]))


def unwrapped(line: Coordinates) -> Coordinates:
    """Take out the jump of 360 degrees where a ring crosses the antimeridian."""
    jumps = np.round(np.diff(line[:, 0], prepend=line[0, 0]) / 360)
    smooth: Coordinates = line - np.column_stack([np.cumsum(jumps) * 360, np.zeros(len(line))])
    return smooth
