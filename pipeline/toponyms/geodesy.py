"""Bearings, destinations and sectors on a sphere."""

from __future__ import annotations

import math

from shapely.geometry import Polygon

from gazetteer.geometry import EARTH_KM, distance_km

__all__ = ["angle_between", "bearing_deg", "destination", "distance_km", "sector"]


def bearing_deg(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the initial bearing in degrees from north, 0 to 360, from the first point to the second."""
    a, b, c, d = map(math.radians, (lat1, lon1, lat2, lon2))
    y = math.sin(d - b) * math.cos(c)
    x = math.cos(a) * math.sin(c) - math.sin(a) * math.cos(c) * math.cos(d - b)
    return math.degrees(math.atan2(y, x)) % 360


def destination(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Return (lat, lon) reached from a point along ``bearing`` (degrees) after ``km`` kilometres."""
    a, b, angle, arc = math.radians(lat), math.radians(lon), math.radians(bearing), km / EARTH_KM
    end_lat = math.asin(math.sin(a) * math.cos(arc) + math.cos(a) * math.sin(arc) * math.cos(angle))
    end_lon = b + math.atan2(
        math.sin(angle) * math.sin(arc) * math.cos(a), math.cos(arc) - math.sin(a) * math.sin(end_lat)
    )
    return math.degrees(end_lat), (math.degrees(end_lon) + 540) % 360 - 180


def angle_between(one: float, other: float) -> float:
    """Return the smaller angle in degrees between two bearings."""
    return abs((one - other + 180) % 360 - 180)


def sector(lat: float, lon: float, bearing: float, near_km: float, far_km: float, half_width: float = 45.0) -> Polygon:
    """Return the polygon (lon, lat) between two distances of a point and within ``half_width`` degrees of a bearing."""
    angles = [bearing - half_width + step * half_width / 8 for step in range(17)]
    outer = [destination(lat, lon, angle, far_km) for angle in angles]
    inner = [destination(lat, lon, angle, near_km) for angle in reversed(angles)] if near_km > 0 else [(lat, lon)]
    return Polygon([(x, y) for y, x in outer + inner])
