"""Boxes and representative points of polygons on the sphere."""

from __future__ import annotations

from collections.abc import Iterator
from math import asin, degrees

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from gazetteer.sphere import Bbox, distance_km

_SCALE = 57.29578  # keeps the equal-area plane in about degrees


def parts(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the simple parts of a geometry."""
    yield from getattr(geometry, "geoms", (geometry,))


def inner_point(geometry: BaseGeometry) -> tuple[float, float]:
    """Return (lat, lon) of a point inside: the centroid of the main parts, or an inner point where that lies outside.

    Main parts are the largest and those at least half its size: both islands of New Zealand, the United States without
    Alaska. Measured on Lambert's cylindrical equal-area projection; in plain degrees the north would weigh too much.
    """
    whole = list(parts(_equal_area(_unwrapped(geometry))))
    largest = max(whole, key=lambda part: part.area)
    main = shapely.union_all([part for part in whole if part.area >= largest.area / 2])
    point: Point = main.centroid
    if not main.contains(point):
        point = largest.centroid if largest.contains(largest.centroid) else largest.representative_point()
    return round(degrees(asin(point.y / _SCALE)), 5), round((point.x + 180) % 360 - 180, 5)


def on_land(polygon: BaseGeometry, lat: float, lon: float, *, within_km: float) -> tuple[float, float] | None:
    """Return (lat, lon) if it lies in the polygon, else the nearest point of it within so many km, or None.

    Examples
    --------
    >>> on_land(shapely.box(10, 50, 11, 51), 50.5, 11.1, within_km=10)
    (50.5, 11.0)
    """
    point = Point(lon, lat)
    if polygon.contains(point):
        return lat, lon
    near = nearest_points(polygon, point)[0]
    return (round(near.y, 5), round(near.x, 5)) if distance_km(lat, lon, near.y, near.x) <= within_km else None


def _unwrapped(geometry: BaseGeometry) -> BaseGeometry:
    """Join what is cut at the antimeridian, on longitudes up to 360."""
    pieces = [part for part in parts(geometry) if part.bounds[2] - part.bounds[0] < 180]
    touching = {side for part in pieces for side in (part.bounds[0], part.bounds[2]) if abs(side) >= 179.999}
    if len(touching) < 2:
        return geometry
    shifted = [translate(part, 360) if part.bounds[2] < 0 else part for part in parts(geometry)]
    return shapely.set_precision(shapely.union_all(shifted, grid_size=1e-6), 0)


def _equal_area(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.transform(geometry, lambda xy: np.column_stack((xy[:, 0], _SCALE * np.sin(np.radians(xy[:, 1])))))


def bounding_box(geometry: BaseGeometry) -> Bbox:
    """Return (west, south, east, north); west exceeds east where it crosses the antimeridian (RFC 7946 §5.2)."""
    west, south, east, north = geometry.bounds
    if east - west > 180:
        boxes = [part.bounds for part in parts(geometry)]
        shifted_west = min(b[0] + 360 if b[0] < 0 else b[0] for b in boxes)
        shifted_east = max(b[2] + 360 if b[2] <= 0 else b[2] for b in boxes)
        if shifted_east - shifted_west < east - west:
            west, east = shifted_west, shifted_east - 360
    return round(west, 4), round(south, 4), round(east, 4), round(north, 4)


def radius_m(geometry: BaseGeometry) -> float:
    """Return metres from the inner point of the largest part to the farthest corner of its box, at least 1 km."""
    lat, lon = inner_point(geometry)
    west, south, east, north = max(parts(geometry), key=lambda part: part.area).bounds
    corners = ((south, west), (south, east), (north, west), (north, east))
    return round(max(1.0, *(distance_km(lat, lon, *corner) for corner in corners)), 1) * 1000
