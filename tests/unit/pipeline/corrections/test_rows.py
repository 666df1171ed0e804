"""Corrections of places move the events of rows of tables."""

from __future__ import annotations

from dataclasses import replace

from correction_world import HOMS, LEBANON, TRIPOLI_LB, SmallGazetteer, resolved, rows, tripoli
from small_run import small_events

from pipeline.corrections import PlaceRulings
from pipeline.corrections.rows import corrected_row
from pipeline.models import Article, Placement, Report

WORLD = SmallGazetteer()


def row(*resolutions, put: int = 0, method: str = "exact") -> Report:
    at = resolutions[put]
    placement = Placement(at, at.footprint, 1, 1, method)
    event = replace(small_events()[0], placement=placement)
    return Report(Article("r1", "Tripoli Lebanon Homs"), tuple(resolutions), (event,))


def ruled(report: Report, *lines: str) -> Report:
    return corrected_row(report, PlaceRulings.of(rows(*lines), WORLD))


def place_of(report: Report) -> object:
    found = report.events[0].placement.resolution
    return found.place if found else None


def test_the_event_moves_to_the_place_set_and_says_who_set_it():
    found = ruled(row(tripoli("r1"), method="given"), "place,,,r1,Tripoli,,,gn:3,,,Ann")
    assert place_of(found) == TRIPOLI_LB
    placement = found.events[0].placement
    assert (placement.footprint.lat, placement.method) == (TRIPOLI_LB.lat, "exact")
    assert "set by Ann" in placement.resolution.reasons[0].text
    assert found.resolutions[0].place == TRIPOLI_LB


def test_a_country_and_a_document_limit_what_is_meant():
    report = row(tripoli("r1"))
    assert ruled(report, "place,,,other,Tripoli,,,gn:3,,,Ann") == report
    assert ruled(report, "place,,,,Tripoli,SY,,gn:3,,,Ann") == report
    assert place_of(ruled(report, "place,,,,Tripoli,LY,,gn:3,,,Ann")) == TRIPOLI_LB


def test_an_event_put_at_its_area_moves_to_the_place_that_was_not_known():
    unknown = replace(tripoli("r1"), status="unmatched", place=None, footprint=None)
    area = resolved("r1", "Lebanon", LEBANON, start=8)
    found = ruled(row(unknown, area, put=1), "place,,,,Tripoli,,,gn:3,,,Ann")
    assert place_of(found) == TRIPOLI_LB


def test_a_ruling_on_an_area_that_the_event_is_not_put_by_moves_nothing():
    report = row(tripoli("r1"), resolved("r1", "Homs", HOMS, start=16))
    assert place_of(ruled(report, "place,,,,Homs,,,gn:3,,,Ann")) == place_of(report)


def test_what_is_no_place_puts_the_event_nowhere_unless_the_table_gives_coordinates():
    line = "not_a_place,,,,Tripoli,,,,,,Ann"
    found = ruled(row(tripoli("r1")), line).events[0]
    assert (found.placement.footprint, found.placement.geo_precision) == (None, None)
    given = ruled(row(tripoli("r1"), method="given"), line).events[0]
    assert given.placement.footprint is not None
    assert "is no place" in given.corrections[0]
