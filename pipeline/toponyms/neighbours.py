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
    north = np.sin((to_lats - lats[:, None]) * 0.5)
    east = np.sin((to_lons - lons[:, None]) * 0.5)
    chord = north * north + np.cos(lats)[:, None] * np.cos(to_lats) * east * east
    found: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord)))
    return found


def loudest(near: Floats, groups: Ints, names: int) -> Floats:
    """Return a column a name: the highest of its readings' columns; ``groups`` are ascending; 0 where it has none."""
    found = np.zeros((*near.shape[:-1], names))
    starts = np.flatnonzero(np.diff(groups, prepend=-1))
    if len(starts):
        found[..., groups[starts]] = np.maximum.reduceat(near, starts, axis=-1)
    return found


def together(near: Floats, heard: Flags) -> Floats:
    """Return 0 to 1 for each row: those of its columns that are heard taken together, as independent chances."""
    found: Floats = 1.0 - np.prod(1.0 - near * heard, axis=-1)
    return found
