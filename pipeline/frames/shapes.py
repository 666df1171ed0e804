"""Polygons on the globe, as RFC 7946 wants them; shapely's (x, y) is (lon, lat)."""

from __future__ import annotations

import numpy as np
import shapely
from pyproj import Geod
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

__all__ = ["geodesic_circle", "rfc7946_polygon"]

_WGS84 = Geod(ellps="WGS84")
_CORNERS = 72  # a polygon's edge then stays within 0.1 % of its circle
_POLE = 90.0
_ONE_TURN = np.array([360.0, 0.0])


def geodesic_circle(lat: float, lon: float, radius_m: float) -> MultiPolygon:
    """Return the circle of points ``radius_m`` metres from (lat, lon), as wide in degrees as its latitude makes it.

    Returns
    -------
    shapely.MultiPolygon
        Within x -180 to 180, cut at the antimeridian; a circle round a pole reaches up to it.

    Examples
    --------
    >>> [round(edge, 2) for edge in geodesic_circle(60, 20, 111_000).bounds]
    [18.01, 59.0, 21.99, 61.0]
    """
    azimuths = np.linspace(0, 360, _CORNERS, endpoint=False)
    centre = np.full(_CORNERS, lon), np.full(_CORNERS, lat)
    lons, lats, _ = _WGS84.fwd(*centre, azimuths, np.full(_CORNERS, float(radius_m)))
    pole = _POLE if lat >= 0 else -_POLE
    if _WGS84.inv(lon, lat, lon, pole)[2] <= radius_m:
        return rfc7946_polygon(_polar_cap(np.asarray(lons), np.asarray(lats), pole))
    unwrapped = lon + (np.asarray(lons) - lon + 180) % 360 - 180
    return rfc7946_polygon(Polygon(np.column_stack([unwrapped, lats])))


def _polar_cap(lons: np.ndarray, lats: np.ndarray, pole: float) -> Polygon:
    """Return the area between a ring round a pole and that pole, as a band from x -180 to 180."""
    order = np.argsort(lons)
    ring = np.column_stack([lons[order], lats[order]])
    edge = float(np.interp(180, [ring[-1, 0], ring[0, 0] + 360], [ring[-1, 1], ring[0, 1]]))
    return Polygon([(-180, pole), (-180, edge), *ring, (180, edge), (180, pole)])


def rfc7946_polygon(geometry: BaseGeometry) -> MultiPolygon:
    """Return the polygons of a geometry, valid, cut at the antimeridian, outer rings anticlockwise.

    Rings that cross the antimeridian may come unwrapped (x beyond 180) or jumping (179 to -179); both are cut there
    (RFC 7946 §3.1.6 and §3.1.9).

    Examples
    --------
    >>> halves = rfc7946_polygon(shapely.box(179, -1, 181, 1))
    >>> sorted(half.bounds[0] for half in halves.geoms)
    [-180.0, 179.0]
    """
    sane = geometry if geometry.is_valid else shapely.make_valid(geometry)
    polygons = [_unwrapped(part) for part in _polygons(sane)]
    pieces = [piece for polygon in polygons for piece in _cut(polygon)]
    whole = pieces if len(pieces) == len(polygons) else _polygons(shapely.union_all(pieces))
    return MultiPolygon([orient(piece) for piece in whole])


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons in a geometry, nested collections opened, lines and points left out."""
    if isinstance(geometry, Polygon):
        return [] if geometry.is_empty else [geometry]
    parts = getattr(geometry, "geoms", ())
    return [polygon for part in parts for polygon in _polygons(part)]


def _unwrapped(polygon: Polygon) -> Polygon:
    """Return a polygon whose rings jump over the antimeridian with x running on beyond 180.

    A ring with a corner right at 180 is cut there already (Antarctica, Chukotka) and stays.
    """
    x = shapely.get_coordinates(polygon.exterior)[:, 0]
    if np.abs(np.diff(x)).max() <= 180 or np.abs(x).max() == 180:
        return polygon
    return shapely.transform(polygon, lambda xy: np.where(xy < [0, -np.inf], xy + _ONE_TURN, xy))


def _cut(polygon: Polygon) -> list[Polygon]:
    """Cut a polygon at the antimeridian and bring each piece home."""
    west, south, east, north = polygon.bounds
    if west >= -180 and east <= 180:
        return [polygon]
    pieces = []
    for turn in (-360, 0, 360):
        window = box(-180 + turn, south - 1, 180 + turn, north + 1)
        pieces += [translate(piece, xoff=-turn) for piece in _polygons(polygon.intersection(window))]
    return pieces
