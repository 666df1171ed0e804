"""Who a crowd is that nobody names."""

from __future__ import annotations

import pytest

from pipeline.events.actors import load_lexicon
from pipeline.events.crowd_sides import with_crowd
from pipeline.events.roles import Roles
from pipeline.models import Actor


@pytest.mark.parametrize(
    ("family", "doer", "hit"),
    [
        ("crowd_protest", "Protesters (Kenya)", None),
        ("crowd_riot", "Rioters (Kenya)", None),
        ("crowd_mob", "Rioters (Kenya)", None),
        ("crowd_met", None, "Protesters (Kenya)"),
        ("crowd_shot_at", None, "Protesters (Kenya)"),
        ("shooting", None, None),
    ],
)
def test_a_crowd_stands_where_nobody_is_named(family: str, doer: str | None, hit: str | None) -> None:
    roles = with_crowd(Roles(None, None, ()), family, "KE", load_lexicon())
    assert (roles.perpetrator and roles.perpetrator.name, roles.target and roles.target.name) == (doer, hit)


def test_who_is_named_stays() -> None:
    roles = Roles(Actor("Civilians (Kenya)", 7), None, ())
    assert with_crowd(roles, "crowd_mob", "KE", load_lexicon()) == roles
