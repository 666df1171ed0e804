"""Bearings, destinations, sectors, discs and corridors on a sphere.

Polygons are (lon, lat) and run on beyond ±180 where they cross the antimeridian; the frames cut them there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from gazetteer.sphere import EARTH_KM, distance_km

__all__ = [
    "angle_between",
    "bearing_deg",
    "buffered",
    "corridor",
    "destination",
    "disc",
    "distance_km",
    "farthest_km",
    "grown",
    "laid_over",
    "sector",
    "unwrapped",
    "waypoint",
]

KM_A_DEGREE = math.radians(1) * EARTH_KM
_LEAST_COSINE = 0.05  # at 87 degrees, beyond which a degree of longitude is too short to buffer by
_GROWN_BY = ((0.05, 4), (0.2, 4), (0.75, 8))  # shares of the way that a shape is grown, with the corners of a quarter
_STEPS = 24  # of a corridor's length


def bearing_deg(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the initial bearing in degrees from north, 0 to 360, from the first point to the second."""
    a, b, c, d = map(math.radians, (lat1, lon1, lat2, lon2))
    y = math.sin(d - b) * math.cos(c)
    x = math.cos(a) * math.sin(c) - math.sin(a) * math.cos(c) * math.cos(d - b)
    return math.degrees(math.atan2(y, x)) % 360


def destination(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Return (lat, lon) reached from a point along ``bearing`` (degrees) after ``km`` kilometres."""
    a, b, angle, arc = math.radians(lat), math.radians(lon), math.radians(bearing), km / EARTH_KM
    sine = math.sin(a) * math.cos(arc) + math.cos(a) * math.sin(arc) * math.cos(angle)
    end_lat = math.asin(max(-1.0, min(1.0, sine)))
    end_lon = b + math.atan2(
        math.sin(angle) * math.sin(arc) * math.cos(a), math.cos(arc) - math.sin(a) * math.sin(end_lat)
    )
    return math.degrees(end_lat), (math.degrees(end_lon) + 540) % 360 - 180


def waypoint(lat1: float, lon1: float, lat2: float, lon2: float, share: float) -> tuple[float, float]:
    """Return (lat, lon) of the point after ``share`` (0 to 1) of the great circle from the first point to the second.

    >>> waypoint(0, 0, 0, 90, 0.5)
    (0.0, 45.0)
    """
    whole = distance_km(lat1, lon1, lat2, lon2)
    lat, lon = destination(lat1, lon1, bearing_deg(lat1, lon1, lat2, lon2), whole * share)
    return round(lat, 9), round(lon, 9)


def angle_between(one: float, other: float) -> float:
    """Return the smaller angle in degrees between two bearings."""
    return abs((one - other + 180) % 360 - 180)


def unwrapped(points: Sequence[tuple[float, float]], lon: float) -> list[tuple[float, float]]:
    """Return (lat, lon) points as (x, y) with x within 180 degrees of ``lon``, so that no ring jumps.

    >>> unwrapped([(0.0, -179.0)], 179.0)
    [(181.0, 0.0)]
    """
    return [(lon + (x - lon + 180) % 360 - 180, y) for y, x in points]


def sector(lat: float, lon: float, bearing: float, near_km: float, far_km: float, half_width: float = 45.0) -> Polygon:
    """Return the polygon (lon, lat) between two distances of a point and within ``half_width`` degrees of a bearing."""
    angles = [bearing - half_width + step * half_width / 8 for step in range(17)]
    outer = [destination(lat, lon, angle, far_km) for angle in angles]
    inner = [destination(lat, lon, angle, near_km) for angle in reversed(angles)] if near_km > 0 else [(lat, lon)]
    return Polygon(unwrapped(outer + inner, lon))


def disc(lat: float, lon: float, km: float, hole_km: float = 0.0) -> Polygon:
    """Return the polygon within ``km`` of a point, without what lies within ``hole_km``."""
    rings = [
        unwrapped([destination(lat, lon, angle, radius) for angle in range(0, 360, 6)], lon)
        for radius in (km, hole_km)
        if radius > 0
    ]
    return Polygon(rings[0], rings[1:])


def corridor(lat1: float, lon1: float, lat2: float, lon2: float, half_width_km: float) -> Polygon:
    """Return the polygon along the great circle between two points, ``half_width_km`` to each side."""
    path = [waypoint(lat1, lon1, lat2, lon2, step / _STEPS) for step in range(_STEPS + 1)]
    ahead = [bearing_deg(*here, lat2, lon2) for here in path[:-1]]
    course = [*ahead, ahead[-1]]
    left, right = (
        [destination(*here, angle + turn, half_width_km) for here, angle in zip(path, course, strict=True)]
        for turn in (-90, 90)
    )
    return Polygon(unwrapped([*left, *reversed(right)], lon1))


def buffered(shape: BaseGeometry, km: float, *, corners: int = 16) -> BaseGeometry:
    """Return a shape grown by ``km`` kilometres (shrunk where negative), a degree of longitude taken as at its middle.

    A quarter of a circle gets so many ``corners``.

    >>> [round(x, 2) for x in buffered(shapely.Point(20, 60), 111.2).bounds]
    [18.0, 59.0, 22.0, 61.0]
    """
    middle = (shape.bounds[1] + shape.bounds[3]) / 2
    narrow = max(_LEAST_COSINE, math.cos(math.radians(middle)))
    plane = shapely.transform(shape, lambda xy: xy * [narrow, 1.0])
    return shapely.transform(plane.buffer(km / KM_A_DEGREE, quad_segs=corners), lambda xy: xy / [narrow, 1.0])


def grown(shape: BaseGeometry, km: float) -> BaseGeometry:
    """Return a shape grown or shrunk by ``km``, its edge within a twentieth of that of where :func:`buffered` has it.

    A twentieth of the way first, then a fifth and the rest, the bays smaller than that being gone each time: of a long
    coast that takes a fifteenth of the time, and a third of the memory. Its outline is simplified before each step, by
    a sixtieth of ``km``, and the corners are few.

    >>> [round(x, 1) for x in grown(shapely.Point(20, 60), 111.2).bounds]
    [18.0, 59.0, 22.0, 61.0]
    """
    for share, corners in _GROWN_BY:
        if shape.is_empty:  # shrunk to nothing
            return shape
        simpler = shapely.simplify(shape, abs(km) / 60 / KM_A_DEGREE, preserve_topology=False)
        shape = buffered(shape if simpler.is_empty else simpler, share * km, corners=corners)
    return shape


def farthest_km(lat: float, lon: float, shape: BaseGeometry) -> float:
    """Return the distance in kilometres from a point to the farthest corner of a shape."""
    x, y = np.radians(shapely.get_coordinates(shape)).T
    a, b = math.radians(lat), math.radians(lon)
    chord = np.sin((y - a) / 2) ** 2 + math.cos(a) * np.cos(y) * np.sin((x - b) / 2) ** 2
    return float(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(chord.max(), 0.0, 1.0))))


def laid_over(shape: BaseGeometry, land: BaseGeometry) -> BaseGeometry:
    """Return ``land`` once more beyond ±180 where ``shape`` runs on beyond it, so that the two can be cut."""
    west, _, east, _ = shape.bounds
    if west >= -180 and east <= 180:
        return land
    return shapely.union_all([land, translate(land, 360.0 if east > 180 else -360.0)])
