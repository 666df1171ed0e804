"""Do two tellings speak of one incident?"""

from __future__ import annotations

from datetime import date

import pytest

from gazetteer.models import Place
from pipeline.events.compare import (
    compare_actors,
    compare_counts,
    compare_dates,
    compare_places,
    compare_types,
)
from pipeline.models import Actor, Count, Mention, Placement, Resolution, SpatialRelation, When

STRIKE, SHELLING, CLASH = "Air/drone strike", "Shelling/artillery/missile attack", "Armed clash"
US = Actor("Military Forces of the United States", 8)
KH = Actor("Kata'ib Hezbollah", 3)
IRI = Actor("Islamic Resistance in Iraq", 3, assoc="Kata'ib Hezbollah")
ISRAEL, SYRIA = Actor("Military Forces of Israel", 1), Actor("Military Forces of Syria", 1)
GUNMEN, CIVILIANS = Actor("Unidentified Armed Group (Iraq)", 3), Actor("Civilians (Iraq)", 7)

IRAQ = Place("ne:IRQ", "Iraq", 33.0, 44.0, "A", "PCLI", "IQ")
ANBAR = Place("ne:IRQ-1", "Anbar", 33.0, 41.7, "A", "ADM1", "IQ")
BASE = Place("sitmap:base", "Ain al-Asad", 33.79, 42.44, "S", "AIRB", "IQ", "Anbar", "ne:IRQ-1")
TOWN = Place("gn:1", "Baghdadi", 33.85, 42.53, "P", "PPL", "IQ", "Anbar", "ne:IRQ-1")  # 11 km from the base
MOSUL = Place("gn:2", "Mosul", 36.34, 43.12, "P", "PPLA", "IQ", "Nineveh", "ne:IRQ-2")
NEAR = SpatialRelation("near", "near Ramadi", 0, 11, "Ramadi")
SOUTH = SpatialRelation("direction", "south of Ramadi", 0, 15, "Ramadi", bearing=180.0)


def at(place: Place | None, where_prec: int | None = 1, relation: SpatialRelation | None = None) -> Placement:
    if place is None:
        return Placement(None, None, None, None, None)
    found = Resolution(Mention("a", 0, 4, place.name), "resolved", place, 0.9)
    return Placement(found, None, 1, where_prec, "exact", place.name, relation)


def on(first: int, last: int | None = None, prec: int = 1) -> When:
    return When(date(2023, 11, first), date(2023, 11, last or first), 1, prec)


@pytest.mark.parametrize(
    ("one", "other", "families", "agree"),
    [
        (STRIKE, STRIKE, ("strike", "strike"), True),
        (STRIKE, None, ("strike", "attack"), True),
        (None, None, ("attack", "attack"), True),
        (STRIKE, CLASH, ("strike", "harm"), True),
        (STRIKE, CLASH, ("strike", "clash"), False),
        (STRIKE, "Arrests", ("strike", "arrest"), False),
        ("Arrests", "Arrests", ("arrest", "arrest"), True),
        ("Arrests", None, ("arrest", "attack"), False),
    ],
)
def test_kinds(one, other, families, agree):
    assert (compare_types(one, other, families).score is not None) is agree


def test_the_same_kind_counts_more_than_a_generic_word_and_two_weapons_count_against():
    same = compare_types(STRIKE, STRIKE, ("strike", "strike")).score
    generic = compare_types(STRIKE, None, ("strike", "attack")).score
    weapons = compare_types(STRIKE, SHELLING, ("strike", "strike")).score
    assert same > generic > 0 > weapons


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (on(20), on(20), True),
        (on(20), on(21), False),
        (on(20), on(19, 21, 2), True),
        (on(20), on(1, 30, 4), True),
        (on(5), on(6, 12, 3), False),
        (on(20), None, True),
        (None, None, True),
    ],
)
def test_days(one, other, agree):
    assert (compare_dates(one, other).score is not None) is agree
    assert compare_dates(one, other).score == compare_dates(other, one).score


def test_the_very_day_counts_more_than_a_span_and_a_span_more_than_nothing():
    exact, span, unknown = (compare_dates(on(20), d).score for d in (on(20), on(19, 21, 2), None))
    assert exact > span > unknown == 0


def test_different_days_are_named():
    assert compare_dates(on(20), on(21)).why == ("different days (2023-11-20 and 2023-11-21)",)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (at(BASE), at(BASE), True),
        (at(BASE), at(TOWN), True),
        (at(BASE), at(ANBAR, 4), True),
        (at(BASE), at(IRAQ, 6), True),
        (at(BASE), at(MOSUL), False),
        (at(MOSUL), at(ANBAR, 4), False),
        (at(BASE), at(None), True),
        (at(None), at(None), True),
    ],
)
def test_places(one, other, agree):
    assert (compare_places(one, other).score is not None) is agree
    assert compare_places(one, other).score == compare_places(other, one).score


def test_an_exact_place_counts_more_than_one_inside_another_and_that_more_than_none():
    scores = [compare_places(at(BASE), other).score for other in (at(BASE), at(TOWN), at(ANBAR, 4), at(None))]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[1] >= scores[2] > scores[-1] == 0


def test_the_same_wide_place_says_less_than_the_same_town():
    country = compare_places(at(IRAQ, 6), at(IRAQ, 6)).score
    assert compare_places(at(MOSUL), at(MOSUL)).score > country
    assert country > compare_places(at(IRAQ, 5, SOUTH), at(IRAQ, 5, NEAR)).score


@pytest.mark.parametrize(
    ("perpetrators", "targets", "agree"),
    [
        ((US, US), (KH, KH), True),
        ((US, None), (KH, KH), True),
        ((None, None), (None, None), True),
        ((US, KH), (KH, US), False),
        ((US, KH), (KH, None), False),
        ((None, KH), (KH, None), False),
        ((US, ISRAEL), (None, None), False),
        ((IRI, KH), (US, US), True),  # one speaks for the other
        ((GUNMEN, KH), (None, None), True),  # unidentified may be anyone
        ((None, None), (KH, CIVILIANS), True),
    ],
)
def test_sides(perpetrators, targets, agree):
    assert (compare_actors(perpetrators, targets).score is not None) is agree


def test_swapped_sides_are_said_to_be_swapped():
    assert compare_actors((US, KH), (KH, US)).why == ("the sides are swapped",)


def test_both_sides_alike_count_more_than_one():
    both, one, none = (
        compare_actors(*sides).score
        for sides in (((US, US), (KH, KH)), ((US, US), (KH, None)), ((None, None), (None, None)))
    )
    assert both > one > none == 0


def test_other_targets_count_against():
    assert compare_actors((US, US), (KH, SYRIA)).score < compare_actors((US, US), (KH, None)).score


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        ((8, 8, 8), (8, 8, 8), 1),
        ((8, 8, 8), (3, 3, 3), -1),
        ((8, 8, 8), (None, None, None), 0),
        ((0, 0, 0), (0, 0, 0), 1),
    ],
)
def test_counts(one, other, sign):
    score = compare_counts(Count(*one, "exact"), Count(*other, "exact")).score
    assert (score > 0) - (score < 0) == sign


def test_nobody_hurt_twice_says_less_than_the_same_number():
    none, eight = Count(0, 0, 0, "exact"), Count(8, 8, 8, "exact")
    assert compare_counts(none, none).score < compare_counts(eight, eight).score
