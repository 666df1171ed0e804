"""The base map as layers: the outlines and towns that the web map draws, from Natural Earth and GeoNames."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa
import shapely
from shapely.geometry import shape

__all__ = ["GEOMETRY", "base_tables"]

GEOMETRY = {"base_countries": "MultiPolygon", "base_provinces": "MultiLineString", "base_places": "Point"}


@cache
def base_tables() -> dict[str, pa.Table]:
    """Return the layers of the base map, by name; ``geometry`` is WKB, (lon, lat) in EPSG:4326.

    Examples
    --------
    >>> {name: table.column_names[0] for name, table in base_tables().items()}
    {'base_countries': 'name', 'base_provinces': 'country', 'base_places': 'name'}
    """
    text = files("pipeline.products.map").joinpath("assets/basemap.json").read_text(encoding="utf-8")
    drawn: dict[str, Any] = json.loads(text)
    countries, borders = drawn["countries"]["features"], drawn["admin1"]["features"]
    names, lons, lats, people = zip(*drawn["places"], strict=True)
    return {
        "base_countries": _table({"name": [f["properties"]["name"] for f in countries]}, _shapes(countries, "Polygon")),
        "base_provinces": _table(
            {"country": [f["properties"]["iso_a2"] for f in borders]}, _shapes(borders, "LineString")
        ),
        "base_places": _table({"name": names, "population": people}, shapely.points(lons, lats).tolist()),
    }


def _shapes(features: list[dict[str, Any]], single: str) -> list[shapely.Geometry]:
    """Return geometries of one type: a lone one becomes a collection of one."""
    many = shapely.multipolygons if single == "Polygon" else shapely.multilinestrings
    shapes = (shape(feature["geometry"]) for feature in features)
    return [many([each]) if each.geom_type == single else each for each in shapes]  # type: ignore[misc]  # a scalar gives one


def _table(columns: dict[str, Any], shapes: list[shapely.Geometry]) -> pa.Table:
    return pa.table({**columns, "geometry": pa.array(shapely.to_wkb(shapes).tolist(), type=pa.binary())})
