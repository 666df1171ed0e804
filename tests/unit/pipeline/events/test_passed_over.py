"""Why a telling that matches nothing told before starts no incident."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from silent_draft import SILENT

from gazetteer.models import Place
from pipeline.events.passed_over import GROUNDS, is_background, why_not
from pipeline.events.places import NOT_SAID
from pipeline.models import Actor, Count, Mention, Placement, Resolution, SourceRef, When

TODAY = date(2023, 11, 22)
TOWN = Place("gn:1", "Homs", 34.73, 36.71, "P", "PPLA", "SY")
HOMS = Placement(Resolution(Mention("a", 0, 4, "Homs"), "resolved", TOWN, 0.9), None, 1, 1, "exact", "Homs")
SYRIA = replace(HOMS, where_prec=6)
TUESDAY = When(date(2023, 11, 21), date(2023, 11, 21), 1, 1)
LONG_AGO = When(date(2023, 3, 1), date(2023, 3, 1), 1, 1)
MONTH = When(date(2023, 11, 1), date(2023, 11, 30), 3, 4)
FULL = replace(
    SILENT,
    source=SourceRef("a", "Rockets hit Homs.", 0, 17),
    family="strike",
    sub="Shelling/artillery/missile attack",
    target=Actor("Civilians (Syria)", 7),
    placement=HOMS,
    when=TUESDAY,
)


def test_a_full_telling_starts_an_incident():
    assert why_not(FULL, today=TODAY, lead=False) == ""


TOLD = [
    ({"status": "planned"}, "planned: it is not said to have happened"),
    ({"status": "hypothetical"}, "hypothetical: it is not said to have happened"),
    ({"status": "negated"}, "negated: it is not said to have happened"),
    ({"status": "denied"}, "denied, and nothing else tells of it"),
    ({"status": "claimed"}, ""),
    ({"other": True, "when": None}, "another incident, told in passing"),
    ({"other": True}, ""),
    ({"definite": True, "when": MONTH}, "told of a month or more, not of one incident"),
    ({"habitual": True}, "told of many times, not of one incident"),
    ({"bare": True, "when": LONG_AGO}, "background: told in passing, of weeks ago"),
    ({"when": LONG_AGO}, ""),
    ({"definite": True, "placement": NOT_SAID, "when": None}, "speaks of something told elsewhere"),
    ({"definite": True, "bare": True, "plural": True}, "speaks of something told elsewhere"),
    ({"definite": True, "bare": True, "plural": True, "fatalities": Count(3, 3, 3)}, ""),
    ({"bare": True, "placement": NOT_SAID, "when": None}, "told in passing, without place or day"),
    ({"bare": True, "placement": SYRIA, "when": None}, "told in passing, without a day or an exact place"),
    ({"plural": True, "placement": NOT_SAID, "when": None}, "several at once, without place or day"),
    ({"target": None, "placement": NOT_SAID, "when": None}, "says neither who, nor where, nor when"),
    ({"placement": NOT_SAID, "when": None}, "says neither where nor when"),
    ({"sub": None, "target": None}, "by no weapon and no armed hand"),
    ({"sub": None, "target": None, "perpetrator": Actor("Rebels", 2)}, ""),
    ({"sub": None, "family": "harm", "mere": True}, "who did it, and with what, is not said"),
    ({"family": "arrest", "sub": "Arrests"}, "an arrest of no known group"),
    ({"family": "arrest", "sub": "Arrests", "target": Actor("Rebels", 2)}, ""),
    (
        {"family": "transfer", "sub": "Non-violent transfer of territory", "placement": SYRIA},
        "no place is said, or only a country",
    ),
    ({"family": "agreement", "sub": "Agreement", "in_clause": True}, "told in a clause, in passing"),
    ({"earlier": True, "when": None}, "background: told in passing, of days before"),
    ({"in_court": True}, "told of a case in court"),
    ({"other": True, "sequel": True, "when": None}, ""),
    ({"family": "harm", "bare": True, "target": None, "placement": NOT_SAID}, ""),
    (
        {"family": "harm", "sub": None, "bare": True, "target": None, "placement": NOT_SAID},
        "told in passing, of those hurt",
    ),
]


@pytest.mark.parametrize(("told", "why"), TOLD)
def test_the_first_ground_that_holds_is_given(told, why):
    assert why_not(replace(FULL, **told), today=TODAY, lead=False) == why


def test_in_the_opening_a_place_is_enough():
    passing = replace(FULL, bare=True, placement=SYRIA, when=None)
    assert why_not(passing, today=TODAY, lead=True) == ""


def test_each_ground_has_its_own_words():
    words = [why for why, _ in GROUNDS]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("when", "today", "old"),
    [(LONG_AGO, TODAY, True), (TUESDAY, TODAY, False), (None, TODAY, False), (LONG_AGO, None, False)],
)
def test_background_is_of_more_than_a_month_ago(when, today, old):
    assert is_background(replace(FULL, when=when), today) is old
