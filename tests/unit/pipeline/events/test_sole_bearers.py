"""A doubted town is taken where it alone bears the name in the one country that a report tells of."""

from __future__ import annotations

from few_names import Names

from gazetteer.models import Place
from pipeline.events.sole_bearers import with_sole_bearers
from pipeline.models import Mention, Reason, Resolution

QUETTA = Place("q", "Quetta", 30.18, 67.0, "P", "PPL", "PK", population=1_000_000)
TEHRAN = Place("t", "Tehran", 35.7, 51.4, "P", "PPLC", "IR", population=8_000_000)
TOWN = Place("p", "Panjgur", 26.97, 64.09, "P", "PPL", "PK")
OTHER = Place("o", "Panjgur", 33.0, 72.0, "P", "PPL", "PK")


def known(place: Place) -> Resolution:
    return Resolution(Mention("a", 0, len(place.name), place.name), "resolved", place, 0.9)


def doubted(name: str = "Panjgur", ground: str = "belief", cues: tuple[str, ...] = ("preposition: in",)) -> Resolution:
    return Resolution(
        Mention("a", 20, 20 + len(name), name, cues=cues), "unmatched", reasons=(Reason(ground, 0.0, ""),)
    )


def last(*resolutions: Resolution, places: tuple[Place, ...] = (TOWN,)) -> Place | None:
    return with_sole_bearers(resolutions, Names(*places))[-1].place


def test_the_only_bearer_of_the_one_country_is_taken_and_says_why():
    found = with_sole_bearers([known(QUETTA), doubted()], Names(TOWN))[-1]
    assert (found.status, found.place, found.where_prec) == ("resolved", TOWN, 1)
    assert found.reasons[0].text == "the only Panjgur of the country in which all else lies that the report names"


def test_of_two_bearers_or_two_countries_none_is_taken():
    assert last(known(QUETTA), doubted(), places=(TOWN, OTHER)) is None
    assert last(known(QUETTA), known(TEHRAN), doubted()) is None


def test_what_stands_after_no_in_or_is_spoken_against_stays_doubted():
    assert last(known(QUETTA), doubted(cues=("preposition: from",))) is None
    assert last(known(QUETTA), doubted(ground="elsewhere")) is None
    assert last(doubted()) is None
