"""Polygons for display, each kept once: many events share a province."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

__all__ = ["Shapes"]

_DISPLAY_TOLERANCE_DEG: Final = 0.003  # a third of a kilometre: less than a pixel at the zooms areas are read at


class Shapes:
    """The polygons handed in so far, as GeoJSON geometries."""

    def __init__(self) -> None:
        self.found: list[Any] = []
        self._numbers: dict[bytes, int] = {}

    def number(self, geometry: BaseGeometry | None) -> int:
        """Return the index of ``geometry`` among the shapes; -1 if there is no area."""
        if geometry is None or geometry.is_empty or geometry.area == 0:
            return -1
        key = shapely.to_wkb(geometry)
        if key not in self._numbers:
            self._numbers[key] = len(self.found)
            drawn = shapely.simplify(geometry, _DISPLAY_TOLERANCE_DEG)
            self.found.append(mapping(shapely.transform(drawn, lambda xy: np.round(xy, 4))))
        return self._numbers[key]
