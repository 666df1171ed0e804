"""OurAirports' ``airports.csv``: airfields, heliports and seaplane bases of the world."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from msgspec import structs

from gazetteer.building.boundaries import Boundaries, admin1_of
from gazetteer.errors import SourceError
from gazetteer.models import Place
from gazetteer.sources import Progress, SourcePlace
from gazetteer.sources.delimited import Record, records
from gazetteer.sources.reading import Reading, degrees, shown
from gazetteer.tables import feature_row, yaml_table

_NEEDED = ("ident", "type", "name", "latitude_deg", "longitude_deg", "iso_country")
_MILITARY = re.compile(r"\b(air ?base|air force|afb|military|naval|raf|army|aaf|air station)\b", re.IGNORECASE)
_COUNTRY = re.compile(r"(?:[A-Z]{2})?")
_CODE = re.compile(r"[A-Z][A-Z0-9]{2,3}")
_BATCH = 5000
_ADDRESS = re.compile(r"https?://|\.[a-z]{2,4}/", re.IGNORECASE)


def read_ourairports(
    path: Path, boundaries: Boundaries, progress: Progress, *, key: str = "ourairports", reading: Reading | None = None
) -> Iterator[SourcePlace]:
    """Yield the airfields of a file, in its order; the id is ``oa:`` and the ICAO code or OurAirports' own.

    Raises
    ------
    SourceError
        The file is not OurAirports', or more than a small share of its rows cannot be read.
    """
    reading = reading if reading is not None else Reading()
    rows = _places(path, boundaries, reading, progress, key)
    while batch := list(islice(rows, _BATCH)):
        around = boundaries.locate([p.lat for p, _ in batch], [p.lon for p, _ in batch])
        for (place, row), division in zip(batch, around, strict=True):
            yield _in_division(place, row, division)
    reading.check(path.name)


def _places(
    path: Path, boundaries: Boundaries, reading: Reading, progress: Progress, key: str
) -> Iterator[tuple[Place, Record]]:
    for line, row in records(path, reading, progress):
        missing = [name for name in _NEEDED if name not in row]
        if missing and reading.rows == 0:
            raise SourceError(f"{path}: no column {', '.join(missing)}; expected airports.csv of OurAirports")
        try:
            place = _place(row, boundaries, key)
        except ValueError as error:
            reading.skip(f"{path.name} line {line}", str(error))
            continue
        reading.good()
        yield place, row


def _place(row: Record, boundaries: Boundaries, key: str) -> Place:
    if not (row.get("name") and row.get("ident")):
        raise ValueError("no name or ident")
    country = row.get("iso_country", "")
    if not _COUNTRY.fullmatch(country):
        raise ValueError(f"iso_country is {shown(country)}, not two capital letters")
    code = _feature_code(row)
    province = admin1_of(boundaries.named(f"iso:{row.get('iso_region', '')}"))
    return Place(
        place_id=f"oa:{row.get('icao_code') or row['ident']}",
        name=row["name"],
        lat=degrees(row.get("latitude_deg", ""), "latitude_deg", 90),
        lon=degrees(row.get("longitude_deg", ""), "longitude_deg", 180),
        feature_class="S",
        feature_code=code,
        country=country,
        admin1=province[0],
        admin1_id=province[1],
        uncertainty_m=feature_row("S", code)["uncertainty_m"],
        source=key,
    )


def _feature_code(row: Record) -> str:
    """Return GeoNames' code: a base by its name, an airport by its flights, else by OurAirports' type."""
    codes: dict[str, str] = yaml_table("airport_types.yaml")
    if row["type"] not in codes:
        raise ValueError(f"type is {shown(row['type'])}, not one of {', '.join(codes)}")
    code = codes[row["type"]]
    if code == "AIRQ":
        return code
    if _MILITARY.search(row["name"]):
        return "AIRB"
    return "AIRP" if row.get("iata_code") or row.get("scheduled_service") == "yes" else code


def _in_division(place: Place, row: Record, around: Place | None) -> SourcePlace:
    """Return the place with its names; in the polygon around it where its region's code says nothing."""
    if not place.admin1_id and around is not None and around.country == place.country:
        name, number = admin1_of(around)
        place = structs.replace(place, admin1=name, admin1_id=number)
    words = [w.strip() for w in row.get("keywords", "").split(",")]
    names = [w for w in words if w and not _ADDRESS.search(w)]
    if row.get("municipality") and place.feature_code == "AIRP":
        names.append(f"{row['municipality']} airport")
    codes = [c for c in (row.get("icao_code", ""), row.get("gps_code", ""), row.get("iata_code", "")) if c]
    verbatim = tuple(dict.fromkeys(c for c in codes if _CODE.fullmatch(c)))
    also = (f"iata:{row['iata_code']}",) if row.get("iata_code") else ()
    return SourcePlace(place, tuple(dict.fromkeys(names)), verbatim, None, also)
