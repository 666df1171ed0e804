"""Features of a user's GeoJSON (RFC 7946): points and polygons, with what they say of themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from gazetteer.errors import SourceError
from gazetteer.geometry import inner_point
from gazetteer.sources.reading import Reading, shown

_MOST_BYTES = 200 << 20
_WGS84 = ("CRS84", "4326")
_MOST_CORNERS = 1_000_000


def features(path: Path, reading: Reading) -> Iterator[tuple[str, Mapping[str, Any], BaseGeometry | None]]:
    """Yield (where in the file, properties with ``lat`` and ``lon``, polygon or None for a point).

    Raises
    ------
    SourceError
        The file is too large, no GeoJSON, or not in degrees.
    """
    for number, feature in enumerate(_collection(path), start=1):
        where = f"{path.name} feature {number}"
        try:
            yield where, *_described(feature)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, ShapelyError) as error:
            reading.skip(where, str(error) or type(error).__name__)


def _collection(path: Path) -> list[Any]:
    content = _content(path)
    crs = json.dumps(content.get("crs") or "") if isinstance(content, dict) else ""
    if crs != '""' and crs and not any(name in crs for name in _WGS84):
        raise SourceError(f"{path}: coordinates are not in WGS 84 ({shown(crs)}); save the file in EPSG:4326")
    found = content.get("features") if isinstance(content, dict) else None
    if not isinstance(found, list):
        raise SourceError(f"{path}: expected a GeoJSON FeatureCollection with its features")
    return found


def _content(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise SourceError(f"{path}: over {_MOST_BYTES >> 20} MB; split it, or give points as CSV")
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror})") from error
    except RecursionError:
        raise SourceError(f"{path}: not GeoJSON (nested too deeply)") from None
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 at byte {error.start + 1}; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise SourceError(f"{path} line {error.lineno}: not JSON ({error.msg}); mend the line") from None


def _described(feature: Any) -> tuple[dict[str, Any], BaseGeometry | None]:  # noqa: ANN401
    if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
        raise TypeError("no geometry; expected a Point, Polygon or MultiPolygon")
    given = feature.get("properties") or {}
    if not isinstance(given, dict):
        raise TypeError(f"properties are {shown(given)}; expected names with values")
    values = {str(key).strip().lower(): _cell(value) for key, value in given.items()}
    if "id" in feature:
        values.setdefault("id", str(feature["id"]))
    drawn = shape(feature["geometry"])
    if drawn.is_empty or not _in_degrees(drawn):
        raise ValueError(f"coordinates are {shown(drawn.bounds)}; expected degrees, longitude first (RFC 7946)")
    if isinstance(drawn, Point):
        return {**values, "lat": drawn.y, "lon": drawn.x}, None
    polygon = _polygon(drawn)
    lat, lon = inner_point(polygon)
    return {"lat": lat, "lon": lon, **values}, polygon


def _cell(value: object) -> object:
    """Return a value as a table could hold it; lists only of texts, for aliases."""
    if isinstance(value, list):
        return tuple(str(v) for v in value if isinstance(v, str | int | float))
    return value if isinstance(value, str | int | float) or value is None else json.dumps(value)


def _in_degrees(drawn: BaseGeometry) -> bool:
    west, south, east, north = drawn.bounds
    return -180 <= west <= east <= 180 and -90 <= south <= north <= 90


def _polygon(drawn: BaseGeometry) -> BaseGeometry:
    if drawn.geom_type not in {"Polygon", "MultiPolygon"}:
        raise ValueError(f"geometry is a {drawn.geom_type}; expected a Point, Polygon or MultiPolygon")
    if shapely.get_num_coordinates(drawn) > _MOST_CORNERS:
        raise ValueError(f"over {_MOST_CORNERS:,} corners; simplify the polygon")
    whole = shapely.force_2d(drawn if drawn.is_valid else shapely.make_valid(drawn))
    parts = [p for p in shapely.get_parts(whole) if p.geom_type in {"Polygon", "MultiPolygon"} and p.area > 0]
    if not parts:
        raise ValueError("the polygon has no area")
    return shapely.union_all(parts)
