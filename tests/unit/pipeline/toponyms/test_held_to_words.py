"""Answers are held to where the report says that the place lies."""

from __future__ import annotations

from collections.abc import Callable

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
