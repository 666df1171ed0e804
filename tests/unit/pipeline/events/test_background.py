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
