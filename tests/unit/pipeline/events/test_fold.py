"""Within one report: which tellings are of one incident, and which of none."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.models import Report

MON, TUE, WED = date(2023, 11, 20), date(2023, 11, 21), date(2023, 11, 22)


def places(report: Report) -> list[str]:
    return [e.placement.resolution.place.name for e in report.events]


def why(report: Report) -> list[str]:
    return [reason for _, reason in report.passed_over]


ONE_INCIDENT = [
    "Jets bombed a depot in Raqqa on Monday, killing three people. The strike in Raqqa also wounded nine people.",
    "Jets bombed a depot in Raqqa on Monday. Officials described the scene. The strike killed three people.",
    "Jets bombed a depot in Raqqa on Monday. Jets bombed a depot in Raqqa on Monday.",
    "Rockets hit a base in Mosul, killing three soldiers. The attack killed three soldiers, police said.",
    "Rockets hit a base in Mosul on Monday. The rockets were fired from a lorry.",
    "Rockets hit Ain al-Asad air base on Monday. Two soldiers at the base were wounded in the attack.",
    "A car bomb exploded at a market in Tikrit on Monday. The blast wounded 12 people.",
]


@pytest.mark.parametrize("text", ONE_INCIDENT)
def test_what_is_told_again_is_one_event(read, text):
    assert len(read(text).events) == 1


def test_a_retelling_adds_what_it_knows(read):
    (event,) = read(ONE_INCIDENT[0]).events
    assert (event.fatalities.best, event.injuries.best) == (3, 9)
    assert event.when.date_start == MON
    assert event.sources[0].sentence.startswith("Jets bombed")
    assert any(note.startswith("told in 2 sentences") for note in event.notes)


TWO_INCIDENTS = [
    ("Two soldiers were killed in Homs on Monday. Three soldiers were killed in Homs on Tuesday.", ["Homs", "Homs"]),
    ("Rockets hit a base in Mosul on Monday. Rockets hit a base in Tikrit on Monday.", ["Mosul", "Tikrīt"]),
    (
        "Gunmen kidnapped a teacher in Kirkuk on Monday. Police arrested forty men in Kirkuk on Monday.",
        ["Kirkuk", "Kirkuk"],
    ),
    (
        "Israeli jets bombed Hezbollah in Tyre on Monday. Hezbollah fired rockets at Israeli troops in Tyre on Monday.",
        ["Tyre", "Tyre"],
    ),
]


@pytest.mark.parametrize(("text", "found"), TWO_INCIDENTS)
def test_other_days_places_kinds_and_swapped_sides_are_other_incidents(read, text, found):
    assert places(read(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "Rockets hit Al-Tanf garrison on Monday. A previous attack on the garrison wounded two soldiers.",
        "Rockets hit Al-Tanf garrison on Monday. A similar attack was reported last year.",
        "Rockets hit Al-Tanf garrison on Monday. Another attack was reported.",
    ],
)
def test_another_attack_is_not_the_one_told(read, text):
    report = read(text)
    (event,) = report.events
    assert event.sources[0].sentence == "Rockets hit Al-Tanf garrison on Monday."
    assert event.injuries.best is None
    assert len(report.passed_over) == 1


PASSED_OVER = [
    ("Iran vowed to strike Haifa.", "planned: it is not said to have happened"),
    ("Rebels may shell Aleppo.", "hypothetical: it is not said to have happened"),
    ("Gunmen did not attack Mosul.", "negated: it is not said to have happened"),
    ("The army denied that its jets bombed Homs on Tuesday.", "denied, and nothing else tells of it"),
    ("Militants regularly attacked Al-Tanf garrison.", "told of many times, not of one incident"),
    (
        "A total of 300 people have been killed since October 7, the ministry said.",
        "background: told of an earlier time or a long span",
    ),
]


@pytest.mark.parametrize(("text", "reason"), PASSED_OVER)
def test_what_is_not_said_to_have_happened_is_no_event_and_the_reason_is_kept(read, text, reason):
    report = read(text)
    assert report.events == ()
    assert why(report) == [reason]
    assert report.passed_over[0][0].sentence == text


def test_items_take_the_place_of_their_summary_and_its_day_and_sides(read):
    report = read(
        "U.S. forces carried out two strikes against Kataib Hezbollah in Iraq on Tuesday. Talks went on. "
        "The strike hit a depot and a command centre near Mosul and Tikrit."
    )
    assert sorted(places(report)) == ["Mosul", "Tikrīt"]
    assert {e.when.date_start for e in report.events} == {TUE}
    assert {e.perpetrator.name for e in report.events} == {"Military Forces of the United States"}
    assert {e.target.name for e in report.events} == {"Kata'ib Hezbollah"}
    assert all(any("tells of several; this is one of them" in n for n in e.notes) for e in report.events)


def test_an_opening_without_a_day_gets_that_of_the_report_or_the_day_before(read):
    (event,) = read("Gunmen attacked a checkpoint in Kirkuk, killing two soldiers.").events
    assert (event.when.date_start, event.when.date_end) == (TUE, WED)
    assert (event.when.time_precision, event.when.date_prec, event.when.text) == (2, 2, "")
    assert any("assumed" in reason for reason in event.when.reasons)


def test_without_a_day_of_publication_none_is_assumed(read):
    (event,) = read("Gunmen attacked a checkpoint in Kirkuk, killing two soldiers.", day=None).events
    assert event.when is None


def test_a_later_telling_without_a_day_takes_that_of_the_one_before(read):
    report = read(
        "Rockets hit a base in Mosul on Monday. Nobody was hurt. Officials gave no details. Talks went on in Amman. "
        "Gunmen attacked a checkpoint in Kirkuk."
    )
    late = report.events[-1]
    assert late.when.date_start == MON
    assert late.when.time_precision == 2


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Rockets hit Al-Tanf garrison on Tuesday. About 24 hours earlier, drones struck Ain al-Asad air base.",
            [TUE, MON],
        ),
        ("On Nov 20, jets bombed a camp in Raqqa. The next day, rockets hit a base in Mosul.", [MON, TUE]),
        (
            "Drones came in at Al-Tanf garrison on Nov 20.\n\nThe same day a missile hit a base in Mosul.",
            [MON, MON],
        ),
        (
            "Shops were shut in Raqqa on Nov 20.\n\nThat day rockets hit a base in Mosul, officials said on Tuesday.",
            [MON],
        ),
    ],
)
def test_an_anaphoric_time_counts_from_what_was_told_before(read, text, days):
    assert [e.when.date_start for e in read(text).events] == days


def test_who_owns_up_to_both_attacks_of_a_day_did_both(read):
    text = (
        "Drones came in at Al-Tanf garrison on Nov 20. The same day a drone attack on Ain al-Asad air base hurt four "
        "soldiers.\n\nThe Islamic Resistance in Iraq said that its fighters had carried out both attacks."
    )
    assert {e.perpetrator and e.perpetrator.name for e in read(text).events} == {"Islamic Resistance in Iraq"}


def test_the_title_alone_makes_no_second_event(read):
    report = read(
        "Jets bombed a depot in Raqqa on Monday, killing three people.", title="Air strike kills three in Raqqa"
    )
    assert len(report.events) == 1


def test_what_may_come_says_nothing_of_what_was(read):
    report = read(
        "A drone struck a base in Mosul on Monday. Officials would not say how the United States might answer, "
        "except that it could strike again."
    )
    (event,) = report.events
    assert event.perpetrator is None
    assert any(reason.startswith("hypothetical") for reason in why(report))


LISTED = (
    "Developments in Iraq.\n\nTIKRIT - Gunmen shot dead a lawyer in Tikrit on Sunday.\n\n"
    "BAQUBA - Gunmen killed a teacher in Baquba on Saturday.\n\nHAWIJA - Rebels seized a bank in Hawija on Monday.\n\n"
    "MOSUL - A roadside bomb killed two policemen in Mosul.\n"
)


def test_an_item_without_a_day_is_of_the_day_of_the_list(read):
    event = next(e for e in read(LISTED).events if e.placement.description == "Mosul")
    assert str(event.when.date_end) == "2023-11-22"


CHRONICLE = (
    "A bomb kills two people in Basra. Police say one man is held. Three farmers are shot dead near Kut. "
    "Rebels capture the town of Sinjar. Militants kill nine villagers in Daquq."
)


def test_a_chronicle_tells_in_the_present_of_what_was_done_that_day(read):
    told = {e.placement.description: str(e.when.date_end) for e in read(CHRONICLE).events}
    assert told["Daquq"] == "2023-11-22"
