"""Where each event lies in the tiles, and the one order that tiles and records share.

Events are sorted by tile (along the curve that PMTiles numbers them by), point, kind and day, so that every tile of
every level is one run of rows, and so is what is gathered at a point. Nothing of this order is stored: whoever has the
same events finds the same order.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, TypeAlias

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = [
    "EXTENT",
    "FINEST",
    "MARKS",
    "ORDERED_BY",
    "TILES",
    "UNDATED",
    "Ints",
    "Placed",
    "fingerprint",
    "hilbert",
    "placed",
]

Ints: TypeAlias = npt.NDArray[np.int64]

TILES: Final = "events.pmtiles"
#: The finest level of tiles: 39 km wide on the equator.
FINEST: Final = 10
#: Steps across a tile: 2.4 m at the finest level.
EXTENT: Final = 1 << 14
#: The day of an event without a date; after all others.
UNDATED: Final = 1 << 30
MARKS: Final = ("exact", "near", "area", "country")
#: The columns that the order follows from.
ORDERED_BY: Final = (
    "event_type", "event_status", "event_date", "date_start", "date_end", "geo_precision", "geo_method", "where_prec",
    "geometry",
)  # fmt: skip
_STEPS: Final = EXTENT << FINEST
_EDGE: Final = 85.0511  # degrees: web maps end here
_DAY: Final = pd.Timedelta(days=1)
_EPOCH: Final = pd.Timestamp("1970-01-01")


@dataclass(frozen=True, slots=True)
class Placed:
    """The events that have a point, sorted; arrays of one length.

    Parameters
    ----------
    order : array
        The row of each in the frame.
    tile : array
        Its tile at the finest level, by place on the curve.
    x, y : array
        Steps from the upper left corner of the world.
    place : array
        Number of its point: the same for the same point, rising.
    kind : array
        Number of its type, status and mark together.
    mark : array
        Which of ``MARKS``.
    start, end : array
        Days since 1970, or ``UNDATED``.
    """

    order: Ints
    tile: Ints
    x: Ints
    y: Ints
    place: Ints
    kind: Ints
    mark: Ints
    start: Ints
    end: Ints


def placed(events: gpd.GeoDataFrame) -> Placed:
    """Sort the events that have a point.

    Parameters
    ----------
    events : GeoDataFrame
        In EPSG:4326, with the columns ``ORDERED_BY``.

    Examples
    --------
    >>> from pipeline.frames import layer_from_rows
    >>> len(placed(layer_from_rows("events", [])).order)
    0
    """
    there = np.flatnonzero(events.geometry.notna() & ~events.geometry.is_empty)
    found = events.iloc[there]
    x, y = _steps(found.geometry)
    tile = hilbert(x // EXTENT, y // EXTENT)
    mark = _marks(found)
    kind = (_codes(found["event_type"]) * 64 + _codes(found["event_status"])) * len(MARKS) + mark
    start, end = _days(found)
    by = np.lexsort((end, start, kind, y, x, tile))
    new = np.diff(x[by], prepend=-1) != 0
    new |= np.diff(y[by], prepend=-1) != 0
    rows = (tile, x, y, kind, mark, start, end)
    tile, x, y, kind, mark, start, end = (column[by] for column in rows)
    return Placed(there[by].astype(np.int64), tile, x, y, np.cumsum(new) - 1, kind, mark, start, end)


def hilbert(x: Ints, y: Ints) -> Ints:
    """Return where tiles of the finest level lie on the Hilbert curve; two bits less are where their parent lies.

    Examples
    --------
    >>> hilbert(np.array([0, 1]), np.array([0, 0])).tolist()
    [0, 1]
    """
    x, y = x.astype(np.int64), y.astype(np.int64)
    place = np.zeros(x.shape, np.int64)
    for bit in range(FINEST - 1, -1, -1):
        side = 1 << bit
        right, low = (x >> bit) & 1, (y >> bit) & 1
        place += ((3 * right) ^ low) << (2 * bit)
        x, y = x & (side - 1), y & (side - 1)
        flip, turn = (low == 0) & (right == 1), low == 0
        x, y = np.where(flip, side - 1 - x, x), np.where(flip, side - 1 - y, y)
        x, y = np.where(turn, y, x), np.where(turn, x, y)
    return place


def fingerprint(events: gpd.GeoDataFrame) -> str:
    """Return what tells these events, in this order, from others: map, tiles and table of one run share it.

    Examples
    --------
    >>> from pipeline.frames import layer_from_rows
    >>> fingerprint(layer_from_rows("events", []))[:8]
    'e3b0c442'
    """
    return hashlib.sha256("\n".join(events["event_id"]).encode()).hexdigest()


def _steps(points: gpd.GeoSeries) -> tuple[Ints, Ints]:
    """Return Web Mercator in steps; what lies nearer a pole than its edge is drawn at the edge."""
    lat = np.radians(np.clip(points.y.to_numpy(), -_EDGE, _EDGE))
    east = (points.x.to_numpy() + 180) / 360 * _STEPS
    south = (0.5 - np.log(np.tan(np.pi / 4 + lat / 2)) / (2 * np.pi)) * _STEPS
    return tuple(np.clip(np.floor(one), 0, _STEPS - 1).astype(np.int64) for one in (east, south))


def _marks(events: gpd.GeoDataFrame) -> Ints:
    """Return the mark of each event, as ``mark_of`` does for one."""
    mark = events["geo_precision"].astype("float64").map({1.0: 0, 2.0: 1}).fillna(2).to_numpy(np.int64)
    country = (events["geo_method"] == "country") | (events["where_prec"] == 6).fillna(False)  # noqa: FBT003
    return np.where(country.to_numpy(bool), 3, mark).astype(np.int64)


def _codes(texts: pd.Series[str]) -> Ints:
    return pd.factorize(texts.fillna("").astype(object), sort=True)[0].astype(np.int64)


def _days(events: gpd.GeoDataFrame) -> tuple[Ints, Ints]:
    start = events["date_start"].fillna(events["event_date"])
    end = events["date_end"].fillna(start)
    first, last = (
        ((one - _EPOCH) // _DAY).astype("float64").fillna(UNDATED).to_numpy(np.int64) for one in (start, end)
    )
    last = np.where(first == UNDATED, UNDATED, np.maximum(first, np.where(last == UNDATED, first, last)))
    return first, last.astype(np.int64)
