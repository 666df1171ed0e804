"""Answers are held to where the report says that the place lies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.models import Resolution

Read = Callable[[str], tuple[Resolution, ...]]


def named(resolutions: tuple[Resolution, ...], name: str) -> list[Resolution]:
    return [r for r in resolutions if r.mention.text == name]


def test_a_name_put_to_an_area_means_that_wherever_it_stands(read: Read) -> None:
    text = (
        "A strike hit the village of Yatter, located in the Bint Jbeil district of southern Lebanon. Ambulances from "
        "Tyre and Sidon went to the village of Yatter."
    )
    places = {(r.place.name if r.place else "") for r in named(read(text), "Yatter")}
    assert places == {"Bint Jbeil"}


def test_what_was_refused_stays_among_the_others(read: Read) -> None:
    found = named(read("A mine killed two boys in Karari area of Omdurman, medics in Sudan said."), "Karari")[0]
    assert found.method == "admin"
    assert "IN" in {other.place.country for other in found.alternatives}
    assert "Omdurman" in found.reasons[0].text


def test_a_distance_places_a_name_that_nobody_knows(read: Read) -> None:
    found = named(read("Gunmen attacked the base in Tagboria, about 200 km northeast of Bangui."), "Tagboria")[0]
    assert found.mention.relation is not None
    assert (found.mention.relation.distance_km, found.method) == (200.0, "relative")


def test_a_country_alone_places_no_unknown_name(read: Read) -> None:
    found = named(read("Shelling hit the village of Qxzvwk in Syria."), "Qxzvwk")[0]
    assert (found.status, found.place) == ("unmatched", None)


def countries(resolutions: tuple[Resolution, ...], name: str) -> list[str]:
    return [r.place.country if r.place else "" for r in named(resolutions, name)]


@pytest.mark.parametrize(
    "beside",
    [
        "on the Gao-Ansongo axis",
        "on the road to Gao",
        "a village on the Gao-Ansongo road",
        "between Gao and Ansongo",
        "south of Gao",
        "near Gao",
    ],
)
def test_a_place_lies_beside_what_it_is_said_to_lie_by(read: Read, beside: str) -> None:
    assert countries(read(f"Ten soldiers died on Friday at Kobe, {beside}, in an ambush."), "Kobe") == [""]


def test_the_likeliest_place_beside_it_is_taken(read: Read) -> None:
    found = named(read("Shells fell on Tripoli, on the road to Beirut, on Friday."), "Tripoli")[0]
    assert found.place is not None
    assert found.place.country == "LB"


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell on Hit, on the road to Haditha, on Friday.",
        "Soldiers who left Bamako on the Gao-Ansongo road were ambushed.",
        "In Kobe, officials said that the road to Gao was closed.",
    ],
)
def test_what_lies_there_or_is_not_said_to_stays(read: Read, text: str) -> None:
    first = next(r for r in read(text) if r.mention.kind == "toponym")
    assert first.place is not None


@pytest.mark.parametrize("words", ["close to", "near", "not far from"])
def test_near_a_country_is_at_its_border(read: Read, words: str) -> None:
    found = named(read(f"Six soldiers died in the Tera area in Niger, {words} Mali, on Friday."), "Mali")[0]
    assert (found.where_prec, found.method) == (5, "relative")


def test_around_a_country_is_in_it(read: Read) -> None:
    assert named(read("Fighters clashed around Syria on Friday."), "Syria")[0].where_prec == 6


def test_a_comma_after_a_town_makes_no_list(read: Read) -> None:
    (kursk, russia) = read("The army destroyed a depot near the city of Kursk, Russia.")
    assert (kursk.where_prec, russia.mention.relation) == (2, None)
