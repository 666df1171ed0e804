"""Who was hit, by those who were hurt and the kind of place that was struck."""

from __future__ import annotations

import pytest

from pipeline.events.actors import load_lexicon
from pipeline.events.counts import find_counts
from pipeline.events.roles import Roles
from pipeline.events.victims import struck_place, victim_of, with_those_hurt
from pipeline.models import Actor


@pytest.mark.parametrize(
    ("line", "victim"),
    [
        ("The blast killed two constables.", "Police Forces of Syria"),
        ("It killed three fighters of the Rapid Support Forces.", "Rapid Support Forces"),
        ("A beekeeper was wounded.", "Civilians (Syria)"),
        ("A former MP and both his guards were killed.", "Civilians (Syria)"),
        ("The shell killed five members of the Hazara minority.", "Civilians (Syria)"),
        ("The shell killed five members.", None),
        ("The platoon lost five men.", None),
        ("Nobody was hurt.", None),
        ("Hamas said that two of its fighters died.", "Hamas Movement"),
        ("An assistant sub-inspector (ASI) of the provincial police was killed.", "Police Forces of Syria"),
    ],
)
def test_those_hurt_are_the_target(line, victim):
    found = victim_of(line, find_counts(line), lexicon=load_lexicon(), country="SY")
    assert (found.name if found else None) == victim


def test_the_dead_of_the_one_who_did_it_are_no_target():
    line = "Two rebels died."
    rebels = victim_of(line, find_counts(line), lexicon=load_lexicon(), country="SY")
    assert isinstance(rebels, Actor)
    assert victim_of(line, find_counts(line), lexicon=load_lexicon(), country="SY", but=rebels) is None


@pytest.mark.parametrize(
    ("place", "whose"),
    [
        ("a crowded market in Idlib", "Civilians (Syria)"),
        ("a police station", "Police Forces of Syria"),
        ("the police command", "Police Forces of Syria"),
        ("a military camp", "Military Forces of Syria"),
        ("an army post", "Military Forces of Syria"),
        ("an air base", None),
        ("the base at Green Village", None),
        ("Green Village", None),
    ],
)
def test_whose_the_place_is(place, whose):
    found = struck_place(place, [(0, len(place))], lexicon=load_lexicon(), country="SY")
    assert (found.name if found else None) == whose


@pytest.mark.parametrize(
    ("line", "site", "target"),
    [
        ("A bomb outside a barracks killed six people.", "a barracks", "Military Forces of Syria"),
        ("A bomb outside a barracks killed six children.", "a barracks", "Civilians (Syria)"),
        ("A bomb in a market killed six people.", "a market", "Civilians (Syria)"),
    ],
)
def test_people_who_die_at_a_barracks_may_be_anybody(line, site, target):
    start = line.index(site)
    roles = Roles(target_phrases=((start, start + len(site)),))
    found = with_those_hurt(roles, line, find_counts(line), lexicon=load_lexicon(), country="SY").target
    assert found is not None
    assert found.name == target
