"""Groups and civilians told of without a country get that of their event."""

from __future__ import annotations

from dataclasses import replace

import pytest
from silent_draft import SILENT

from gazetteer.models import Place
from pipeline.events.actors import load_lexicon
from pipeline.events.incidents import Incident
from pipeline.events.of_the_country import with_country_of_place
from pipeline.events.places import NOT_SAID
from pipeline.models import Actor, Mention, Placement, Resolution

JOS = Place("gn:1", "Jos", 9.9, 8.9, "P", "PPLA", "NG")
PLACED = Placement(Resolution(Mention("a", 0, 3, "Jos"), "resolved", JOS, 0.9), None, 1, 1, "exact", "Jos")


def told(actor: Actor, placement: Placement) -> str:
    draft = replace(SILENT, perpetrator=actor, placement=placement)
    (found,) = with_country_of_place([Incident([draft], replace(draft), None, 0, 0)], load_lexicon())
    assert found.best.perpetrator is not None
    return found.best.perpetrator.name


@pytest.mark.parametrize(
    ("actor", "name"),
    [
        (Actor("Unidentified Armed Group", 3), "Unidentified Armed Group (Nigeria)"),
        (Actor("Police Forces", 1), "Police Forces of Nigeria"),
        (Actor("Boko Haram", 2, country="NG"), "Boko Haram"),
        (Actor("Military Forces of Chad", 1, country="TD"), "Military Forces of Chad"),
        (Actor("United Nations", 8), "United Nations"),
    ],
)
def test_only_who_has_no_country_gets_that_of_the_place(actor, name):
    assert told(actor, PLACED) == name


def test_without_a_place_they_stay_as_they_are():
    assert told(Actor("Unidentified Armed Group", 3), NOT_SAID) == "Unidentified Armed Group"
