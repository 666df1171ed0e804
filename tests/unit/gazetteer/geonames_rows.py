"""Rows as GeoNames' dumps have them, of places that are and, under ids from 90,000,000, of some that are not."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

COLUMNS = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "class", "code", "country", "cc2",
    "admin1", "admin2", "admin3", "admin4", "population", "elevation", "dem", "timezone", "modified",
)  # fmt: skip


def row(geonames_id: int, name: str, lat: float, lon: float, feature: str = "P.PPL", **more: object) -> str:
    feature_class, _, code = feature.partition(".")
    cells = {
        "geonameid": geonames_id,
        "name": name,
        "asciiname": name,
        "latitude": lat,
        "longitude": lon,
        "class": feature_class,
        "code": code,
        "country": "IQ",
        "population": 0,
        "modified": "2024-01-01",
    }
    cells |= more
    return "\t".join(str(cells.get(column, "")) for column in COLUMNS)


ANBAR = row(99592, "Al Anbār", 33.0, 42.0, "A.ADM1", admin1="01", alternatenames="Anbar,الأنبار", population=1_900_000)
HADITHA_DISTRICT = row(90000001, "Hadithah District", 34.1, 42.4, "A.ADM2", admin1="01", admin2="90000001")
HADITHA = row(
    96309, "Ḩadīthah", 34.13661, 42.37727, admin1="01", admin2="90000001", population=30_925, asciiname="Hadithah",
    alternatenames="Haditha,hdythh,حديثة,ha di sai",
)  # fmt: skip
HIT = row(95788, "Hīt", 33.63664, 42.82768, "P.PPLA2", admin1="01", population=31_901, asciiname="Hit")
FEATURES = (
    row(90000010, "Iraq", 33.0, 44.0, "A.PCLI", admin1="00"),
    row(90000011, "Qanat Azraq", 33.1, 43.0, "H.CNL", admin1="01"),
    row(90000012, "Sahl Azraq", 33.2, 43.0, "L.RGN", admin1="01"),
    row(90000013, "Tariq Azraq", 33.3, 43.0, "R.RD", admin1="01"),
    row(90000014, "Azraq Airfield", 33.4, 43.0, "S.AIRF", admin1="01", alternatenames="QZQ,Matar Azraq"),
    row(90000015, "Jabal Azraq", 33.5, 43.0, "T.MT", admin1="01", elevation=300),
    row(90000016, "Azraq Bank", 10.0, 60.0, "U.BNKU", country=""),
    row(90000017, "Ghabat Azraq", 33.7, 43.0, "V.FRST", admin1="01"),
    row(90000018, "Nowhere In Particular", 33.8, 43.0, ".", admin1="00"),
)


def dump(path: Path, rows: Iterable[str]) -> Path:
    """Write rows as a dump: a zip with its text in it, or the bare text."""
    text = "".join(f"{line}\n" for line in rows).encode()
    if path.suffix != ".zip":
        path.write_bytes(text)
        return path
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "not data")
        archive.writestr(f"{path.stem.removeprefix('alternatenames-')}.txt", text)
    return path
