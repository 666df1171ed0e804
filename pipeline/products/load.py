"""Read the layers of a run back from its outputs."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd

from pipeline.errors import InputError
from pipeline.frames import Layers, conform_layer
from pipeline.products.geojson import read_geojson

__all__ = ["load_layers"]


def load_layers(folder: Path) -> Layers:
    """Read ``events.parquet``, ``claims.geojson``, ``areas.geojson`` and ``mentions.geojson``.

    Parameters
    ----------
    folder : Path
        What ``sitmap map`` wrote to.

    Returns
    -------
    Layers
        With the columns and dtypes of ``data/fields.yaml``, as they were written.

    Raises
    ------
    InputError
        If a file is missing or cannot be read.
    ContractError
        If a file is not one of sitmap's.
    """
    return Layers(
        events=conform_layer(_parquet(_existing(folder, "events.parquet")), "events"),
        claims=_geojson(folder, "claims"),
        areas=_geojson(folder, "areas"),
        mentions=_geojson(folder, "mentions"),
    )


def _existing(folder: Path, name: str) -> Path:
    """Return the path of an output that must be there."""
    path = folder / name
    if not path.is_file():
        raise InputError(f"{path}: not found; run `sitmap map --out {folder}` first, or name another folder with --out")
    return path


def _parquet(path: Path) -> gpd.GeoDataFrame:
    """Read a GeoParquet file."""
    try:
        return gpd.read_parquet(path)
    except (OSError, ValueError) as error:  # pyarrow's errors are either
        raise InputError(f"{path}: not a readable GeoParquet file ({error}); run `sitmap map` again") from error


def _geojson(folder: Path, name: str) -> gpd.GeoDataFrame:
    """Read the GeoJSON file of a layer."""
    path = _existing(folder, f"{name}.geojson")
    try:
        return read_geojson(path, name)
    except (OSError, RuntimeError) as error:  # pyogrio's errors are RuntimeErrors
        raise InputError(f"{path}: not a readable GeoJSON file ({error}); run `sitmap map` again") from error
