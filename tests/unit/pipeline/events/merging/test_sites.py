"""Camps, hotels and villages by name; tolls told beside; days told in another event of one report."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from merging_tellings import MONDAY, event, report

from pipeline.events._words import table
from pipeline.events.assumed import of_the_saying
from pipeline.events.merging.days import compare_days, is_assumed
from pipeline.events.merging.evidence import Apart, Finding
from pipeline.events.merging.numbers import compare_harm
from pipeline.events.merging.sites import compare_sites, sites_in
from pipeline.events.merging.spellings import sound_of
from pipeline.events.merging.tellings import Told, tellings_of
from pipeline.events.merging.where import compare_where
from pipeline.events.merging.words import words_of
from pipeline.models import When


def told(made, *, echoes=()) -> Told:
    found = replace(report(made.sources[0].doc_id, made, text=made.sources[0].sentence), echoes=echoes)
    return next(t for t in tellings_of([found]) if t.key == made.event_id)


def names(found: Finding) -> list[str]:
    return ["apart"] if isinstance(found, Apart) else [sign.name for sign in found]


def said_on(made: Told, day: int, *, text: str = "Tuesday", days: tuple[int, ...] = ()) -> Told:
    """A telling of the day on which it was told, in a report that tells some days."""
    when = of_the_saying(When(on(day), on(day), 1, 1, text))
    details = replace(made.details, days=frozenset(map(on, days)))
    return replace(made, told_on=on(day), event=replace(made.event, when=when), details=details)


def on(day: int):
    return MONDAY + timedelta(days=day)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It hit the Wau displacement camp.", {"camp": {"wau"}}),
        ("They raided the village of Bole.", {"village": {"bole"}}),
        ("Fire broke out at Sudan's Bole refinery.", {"refinery": {"bole"}}),
        ("It hit a Roman Catholic church and an Army base.", {}),
    ],
)
def test_sites_have_names(text: str, found: dict[str, set[str]]) -> None:
    assert {kind: set(names) for kind, names in sites_in(text).items()} == found


def test_sites_of_one_kind_are_one_or_two() -> None:
    one = sites_in("It hit the Rawdha quarter.")
    assert names(compare_sites(one, sites_in("It hit the al-Rawdha district."))) == ["site_kind_same"]
    assert names(compare_sites(one, sites_in("It hit the al-Rawda district."))) == []
    assert names(compare_sites(one, sites_in("It hit the Makar district."))) == ["site_kind_other"]
    assert names(compare_sites(one, sites_in("It hit the Makar hotel."))) == []
    assert names(compare_sites(one, sites_in("It hit the Homs quarter."), without=frozenset({"homs"}))) == []


def test_a_port_in_a_name_is_no_thing_that_was_hit() -> None:
    assert not words_of("Gunmen fired in Port-au-Prince and Port Sudan.").things
    assert words_of("A drone hit the port.").things == {"port"}


def test_short_names_share_their_sounds() -> None:
    assert sound_of("Khiam") == sound_of("Khiyam") != sound_of("Homs")


def test_a_toll_that_was_read_by_itself_counts() -> None:
    main, beside = event("a"), replace(event("a", dead=9), event_id="z")
    other = told(event("b", dead=9))
    assert told(main).dead.best is None
    assert told(main, echoes=(beside,)).dead.best == 9
    assert "number_same" in names(compare_harm(told(main, echoes=(beside,)), other))
    elsewhere = replace(event("a", place="Mosul", dead=9), event_id="z")
    assert told(main, echoes=(elsewhere,)).dead.best is None


def test_two_reports_of_no_day_may_both_tell_another() -> None:
    one, other = told(event("a")), told(event("b"))
    both = said_on(one, 2, days=(1, 2)), said_on(other, 3, days=(1, 3))
    assert names(compare_days(*both)) == ["day_told"]
    assert names(compare_days(said_on(one, 2, days=(2,)), said_on(other, 4, days=(4,)))) == ["apart"]


def test_an_evening_is_seldom_when_it_was_said() -> None:
    made = told(event("a"))
    assert is_assumed(said_on(made, 1))
    assert not is_assumed(said_on(made, 1, text="Tuesday evening"))


def test_a_district_that_no_gazetteer_has_is_no_village() -> None:
    both = (replace(told(event(d, place="Nineveh")), unknown=frozenset({"fizi territory"})) for d in "ab")
    assert names(compare_where(*both)) == ["place_district"]
    both = (replace(told(event(d, place="Nineveh")), unknown=frozenset({"fizi"})) for d in "ab")
    assert names(compare_where(*both)) == ["place_same_words"]


@pytest.mark.parametrize("form", ["the Wau {0}", "the {0} of Wau", "the Wau {0}s", "The {1} Wau", "the {2} of Wau"])
def test_every_word_for_a_site_is_of_some_kind(form: str) -> None:
    """Also in the plural, in capitals, and broken over two lines: "Tamba barracks" once ended a whole run."""
    words = [word for told in table("merging")["site_kinds"].values() for word in told]
    for word in words:
        sites_in(f"Shells hit {form.format(word, word.upper(), word.replace(' ', chr(10)))} on Monday.")
    assert sites_in("Shells hit the Tamba barracks.") == {"base": frozenset({"tamba"})}
