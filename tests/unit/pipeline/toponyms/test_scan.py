from __future__ import annotations

import pytest

from gazetteer import Gazetteer
from pipeline.models import Article, Mention
from pipeline.toponyms.outlet import outlet_home
from pipeline.toponyms.readings import name_book
from pipeline.toponyms.scan import heard_in_passing

HEARD = [
    ("Troops left Tripoli for Beirut in Lebanon.", ["Beirut", "Lebanon"]),
    ("The Lebanese army left Tripoli.", ["Lebanese"]),
    ("Police in Covington, Ky., said so.", ["Covington", "Ky."]),
    ("Gov. Lincoln and Sen. Houston spoke.", []),  # people
    ("The Houston Rockets won.", []),  # a town's name followed by another name
    ("Springfield Police said so.", ["Springfield"]),
    ("The City Council met on Monday.", []),
    ("nothing is capitalised in baghdad", []),
    ("Deval Patrick spoke in Houston. Patrick and Ann Jackson left Jackson.", ["Houston"]),  # surnames, then alone
    ("Kevin met Amber and Bert at the gate.", []),  # borne by hamlets; Kovin, Anbar and Beirut only sound alike
    ("Central Houston was quiet. Houston slept.", ["Houston"]),  # after an ordinary word it is no surname
]
HOMES = [
    ("https://www.columbustelegram.com/news/1", "", "Columbus"),
    ("https://www.kansascity.com/a", "", "Kansas City"),
    ("https://www.example.com/a", "The Dothan Eagle", "Dothan"),
    ("https://www.dailystar.com.lb/a", "", ""),
    ("https://www.star-telegram.com/a", "", ""),
    ("http://[half an address", "", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("text", "names"), HEARD)
def test_names_heard_in_passing(index: Gazetteer, text: str, names: list[str]) -> None:
    at = text.find("Tripoli")
    taken = [Mention("d", at, at + 7, "Tripoli")] if at >= 0 else []
    found = heard_in_passing(Article("d", text), taken, name_book(index))
    assert [m.text for m in found] == names
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize(("url", "source", "name"), HOMES)
def test_the_home_of_an_outlet(index: Gazetteer, url: str, source: str, name: str) -> None:
    found, homes = outlet_home(Article("d", "Text.", url=url, source=source), name_book(index))
    assert found == name
    assert (len(homes.share) > 0) == bool(name)


def test_the_country_of_a_domain(index: Gazetteer) -> None:
    book = name_book(index)
    countries = [
        outlet_home(Article("d", "Text.", url=f"http://a.{top}/"), book)[1].country for top in ("co.uk", "com", "tv")
    ]
    assert countries[0] > 0
    assert countries[1:] == [0, 0]
