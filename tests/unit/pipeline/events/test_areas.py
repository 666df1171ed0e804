"""A place that does not lie in the area it is said to lie in is not meant."""

from __future__ import annotations

import pytest

from gazetteer.models import Place
from pipeline.events.areas import where_said
from pipeline.events.sites import Spot
from pipeline.models import Mention, Resolution
from pipeline.parse import Token

TEXT = "Troops stormed Darza area of Nowhere district, Kandar province."


def place(name: str, code: str, country: str, admin1: str) -> Place:
    return Place(name, name, 1.0, 1.0, code[0], code[2:], country, admin1_id=admin1)


def resolution(name: str, found: Place | None) -> Resolution:
    start = TEXT.index(name)
    return Resolution(Mention("a", start, start + len(name), name), "resolved", found)


@pytest.mark.parametrize(
    ("code", "admin1", "country", "kept"),
    [
        ("A.ADM1", "elsewhere", "AF", False),  # a town of another province
        ("A.ADM1", "Kandar", "AF", True),
        ("A.ADM1", "Kandar", "PK", False),
        ("A.ADM2", "elsewhere", "AF", True),  # districts change hands: their codes decide nothing
    ],
)
def test_the_area_stands_for_a_place_outside_it(code: str, admin1: str, country: str, kept: bool) -> None:
    town = resolution("Darza", place("Darza", "P.PPL", country, admin1))
    area = resolution("Kandar", place("Kandar", code, "AF", ""))
    token = Token(2, town.mention.start, town.mention.end, "Darza", "Darza", "PROPN", "NNP", "pobj", 1)
    (spot,) = where_said(TEXT, [Spot(town, token, 1)], [town, resolution("Nowhere", None), area])
    assert (spot.resolution is town) is kept


def test_a_city_that_is_a_province_of_its_own_lies_in_the_midst_of_another() -> None:
    province = place("Kandar", "A.ADM1", "AF", "")
    text = "Troops shelled Darza, Kandar."
    spots = []
    for people in (900_000, 900):
        city = Place("Darza", "Darza", 1.0, 1.0, "P", "PPL", "AF", admin1_id="own", population=people)
        found = Resolution(Mention("a", 15, 20, "Darza"), "resolved", city)
        around = Resolution(Mention("a", 22, 28, "Kandar"), "resolved", province)
        token = Token(0, 15, 20, "Darza", "Darza", "PROPN", "NNP", "pobj", 0)
        spots += where_said(text, [Spot(found, token, 1)], [found, around])
    assert [s.place.name for s in spots if s.place is not None] == ["Darza", "Kandar"]
