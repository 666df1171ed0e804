"""Beside what a name is said to lie, and how far off it can be."""

from __future__ import annotations

import pytest

from gazetteer.models import Place
from pipeline.models import Mention, Resolution, SpatialRelation
from pipeline.toponyms.beside import Beside, beside_said

GAO = Place("1", "Gao", 16.27, -0.04, "P", "PPLA", "ML")
ANSONGO = Place("2", "Ansongo", 15.66, 0.5, "P", "PPL", "ML")
KOBE = Place("3", "Kobe", 34.69, 135.18, "P", "PPL", "JP", population=1_500_000)
TASSIGA = Place("4", "Tassiga", 15.9, 0.3, "P", "PPL", "ML")
ROAD = SpatialRelation("road", "Gao-Ansongo axis", 19, 35, "Gao", other_anchors=("Ansongo",))
NEAR = SpatialRelation("near", "near Gao", 6, 14, "Gao")


def resolution(place: Place, start: int, score: float = 0.9, relation: SpatialRelation | None = None) -> Resolution:
    mention = Mention("a", start, start + len(place.name), place.name, relation=relation)
    return Resolution(mention, "resolved", place, score)


@pytest.mark.parametrize(("place", "allowed"), [(GAO, True), (TASSIGA, True), (KOBE, False)])
def test_a_stretch_allows_what_is_no_long_way_round(place, allowed):
    assert Beside((GAO, ANSONGO), ROAD).allows(place) is allowed


@pytest.mark.parametrize(("place", "allowed"), [(ANSONGO, True), (KOBE, False)])
def test_a_town_allows_what_is_not_far(place, allowed):
    assert Beside((GAO,), NEAR).allows(place) is allowed


def test_both_ends_of_a_road_are_anchors():
    text = "at Kobe, along the Gao-Ansongo axis"
    told = [resolution(KOBE, 3), resolution(GAO, 19), resolution(ANSONGO, 23, relation=ROAD)]
    found = beside_said(text, told, 0)
    assert found is not None
    assert (found.anchors, found.lands) == ((GAO, ANSONGO), {"ML"})


@pytest.mark.parametrize(("between", "score"), [(" left for the ", 0.9), (", on the ", 0.3)])
def test_other_words_or_an_unsure_anchor_say_nothing(between, score):
    text = f"Kobe{between}Gao road"
    start = text.index("Gao")
    road = SpatialRelation("road", "Gao road", start, start + 8, "Gao")
    assert beside_said(text, [resolution(KOBE, 0), resolution(GAO, start, score, road)], 0) is None
