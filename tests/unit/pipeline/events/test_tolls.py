from __future__ import annotations

import pytest

BLAST = "A bomb went off at a market in Kirkuk on Monday, killing {}."


@pytest.mark.parametrize(
    ("known", "after", "killed"),
    [
        ("12 people", "The death toll rose to 15 on Tuesday.", (15, 15, 15)),
        ("12 people", "The death toll in a year of war has risen to 15.", (12, 12, 12)),
        ("12 people", "The overall death toll since May is 900.", (12, 12, 12)),
        ("30 people", "Residents put the number of dead at 12.", (12, 30, 30)),
        ("six people", "A monitor put the number of dead at seven.", (6, 6, 7)),
        ("two people", "The number of dead is 900.", (2, 2, 2)),
        ("two people", "One of the wounded died on Tuesday.", (3, 3, 3)),
        ("two people", "A third person died of her wounds on Tuesday.", (3, 3, 3)),
        ("two policemen", "A passer-by was also killed.", (3, 3, 3)),
    ],
)
def test_the_toll_is_brought_up_to_date(read, known, after, killed):
    (event,) = read(f"{BLAST.format(known)} {after}").events
    assert (event.fatalities.low, event.fatalities.best, event.fatalities.high) == killed


def test_the_day_on_which_a_toll_rose_is_not_that_of_the_incident(read):
    (event,) = read(
        "The death toll from a bombing at a market in Kirkuk rose to 15 on Tuesday, police said. "
        "The bomb went off in the market on Monday."
    ).events
    assert (str(event.when.date_start), event.fatalities.low) == ("2023-11-20", 15)


def test_the_report_goes_before_its_headline(read):
    (event,) = read(BLAST.format("18 people"), title="Bomb kills 15 in Kirkuk").events
    assert (event.fatalities.low, event.fatalities.high) == (18, 18)


def test_a_total_of_several_is_the_toll_of_none_of_them(read):
    events = read(
        "Gunmen killed 25 people in attacks in Iraq on Monday.\n\n"
        "In Kirkuk, gunmen killed nine people on Monday.\n\nIn Mosul, gunmen killed 15 people on Monday."
    ).events
    placed = {e.placement.resolution.place.name: e.fatalities.low for e in events if e.placement.where_prec == 1}
    assert placed == {"Kirkuk": 9, "Mosul": 15}


def test_what_was_the_same_day_is_not_of_the_same_incident(read):
    events = read(
        "Gunmen killed 18 people in Kirkuk on Monday. "
        "The attack happened the same day that two journalists were killed when their car was ambushed."
    ).events
    assert 18 in {e.fatalities.low for e in events}
    assert all(e.fatalities.low != 20 for e in events)


def test_harm_told_in_a_clause_of_place_is_of_that_fight(read):
    events = read("The army followed rebels after a clash in Mosul on Monday where five soldiers were killed.").events
    assert [e.fatalities.low for e in events] == [5]
