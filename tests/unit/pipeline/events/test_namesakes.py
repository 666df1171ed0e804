"""A village in a country that the report otherwise never names is a namesake: put right, or taken back."""

from __future__ import annotations

from few_names import Names

from gazetteer.models import Place
from pipeline.events.namesakes import without_namesakes
from pipeline.models import Mention, Resolution

KENYA = Place("k", "Kenya", 0.5, 37.9, "A", "PCLI", "KE")
LAMU = Place("k1", "Lamu", -2.3, 40.9, "A", "ADM1", "KE")
TOWN = Place("k2", "Mpeketoni", -2.39, 40.69, "P", "PPL", "KE")
HOME = Place("k3", "Witu", -2.38, 40.44, "P", "PPL", "KE")
ABROAD = Place("s1", "Witu", 40.0, -4.0, "P", "PPL", "ES", population=9_000)
CITY = Place("s2", "Sevilla", 37.4, -5.98, "P", "PPL", "ES", population=684_000)
SPAIN = Place("s", "Spain", 40.0, -4.0, "A", "PCLI", "ES")


def told(*places: Place, score: float = 0.9, cues: tuple[str, ...] = ()) -> list[Resolution]:
    return [
        Resolution(Mention("a", 20 * n, 20 * n + len(p.name), p.name, cues=cues), "resolved", p, score)
        for n, p in enumerate(places)
    ]


def names(resolutions) -> list[str]:
    return [f"{r.place.name} {r.place.country}" if r.place else "" for r in resolutions]


def test_without_a_bearer_at_home_it_is_taken_back():
    found = without_namesakes(told(KENYA, LAMU, ABROAD), Names(), "")
    assert names(found) == ["Kenya KE", "Lamu KE", ""]
    assert (found[2].status, found[2].alternatives[0].place) == ("unmatched", ABROAD)


def test_the_one_bearer_at_home_is_meant():
    found = without_namesakes(told(KENYA, LAMU, ABROAD), Names(HOME), "")
    assert names(found)[2] == "Witu KE"
    assert found[2].reasons[0].feature == "namesake"


def test_of_two_bearers_at_home_none_is_guessed():
    far = Place("k4", "Witu", 3.0, 35.0, "P", "PPL", "KE")
    assert names(without_namesakes(told(KENYA, LAMU, ABROAD), Names(HOME, far), ""))[2] == ""


def test_a_second_name_of_the_country_speaks_for_it():
    assert names(without_namesakes(told(KENYA, LAMU, ABROAD, SPAIN), Names(HOME), ""))[2] == "Witu ES"


def test_a_group_of_the_country_speaks_for_it():
    there = Place("n1", "Witu", 11.0, 13.0, "P", "PPL", "NG")
    assert names(without_namesakes(told(KENYA, LAMU, there), Names(HOME), "Boko Haram came"))[2] == "Witu NG"


def test_a_large_town_needs_no_country_but_a_village_of_its_name_does():
    assert names(without_namesakes(told(KENYA, LAMU, CITY), Names(), ""))[2] == "Sevilla ES"
    village = told(KENYA, LAMU, CITY, cues=("feature: village",))
    assert names(without_namesakes(village, Names(), ""))[2] == ""


def test_just_across_the_border_it_may_lie():
    near = Place("o1", "Witu", -2.2, 40.8, "P", "PPL", "SO")
    assert names(without_namesakes(told(KENYA, TOWN, near), Names(), ""))[2] == "Witu SO"


def test_a_report_of_no_country_speaks_against_nothing():
    assert names(without_namesakes(told(TOWN, ABROAD), Names(), "")) == ["Mpeketoni KE", "Witu ES"]


def test_a_village_of_another_province_is_held_to_the_one_told_of():
    town = Place("k2", "Mpeketoni", -2.39, 40.69, "P", "PPL", "KE", "Lamu", "k1")
    strayed = Place("k9", "Witu", 3.0, 35.0, "P", "PPL", "KE", "Turkana", "k8")
    home = Place("k3", "Witu", -2.38, 40.44, "P", "PPL", "KE", "Lamu", "k1")
    village = told(KENYA, LAMU, town, strayed, cues=("feature: village",))
    assert names(without_namesakes(village, Names(home, strayed), ""))[3] == "Witu KE"
    assert without_namesakes(village, Names(home, strayed), "")[3].place == home
    assert without_namesakes(village, Names(strayed), "")[3].place is None
    assert without_namesakes(told(KENYA, LAMU, town, strayed), Names(home), "")[3].place == strayed


CAPITAL = Place("c", "Mogadishu", 2.04, 45.34, "P", "PPLC", "SO", population=2_500_000)
BEACH = Place("b", "Lido", 45.4, 12.37, "P", "PPL", "IT", population=20_000)
BORROWED = Place("d", "Bowie", 38.94, -76.73, "P", "PPL", "US", population=58_000)


def test_a_lone_town_a_continent_from_all_that_is_known_is_taken_back():
    assert names(without_namesakes(told(CAPITAL, BEACH), Names(), "")) == ["Mogadishu SO", ""]
    assert names(without_namesakes(told(BEACH), Names(), "")) == ["Lido IT"]


def test_a_borrowed_name_far_from_the_home_of_an_armed_group_is_taken_back(tools):
    bui = [Resolution(Mention("a", 0, 3, "Bui"), "resolved", BORROWED, 0.7)]
    assert names(without_namesakes(bui, tools.gazetteer, "Ambazonian fighters raided a school in Bui.")) == [""]
    assert names(without_namesakes(bui, tools.gazetteer, "Russian troops raided a school in Bui.")) == ["Bowie US"]
