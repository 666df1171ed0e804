"""What the tellings of one incident know together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from silent_draft import SILENT

from gazetteer.models import Place
from pipeline.events.drafts import Draft
from pipeline.events.incidents import Incident
from pipeline.events.places import NOT_SAID
from pipeline.models import Actor, Count, Mention, Placement, Resolution, SourceRef, When

IRAQ = Place("ne:IRQ", "Iraq", 33.0, 44.0, "A", "PCLI", "IQ")
MOSUL = Place("gn:2", "Mosul", 36.34, 43.12, "P", "PPLA", "IQ")
US, KH, GUNMEN = (
    Actor("Military Forces of the United States", 8),
    Actor("Kata'ib Hezbollah", 3),
    Actor("Unidentified", 3),
)
TUESDAY = When(date(2023, 11, 21), date(2023, 11, 21), 1, 1)
NOVEMBER = When(date(2023, 11, 1), date(2023, 11, 30), 3, 4)


def at(place: Place, where_prec: int) -> Placement:
    return Placement(
        Resolution(Mention("a", 0, 4, place.name), "resolved", place, 0.9), None, 1, where_prec, "exact", place.name
    )


def exactly(number: int) -> Count:
    return Count(number, number, number, "exact", str(number))


SUMMARY = replace(
    SILENT, placement=at(IRAQ, 6), when=TUESDAY, perpetrator=US, target=KH, plural=True, attributed_to="aides"
)
ITEM = replace(SILENT, placement=at(MOSUL, 2), source=SourceRef("a", "Jets hit Mosul.", 20, 35), sub="Air/drone strike")


def incident(draft: Draft) -> Incident:
    return Incident([draft], draft, draft.when, 0, 0)


def added(known: Draft, new: Draft) -> Incident:
    told = incident(known)
    told.add(new, ("same place",), 1, "It was told. ------ Jets hit Mosul.")
    return told


def test_a_telling_adds_what_was_not_known():
    told = added(replace(SILENT, perpetrator=US), replace(ITEM, when=TUESDAY, target=KH, fatalities=exactly(3)))
    best = told.best
    assert (best.perpetrator, best.target, best.sub, best.fatalities) == (US, KH, "Air/drone strike", exactly(3))
    assert (told.when, told.last, told.reasons) == (TUESDAY, 1, ["same place"])
    assert len(told.drafts) == 2


def test_the_finer_place_leads_with_its_sentence():
    assert added(SUMMARY, ITEM).best.source == ITEM.source
    assert added(ITEM, SUMMARY).best.source == ITEM.source
    assert added(SUMMARY, ITEM).best.placement == added(ITEM, SUMMARY).best.placement == ITEM.placement


def test_a_headline_gives_no_sentence():
    assert added(SUMMARY, replace(ITEM, headline=True)).best.source == SUMMARY.source


@pytest.mark.parametrize(
    ("known", "new", "kept"),
    [(US, KH, US), (None, KH, KH), (US, None, US), (GUNMEN, KH, KH), (Actor("raiders"), KH, KH), (KH, GUNMEN, KH)],
)
def test_a_name_is_better_than_none_and_than_unidentified(known, new, kept):
    assert added(replace(SILENT, perpetrator=known), replace(SILENT, perpetrator=new)).best.perpetrator == kept


def test_a_day_is_better_than_a_month_and_a_month_adds_nothing_to_a_day():
    assert added(replace(SILENT, when=NOVEMBER), replace(SILENT, when=TUESDAY)).when == TUESDAY
    assert added(replace(SILENT, when=TUESDAY), replace(SILENT, when=NOVEMBER)).when == TUESDAY


@pytest.mark.parametrize(("known", "new"), [(3, 5), (5, 3)])
def test_two_full_tellings_that_disagree_give_the_range(known, new):
    told = added(replace(ITEM, fatalities=exactly(known)), replace(ITEM, fatalities=exactly(new)))
    assert (told.best.fatalities.low, told.best.fatalities.high) == (3, 5)


def test_a_word_in_passing_does_not_disagree():
    told = added(replace(ITEM, fatalities=exactly(3)), replace(ITEM, fatalities=exactly(5), bare=True))
    assert told.best.fatalities == exactly(5)


def test_what_one_telling_asserts_is_no_mere_claim():
    assert added(replace(SILENT, status="claimed"), SILENT).best.status == "asserted"


def test_a_summary_gives_way_to_its_items_and_lends_them_what_it_knows():
    summary = incident(SUMMARY)
    assert summary.sums_up(ITEM)
    item = summary.item(ITEM, 1)
    assert summary.itemised
    assert not item.itemised
    assert (item.best.perpetrator, item.best.target, item.when) == (US, KH, TUESDAY)
    assert item.best.attributed_to == "aides"
    assert item.reasons == ["“It was told.” tells of several; this is one of them"]


@pytest.mark.parametrize(
    ("known", "new"),
    [
        ({"plural": False}, {}),
        ({}, {"plural": True}),
        ({}, {"placement": NOT_SAID}),
        ({}, {"placement": at(IRAQ, 6)}),
        ({"placement": at(MOSUL, 3)}, {}),
    ],
)
def test_only_a_wide_summary_of_several_is_itemised(known, new):
    assert not incident(replace(SUMMARY, **known)).sums_up(replace(ITEM, **new))


def test_police_who_were_hit_and_troops_who_hit_others_are_two_things():
    police, troops = Actor("Police Forces of Iraq", 1, country="IQ"), Actor("Military Forces of Iraq", 1, country="IQ")
    hit = replace(SILENT, target=police, fatalities=exactly(1), placement=at(MOSUL, 1))
    best = added(hit, replace(ITEM, perpetrator=troops, target=KH, fatalities=exactly(8))).best
    assert (best.perpetrator, best.target, best.fatalities) == (None, police, exactly(1))


def test_what_was_aimed_at_in_a_village_goes_before_the_village():
    village, guards = Actor("Civilians (Iraq)", 7), Actor("Guards", 3)
    best = added(replace(SILENT, target=village), replace(SILENT, target=guards)).best
    assert best.target == guards


def test_a_claim_of_another_weapon_names_nobody_for_this_one():
    missile = replace(SILENT, sub="Shelling/artillery/missile attack", placement=at(MOSUL, 1))
    drone = replace(ITEM, perpetrator=KH, source=SourceRef("a", "KH had claimed a drone attack.", 20, 50))
    assert added(missile, drone).best.perpetrator is None


def test_who_only_fights_on_did_not_do_it():
    assert added(SILENT, replace(ITEM, perpetrator=KH, habitual=True)).best.perpetrator is None
