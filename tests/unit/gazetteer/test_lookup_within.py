"""Lookup of descriptions, said to lie in areas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from syrian_world import SYRIAN_WORLD

from gazetteer.build import build
from gazetteer.index import Gazetteer
from gazetteer.lookup import Ranked, lookup
from gazetteer.surroundings import boxes, lies_in, resolve_areas


@pytest.fixture(scope="module")
def syria(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    path: Path = build(tmp_path_factory.mktemp("syria") / "syria.sqlite", sources=SYRIAN_WORLD).path
    with Gazetteer.open(path) as opened:
        yield opened


def first(gazetteer: Gazetteer, name: str, *within: str) -> Ranked:
    return lookup(gazetteer, name, within=within)[0]


@pytest.mark.parametrize("within", [("Idlib Governorate", "Syria"), ("Syria", "Idlib"), ("Idlib",)], ids=str)
def test_the_place_in_the_areas_comes_first(syria: Gazetteer, within: tuple[str, ...]) -> None:
    assert first(syria, "Junaynah village").place.place_id == "wof:4"
    assert first(syria, "Junaynah village", *within).place.place_id == "wof:2"
    assert first(syria, "Junaynah village", "Hama Governorate").place.place_id == "wof:3"


@pytest.mark.parametrize(
    ("name", "within", "place_id"),
    [
        ("Khuwayn al Kabir village (Tell al-Khuwaiyn)", ("Maarat al-Numan district", "Idlib"), "wof:1"),
        ("Hezzeh suburb", ("Idlib",), "wof:5"),
        ("Abu Ubaydah village", ("Hama",), "wof:6"),
        ("Eastern Ghariyah town", ("Idlib",), "wof:7"),
        ("Gassanieh town/Inkizik town", ("Idlib",), "wof:8"),
        ("Inkizick", ("Maarat al-Numan district",), "wof:8"),
        ("Idlib Governorate", ("Syria",), "ne:idlib"),
        ("Idlib city", ("Syria",), "gn:idlib"),
        ("Junaynah, Hama", (), "wof:3"),
    ],
)
def test_descriptions_and_near_spellings(syria: Gazetteer, name: str, within: tuple[str, ...], place_id: str) -> None:
    assert first(syria, name, *within).place.place_id == place_id


def test_where_no_place_is_known_the_area_is_the_answer(syria: Gazetteer) -> None:
    found = first(syria, "Qxzzvland", "Maarat al-Numan district", "Syria")
    assert (found.place.place_id, found.area_only) == ("wof:maarra", True)
    assert found.score < 0.2
    assert "the area itself" in found.reasons[0].text
    assert lookup(syria, "Qxzzvland", within=["Nowhereshire"]) == ()


def test_a_famous_place_elsewhere_is_lowered_with_words(syria: Gazetteer) -> None:
    found = lookup(syria, "Paris", within=["Idlib"])
    assert found[0].area_only
    paris = next(r for r in found if r.place.place_id == "gn:paris")
    told = {why.feature: why.text for why in paris.reasons}["within"]
    assert told.endswith("km outside Idlib")


def test_scores_are_the_sums_of_their_reasons(syria: Gazetteer) -> None:
    for name in ("Junaynah village", "Hezzeh", "Paris", "Qxzzvland"):
        for ranked in lookup(syria, name, within=["Idlib", "Syria"]):
            assert ranked.score == pytest.approx(sum(why.contribution for why in ranked.reasons), abs=1e-3)


def test_kind_words_choose_between_base_and_village(syria: Gazetteer) -> None:
    assert first(syria, "Harir air base").place.place_id == "sitmap:harir"
    assert first(syria, "Harir airport").place.place_id == "sitmap:harir"
    assert first(syria, "Harir village").place.place_id == "wof:9"
    assert {"wof:9", "sitmap:harir"} <= {ranked.place.place_id for ranked in lookup(syria, "Harir")}


def test_what_bears_the_whole_name_beats_part_of_it(syria: Gazetteer) -> None:
    assert first(syria, "Green Village").place.place_id == "sitmap:green"


def test_areas_are_resolved_inside_each_other(syria: Gazetteer) -> None:
    def found(*names: str) -> list[str]:
        return [area.place.place_id for area in resolve_areas(syria, names)]

    assert found("Maarat al-Numan district", "Idlib Governorate", "Syria") == ["gn:sy", "ne:idlib", "wof:maarra"]
    assert found("Idlib", "Hama") == ["ne:idlib"]  # neither lies in the other: the first
    assert found("Turkey", "Syria") == ["gn:tr"]
    assert found("Nowhereshire") == []
    assert found() == []


def test_a_place_may_be_given_as_an_area(syria: Gazetteer) -> None:
    hama = syria.place("ne:hama")
    assert lookup(syria, "Junaynah", within=[hama])[0].place.place_id == "wof:3"


def test_nearness_falls_with_the_distance_outside(syria: Gazetteer) -> None:
    (idlib,) = resolve_areas(syria, ["Idlib Governorate"])
    inside, near, far = (syria.place(n) for n in ("wof:2", "wof:6", "gn:paris"))
    assert lies_in(syria, inside, idlib) == 1
    assert 0 < lies_in(syria, near, idlib) < 1
    assert lies_in(syria, far, idlib) < 1e-6


def test_boxes_go_from_the_smallest_to_the_largest_below_a_country(syria: Gazetteer) -> None:
    areas = resolve_areas(syria, ["Syria", "Idlib", "Maarat al-Numan district"])
    district, province = boxes(syria, areas)
    assert province[0] < district[0]
    assert province[3] > district[3]


def test_country_still_holds(syria: Gazetteer) -> None:
    assert [r.place.place_id for r in lookup(syria, "Junaynah", country="TR", within=["Syria"])] == ["wof:4"]
    assert lookup(syria, "Qxzzvland", country="TR", within=["Syria"]) == ()


def test_many_areas_and_hostile_names_end(syria: Gazetteer) -> None:
    assert lookup(syria, "Junaynah" * 100, within=["Idlib"] * 50)
    assert isinstance(lookup(syria, "'; DROP TABLE place; --", within=["%", "\x00", "(" * 50]), tuple)
