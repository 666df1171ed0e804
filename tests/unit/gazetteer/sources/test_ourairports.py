from __future__ import annotations

from pathlib import Path

import pytest
from small_world import area

from gazetteer.building.boundaries import Boundaries
from gazetteer.errors import SourceError
from gazetteer.sources import SourcePlace, no_progress
from gazetteer.sources.ourairports import read_ourairports
from gazetteer.sources.reading import Reading

HEADER = (
    '"id","ident","type","name","latitude_deg","longitude_deg","elevation_ft","continent","iso_country","iso_region",'
    '"municipality","scheduled_service","icao_code","iata_code","gps_code","local_code","home_link","wikipedia_link",'
    '"keywords"\n'
)
ANBAR = area("ne:anbar", "Anbar", (38.9, 30.9, 44.1, 35.2), "ADM1", "IQ")
KNOWN = SourcePlace(ANBAR.place, ANBAR.names, (), ANBAR.geometry, ("iso:IQ-AN",))


def line(ident: str, kind: str, name: str, lat: object = 33.7856, lon: object = 42.4412, **more: str) -> str:
    cells = {"iso_country": "IQ", "iso_region": "IQ-AN"} | more
    names = (
        "iso_country",
        "iso_region",
        "municipality",
        "scheduled_service",
        "icao_code",
        "iata_code",
        "gps_code",
        "local_code",
        "home_link",
        "wikipedia_link",
        "keywords",
    )
    rest = ",".join(f'"{cells.get(n, "")}"' for n in names)
    return f'1,"{ident}","{kind}","{name}",{lat},{lon},618,"AS",{rest}\n'


def read(
    tmp_path: Path, *lines: str, boundaries: Boundaries | None = None, reading: Reading | None = None
) -> list[SourcePlace]:
    path = tmp_path / "airports.csv"
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return list(read_ourairports(path, boundaries or Boundaries([KNOWN]), no_progress, reading=reading))


def test_a_base_with_all_it_has(tmp_path: Path) -> None:
    (base,) = read(
        tmp_path,
        line(
            "ORAA",
            "medium_airport",
            "Al Asad Air Base",
            icao_code="ORAA",
            iata_code="IQA",
            gps_code="ORAA",
            municipality="Hit",
            keywords="Qadisiyah, http://x.org/a, Ain al-Asad",
        ),
    )
    place = base.place
    assert (place.place_id, place.name, place.feature_class, place.feature_code) == (
        "oa:ORAA",
        "Al Asad Air Base",
        "S",
        "AIRB",
    )
    assert (place.lat, place.lon, place.country, place.admin1_id) == (33.7856, 42.4412, "IQ", "ne:anbar")
    assert (base.names, base.verbatim, base.also) == (("Qadisiyah", "Ain al-Asad"), ("ORAA", "IQA"), ("iata:IQA",))


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("small_airport", {}, "AIRF"),
        ("large_airport", {"iata_code": "XYZ"}, "AIRP"),
        ("heliport", {}, "AIRH"),
        ("medium_airport", {"scheduled_service": "yes"}, "AIRP"),
        ("seaplane_base", {}, "AIRS"),
        ("closed", {"iata_code": "XYZ"}, "AIRQ"),
        ("balloonport", {}, "AIRF"),
    ],
)
def test_types_become_geonames_codes(tmp_path: Path, kind: str, more: dict[str, str], code: str) -> None:
    assert read(tmp_path, line("XX-1", kind, "Somewhere", **more))[0].place.feature_code == code


def test_the_polygon_says_the_province_where_the_region_does_not(tmp_path: Path) -> None:
    within, outside = read(
        tmp_path,
        line("A", "heliport", "A", iso_region="IQ-ZZ"),
        line("B", "heliport", "B", iso_region="", iso_country="SY"),
    )
    assert (within.place.admin1_id, outside.place.admin1_id) == ("ne:anbar", "")


@pytest.mark.parametrize(
    ("bad", "cause"),
    [
        (line("A", "spaceport", "A"), "type is 'spaceport', not one of small_airport"),
        (line("A", "heliport", "A", lat="north"), "latitude_deg is 'north', not a number"),
        (line("A", "heliport", "A", lon=181), "longitude_deg is '181', not within 180"),
        (line("A", "heliport", "A", iso_country="Iraq"), "iso_country is 'Iraq'"),
        (line("A", "heliport", ""), "no name or ident"),
    ],
)
def test_a_bad_row_is_skipped_with_its_cause(tmp_path: Path, bad: str, cause: str) -> None:
    good = [line(f"G{i}", "heliport", f"Pad {i}") for i in range(60)]
    reading = Reading()
    assert len(read(tmp_path, *good, bad, reading=reading)) == 60
    assert reading.examples[0].startswith(f"airports.csv line 62: {cause}")


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "airports.csv"
    path.write_text("name,lat,lon\nA,1,2\n")
    with pytest.raises(SourceError, match=r"no column ident, type, latitude_deg.*expected airports.csv of OurAirports"):
        list(read_ourairports(path, Boundaries(()), no_progress))
