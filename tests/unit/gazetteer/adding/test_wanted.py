from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer.adding.wanted import Details, kinds, wanted_sources
from gazetteer.errors import SourceError


@pytest.fixture(autouse=True)
def own_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    for row in kinds().values():
        monkeypatch.delenv(row.get("environment", "NONE"), raising=False)


def test_codes_are_downloaded_each_as_a_source() -> None:
    found = wanted_sources("geonames", ["SY", "iq", "allCountries"])
    assert [w.key for w in found] == ["geonames-sy", "geonames-iq", "geonames-allcountries"]
    assert found[0].downloads == (("https://download.geonames.org/export/dump/SY.zip", "SY.zip"),)
    assert found[1].downloads[0][1] == "IQ.zip"
    assert (found[0].name, found[0].licence) == ("GeoNames SY", "CC BY 4.0")
    assert "GeoNames" in found[0].attribution


def test_what_goes_beside_a_dump_is_asked_for() -> None:
    (one,) = wanted_sources("geonames", ["SY"], Details(beside=("names", "hierarchy", "admin2")))
    base = "https://download.geonames.org/export/dump/"
    assert one.downloads[1:] == (
        (f"{base}alternatenames/SY.zip", "alternatenames-SY.zip"),
        (f"{base}hierarchy.zip", "hierarchy.zip"),
        (f"{base}admin2Codes.txt", "admin2Codes.txt"),
    )
    (world,) = wanted_sources("geonames", ["allCountries"], Details(beside=("names",)))
    assert world.downloads[1] == (f"{base}alternateNamesV2.zip", "alternateNamesV2.zip")


def test_a_mirror_by_option_or_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITMAP_WHOSONFIRST_URL", "https://mirror.example/wof/")
    (one,) = wanted_sources("whosonfirst", ["SY"])
    file = "whosonfirst-data-admin-sy/archive/refs/heads/master.tar.gz"
    assert one.downloads == ((f"https://mirror.example/wof/{file}", "whosonfirst-data-admin-sy.tar.gz"),)
    (other,) = wanted_sources("whosonfirst", ["SY"], Details(mirror="https://other.example"))
    assert other.downloads[0][0] == f"https://other.example/{file}"


def test_files_that_are_here_are_taken(tmp_path: Path) -> None:
    archive, zipped, table = (tmp_path / n for n in ("whosonfirst-data-admin-sy.tar.gz", "SY.zip", "My Bases 2.csv"))
    for path in (archive, zipped, table):
        path.write_bytes(b"x")
    asked = [
        ("whosonfirst", [str(archive)]),
        ("geonames", [str(zipped)]),
        ("geonames", [str(tmp_path)]),
        (str(table), []),
    ]
    found = [wanted_sources(*a)[0] for a in asked]
    assert [w.key for w in found][:2] == ["whosonfirst-sy", "geonames-sy"]
    assert [w.path for w in found] == [archive, zipped, tmp_path, table]
    assert (found[3].key, found[3].kind, found[3].name, found[3].attribution) == (
        "my-bases-2",
        "table",
        "My Bases 2",
        "My Bases 2",
    )


def test_ourairports_needs_no_code(tmp_path: Path) -> None:
    (one,) = wanted_sources("ourairports", [])
    assert (one.key, one.downloads[0][1]) == ("ourairports", "airports.csv")
    (tmp_path / "airports.csv").write_text("x")
    (local,) = wanted_sources("ourairports", [str(tmp_path / "airports.csv")])
    assert local.path is not None


def test_details_go_before_what_the_kind_says(tmp_path: Path) -> None:
    (tmp_path / "9 places.geojson").write_text("{}")
    path = str(tmp_path / "9 places.geojson")
    (one,) = wanted_sources(path, [])
    assert one.key == "source-9-places"
    (named,) = wanted_sources(path, [], Details("nine", "Nine places", "CC0", "Ann <b>"))
    assert (named.key, named.name, named.licence, named.attribution) == ("nine", "Nine places", "CC0", "Ann <b>")


@pytest.mark.parametrize(
    ("source", "items", "details", "cause"),
    [
        ("geonames", [], {}, "geonames: say which: codes such as SY IQ, or the path of a file"),
        ("geonames", ["SYR"], {}, r"SYR: no such file; expected a file that ends in \.zip, \.txt, or codes such as SY"),
        (
            "geonamse",
            ["SY"],
            {},
            r"geonamse: no such file; expected .*or one of the sources geonames, whosonfirst, ourairports",
        ),
        ("geonames", ["SY", "sy"], {}, "geonames-sy: asked for twice"),
        ("geonames", ["SY", "IQ"], {"key": "x"}, "add the sources one by one"),
        ("geonames", ["SY"], {"key": "GN"}, "'GN' is no key; expected up to 40 of a-z"),
        ("geonames", ["SY"], {"key": "overlay"}, "'overlay' is a key of sitmap's own"),
        ("geonames", ["SY"], {"key": "wof"}, "'wof' is a key of sitmap's own"),
        ("geonames", ["SY"], {"attribution": "a\nb"}, "--attribution: expected 1 to 300 characters on one line"),
        ("geonames", ["SY"], {"licence": "x" * 301}, "--licence: expected 1 to 300 characters"),
        ("whosonfirst", ["SY"], {"beside": ("names",)}, "--with names: expected nothing: this source is one file"),
        ("ourairports", ["XX"], {}, "XX: no such file"),
        ("table", [], {}, "table: give the path of a CSV or GeoJSON file"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(
    source: str, items: list[str], details: dict[str, str], cause: str
) -> None:
    with pytest.raises(SourceError, match=cause):
        wanted_sources(source, items, Details(**details))  # type: ignore[arg-type]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "places.xlsx").write_bytes(b"x")
    with pytest.raises(SourceError, match=r"not such a file; expected a file that ends in \.csv, \.tsv"):
        wanted_sources(str(tmp_path / "places.xlsx"), [])
