"""One incident of which one report was misread: the day of the saying, another place, a blast without its bomb."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from merging_tellings import MONDAY, PLACES, event, report

from pipeline.events.assumed import of_the_saying
from pipeline.events.merging.blocking import blocked_pairs
from pipeline.events.merging.days import compare_days
from pipeline.events.merging.details import details_of
from pipeline.events.merging.evidence import Apart, Finding
from pipeline.events.merging.numbers import compare_harm
from pipeline.events.merging.tellings import Told, tellings_of
from pipeline.events.merging.where import compare_where
from pipeline.events.merging.wording import compare_weapons
from pipeline.events.merging.words import words_of
from pipeline.models import Count, When


def told(doc_id: str = "a", text: str = "", *, later: int = 0, **about) -> Told:
    made = event(doc_id, **about)
    text = text or made.sources[0].sentence
    made = replace(made, sources=(replace(made.sources[0], sentence=text, sent_end=len(text)),))
    found = report(doc_id, made, text=text)
    return tellings_of([replace(found, article=replace(found.article, date=MONDAY + timedelta(days=later)))])[0]


def names(found: Finding) -> list[str]:
    return ["apart"] if isinstance(found, Apart) else [sign.name for sign in found]


def said_on(made: Told, day: int) -> Told:
    """The telling of what was only said to have been, on a day after Monday."""
    said = When(MONDAY + timedelta(days=day), MONDAY + timedelta(days=day), 1, 1, "Wednesday")
    return replace(made, event=replace(made.event, when=of_the_saying(said)))


def test_what_was_said_on_a_day_may_have_been_a_day_or_two_before():
    made = told("b", "In Homs, police said.", later=2)
    assert names(compare_days(told("a"), said_on(made, 2))) == ["day_beside"]
    assert names(compare_days(told("a"), told("b", day=2, later=2))) == ["apart"]
    assert names(compare_days(told("a", day=-1), said_on(made, 2))) == ["apart"]
    assert names(compare_days(told("a", day=2), said_on(made, 2))) == ["day_same"]
    assert blocked_pairs([told("a"), said_on(made, 2)]) == [(0, 1)]


def test_the_day_that_a_later_report_tells_is_that_of_one_that_tells_none():
    assumed = When(MONDAY - timedelta(days=1), MONDAY, 2, 2, "")
    silent = told("a")
    silent = replace(silent, event=replace(silent.event, when=assumed))
    later = told("b", "Those hit on Monday in Homs were buried, police said.", later=2)
    assert names(compare_days(silent, said_on(later, 2))) == ["day_told"]


def test_a_place_far_apart_that_the_other_report_names_too_may_be_misread():
    one, other = told("a", "Homs was hit."), told("b", "An inquiry in Aleppo.", place="Aleppo")
    assert names(compare_where(one, other)) == ["apart"]
    naming = replace(other, named=(PLACES["Homs"],))
    assert names(compare_where(one, naming)) == ["place_elsewhere"]
    assert blocked_pairs([one, other]) == []
    assert blocked_pairs([one, naming]) == [(0, 1)]


def test_a_name_of_no_gazetteer_in_both_reports_outweighs_where_they_were_placed():
    one = replace(told("a"), unknown=frozenset({"tell zuna"}))
    other = replace(told("b", place="Aleppo"), unknown=frozenset({"tell zunah"}))
    assert names(compare_where(one, other)) == ["place_elsewhere"]
    assert names(compare_where(one, replace(other, unknown=frozenset({"ain hamra"})))) == ["apart"]


@pytest.mark.parametrize(
    ("siege", "signs"),
    [
        ("A blast, then gunfire, shook a hotel in Homs.", []),
        ("Gunmen shot dead a clerk at a hotel in Homs.", ["weapon_far"]),
    ],
)
def test_a_blast_before_the_guns_may_be_the_bomb_of_the_other_report(siege: str, signs: list[str]):
    assert names(compare_weapons(told("a", siege), told("b", "A car bomb hit a hotel in Homs."))) == signs


def test_the_name_of_a_district_is_no_other_name_than_that_of_a_village():
    wide = told("a", place="Nineveh")
    near = told("b", place="Nineveh")
    named = [replace(t, unknown=frozenset({n})) for t, n in ((wide, "gero district"), (near, "zokori"))]
    assert "place_other_name" not in names(compare_where(*named))
    villages = [replace(t, unknown=frozenset({n})) for t, n in ((wide, "gero"), (near, "zokori"))]
    assert "place_other_name" in names(compare_where(*villages))


def test_what_lies_in_the_place_of_a_telling_tells_more_of_it():
    text = "Men died in Nineveh. In Sinjar a clinic was burnt."
    wide, town = event("a", "Nineveh"), event("a", "Sinjar")
    first = replace(wide, sources=(replace(wide.sources[0], sentence=text[:20], sent_end=20),))
    more = replace(town, sources=(replace(town.sources[0], sentence=text[21:], sent_start=21, sent_end=len(text)),))
    apart = replace(more, placement=event("a", "Homs").placement)
    found, cut = (
        next(t for t in tellings_of([report("a", first, other, text=text)]) if t.key == first.event_id)
        for other in (more, apart)
    )
    assert (found.around.things, cut.around.things) == ({"hospital"}, frozenset())


def test_a_name_with_a_small_article_is_a_name():
    found = {name for named in details_of("Shots at the al-Funduq junction.", MONDAY).names.values() for name in named}
    assert {"funduq", "al funduq"} <= found


def test_volunteers_who_fight_are_no_aid_workers():
    assert words_of("Nine Volunteers for the Defence died.").people == {"fighters"}
    assert words_of("Nine volunteers died.").people == {"aid"}


def test_a_place_read_elsewhere_needs_a_country_in_common():
    one, other = told("a", "Sinjar was hit.", place="Sinjar"), told("b", "A school in Sinjar.", place="Aleppo")
    assert names(compare_where(one, other)) == ["apart"]
    assert names(compare_where(one, replace(other, other_lands=frozenset({"IQ"})))) == ["place_elsewhere"]


def placed_as(made: Told, words: str) -> Told:
    """The telling with the name of its place where its sentence has it."""
    sentence, found = made.event.sources[0].sentence, made.event.placement.resolution
    start = sentence.index(words)
    mention = replace(found.mention, start=start, end=start + len(words), text=words)
    placement = replace(made.event.placement, resolution=replace(found, mention=mention))
    return replace(made, event=replace(made.event, placement=placement))


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("A bomb went off in Homs's Sinjar quarter.", "place_in_town"),
        ("A bomb went off in the Sinjar quarter of Homs.", "place_in_town"),
        ("A bomb went off in Sinjar, police from Homs said.", "apart"),
        ("A bomb went off in Sinjar in Homs province.", "apart"),
    ],
)
def test_a_quarter_said_to_lie_in_the_town_of_the_other_is_not_far_from_it(sentence: str, found: str):
    quarter = placed_as(told("a", sentence, place="Sinjar"), "Sinjar")
    town = placed_as(told("b", "A bomb went off in Homs."), "Homs")
    assert names(compare_where(quarter, town)) == [found]
    assert names(compare_where(town, quarter)) == [found]


def test_the_hurt_need_not_agree_where_the_dead_do():
    def hurt(number: int) -> Count:
        return Count(number, number, number, "exact", str(number))

    one, other = told("a", dead=3), told("b", dead=3)
    few, many = (replace(t, event=replace(t.event, injuries=hurt(n))) for t, n in ((one, 1), (other, 18)))
    assert "number_far" not in names(compare_harm(few, many))
    alone = [replace(t, event=replace(t.event, fatalities=Count())) for t in (few, many)]
    assert names(compare_harm(*alone))[0] == "number_far"


def test_a_night_told_by_both_its_days_ends_on_the_second():
    night = When(MONDAY - timedelta(days=1), MONDAY, 2, 2, "the night of Sunday to Monday")
    first = told("a", "In the night of Sunday to Monday Homs was hit.")
    first = replace(first, event=replace(first.event, when=night))
    assert names(compare_days(first, told("b", "Homs was hit early on Tuesday.", day=1))) == ["apart"]
