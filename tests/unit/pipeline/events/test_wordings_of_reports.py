"""Wordings of whole reports that the tables lacked: who met whom, with what, and how it is told."""

from __future__ import annotations

import pytest

ATTACK = "Attack"
CLASH = "Armed clash"


def sides(event) -> tuple[str, str]:
    return tuple("" if a is None else a.name for a in (event.perpetrator, event.target))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (
            "Police came under fire from a gang in Basra on Monday.",
            ("Unidentified Gang (Iraq)", "Police Forces of Iraq"),
        ),
        ("Six people lost their lives in shelling of Mosul on Monday.", ("", "Civilians (Iraq)")),
        ("A farmer was found strangled in Mosul on Monday.", ("", "Civilians (Iraq)")),
        ("Villagers found six bullet-riddled bodies in Mosul on Monday.", ("", "")),
        ("A rally was held in Erbil on Monday over power cuts.", ("Protesters (Iraq)", "")),
        ("Police fired tear gas at teachers in Erbil on Monday.", ("Police Forces of Iraq", "Protesters (Iraq)")),
    ],
)
def test_who_did_it_to_whom(read, text: str, known: tuple[str, str]) -> None:
    (event,) = read(text).events
    assert sides(event) == known


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mosul has been tense since 6 November, when a car bomb killed nine people there.", "2023-11-06"),
        ("On 4 May 2019, gunmen killed six shepherds in Mosul.", "2019-05-04"),
    ],
)
def test_a_day_long_past_is_that_of_what_is_told_to_have_been_on_it(read, text: str, day: str) -> None:
    (event,) = read(text).events
    assert (str(event.when.date_start), str(event.when.date_end)) == (day, day)


@pytest.mark.parametrize(
    "text", ["On 4 May 2019, gunmen stormed a bank.", "The army has fought them since 4 May 2019."]
)
def test_of_years_ago_only_what_has_a_town_and_its_dead_is_told(read, text: str) -> None:
    assert read(text).events == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gunmen ambushed a city clerk in his car in Mosul on Monday and shot him dead.", ATTACK),
        ("The assailants struck in Mosul on Monday.", ATTACK),
        ("Gunmen killed three people and abducted two in Mosul on Monday.", ATTACK),
        ("Rebels attacked a government convoy near Mosul on Monday.", CLASH),
    ],
)
def test_the_kind_follows_from_who_was_hit_and_whether_any_died(read, text: str, kind: str) -> None:
    (event,) = read(text).events
    assert event.sub_event_type == kind


def test_what_some_always_do_is_no_incident(read) -> None:
    assert read("Gangs hold most of Mosul and commit acts of kidnapping and rape.").events == ()


def test_who_was_hurt_as_others_clashed_was_hurt_in_the_clash(read) -> None:
    (event,) = read("At least 40 were injured as police clashed with protesters in Basra on Monday.").events
    assert event.injuries.low == 40


def test_the_dead_of_a_war_told_after_a_blast_are_not_its_own(read) -> None:
    text = "A car bomb hit a barracks in Mosul on Monday. Their fight has gone on for decades and killed 40,000 people."
    (event,) = read(text).events
    assert event.fatalities.low is None
