"""Parts of polygons: a side or a corner, the largest part, the parts that count."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

THIRD, CORNER = 1 / 3, 1 / 2  # of the extent: "southern Lebanon", "northeastern Syria"
COUNTS = 0.2  # of the largest part, from which a part is kept


def polygons_of(shape: BaseGeometry) -> list[Polygon]:
    """Return the polygons in a shape, with collections opened, without lines, points and what is empty."""
    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    return [polygon for part in getattr(shape, "geoms", ()) for polygon in polygons_of(part)]


def largest(shape: BaseGeometry) -> Polygon | None:
    """Return the largest polygon of a shape, None where it has none."""
    return max(polygons_of(shape), key=lambda part: part.area, default=None)


def main_parts(shape: BaseGeometry) -> Polygon | MultiPolygon | None:
    """Return the largest polygon and those that are not small beside it; None where there is none.

    >>> main_parts(MultiPolygon([box(0, 0, 9, 9), box(20, 20, 21, 21)])).bounds
    (0.0, 0.0, 9.0, 9.0)
    """
    parts = polygons_of(shape)
    if not parts:
        return None
    enough = COUNTS * max(part.area for part in parts)
    kept = [part for part in parts if part.area >= enough]
    return kept[0] if len(kept) == 1 else MultiPolygon(kept)


def parts_near(shape: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Return the parts of a shape whose boxes meet those of the parts of another: of a country, not its far islands.

    >>> parts_near(MultiPolygon([box(0, 0, 9, 9), box(20, 20, 21, 21)]), box(9, 9, 10, 10)).bounds
    (0.0, 0.0, 9.0, 9.0)
    """
    parts = shapely.get_parts(shape)
    _, near = shapely.STRtree(parts).query(shapely.get_parts(other))
    return MultiPolygon(parts[np.unique(near)].tolist())


def towards(shape: BaseGeometry, bearing: float | None) -> BaseGeometry:
    """Return the part of a shape towards a bearing: a third of its extent, a corner for diagonals; its middle for None.

    >>> towards(box(0, 0, 9, 9), 180.0).bounds, towards(box(0, 0, 9, 9), 45.0).bounds
    ((0.0, 0.0, 9.0, 3.0), (4.5, 4.5, 9.0, 9.0))
    """
    west, south, east, north = shape.bounds
    if bearing is None:
        return shape.intersection(affinity.scale(box(west, south, east, north), 0.5, 0.5, origin=shape.centroid))
    share = CORNER if bearing % 90 else THIRD
    if bearing < 90 or bearing > 270:
        south = north - share * (north - south)
    elif 90 < bearing < 270:
        north = south + share * (north - south)
    if 0 < bearing < 180:
        west = east - share * (east - west)
    elif bearing > 180:
        east = west + share * (east - west)
    return shape.intersection(box(west, south, east, north))
