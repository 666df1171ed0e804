"""Whom a blow on a military post hits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from silent_draft import SILENT

from gazetteer.models import Place
from pipeline.events.incidents import Incident
from pipeline.events.places import NOT_SAID
from pipeline.events.posts import hits_unknown, without_people_at_posts
from pipeline.models import Actor, Mention, Placement, Resolution

PEOPLE = Actor("Civilians (Syria)", 7, text="people")
BAKERS = Actor("Civilians (Syria)", 7, text="bakers")
ARMY = Actor("Military Forces of Syria", 1, text="soldiers")


def at(code: str) -> Placement:
    place = Place("my:1", "Tanf", 33.5, 38.6, code[0], code[2:], "SY")
    return Placement(Resolution(Mention("a", 0, 4, "Tanf"), "resolved", place, 0.9), None, 1, 1, "exact", "Tanf")


@pytest.mark.parametrize(
    ("target", "placement", "unknown"),
    [
        (None, NOT_SAID, True),
        (PEOPLE, at("S.INSM"), True),
        (PEOPLE, at("S.AIRB"), True),
        (PEOPLE, at("P.PPL"), False),
        (PEOPLE, NOT_SAID, False),
        (BAKERS, at("S.INSM"), False),
        (ARMY, at("S.INSM"), False),
    ],
)
def test_people_hurt_at_a_post_are_not_known_to_be_civilians(target, placement, unknown):
    draft = replace(SILENT, target=target, placement=placement)
    assert hits_unknown(draft) is unknown
    (found,) = without_people_at_posts([Incident([draft], replace(draft), None, 0, 0)])
    assert found.best.target == (None if unknown else target)
