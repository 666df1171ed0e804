"""``events.pmtiles``: the points of all events in one file of vector tiles, for the map that `sitmap serve` shows."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression, MagicNumberNotFound, SpecVersionUnsupported, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from pipeline.errors import InputError
from pipeline.products.files import write_by
from pipeline.products.points.gather import MOST, MOST_FINEST, tile_of
from pipeline.products.points.mvt import point_tile
from pipeline.products.points.order import EXTENT, FINEST, fingerprint
from pipeline.products.points.table import Table, table_of

__all__ = ["told_by", "write_tiles"]

_LEVEL: Final = 6  # of gzip: half the time of the best for a twentieth more bytes
#: What reading anything else than an archive raises; a file that ends too early is an IndexError.
_UNREADABLE: Final = (
    OSError, ValueError, IndexError, EOFError, zlib.error, MagicNumberNotFound, SpecVersionUnsupported,
)  # fmt: skip
_ABOUT: Final = (
    f"Points of events. A tile with more than {MOST:,} of them ({MOST_FINEST:,} at zoom {FINEST}) gathers those "
    "of one point, or of one cell, by type, status, precision and time; n is how many, where they are several; "
    "low and injuries_low are then sums. "
    "No event is left out at any zoom. from and to are days since 1970. The id is the row of the record."
)
_FIELDS: Final = {
    **dict.fromkeys(("event_type", "event_status", "sub_event_type", "location", "admin1", "country", "perpetrator",
                     "target", "actor1", "actor2", "confidence_level", "mark", "date", "harm", "precision"), "String"),
    **dict.fromkeys(("low", "injuries_low", "uncertainty_m", "from", "to", "n"), "Number"),
}  # fmt: skip


@dataclass(slots=True)
class _Told:
    """What the tiles came to."""

    gathered: dict[int, int] = field(default_factory=dict)  # level -> tiles that gather
    tiles: int = 0


def write_tiles(events: gpd.GeoDataFrame, path: Path, *, attribution: Sequence[str]) -> Path:
    """Write the points of events as vector tiles of zoom 0 to 10 in one PMTiles archive.

    Parameters
    ----------
    events : GeoDataFrame
        In EPSG:4326, with the columns of ``pipeline/data/fields.yaml``.
    path : Path
    attribution : sequence of str
        Credits of the data sources.

    Raises
    ------
    OutputError
        If the file cannot be written.

    Examples
    --------
    >>> write_tiles(layers.events, Path("outputs/events.pmtiles"), attribution=[])  # doctest: +SKIP
    """
    table = table_of(events)
    about = {
        "name": "sitmap events", "description": _ABOUT, "attribution": "; ".join(attribution), "type": "overlay",
        "fingerprint": fingerprint(events), "events": len(events),
        "vector_layers": [{"id": "events", "fields": _FIELDS, "minzoom": 0, "maxzoom": FINEST}],
    }  # fmt: skip
    return write_by(path, lambda temporary: _archive(table, temporary, about))


def told_by(path: Path) -> Mapping[str, Any]:
    """Return what an archive says of itself: above all the ``fingerprint`` of its events.

    Raises
    ------
    InputError
        If it is no archive of tiles.
    """
    try:
        with path.open("rb") as stream:
            said: Mapping[str, Any] = Reader(MmapSource(stream)).metadata()
    except _UNREADABLE as error:
        raise InputError(f"{path}: not a readable archive of tiles ({error}); run `sitmap map` again") from error
    return said


def _archive(table: Table, path: Path, about: dict[str, Any]) -> None:
    told = _Told()
    with path.open("wb") as stream:
        writer = Writer(stream)
        for number, content in _tiles(table, told):
            writer.write_tile(number, gzip.compress(content, _LEVEL, mtime=0))
        if not told.tiles:
            writer.write_tile(0, gzip.compress(b"", mtime=0))
        writer.finalize(_header(table), about | {"gathered_tiles": {str(k): n for k, n in told.gathered.items()}})


def _tiles(table: Table, told: _Told) -> Iterator[tuple[int, bytes]]:
    """Yield tiles in the order of the archive: level by level, along the curve."""
    for level in range(FINEST + 1):
        first = zxy_to_tileid(level, 0, 0)
        of = table.placed.tile >> (2 * (FINEST - level))
        edges = np.flatnonzero(np.diff(of, prepend=-1, append=-1)).tolist()
        for begin, end in pairwise(edges):
            tile = tile_of(table, slice(begin, end), level)
            told.tiles += 1
            told.gathered[level] = told.gathered.get(level, 0) + (not tile.step.single)
            yield first + int(of[begin]), point_tile(tile.x, tile.y, tile.ids, tile.columns)


def _header(table: Table) -> dict[str, Any]:
    """Return what the archive says of itself beyond what its writer knows."""
    at, world = table.placed, EXTENT << FINEST
    there = len(at.x) > 0
    west, east = (at.x.min(), at.x.max() + 1) if there else (0, world)
    north, south = (at.y.min(), at.y.max() + 1) if there else (0, world)
    edges = {"min_lon": _lon(west / world), "max_lon": _lon(east / world),
             "min_lat": _lat(south / world), "max_lat": _lat(north / world)}  # fmt: skip
    middle = {"center_lon": (edges["min_lon"] + edges["max_lon"]) / 2,
              "center_lat": (edges["min_lat"] + edges["max_lat"]) / 2}  # fmt: skip
    return {f"{name}_e7": int(degrees * 1e7) for name, degrees in (edges | middle).items()} | {
        "tile_type": TileType.MVT, "tile_compression": Compression.GZIP, "center_zoom": 0,
    }  # fmt: skip


def _lon(share: float) -> float:
    return share * 360 - 180


def _lat(share: float) -> float:
    return float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * share)))))
