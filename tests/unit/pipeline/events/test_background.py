"""What a report tells only as background, and what it told first in passing and then in full. Wednesday 2023-11-22."""

from __future__ import annotations

FILLER = "The mayor opened a library. The pupils were glad of it. The rain came late this year. "


def kinds_and_places(report) -> list[tuple[str, str]]:
    return [(e.sub_event_type, e.placement.description) for e in report.events]


def test_what_has_only_a_month_is_background_beside_what_has_a_day(read):
    report = read(f"A bomb killed two soldiers in Kirkuk on Monday. {FILLER}In March gunmen killed a judge in Mosul.")
    assert [e.placement.description for e in report.events] == ["Kirkuk"]
    assert any("of a month or more, in a report that gives days" in why for _, why in report.passed_over)


def test_a_report_of_months_is_about_them(read):
    report = read("In March 2023 gunmen killed a judge in Mosul.")
    assert [e.placement.description for e in report.events] == ["Mosul"]


def test_what_is_told_of_a_province_gives_way_to_the_town_in_it(read):
    report = read(
        "Jets struck Nineveh province on Monday. The jets bombed a depot in Mosul on Monday, killing three men."
    )
    assert kinds_and_places(report) == [("Air/drone strike", "Mosul")]


def test_a_town_in_another_country_is_another_incident(read):
    report = read("Jets struck Nineveh province on Monday. Jets bombed a depot in Homs on Monday, killing three men.")
    assert len(report.events) == 2


SUMMED = (
    "Nine soldiers were killed in two attacks in Nineveh province, officials said on Tuesday. "
    "A bomb killed five of them in Mosul on Monday. Gunmen killed four soldiers in Sinjar on Monday."
)


def test_an_opening_that_sums_up_what_is_told_below_is_none_of_its_own(read):
    report = read(SUMMED)
    assert [e.placement.description for e in report.events] == ["Mosul", "Sinjar"]
    assert any("sums up several" in why for _, why in report.passed_over)


def test_an_opening_that_counts_over_several_stands_where_one_only_is_told_below(read):
    report = read(SUMMED.split(" Gunmen", maxsplit=1)[0])
    assert len(report.events) >= 1


def test_rebels_killed_elsewhere_are_none_of_the_attacks_on_civilians_summed_up(read):
    report = read(
        "Nine villagers were killed in two separate bombings in Nineveh province, officials said on Monday. "
        "In Sinjar, eleven rebels were killed and three were detained during a raid on Sunday."
    )
    event = next(e for e in report.events if e.placement.description == "Sinjar")
    assert (event.sub_event_type, event.fatalities.best) == ("Armed clash", 11)
