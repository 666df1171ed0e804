from __future__ import annotations

import pytest

from pipeline import codes
from pipeline.models import Count


def test_the_tables_hold_acleds_6_and_25():
    assert len(codes.event_types()) == 6
    assert len(codes.sub_event_types()) == 25
    assert {codes.event_type_of(sub) for sub in codes.sub_event_types()} == set(codes.event_types())


@pytest.mark.parametrize(
    ("sub", "event_type", "disorder_type", "plover"),
    [
        ("Armed clash", "Battles", "Political violence", ("ASSAULT", "firearms")),
        ("Air/drone strike", "Explosions/Remote violence", "Political violence", ("ASSAULT", "heavy-weapons")),
        ("Excessive force against protesters", "Protests", "Political violence; Demonstrations", ("ASSAULT", "")),
        ("Violent demonstration", "Riots", "Demonstrations", ("PROTEST", "riot")),
        ("Mob violence", "Riots", "Political violence", ("PROTEST", "riot")),
        ("Arrests", "Strategic developments", "Strategic developments", ("COERCE", "arrest")),
        ("Other", "Strategic developments", "Strategic developments", ("", "")),
    ],
)
def test_a_sub_type_implies_the_rest(sub, event_type, disorder_type, plover):
    assert codes.event_type_of(sub) == event_type
    assert codes.disorder_type_of(sub) == disorder_type
    assert codes.plover_of(sub) == plover


def test_an_unknown_sub_type_is_named_with_the_known_ones():
    with pytest.raises(KeyError, match=r"'Air strike' is not an ACLED sub-event type.*Air/drone strike"):
        codes.code_of("Air strike")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(1, 2, "12"), (8, 3, "38"), (7, 0, "70"), (0, 7, "70"), (0, 0, ""), (3, 3, "33"), (1, 7, "17")],
)
def test_interaction_is_undirected(one, other, expected):
    assert codes.interaction(one, other) == codes.interaction(other, one) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (Count(), None),
        (Count(0, 0, 0, "exact", "no one died"), 0),
        (Count(8, 8, 8, "exact", "eight"), 8),
        (Count(62, 62, None, "at_least", "at least 62"), 62),
        (Count(40, 40, None, "about", "some 40"), 40),
        (Count(2, 3, None, "several", "several"), 2),
        (Count(24, 24, None, "at_least", "Dozens were killed"), 12),
        (Count(200, 200, None, "at_least", "hundreds"), 100),
        (Count(300, 300, 300, "exact", "300, of hundreds wounded"), 300),
        (Count(None, None, 40, "at_most", "up to 40"), None),
    ],
)
def test_fatalities_are_conservative_and_never_made_up(count, expected):
    assert codes.fatalities_of(count) == expected


@pytest.mark.parametrize(
    ("value", "word"), [(1.0, "high"), (0.75, "high"), (0.74, "moderate"), (0.2, "low"), (0, "low")]
)
def test_confidence_level(value, word):
    assert codes.confidence_level(value) == word


def test_every_precision_code_has_words_and_an_area():
    assert all(codes.precision_words("where_prec", code) for code in range(1, 8))
    assert [codes.precision_words("geo_precision", code) for code in (1, 2)] == [
        "exact place",
        "near the place, or its district",
    ]
    assert codes.precision_words("geo_precision", None) == "unknown"
    assert {codes.area_kind(code) for code in range(1, 8)} == {
        "circle", "near", "district", "province", "sector", "country", "sea",
    }  # fmt: skip


def test_inter_codes_are_named():
    assert [codes.inter_name(code) for code in (1, 8)] == ["State Forces", "External/Other Forces"]
