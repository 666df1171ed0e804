"""What the frames ask of a gazetteer, and a memory for its answers."""

from __future__ import annotations

from typing import Protocol

from shapely.geometry import MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from gazetteer.models import Place
from pipeline.errors import ContractError
from pipeline.frames.shapes import rfc7946_polygon

__all__ = ["Atlas", "Places"]

_SWAP_MARGIN_DEG = 1.0  # a coast drawn coarsely is no sign of a swap


class Atlas(Protocol):
    """What the frames need of a gazetteer; :class:`gazetteer.index.Gazetteer` is one."""

    def country(self, iso2: str, /) -> Place | None:
        """Return the country with an ISO 3166-1 alpha-2 code."""

    def iso3(self, iso2: str, /) -> str:
        """Return the alpha-3 code of an alpha-2 code; empty where there is none."""

    def polygon(self, place_id: str, /) -> BaseGeometry | None:
        """Return a place's polygon, x longitude and y latitude, where the gazetteer has one."""


class Places:
    """An atlas that remembers: many events share few provinces and countries."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._shapes: dict[str, MultiPolygon | None] = {}
        self._countries: dict[str, Place | None] = {}

    def country(self, iso2: str) -> Place | None:
        """Return a country; None for an empty or unknown code."""
        if iso2 not in self._countries:
            self._countries[iso2] = self._atlas.country(iso2) if iso2 else None
        return self._countries[iso2]

    def iso3(self, iso2: str) -> str:
        """Return the alpha-3 code; empty for an empty or unknown code."""
        return self._atlas.iso3(iso2) if iso2 else ""

    def shape(self, place_id: str) -> MultiPolygon | None:
        """Return a place's polygons as RFC 7946 wants them; None where there are none, or no id."""
        if not place_id:
            return None
        if place_id not in self._shapes:
            polygon = self._atlas.polygon(place_id)
            shape = None if polygon is None else rfc7946_polygon(polygon)
            self._shapes[place_id] = None if shape is None or shape.is_empty else shape
        return self._shapes[place_id]

    def refuse_swapped(self, row: str, point: Point, iso2: str) -> None:
        """Raise where a point lies far from its country, but would lie inside it with lat and lon exchanged.

        Raises
        ------
        ContractError
            Naming the row and the point.
        """
        country = self.country(iso2)
        shape = self.shape(country.place_id) if country else None
        if shape is None or not shape.contains(Point(point.y, point.x)):
            return
        if shape.distance(point) > _SWAP_MARGIN_DEG:
            raise ContractError(
                f"{row}: latitude {point.y} and longitude {point.x} look swapped: exchanged they lie in {iso2}"
            )
