"""Names of where it was not: where people fled, met, were bound for or are cared for."""

from __future__ import annotations

import pytest

from pipeline.events.elsewhere import is_aftermath
from pipeline.models import Mention


def mention_of(text: str, name: str) -> Mention:
    start = text.index(name)
    return Mention("a", start, start + len(name), name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Some 6,000 people have moved towards Drodro centre.", "Drodro"),
        ("Families sought shelter in the town of Goma.", "Goma"),
        ("Two of them died at Sibi district hospital.", "Sibi"),
        ("Two were taken to a hospital in Gao.", "Gao"),
        ("Movements on the Bule axis are suspended.", "Bule"),
        ("The injured were shifted to Quetta.", "Quetta"),
    ],
)
def test_where_people_went_then(text: str, name: str):
    assert is_aftermath(text, mention_of(text, name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gunmen killed six people in Goma.", "Goma"),
        ("Shells hit the market of Sibi on Monday.", "Sibi"),
        ("Rebels attacked Gao and burned a hospital.", "Gao"),
        ("Rebels shelled the Gao regional hospital.", "Gao"),
    ],
)
def test_where_it_was_is_no_aftermath(text: str, name: str):
    assert not is_aftermath(text, mention_of(text, name))


def test_where_they_meet_is_not_where_it_was(read):
    (event,) = read("Ahead of talks in Kabul, rebels killed two soldiers in Mosul on Monday.").events
    assert event.placement.resolution.place.name == "Mosul"


def test_where_a_missile_came_from_is_not_where_it_was(read):
    told = read("A missile fired from the airspace of the occupied Kherson region hit a port in Mykolaiv on Monday.")
    assert [e.placement.resolution.place.name for e in told.events] == ["Mykolayiv"]
