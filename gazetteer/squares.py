"""Squares of a quarter of a degree, by which places are filed."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from gazetteer.sphere import Bbox

_PER_DEGREE = 4
_ROWS, COLUMNS = 180 * _PER_DEGREE, 360 * _PER_DEGREE


def square_of(lat: float, lon: float) -> int:
    """Return the number of the square that a point lies in; what lies off the sphere is put on its edge.

    Examples
    --------
    >>> square_of(-90.0, -179.9), square_of(-89.6, -180.0)
    (0, 1440)
    """
    row = min(max(floor((lat + 90) * _PER_DEGREE), 0), _ROWS - 1)
    return row * COLUMNS + min(max(floor((lon + 180) * _PER_DEGREE), 0), COLUMNS - 1)


def squares_in(box: Bbox) -> Iterator[tuple[int, int]]:
    """Yield the first and last square of each row that a box touches; two of a row where it crosses the antimeridian.

    Examples
    --------
    >>> [last - first + 1 for first, last in squares_in((44.0, 33.0, 44.9, 33.4))]
    [4, 4]
    """
    west, south, east, north = box
    for begin, end in [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]:
        for first in range(square_of(south, begin), square_of(north, begin) + 1, COLUMNS):
            yield first, first + square_of(south, end) - square_of(south, begin)
