"""The overlay says where things are: each row is well-formed, cites its source, and lies where it claims to lie."""

from __future__ import annotations

import csv
import gzip
import json
import math
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

import gazetteer

DATA = Path(gazetteer.__file__).parent / "data"
COLUMNS = [
    *("place_id", "name", "aliases", "feature_class", "feature_code", "lat", "lon", "uncertainty_m", "country"),
    *("admin1", "bbox", "population", "source", "source_url_or_ref", "note"),
]
# GeoNames feature code -> its class, and the radius in metres that is plausible for it
CODES = {
    "ADM1": ("A", 50_000, 600_000),
    "AIRB": ("S", 1_000, 8_000),
    "AIRF": ("S", 1_000, 8_000),
    "AIRP": ("S", 1_000, 8_000),
    "BAY": ("H", 20_000, 2_500_000),
    "CHN": ("H", 50_000, 2_500_000),
    "CNL": ("H", 20_000, 200_000),
    "DAM": ("S", 1_000, 10_000),
    "DIPL": ("S", 500, 5_000),
    "DSRT": ("T", 25_000, 2_500_000),
    "GASF": ("L", 2_000, 30_000),
    "GULF": ("H", 50_000, 2_500_000),
    "INSM": ("S", 1_000, 10_000),
    "ISL": ("T", 2_000, 1_500_000),
    "ISLS": ("T", 2_000, 2_500_000),
    "LCTY": ("L", 1_000, 20_000),
    "LK": ("H", 5_000, 500_000),
    "MT": ("T", 5_000, 50_000),
    "MTS": ("T", 10_000, 2_500_000),
    "PASS": ("T", 2_000, 20_000),
    "PLAT": ("T", 50_000, 1_500_000),
    "PRK": ("L", 5_000, 150_000),
    "OCN": ("H", 1_000_000, 2_500_000),
    "OILF": ("L", 2_000, 30_000),
    "OILR": ("S", 1_000, 15_000),
    "OILT": ("S", 1_000, 15_000),
    "PEN": ("T", 20_000, 2_500_000),
    "PLN": ("T", 10_000, 200_000),
    "PPL": ("P", 2_000, 25_000),
    "PPLX": ("P", 1_000, 5_000),
    "PRT": ("L", 1_000, 15_000),
    "PSTB": ("S", 1_000, 10_000),
    "RGNH": ("L", 20_000, 2_500_000),
    "SD": ("H", 20_000, 200_000),
    "RGN": ("L", 20_000, 2_500_000),
    "RSV": ("H", 5_000, 100_000),
    "SEA": ("H", 100_000, 2_500_000),
    "STM": ("H", 20_000, 2_500_000),
    "STRT": ("H", 5_000, 600_000),
    "ZN": ("L", 1_000_000, 2_500_000),
    "VAL": ("T", 10_000, 400_000),
}
WATER = {"BAY", "CHN", "GULF", "OCN", "SEA", "STRT", "SD"}
SOURCES = {
    "GeoNames": r"(gn:\d+|oa:[A-Z0-9]{4}|post:\S+|wof:\d+|UCDP.*| )+",
    "airportsdata": r"oa:[A-Z0-9]{4}",
    "Who's On First": r"(wof:\d+|gn:\d+| )+",
    "UCDP GED": r"(UCDP GED Syria 2016-2019: .+|gn:\d+| )+",
    "Natural Earth": r"\S.*",
    "press": r"https?://\S+",
    "general knowledge": r"\S.*",
}
TOLERANCE_KM = 3.0  # what coasts and simplified borders may be off; nothing more
THEATRE = {"IQ", "SY", "JO", "LB", "IL", "PS", "YE", "SA", "KW", "BH", "QA", "AE", "OM"}
COMMON_WORDS = frozenset(
    [
        "base",
        "camp",
        "field",
        "port",
        "strait",
        "sea",
        "gulf",
        "border",
        "crossing",
        "town",
        "city",
        "north",
        "south",
        "east",
        "west",
        "region",
        "airport",
        "green",
        "tower",
        "village",
        "island",
        "desert",
        "river",
        "lake",
        "mountain",
        "valley",
        "the",
        "of",
        "and",
        "zone",
        "garrison",
        "bay",
        "channel",
        "canal",
        "coast",
        "plain",
        "zap",
        "das",
        "may",
        "march",
        "will",
        "mobile",
        "reading",
        "nice",
        "split",
        "bath",
        "police",
        "general",
        "post",
        "eagle",
        "conflict",
        "army",
        "force",
    ]
)


@cache
def rows() -> list[dict[str, str]]:
    with (DATA / "overlay.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def features(name: str) -> list[tuple[dict[str, object], BaseGeometry]]:
    collection = json.loads(gzip.decompress((DATA / "natural_earth" / f"{name}.geojson.gz").read_bytes()))
    return [(f["properties"], shape(f["geometry"])) for f in collection["features"]]


@cache
def land() -> shapely.STRtree:
    return shapely.STRtree([geometry for _, geometry in features("countries")])


def kilometres(geometry: BaseGeometry, lat: float, lon: float) -> float:
    """Distance in km from a point to a polygon, 0 inside; longitude shrunk by the latitude."""
    scale = math.cos(math.radians(lat))
    shrunk = shapely.transform(geometry, lambda xy: xy * [scale, 1])
    return float(shrunk.distance(Point(lon * scale, lat))) * 111.2


def names(row: dict[str, str]) -> list[str]:
    return [row["name"], *(a for a in row["aliases"].split("|") if a)]


def fold(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain.replace("'", "")).strip()


def bbox(row: dict[str, str]) -> tuple[float, ...]:
    return tuple(float(part) for part in row["bbox"].split())


def test_there_are_enough_rows_and_ids_are_unique_and_sorted() -> None:
    ids = [row["place_id"] for row in rows()]
    assert len(ids) >= 150
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert ids == sorted(ids)
    assert sum(row["country"] in THEATRE for row in rows()) >= 150


def is_well_formed(row: dict[str, str]) -> bool:
    return (
        list(row) == COLUMNS
        and re.fullmatch(r"sitmap:[a-z0-9]+(-[a-z0-9]+)*", row["place_id"]) is not None
        and all(value == value.strip() for value in row.values())
        and all(unicodedata.normalize("NFC", name) == name == name.strip() for name in names(row))
        and abs(float(row["lat"])) <= 90
        and abs(float(row["lon"])) <= 180
        and re.fullmatch(r"([A-Z]{2})?", row["country"]) is not None
        and (row["population"] == "" or int(row["population"]) > 0)
    )


def test_rows_are_well_formed() -> None:
    assert [row["place_id"] for row in rows() if not is_well_formed(row)] == []


def test_codes_are_known_and_uncertainty_fits_them() -> None:
    assert {row["feature_code"] for row in rows()} <= set(CODES)
    bad = []
    for row in rows():
        feature_class, least, most = CODES[row["feature_code"]]
        if row["feature_class"] != feature_class or not least <= int(row["uncertainty_m"]) <= most:
            bad.append(row["place_id"])
    assert bad == []


def test_sources_are_cited() -> None:
    assert [r["place_id"] for r in rows() if not re.fullmatch(SOURCES[r["source"]], r["source_url_or_ref"])] == []
    assert [r["place_id"] for r in rows() if r["source"] == "general knowledge" and not r["note"]] == []


def test_points_lie_in_their_countries() -> None:
    polygons = {p["iso_a2"]: g for p, g in features("countries")}
    far = {
        row["place_id"]: km
        for row in rows()
        if row["country"]
        and (km := kilometres(polygons[row["country"]], float(row["lat"]), float(row["lon"]))) > TOLERANCE_KM
    }
    assert far == {}


def test_points_lie_in_their_provinces() -> None:
    polygons: dict[tuple[object, object], list[BaseGeometry]] = {}
    for properties, geometry in features("admin1"):
        polygons.setdefault((properties["iso_a2"], properties["name"]), []).append(geometry)
    claimed = [row for row in rows() if row["admin1"]]
    assert len(claimed) > 200
    assert [r["place_id"] for r in claimed if (r["country"], r["admin1"]) not in polygons] == []
    far = {
        row["place_id"]: km
        for row in claimed
        if (km := nearest(polygons[row["country"], row["admin1"]], row)) > TOLERANCE_KM
    }
    assert far == {}


def nearest(polygons: list[BaseGeometry], row: dict[str, str]) -> float:
    return min(kilometres(polygon, float(row["lat"]), float(row["lon"])) for polygon in polygons)


def test_points_of_seas_lie_in_the_water() -> None:
    seas = [row for row in rows() if row["feature_code"] in WATER]
    assert len(seas) > 30
    points = [Point(float(row["lon"]), float(row["lat"])) for row in seas]
    on_land = land().query(points, predicate="within")[0]
    assert [seas[i]["place_id"] for i in on_land] == []


def test_boxes_hold_their_points() -> None:
    bad = []
    for row in (r for r in rows() if r["bbox"]):
        west, south, east, north = bbox(row)
        inside = west <= float(row["lon"]) <= east and south <= float(row["lat"]) <= north
        if not (inside and -180 <= west < east <= 180 and -90 <= south < north <= 90):
            bad.append(row["place_id"])
    assert bad == []


def test_what_is_large_has_a_box() -> None:
    large = [r["name"] for r in rows() if int(r["uncertainty_m"]) > 25_000 and not r["bbox"]]
    assert large == ["Pacific Ocean"]  # crosses the antimeridian


def test_no_name_is_a_common_word_or_too_short() -> None:
    bad = [n for row in rows() for n in names(row) if fold(n) in COMMON_WORDS or len(fold(n)) < 2]
    assert bad == []


def test_no_alias_is_listed_twice_or_belongs_to_two_rows() -> None:
    owners: dict[str, set[str]] = {}
    for row in rows():
        for name in names(row):
            owners.setdefault(fold(name), set()).add(row["place_id"])
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_no_alias_takes_the_name_of_a_country() -> None:
    countries = {fold(str(p["name"])) for p, _ in features("countries")}
    assert [(r["name"], n) for r in rows() for n in names(r) if fold(n) in countries] == []


@pytest.mark.parametrize(
    ("name", "lat", "lon", "km"),
    [
        ("Jurf al-Nasr", 32.874, 44.194, 2),
        ("جرف الصخر", 32.874, 44.194, 2),
        ("Ain al-Assad", 33.79, 42.44, 2),
        ("Al-Tanf", 33.49, 38.66, 6),
        ("Tower 22", 33.31, 38.70, 6),
        ("Bab el-Mandeb", 12.58, 43.33, 20),
    ],
)
def test_known_places_are_where_reports_put_them(name: str, lat: float, lon: float, km: float) -> None:
    row = next(r for r in rows() if name in names(r))
    assert kilometres(Point(float(row["lon"]), float(row["lat"])), lat, lon) <= km


def test_admin1_and_countries_nest_and_are_valid() -> None:
    admin1, countries = features("admin1"), features("countries")
    assert len(admin1) == 4596
    assert all(g.is_valid and not g.is_empty for _, g in admin1 + countries)
    assert len({p["id"] for p, _ in admin1}) == len(admin1)
    iso = {p["iso_a2"] for p, _ in countries}
    assert {p["iso_a2"] for p, _ in admin1} - {""} == iso
    assert {"XK", "PS", "EH", "TW", "GF"} <= iso
    by_iso = {p["iso_a2"]: g for p, g in countries}
    outside = [
        p["id"]
        for p, g in admin1
        if p["iso_a2"] in {"IQ", "SY", "YE"} and not by_iso[p["iso_a2"]].buffer(0.001).covers(g)
    ]
    assert outside == []
