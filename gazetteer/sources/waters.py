"""Seas, gulfs and straits: what a box around them has of land is cut off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import shapely
from shapely.geometry import Point, box

from gazetteer.sources import SourcePlace

WATERS = frozenset({"SEA", "GULF", "STRT", "BAY", "OCN", "CHN", "SD"})
TOLERANCE = 0.03  # degrees, about 3 km: the outline of a sea on a map of events


def without_land(places: Iterable[SourcePlace], countries: Sequence[SourcePlace]) -> list[SourcePlace]:
    """Return the places; waters that are known by a box get the part of it that is water and holds their point.

    Parameters
    ----------
    places : iterable of SourcePlace
    countries : sequence of SourcePlace
        With polygons, (lon, lat).

    Examples
    --------
    >>> from gazetteer.models import Place
    >>> sea = SourcePlace(Place("x:sea", "Sea", 0.5, 0.5, "H", "SEA", bbox=(0, 0, 2, 1)))
    >>> land = SourcePlace(Place("x:land", "Land", 0.5, 1.5, "A", "PCLI"), geometry=box(1, 0, 3, 1))
    >>> without_land([sea], [land])[0].geometry.bounds
    (0.0, 0.0, 1.0, 1.0)
    """
    land = [c.geometry for c in countries if c.geometry is not None]
    tree = shapely.STRtree(land)
    return [_water(place, land, tree) if _is_boxed_water(place) else place for place in places]


def _is_boxed_water(source: SourcePlace) -> bool:
    place = source.place
    boxed = place.bbox is not None and place.bbox[0] < place.bbox[2] and source.geometry is None
    return boxed and place.feature_class == "H" and place.feature_code in WATERS


def _water(source: SourcePlace, land: Sequence[shapely.Geometry], tree: shapely.STRtree) -> SourcePlace:
    frame = box(*source.place.bbox)  # type: ignore[misc]  # _is_boxed_water has seen that there is one
    near = [land[i] for i in tree.query(frame, predicate="intersects")]
    ashore = shapely.union_all(shapely.clip_by_rect(near, *frame.bounds))  # cut first: most land lies outside the box
    parts = shapely.get_parts(frame.difference(ashore).simplify(TOLERANCE))
    point = Point(source.place.lon, source.place.lat)
    held = next((part for part in parts if part.contains(point)), None)
    return source if held is None else replace(source, geometry=held)
