"""A name that no gazetteer has lies around what is told beside it, and no surer than that."""

import pytest


def _placed(event):
    resolution = event.placement.resolution
    name = resolution.place.name if resolution is not None and resolution.place is not None else None
    return name, event.placement.geo_precision, event.placement.where_prec


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("A patrol fell in an ambush laid by rebels between Ramadi and Xubtaz on Monday.", ("Ramadi", 3, 4)),
        (
            "A calm night in Ramadi, Iraq. Rebels attacked a convoy in the Xubtaz neighborhood on Monday.",
            ("Ramadi", 2, 2),
        ),
    ],
)
def test_an_unknown_name_is_put_around_what_is_told_beside_it(read, text, placed):
    (event,) = read(text).events
    assert _placed(event) == placed
    assert "is not known" in event.placement.reasons[-1]
    if placed[2] == 4:
        assert event.placement.footprint.uncertainty_m >= 40_000


def test_an_unknown_name_beside_nothing_known_stays_without_a_place(read):
    (event,) = read("At Xubtaz, rebels attacked a convoy on Monday.").events
    assert _placed(event) == (None, None, None)


def test_a_town_of_another_sentence_says_nothing_of_a_village(read):
    (event,) = read("A calm night in Ramadi, Iraq. At Xubtaz, rebels attacked a convoy on Monday.").events
    assert _placed(event) == (None, None, None)


def test_where_those_came_from_who_did_it_is_not_near(read):
    (event,) = read("Rebels who came from Ramadi attacked a convoy at Xubtaz on Monday.").events
    assert _placed(event) == (None, None, None)


def test_the_town_where_somebody_says_it_is_not_where_it_was(read):
    (event,) = read("A police spokesman in Baghdad said that rebels attacked a convoy at Xubtaz on Monday.").events
    assert _placed(event)[0] is None
