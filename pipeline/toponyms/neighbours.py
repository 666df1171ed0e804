"""How near places lie to what the other names of a report may mean."""

from __future__ import annotations

import numpy as np

from gazetteer.sphere import EARTH_KM
from pipeline.toponyms.readings import Flags, Floats, Ints


def distances_km(lats: Floats, lons: Floats, to_lats: Floats, to_lons: Floats) -> Floats:
    """Return a row for each of the first points, a column for each of the second; all in radians.

    Examples
    --------
    >>> float(distances_km(np.zeros(1), np.zeros(1), np.zeros(1), np.array([np.pi]))[0, 0].round())
    20015.0
    """
    return apart_km(on_sphere(lats, lons), on_sphere(to_lats, to_lons))


def on_sphere(lats: Floats, lons: Floats) -> Floats:
    """Return (3, points): points on a sphere of radius 1."""
    wide = np.cos(lats)
    return np.array([wide * np.cos(lons), wide * np.sin(lons), np.sin(lats)])


def apart_km(points: Floats, others: Floats) -> Floats:
    """Return the distances of points on the sphere, a row for each of the first, a column for each of the second."""
    apart = points[:, :, None] - others[:, None, :]
    apart *= apart  # of the straight lines through the earth: one sine a point, not one a pair
    found: Floats = apart[0]
    found += apart[1]
    found += apart[2]
    np.sqrt(found, out=found)
    found *= 0.5
    np.arcsin(np.minimum(found, 1.0, out=found), out=found)
    found *= 2 * EARTH_KM
    return found


def loudest(near: Floats, groups: Ints, names: int) -> Floats:
    """Return a column a name: the highest of its readings' columns; ``groups`` are ascending; 0 where it has none."""
    found = np.zeros((*near.shape[:-1], names))
    if len(groups):
        begins = np.ones(len(groups), dtype=bool)
        np.not_equal(groups[1:], groups[:-1], out=begins[1:])
        starts = np.flatnonzero(begins)
        found[..., groups[starts]] = np.maximum.reduceat(near, starts, axis=-1)
    return found


def together(near: Floats, heard: Flags) -> Floats:
    """Return 0 to 1 for each row: those of its columns that are heard taken together, as independent chances."""
    found: Floats = 1.0 - np.prod(1.0 - near * heard, axis=-1)
    return found
