from __future__ import annotations

import pytest

from gazetteer import Gazetteer
from pipeline.ingest.tabular import TableRow
from pipeline.rows.places import key_of, named_places


@pytest.fixture(scope="module")
def gazetteer(small_index):
    with Gazetteer.open(small_index) as opened:
        yield opened


def named(gazetteer, *key):
    return named_places(gazetteer, [key])[key]


def test_a_place_is_looked_up_in_its_areas(gazetteer):
    found = named(gazetteer, "Iraq", "Anbar", "", "", "Hit town")
    assert (found.status, found.place.place_id, found.area.name) == ("resolved", "gn:hit", "Anbar")
    assert any("Anbar" in reason.text for reason in found.reasons)


def test_a_name_that_is_not_known_leaves_the_area(gazetteer):
    found = named(gazetteer, "Iraq", "Anbar", "", "", "Nowhereville")
    assert (found.status, found.place, found.area.place_id) == ("unmatched", None, "ne:anbar")
    assert "Nowhereville" in found.reasons[0].text


def test_a_row_without_a_place_is_at_its_area(gazetteer):
    found = named(gazetteer, "Iraq", "Anbar", "", "", "")
    assert (found.status, found.place.place_id) == ("resolved", "ne:anbar")
    nothing = named(gazetteer, "", "", "", "", "")
    assert (nothing.status, nothing.place, nothing.area) == ("unmatched", None, None)


def test_two_places_that_are_as_likely_are_ambiguous_with_both_told(gazetteer):
    found = named(gazetteer, "United States", "", "", "", "Springfield")
    assert found.status == "ambiguous"
    told = {found.place.place_id, *(other.place.place_id for other in found.alternatives)}
    assert {"gn:springfield-il", "gn:springfield-mo"} <= told


def test_an_area_that_is_not_known_is_said(gazetteer):
    found = named(gazetteer, "Iraq", "Ruritania", "", "", "Hit")
    assert found.notes == ("'Ruritania' is not known, or does not lie in the other areas that the row names: not used",)
    assert found.place.place_id == "gn:hit"


def test_gdelt_names_place_and_areas_in_one():
    row = TableRow("", "t", 1, "gdelt", "GDELT", {"place": "Haditha, Al Anbar, Iraq"})
    assert key_of(row) == ("Iraq", "Al Anbar", "", "", "Haditha")
    assert key_of(TableRow("", "t", 1, "gdelt", "GDELT", {"place": "Iraq"})) == ("", "", "", "", "Iraq")
