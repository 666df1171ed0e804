"""Layers of many events at few places, for tests of tiles and of what serves them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from pipeline.frames import Layers
from pipeline.products.points.archive import write_tiles
from pipeline.products.tables import write_parquet


def repeated(layers: Layers, times: int = 5, **columns: Any) -> Layers:
    """Every event so many times, a day apart, with ids of their own."""
    events = pd.concat([layers.events] * times, ignore_index=True)
    days = pd.Timestamp("2023-11-01") + pd.to_timedelta(events.index // len(layers.events), unit="D")
    dated = dict.fromkeys(("event_date", "date_start", "date_end"), days.astype("datetime64[ms]"))
    ids = [f"e{number:04}" for number in range(len(events))]
    return replace(layers, events=gpd.GeoDataFrame(events.assign(event_id=ids, **dated, **columns)))


def with_points(layers: Layers, folder: Path) -> Path:
    """Write the table of the events and their tiles, as a run does."""
    write_parquet(layers.events, folder / "events.parquet")
    return write_tiles(layers.events, folder / "events.pmtiles", attribution=["made up"])
