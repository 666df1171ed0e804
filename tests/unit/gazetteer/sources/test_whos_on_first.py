from __future__ import annotations

import io
import json
import logging
import tarfile
from pathlib import Path
from typing import Any

import pytest
from small_world import area
from wof_archive import SQUARE, feature, write_archive

from gazetteer.building.boundaries import Boundaries
from gazetteer.errors import SourceError
from gazetteer.sources import SourcePlace, archive, no_progress
from gazetteer.sources.whos_on_first import read_whos_on_first

BOUNDARIES = Boundaries([area("ne:anbar", "Anbar", (38.9, 30.9, 44.1, 35.2), "ADM1", "IQ")])
HIT = feature(
    1,
    "locality",
    "Hit",
    33.64,
    42.83,
    name__ara_x_preferred=["هيت"],
    name__eng_x_variant=["Heet", "  Heet  "],
    name__und_x_colloquial=["City"],
    gn__feature_code="PPLA3",
    gn__population=66_000,
    wof__concordances={"gn:id": 95788, "wd:id": "Q1020"},
    wof__hierarchy=[{"region_id": 10, "county_id": 11, "country_id": 12}],
)
REGION = feature(
    10,
    "region",
    "Al-Anbar",
    33.0,
    42.0,
    geometry=SQUARE,
    name__ara_x_variant=["Ar Rumādī", "Al Anbar"],
    wof__concordances={"gn:id": 99592, "iso:code": "IQ-AN"},
)
COUNTY = feature(11, "county", "Heet District", 33.7, 42.8, geometry=SQUARE)
RAMADI = feature(2, "locality", "Ar Rumadi", 33.42, 43.3, wof__hierarchy=[{"region_id": 10}])


def read(tmp_path: Path, *features: Any) -> dict[str, SourcePlace]:
    path = write_archive(tmp_path / "iq.tar.gz", *features)
    return {s.place.place_id: s for s in read_whos_on_first(path, BOUNDARIES, no_progress)}


def test_a_settlement_with_its_names_ids_and_divisions(tmp_path: Path) -> None:
    hit = read(tmp_path, HIT, REGION, COUNTY)["wof:1"]
    assert hit.names == ("هيت", "Heet")  # "City" alone is no name
    assert hit.also == ("gn:95788", "wd:Q1020")
    place = hit.place
    assert (place.feature_class, place.feature_code, place.country, place.population) == ("P", "PPLA3", "IQ", 66_000)
    assert (place.admin1, place.admin1_id, place.admin2) == ("Anbar", "ne:anbar", "Heet District")
    assert place.source == "whosonfirst"


def test_areas_have_polygons_and_come_last(tmp_path: Path) -> None:
    found = read(tmp_path, REGION, COUNTY, HIT)
    assert list(found) == ["wof:1", "wof:10", "wof:11"]
    region, county = found["wof:10"], found["wof:11"]
    assert region.place.bbox == (42.0, 33.0, 44.0, 35.0)
    assert region.geometry is not None
    assert "iso:IQ-AN" in region.also
    assert (region.place.feature_code, region.place.admin1_id) == ("ADM1", "")
    assert (county.place.feature_code, county.place.admin1_id) == ("ADM2", "ne:anbar")


def test_a_town_keeps_its_name_from_the_province(tmp_path: Path) -> None:
    assert "Ar Rumādī" in read(tmp_path, REGION, HIT)["wof:10"].names
    assert read(tmp_path, REGION, RAMADI)["wof:10"].names == ("Al Anbar",)


@pytest.mark.parametrize(
    "past",
    [
        {"mz__is_current": 0},
        {"wof__superseded_by": [7]},
        {"edtf__deprecated": "2018-01-01"},
        {"edtf__cessation": "2018-09-07"},
        {"wof__placetype": "postalcode"},
    ],
    ids=str,
)
def test_what_is_no_longer_or_no_place_is_left_out(tmp_path: Path, past: dict[str, Any]) -> None:
    assert list(read(tmp_path, HIT, feature(3, "locality", "Gone", 33.0, 43.0, **past))) == ["wof:1"]


def test_without_hierarchy_the_polygon_around_it_says_where(tmp_path: Path) -> None:
    found = read(tmp_path, feature(4, "locality", "A", 33.0, 43.0), feature(5, "locality", "B", 50.0, 10.0))
    assert found["wof:4"].place.admin1_id == "ne:anbar"
    assert found["wof:5"].place.admin1_id == ""


def test_an_airport_is_one(tmp_path: Path) -> None:
    campus = feature(6, "campus", "Hit Airport", 33.6, 42.8, wof__concordances={"icao:code": "ORXX"})
    field = read(tmp_path, campus)["wof:6"]
    assert (field.place.feature_code, field.also) == ("AIRP", ("oa:ORXX",))


def test_the_label_is_the_point_where_there_is_one(tmp_path: Path) -> None:
    place = read(tmp_path, HIT, feature(8, "locality", "L", 1.0, 2.0, lbl__latitude=33.5, lbl__longitude=42.5))["wof:8"]
    assert (place.place.lat, place.place.lon) == (33.5, 42.5)


BAD = [
    b"{",
    b"[" * 100_000,
    b'{"properties": {"wof:id": 1, "geom:latitude": NaN, "geom:longitude": 1}}',
    b'{"properties": {"wof:id": 1, "geom:latitude": 1e999, "geom:longitude": 1}}',
    b'{"properties": {"wof:id": "1", "geom:latitude": 1, "geom:longitude": 1}}',
    b"null",
    b"\xff\xfe",
]


@pytest.mark.parametrize("content", BAD, ids=range(len(BAD)))
def test_a_bad_file_is_skipped_and_named(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    good = [feature(n, "locality", f"Place {n}", 33.0, 43.0) for n in range(20, 40)]
    with caplog.at_level(logging.WARNING):
        assert len(read(tmp_path, ("bad.geojson", content), *good)) == 20
    assert "skipped bad.geojson" in caplog.text


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": [[[0, "x"]]]},
        {"type": "Polygon", "coordinates": []},
    ],
)
def test_a_place_without_a_readable_polygon_is_a_point(tmp_path: Path, geometry: object) -> None:
    found = read(tmp_path, feature(9, "locality", "P", 33.0, 43.0, geometry=geometry))["wof:9"]
    assert found.geometry is None
    assert found.place.bbox is None


def test_what_is_no_such_archive_is_refused(tmp_path: Path) -> None:
    plain = tmp_path / "plain.tar.gz"
    plain.write_bytes(b"not a tar")
    whole = write_archive(tmp_path / "whole.tar.gz", *(feature(n, "locality", "X", 1.0, 1.0) for n in range(1, 300)))
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(whole.read_bytes()[:2000])
    for path in (plain, cut, tmp_path / "missing.tar.gz"):
        with pytest.raises(SourceError, match=path.name):
            list(read_whos_on_first(path, BOUNDARIES, no_progress))
    with pytest.raises(SourceError, match="0 places, 1 bad files"):
        read(tmp_path, ("bad.geojson", b"{"))


def test_a_large_member_is_skipped_and_a_large_archive_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(archive, "MEMBER_BYTES", 5_000)
    good = [feature(n, "locality", f"Place {n}", 33.0, 43.0) for n in range(20, 40)]
    with caplog.at_level(logging.WARNING):
        assert len(read(tmp_path, ("big.geojson", b" " * 6_000), *good)) == 20
    assert "big.geojson: too large" in caplog.text
    monkeypatch.setattr(archive, "TOTAL_BYTES", 1_000)
    with pytest.raises(SourceError, match="more than 1,000 bytes"):
        read(tmp_path, HIT, REGION, COUNTY)


def test_links_and_odd_names_are_never_followed(tmp_path: Path) -> None:
    path = tmp_path / "odd.tar.gz"
    secret = tmp_path / "secret.geojson"
    secret.write_text("{}")
    with tarfile.open(path, "w:gz") as tar:
        link = tarfile.TarInfo("data/1.geojson")
        link.type, link.linkname = tarfile.SYMTYPE, str(secret)
        tar.addfile(link)
        up = tarfile.TarInfo("../../up.geojson")
        content = json.dumps(feature(1, "locality", "Up", 33.0, 43.0)).encode()
        up.size = len(content)
        tar.addfile(up, io.BytesIO(content))
    assert [s.place.name for s in read_whos_on_first(path, BOUNDARIES, no_progress)] == ["Up"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["odd.tar.gz", "secret.geojson"]


def test_the_description_of_a_member_may_not_be_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        header = tarfile.TarInfo("x")
        header.type, header.size = tarfile.XHDTYPE, 2**24
        tar.addfile(header, io.BytesIO(bytes(2**24)))
    with pytest.raises(SourceError, match="description of a member"):
        list(read_whos_on_first(path, BOUNDARIES, no_progress))


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    path = write_archive(tmp_path / "iq.tar.gz", HIT, REGION)
    list(read_whos_on_first(path, BOUNDARIES, lambda *step: told.append(step)))
    assert told == [("reading iq.tar.gz", 1, 0)]
