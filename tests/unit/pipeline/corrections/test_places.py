"""Corrections of places: which names they reach, what they put there, and what stays of the machine's answer."""

from __future__ import annotations

import pytest
from correction_world import HOMS, TRIPOLI_LB, TRIPOLI_LY, SmallGazetteer, report, resolved, rows, tripoli

from pipeline.corrections import PlaceRulings
from pipeline.models import Article

GAZETTEER = SmallGazetteer()
ARTICLE = Article("a", "Tripoli was quiet.")


def rulings(*lines: str) -> PlaceRulings:
    return PlaceRulings.of(rows(*lines), GAZETTEER)


def applied(*lines: str, article: Article = ARTICLE, found=None):
    return rulings(*lines).apply(article, found or (tripoli(article.doc_id),))


def test_a_name_is_the_place_that_the_analyst_says():
    (one,) = applied("place,,,,Tripoli,,,gn:3,,,Ann")
    assert (one.place, one.status, one.score, one.geo_precision) == (TRIPOLI_LB, "resolved", 1.0, 1)
    assert [r.text for r in one.reasons] == ["“Tripoli” is Tripoli (North, LB): set by Ann in corrections.csv:2"]


def test_the_machines_own_answer_is_kept_first_among_the_alternatives():
    (one,) = applied("place,,,,Tripoli,,,gn:3,,,Ann")
    assert [(a.place, a.score) for a in one.alternatives] == [(TRIPOLI_LY, 0.9)]
    assert one.alternatives[0].reasons[0].text == "what was read before the correction"


def test_a_name_is_met_however_it_is_written():
    (one,) = applied("place,,,,TRÍPOLI,,,gn:3,,,Ann")
    assert one.place == TRIPOLI_LB


@pytest.mark.parametrize(
    ("line", "reached"),
    [
        ("place,,,a,Tripoli,,,gn:3,,,Ann", True),
        ("place,,,b,Tripoli,,,gn:3,,,Ann", False),
        ("place,,,,Tripoli,LY,,gn:3,,,Ann", True),
        ("place,,,,Tripoli,LB,,gn:3,,,Ann", False),
        ("place,,,,Homs,,,gn:3,,,Ann", False),
        ("place,e1,,,Tripoli,,,gn:3,,,Ann", False),
    ],
)
def test_a_line_reaches_its_report_its_country_and_its_name(line, reached):
    (one,) = applied(line)
    assert (one.place == TRIPOLI_LB) is reached


def test_people_are_not_moved_with_a_place_of_their_name():
    people = resolved("a", "Tripoli", TRIPOLI_LY, kind="demonym")
    assert applied("place,,,,Tripoli,,,gn:3,,,Ann", found=(people,)) == (people,)


def test_coordinates_make_a_place_with_the_radius_and_precision_said():
    (one,) = applied('coordinates,,,,Tripoli,,,"34.4, 35.8",7.5,2,Ann')
    assert (one.place.lat, one.place.lon, one.place.country) == (34.4, 35.8, "LB")
    assert (one.footprint.uncertainty_m, one.geo_precision, one.where_prec) == (7500.0, 2, 2)
    assert one.footprint.geometry.contains(one.footprint.geometry.centroid)
    assert one.alternatives[0].place == TRIPOLI_LY


@pytest.mark.parametrize(("precision", "metres", "where_prec"), [("", 2000, 1), ("2", 25000, 2), ("3", 100000, 5)])
def test_coordinates_without_a_radius_are_as_wide_as_their_precision(precision, metres, where_prec):
    (one,) = applied(f'coordinates,,,,Tripoli,,,"34.4, 35.8",,{precision},Ann')
    assert (one.footprint.uncertainty_m, one.where_prec) == (metres, where_prec)


def test_what_is_no_place_is_rejected_with_the_reason():
    (one,) = applied("not_a_place,,,,Tripoli,,,,,,Ann")
    assert (one.status, one.place, one.footprint) == ("rejected", None, None)
    assert one.reasons[0].text == "“Tripoli” is no place: set by Ann in corrections.csv:2"
    assert one.alternatives[0].place == TRIPOLI_LY


def test_one_reports_line_goes_before_all_reports_and_else_the_later_line():
    (one,) = applied("place,,,a,Tripoli,,,gn:1,,,Ann", "place,,,,Tripoli,,,gn:3,,,Bo")
    assert one.place == HOMS
    (one,) = applied("place,,,,Tripoli,,,gn:1,,,Ann", "place,,,,Tripoli,,,gn:3,,,Bo")
    assert one.place == TRIPOLI_LB


@pytest.mark.parametrize(
    "line",
    [
        "place,,,,Tripoli,,,gn:3,,,Ann",
        "not_a_place,,,,Tripoli,,,,,,Ann",
        'coordinates,,,,Tripoli,LY,,"34.4, 35.8",,,Ann',
    ],
)  # fmt: skip
def test_applying_twice_is_applying_once(line):
    ruled = rulings(line)
    once = ruled.apply(ARTICLE, (tripoli("a"),))
    assert ruled.apply(ARTICLE, once) == once
    assert ruled.touching(ARTICLE, once) == ruled.touching(ARTICLE, (tripoli("a"),)) != ()


def test_nothing_changes_without_a_line_for_it():
    found = (tripoli("a"), resolved("a", "Homs", HOMS, 10))
    assert rulings().apply(ARTICLE, found) == found
    assert rulings("place,,,,Damascus,,,gn:1,,,Ann").touching(ARTICLE, found) == ()


def test_what_became_of_each_line_is_told():
    ruled = rulings(
        "place,,,,Tripoli,,,gn:1,,,Ann",
        "place,,,,Tripoli,,,gn:3,,,Bo",
        "place,,,,Damascus,,,gn:3,,,Bo",
        "place,,,,Tripoli,,,gn:404,,,Bo",
        "place,,,,Tripoli,,,gn:3,,,Cy",
    )
    read = report("a", resolutions=ruled.apply(ARTICLE, (tripoli("a"),)))
    told = {outcome.correction.line: outcome for outcome in ruled.outcomes([read])}
    assert {line: o.state for line, o in told.items()} == {
        2: "overruled", 3: "applied", 4: "matches nothing", 5: "unknown place", 6: "applied",
    }  # fmt: skip
    assert told[2].warning == "corrections.csv:2: not applied: corrections.csv:6 says otherwise of “Tripoli”"
    assert told[4].warning == "corrections.csv:4: matches nothing any more: place “Damascus”"
    assert told[5].warning == "corrections.csv:5: not applied: the gazetteer has no place 'gn:404'"
    assert told[3].warning == ""
