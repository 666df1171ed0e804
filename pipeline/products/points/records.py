"""The whole record of one event, by its row in the tiles, out of ``events.parquet``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import InputError
from pipeline.frames import CRS, conform_layer
from pipeline.products.map.data import event_record
from pipeline.products.points.order import ORDERED_BY, fingerprint, placed

__all__ = ["Records"]

_KEPT = 4  # groups of rows that stay in memory: neighbours are asked for together


class Records:
    """Opens the table of events for the tiles that were made with it.

    Parameters
    ----------
    path : Path
        ``events.parquet``.

    Raises
    ------
    InputError
        If it cannot be read.

    Examples
    --------
    >>> Records(Path("outputs/events.parquet")).of(0)["event_type"]  # doctest: +SKIP
    'Battles'
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            slim = gpd.read_parquet(path, columns=["event_id", *ORDERED_BY])
            sizes = _group_sizes(path)
        except (OSError, ValueError, KeyError) as error:
            raise InputError(f"{path}: not a readable table of events ({error}); run `sitmap map` again") from error
        self.fingerprint = fingerprint(slim)
        dates = {name: pd.to_datetime(slim[name]) for name in ORDERED_BY if "date" in name}
        self._order = placed(slim.assign(**dates)).order
        self._starts = np.cumsum([0, *sizes])
        self._group = lru_cache(maxsize=_KEPT)(self._read)

    def __len__(self) -> int:
        """How many rows the tiles have."""
        return len(self._order)

    def of(self, row: int) -> dict[str, Any]:
        """Return the record of a row of the tiles, as a popup shows it.

        Raises
        ------
        IndexError
            If there is no such row.
        """
        if not 0 <= row < len(self._order):
            raise IndexError(row)
        at = int(self._order[row])
        group = int(np.searchsorted(self._starts, at, side="right")) - 1
        table = self._group(group).slice(at - int(self._starts[group]), 1)
        geometry = gpd.GeoSeries.from_wkb(table["geometry"].to_pandas(), crs=CRS)
        event = gpd.GeoDataFrame(table.drop_columns(["geometry"]).to_pandas(), geometry=geometry)
        return event_record(conform_layer(event, "events"))

    def _read(self, group: int) -> pa.Table:
        """Read a group of rows; each time from a handle of its own, as several threads ask."""
        with pq.ParquetFile(self._path) as file:
            return file.read_row_group(group)


def _group_sizes(path: Path) -> list[int]:
    with pq.ParquetFile(path) as file:
        about = file.metadata
        return [about.row_group(number).num_rows for number in range(about.num_row_groups)]
