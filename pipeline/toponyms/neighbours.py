"""How near places lie to what the other names of a report may mean."""

from __future__ import annotations

import numpy as np

from gazetteer.sphere import EARTH_KM
from pipeline.toponyms.readings import Floats


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
    return beside_km(points[:, :, None], others[:, None, :])


def beside_km(points: Floats, others: Floats) -> Floats:
    """Return the distances of points on the sphere from as many others."""
    apart = points - others
    apart *= apart  # of the straight lines through the earth: one sine a point, not one a pair
    found: Floats = apart[0]
    found += apart[1]
    found += apart[2]
    np.sqrt(found, out=found)
    found *= 0.5
    np.arcsin(np.minimum(found, 1.0, out=found), out=found)
    found *= 2 * EARTH_KM
    return found
