"""Constructions of the wire: who, when and where told in its roundabout ways. Wednesday 2023-11-22."""

from __future__ import annotations

from datetime import date

import pytest

MON, TUE = date(2023, 11, 20), date(2023, 11, 21)
FILLER = "The mayor opened a library. The pupils were glad of it. The rain came late this year. "


def kinds(report) -> list[str]:
    return [e.sub_event_type for e in report.events]


@pytest.mark.parametrize(
    "text",
    [
        "Militiamen used machetes to kill 12 civilians in Homs on Monday.",
        "Rebels from a group that has operated along the border since 1999 killed six villagers in Homs on Monday.",
    ],
)
def test_what_was_done_is_told(read, text: str) -> None:
    (event,) = read(text).events
    assert (event.sub_event_type, event.when.date_start) == ("Attack", MON)


def test_marched_people_are_abducted(read):
    report = read("Gunmen stopped a bus near Homs on Monday and marched 30 passengers into the forest.")
    assert kinds(report) == ["Abduction/forced disappearance"]


def test_men_who_strike_come_close(read):
    (event,) = read("Assailants struck a village near Homs on Monday, killing nine residents.").events
    assert event.sub_event_type in {"Attack", "Armed clash"}


def test_women_who_take_over_a_road_protest(read):
    assert kinds(read("Hundreds of women took over the highway at Homs on Monday.")) == ["Peaceful protest"]


def test_a_raid_that_ends_in_captures_is_an_arrest(read):
    report = read("Police raided a hideout in Homs on Monday. Three members of the cell were captured.")
    assert kinds(report) == ["Arrests"]


def test_days_are_counted_back_from_the_main_clause(read):
    report = read("Jets bombed Homs on Tuesday. The strike came a day after rebels stormed a base in Aleppo.")
    assert [(e.placement.resolution.place.name, e.when.date_start) for e in report.events] == [
        ("Homs", TUE),
        ("Aleppo", MON),
    ]


def test_news_without_any_day_is_of_the_report(read):
    report = read(f"{FILLER}Gunmen attacked a checkpoint in Homs, killing two soldiers.")
    (event,) = report.events
    assert (event.when.date_start, event.when.date_end, event.when.date_prec) == (TUE, date(2023, 11, 22), 2)


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen abducted six farmers in Homs on Monday. “They came and took our wives,” one man said.",
        "Gunmen abducted six farmers in Homs on Monday. “They came at night. Many people have been killed here.”",
        "Rebels attacked a base in Homs on Monday. The attack came after the mayor said on Sunday that all was calm.",
    ],
)
def test_what_is_quoted_or_pointed_at_is_no_other_incident(read, text: str) -> None:
    assert len(read(text).events) == 1


def test_the_capital_is_that_of_the_country(read):
    report = read("Officials in Damascus met on Monday. In the capital, gunmen shot dead a judge on Monday.")
    (event,) = report.events
    assert event.placement.resolution.place.name == "Damascus"


def test_arrests_are_where_the_police_serve(read):
    (event,) = read("Istanbul police arrested 40 suspected members of the Islamic State group on Monday.").events
    assert event.placement.resolution.place.name == "Istanbul"


def test_what_no_gazetteer_has_lies_in_the_one_province_told_of(read):
    (event,) = read(
        "Nineveh province is tense. Insurgents killed two farmers on Monday in the village of Xantolo."
    ).events
    assert event.placement.resolution.place.feature_code == "ADM1"
    assert event.placement.description == "Xantolo"


def test_a_sentence_told_above_the_story_and_in_it_is_read_once(read):
    line = "At dawn armed men came out of the forest and attacked a base in Homs."
    report = read(f"{line}\n\nHOMS, Syria - Rebels attacked a base in Homs on Monday, the army said.\n\n{line}\n")
    assert len(report.events) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The bandit ran into the bush near Homs on Monday.",
        "Cyclone Lola hit the coast near Homs on Monday and killed four people.",
        "Turkey has carried out several operations in Homs in recent years.",
    ],
)
def test_what_is_no_event(read, text: str) -> None:
    assert kinds(read(text)) == []
