from __future__ import annotations

import pytest

from gazetteer import Gazetteer
from pipeline.ingest.tabular import TableRow
from pipeline.rows.places import named_places
from pipeline.rows.points import held_against, read_point


@pytest.fixture(scope="module")
def gazetteer(small_index):
    with Gazetteer.open(small_index) as opened:
        yield opened


def row(lat, lon):
    return TableRow("", "t.csv", 2, "plain", "plain", {"latitude": lat, "longitude": lon})


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("0", "0.0", "null_island"),
        ("NaN", "NaN", "not_a_number"),
        ("33.6", "", "not_a_number"),
        ("north", "42", "not_a_number"),
        ("inf", "42", "not_a_number"),
        ("133.6", "242.8", "out_of_range"),
        ("-91", "200", "out_of_range"),
        ("142.8", "33.6", "swapped"),
    ],
)
def test_what_is_no_point_on_earth_is_flagged_and_not_used(lat, lon, code):
    point = read_point(row(lat, lon))
    assert [flag.code for flag in point.flags] == [code]
    assert not point.is_usable
    assert "not used" in point.flags[0].text


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [("33.64", "42.8", (33.64, 42.8, 1)), ("33,64", "42,82", (33.64, 42.82, 2)), (33.0, 44.0, (33.0, 44.0, 0))],
)
def test_coordinates_are_read_with_their_decimals(lat, lon, expected):
    point = read_point(row(lat, lon))
    assert (point.lat, point.lon, point.decimals) == expected
    assert point.is_usable
    assert point.flags == ()


def test_nothing_given_is_nothing_flagged():
    assert read_point(row("", None)).flags == ()


def flags(gazetteer, lat, lon, place="Hit", told=None):
    key = ("Iraq", "Anbar", "", "", place) if place is not None else ("",) * 5
    named = named_places(gazetteer, [key])[key]
    point = held_against(read_point(row(str(lat), str(lon))), named, gazetteer=gazetteer, told_prec=told)
    return [flag.code for flag in point.flags], point.is_usable


def test_coordinates_at_the_named_place_are_not_doubted(gazetteer):
    assert flags(gazetteer, 33.65, 42.84) == ([], True)


def test_exchanged_coordinates_are_told_and_not_mended(gazetteer):
    assert flags(gazetteer, 42.83, 33.64) == (["swapped"], False)
    assert flags(gazetteer, 42.83, 33.64, place="Nowhereville") == (["swapped"], False)


def test_another_province_and_another_country_are_told(gazetteer):
    assert flags(gazetteer, 32.5, 44.81) == (["wrong_province"], True)
    assert flags(gazetteer, 13.51, 2.11) == (["wrong_country"], True)


def test_the_middle_of_a_country_or_province_is_no_town(gazetteer):
    assert flags(gazetteer, 33.25, 43.7) == (["country_centroid"], True)
    assert flags(gazetteer, 33.05, 41.5) == (["province_centroid"], True)


def test_whole_degrees_are_told_where_the_place_lies_elsewhere(gazetteer):
    assert flags(gazetteer, 34, 43)[0] == [
        "rounded",
    ]
    assert flags(gazetteer, 34.12, 43.02)[0] == ["far_from_place"]


def test_a_point_that_is_said_to_stand_for_an_area_is_not_held_to_be_exact(gazetteer):
    assert flags(gazetteer, 33.25, 43.7, told=6) == ([], True)
    assert flags(gazetteer, 33.05, 41.5, told=4) == ([], True)


def test_without_a_known_place_only_the_areas_speak(gazetteer):
    assert flags(gazetteer, 33.51, 42.01, place="Nowhereville") == ([], True)
    assert flags(gazetteer, 33.51, 42.01, place=None) == ([], True)
