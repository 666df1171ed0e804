"""Names found by their consonants, where several places in several countries bear them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from small_world import town

from gazetteer.build import build
from gazetteer.index import Gazetteer
from gazetteer.sources import SourcePlace

TOWNS = (
    town("x:1", "Kafr Zayta", 35.3, 36.6, "SY", population=17_000),
    town("x:2", "Kafr Zayta", 33.9, 35.7, "LB", population=4_000, names=("Zita Farm",)),
    town("x:3", "Kafr Zayta", 36.1, 37.2, "SY", population=900),
    town("x:4", "Kafar Zaytu", 32.1, 35.2, "SY", population=50),
    town("x:5", "Kafr Zeito", 44.0, -70.0, "US", population=100_000),  # where no name is transliterated
)
MANY = (
    *(
        town(f"{land}:{a}{b}{c}", f"M{a}l B{b}r{c}k", 35.0, 38.0, land, population=1_000)
        for land, (a, b, c) in product(("SY", "TR"), product("aeiu", repeat=3))
    ),
    town("SY:hamlet", "Mol Borak", 35.0, 38.0, "SY"),
)  # 129 places whose names sound alike


def opened(factory: pytest.TempPathFactory, name: str, sources: Sequence[SourcePlace]) -> Iterator[Gazetteer]:
    path = factory.mktemp(name) / f"{name}.sqlite"
    build(path, sources=sources)
    with Gazetteer.open(path) as gazetteer:
        yield gazetteer


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    yield from opened(tmp_path_factory, "alike", MANY)


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    yield from opened(tmp_path_factory, "towns", TOWNS)


def found(gazetteer: Gazetteer, name: str, **narrowed: object) -> list[str]:
    return [c.place.place_id for c in gazetteer.candidates(name, **narrowed)]  # type: ignore[arg-type]


def test_places_of_a_name_come_by_prominence_the_likest_name_first(towns: Gazetteer) -> None:
    assert found(towns, "Kefr Zayta") == ["x:1", "x:2", "x:3", "x:4"]
    assert {c.match for c in towns.candidates("Kefr Zayta")} == {"skeleton"}


def test_no_more_than_the_limit(towns: Gazetteer) -> None:
    assert found(towns, "Kefr Zayta", limit=2) == ["x:1", "x:2"]


@pytest.mark.parametrize(
    ("countries", "expected"),
    [({"SY"}, ["x:1", "x:3", "x:4"]), ({"LB"}, ["x:2"]), ({"LB", "SY"}, ["x:1", "x:2", "x:3", "x:4"]), ({"US"}, [])],
)
def test_a_country_narrows(towns: Gazetteer, countries: set[str], expected: list[str]) -> None:
    assert found(towns, "Kefr Zayta", countries=countries) == expected


def test_a_box_narrows_across_countries(towns: Gazetteer) -> None:
    assert found(towns, "Kefr Zayta", box=(35.0, 33.0, 37.0, 36.0)) == ["x:1", "x:2"]
    assert found(towns, "Kefr Zayta", box=(35.0, 33.0, 37.0, 36.0), countries={"LB"}) == ["x:2"]


def test_exact_names_are_narrowed_alike(towns: Gazetteer) -> None:
    assert found(towns, "Kafr Zayta", countries={"LB"}) == ["x:2"]
    assert found(towns, "Kafr Zayta", countries={"SY"}, limit=1) == ["x:1"]


def test_one_consonant_off_within_a_country(towns: Gazetteer) -> None:
    assert found(towns, "Kafr Zaytar", countries={"LB"}, fuzzy=True) == ["x:2"]
    assert found(towns, "Kafr Zaytar", countries={"IQ"}, fuzzy=True) == []


def test_the_spelling_that_was_met_is_told(towns: Gazetteer) -> None:
    (only,) = towns.candidates("Zeta Farm", countries={"LB"})
    assert only.matched_name == "Zita Farm"


@pytest.mark.parametrize(("limit", "heard"), [(3, 3), (12, 8), (50, 8), (120, 20)])
def test_of_what_only_sounds_alike_a_sixth_of_the_limit_but_eight_is_found(
    alike: Gazetteer, limit: int, heard: int
) -> None:
    assert len(found(alike, "Mol Borok", limit=limit)) == heard


def test_the_likest_of_them_comes_first_however_small(alike: Gazetteer) -> None:
    assert found(alike, "Mol Borok", limit=40)[0] == "SY:hamlet"


@pytest.mark.parametrize("narrowed", [{"countries": {"SY"}}, {"box": (37.0, 34.0, 39.0, 36.0)}])
def test_in_a_country_or_a_box_all_of_them_are_found(alike: Gazetteer, narrowed: dict[str, object]) -> None:
    assert len(found(alike, "Mol Borok", limit=60, **narrowed)) == 60


def test_what_bears_the_name_does_not_count_as_sounding_alike(alike: Gazetteer) -> None:
    kinds = [candidate.match for candidate in alike.candidates("Mal Barak")]
    assert kinds == ["exact"] * 2 + ["skeleton"] * 8


def test_what_nobody_bears_is_no_name(towns: Gazetteer) -> None:
    assert towns.has_name("Kafr Zayta")
    assert not any(towns.has_name(f"No Such Town {number}") for number in range(100))
