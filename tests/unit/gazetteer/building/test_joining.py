"""Places from several sources become one: base and added, added and added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from msgspec import structs
from small_world import SMALL_WORLD, area, town

from gazetteer.adding.record import AddedSource
from gazetteer.build import build
from gazetteer.building.boundaries import Boundaries
from gazetteer.building.staging import rank
from gazetteer.index import Gazetteer
from gazetteer.sources import SourcePlace


def told_by(key: str, *places: SourcePlace) -> tuple[AddedSource, Iterable[SourcePlace]]:
    source = AddedSource(key, "table", Path(key), "0" * 64, key.title(), "CC0", f"{key} contributors", {})
    return source, (replace(p, place=structs.replace(p.place, source=key)) for p in places)


@pytest.fixture
def opened(tmp_path: Path):
    def make(*added: tuple[AddedSource, Iterable[SourcePlace]]) -> Gazetteer:
        return Gazetteer.open(build(tmp_path / "joined.sqlite", sources=SMALL_WORLD, added=added).path)

    return make


def test_a_place_with_an_id_that_is_known_adds_its_names_and_ids(opened) -> None:
    theirs = town("wof:1", "Bagdad", 33.31, 44.37, "IQ", names=("Bağdat",))
    gazetteer = opened(told_by("first", replace(theirs, also=("gn:98182",))))
    place = gazetteer.place("wof:1")
    assert place == gazetteer.place("gn:98182")
    assert (place.name, place.source, place.population) == ("Baghdad", "geonames", 7_216_000)
    assert gazetteer.names_of("wof:1") == ("Baghdad", "بغداد", "Багдад", "Bagdad", "Bağdat")
    assert gazetteer.sources_of("gn:98182") == ("geonames", "first")
    assert gazetteer.sources_of("gn:mosul") == ("geonames",)


def test_an_id_that_lies_too_far_off_is_a_mistake(opened) -> None:
    far = replace(town("wof:1", "Baghdad", 30.0, 44.4, "IQ"), also=("gn:98182",))
    gazetteer = opened(told_by("first", far))
    assert gazetteer.place("wof:1").lat == 30.0
    assert gazetteer.place("gn:98182").lat == 33.3406


@pytest.mark.parametrize(
    ("name", "lat", "lon", "code", "same"),
    [
        ("Falluja", 33.36, 43.79, "PPL", True),  # the same consonants
        ("al-Fallujah", 33.38, 43.76, "PPLA", True),
        ("Falluja", 33.36, 43.84, "PPL", False),  # 5.6 km
        ("Amiriyah", 33.36, 43.79, "PPL", False),
    ],
)
def test_places_are_one_by_name_and_nearness(opened, name: str, lat: float, lon: float, code: str, same: bool) -> None:
    gazetteer = opened(told_by("first", town("my:1", name, lat, lon, "IQ", code=code)))
    assert (gazetteer.place("my:1") == gazetteer.place("gn:fallujah")) is same


def test_the_nearest_is_taken_and_two_of_one_source_stay_two(opened) -> None:
    near = [town(f"my:{i}", "Hit", 33.64 + i / 100, 42.83, "IQ") for i in (2, 1, 3)]
    gazetteer = opened(told_by("first", *near))
    assert gazetteer.place("my:1") == gazetteer.place("gn:hit")
    assert [c.place.place_id for c in gazetteer.candidates("Hit")] == ["gn:hit", "my:2", "my:3"]


def test_added_sources_join_each_other_and_the_first_is_kept(opened) -> None:
    one = town("a:1", "Rutba", 33.04, 40.28, "IQ")
    other = town("b:1", "Ar Rutbah", 33.05, 40.29, "IQ", population=22_000)
    third = replace(town("c:1", "الرطبة", 33.04, 40.29, "IQ"), also=("b:1",))
    gazetteer = opened(told_by("first", one), told_by("second", other), told_by("third", third))
    place = gazetteer.place("a:1")
    assert place == gazetteer.place("b:1") == gazetteer.place("c:1")
    assert (place.name, place.population) == ("Rutba", 22_000)
    assert gazetteer.sources_of("c:1") == ("first", "second", "third")


def test_across_the_border_of_cells_and_squares(opened) -> None:
    for lat, lon in ((30.0, 50.0), (-0.001, 0.001), (71.2499, 25.7501), (33.25, 44.25)):
        one = town("a:1", "Somewhere", lat + 0.02, lon + 0.02, "XX")
        other = town("b:1", "Somewhere", lat - 0.01, lon - 0.01, "XX")
        gazetteer = opened(told_by("first", one), told_by("second", other))
        assert gazetteer.place("a:1") == gazetteer.place("b:1"), (lat, lon)


def test_towns_know_a_division_by_the_id_that_is_kept(opened) -> None:
    anbar = area("wof:anbar", "Al-Anbar", (38.9, 30.9, 44.1, 35.2), "ADM1", "IQ")
    rawa = town("wof:rawa", "Rawa", 34.48, 41.91, "IQ", admin1="Al-Anbar", admin1_id="wof:anbar")
    gazetteer = opened(told_by("first", rawa, anbar))
    assert gazetteer.place("wof:anbar").place_id == "ne:anbar"
    place = gazetteer.place("wof:rawa")
    assert (place.admin1, place.admin1_id) == ("Anbar", "ne:anbar")
    assert gazetteer.within(place, gazetteer.place("ne:anbar"))


def test_numbers_follow_prominence_after_joining(opened) -> None:
    peopled = replace(town("my:1", "Saqr", 33.0, 44.0, "IQ", population=9_000_000), also=("gn:saqr",))
    other = town("my:2", "Saqr", 20.0, 20.0, "TD", population=100)
    gazetteer = opened(told_by("first", other, peopled))
    assert [c.place.place_id for c in gazetteer.candidates("Saqr")] == ["gn:saqr", "my:2"]


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    def made(name: str) -> bytes:
        added = [told_by("first", *SMALL_WORLD[7:]), told_by("second", town("my:1", "Hitt", 33.64, 42.83, "IQ"))]
        return build(tmp_path / name, sources=SMALL_WORLD, added=added).path.read_bytes()

    assert made("one.sqlite") == made("two.sqlite")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one.sqlite", "two.sqlite"]


def test_info_names_what_was_added(opened) -> None:
    sources = opened(told_by("first", town("my:1", "X", 0.0, 0.0, "XX"))).info()["sources"]
    told = {"name": "First", "licence": "CC0", "attribution": "first contributors"}
    assert sources["first"].items() >= told.items()
    assert "geonames" in sources


def test_text_from_outside_cannot_break_a_record(opened) -> None:
    name, number = "Two\nlines\x00\ud800", "my:\n1"
    wild = town(number, name, 1.0, 2.0, "XX", admin1="A\nB", names=("a\nb", "\udfff", "x" * 500))
    gazetteer = opened(told_by("first", wild))
    (found,) = gazetteer.candidates("two lines")
    assert (found.place.name, found.place.admin1) == ("Two lines\x00", "A B")
    assert gazetteer.names_of(found.place.place_id) == ("Two lines\x00", "a b")


def test_a_source_that_fails_leaves_the_old_index_and_nothing_else(tmp_path: Path) -> None:
    path = build(tmp_path / "kept.sqlite", sources=SMALL_WORLD).path
    before = path.read_bytes()

    def broken() -> Iterable[SourcePlace]:
        yield town("my:1", "X", 0.0, 0.0, "XX")
        raise OSError(5, "cut")

    with pytest.raises(OSError, match="cut"):
        build(path, sources=SMALL_WORLD, added=[(told_by("first")[0], broken())])
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["kept.sqlite"]


def test_what_the_user_added_is_read_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assembly, building = import_module("gazetteer.building.assembly"), import_module("gazetteer.build")
    source, places = told_by("mine", town("my:1", "Newtown", 33.0, 42.0, "IQ"))
    kept = list(places)
    asked: list[list[str]] = []

    def read(_source: AddedSource, boundaries: Boundaries, _tell: object) -> Iterable[SourcePlace]:
        asked.append([p.name if p else "" for p in boundaries.locate([33.0], [42.0])])
        return iter(kept)

    monkeypatch.setattr(assembly, "read_world", lambda _: list(SMALL_WORLD))
    monkeypatch.setattr(assembly, "read_added", read)
    for module in (assembly, building):
        monkeypatch.setattr(module, "added_sources", lambda _: (source,))
    path = building.build(tmp_path / "mine.sqlite").path
    assert asked == [["Anbar"]]
    assert building.is_current(path)
    with Gazetteer.open(path) as gazetteer:
        assert gazetteer.place("my:1").source == "mine"
    monkeypatch.setattr(building, "added_sources", lambda _: (replace(source, sha256="1" * 64),))
    assert not building.is_current(path)


def test_places_come_by_falling_prominence(opened) -> None:
    ranks = [rank(place) for place in opened(told_by("first", *SMALL_WORLD[3:9])).places()]
    assert ranks == sorted(ranks, reverse=True)
    assert len(ranks) == len(SMALL_WORLD)
