"""Times told in figures, by two clocks, by the Islamic calendar, and as parts of weeks, months and years."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.events._hijri import first_day
from pipeline.events.dates import find_times, when_of

WEDNESDAY = date(2023, 11, 22)


def told(text, today=WEDNESDAY):
    return [
        (m.text, str(m.date_start), str(m.date_end), m.time_precision, m.date_prec)
        for m in find_times(text, today=today)
    ]


def only(text, today=WEDNESDAY):
    (mention,) = find_times(text, today=today)
    assert text[mention.start : mention.end] == mention.text
    return mention


@pytest.mark.parametrize(
    ("text", "first", "last", "codes"),
    [
        # day or month first
        ("on 13/04/2023 it", "2023-04-13", "2023-04-13", (1, 1)),
        ("on 04/13/2023 it", "2023-04-13", "2023-04-13", (1, 1)),
        ("on 03/04/2023 it", "2023-03-04", "2023-04-03", (3, 4)),
        ("on 3/4/23 it", "2023-03-04", "2023-04-03", (3, 4)),
        ("on 01/09/2023 it", "2023-01-09", "2023-09-01", (3, 5)),
        ("on 12/10/2023 it", "2023-10-12", "2023-10-12", (1, 1)),  # 10 December lies ahead
        ("on 12.5.2023 it", "2023-05-12", "2023-05-12", (1, 1)),
        ("on 04.03.2023 it", "2023-03-04", "2023-03-04", (1, 1)),  # with dots the day comes first
        ("on Monday 03/04/2023 it", "2023-04-03", "2023-04-03", (1, 1)),  # 4 March was a Saturday
        ("on Saturday, 03/04/2023, it", "2023-03-04", "2023-03-04", (1, 1)),
        ("on 21/11/23 it", "2023-11-21", "2023-11-21", (1, 1)),
        ("on Tuesday 21/11 it", "2023-11-21", "2023-11-21", (1, 1)),
        ("on 19-Nov-2023 it", "2023-11-19", "2023-11-19", (1, 1)),
        ("on 19NOV2023 it", "2023-11-19", "2023-11-19", (1, 1)),
        # parts
        ("in the first week of November it", "2023-11-01", "2023-11-07", (2, 3)),
        ("in the last week of October it", "2023-10-25", "2023-10-31", (2, 3)),
        ("in the second half of October it", "2023-10-16", "2023-10-31", (3, 4)),
        ("in the first half of 2023 it", "2023-01-01", "2023-06-30", (3, 5)),
        ("in the third quarter of 2022 it", "2022-07-01", "2022-09-30", (3, 5)),
        ("between 2014 and 2017 it", "2014-01-01", "2017-12-31", (3, 5)),
        ("in mid-2022 it", "2022-01-01", "2022-12-31", (3, 5)),
        ("earlier in the week it", "2023-11-20", "2023-11-22", (2, 3)),
        ("later in the month it", "2023-11-22", "2023-11-30", (3, 4)),
        ("at the end of last month it", "2023-10-21", "2023-10-31", (3, 4)),
        ("at the start of the week it", "2023-11-20", "2023-11-22", (2, 2)),
        ("over the past weekend it", "2023-11-18", "2023-11-19", (2, 2)),
        ("two weeks ago on Monday it", "2023-11-06", "2023-11-06", (1, 1)),
        ("Sunday three weeks ago it", "2023-11-05", "2023-11-05", (1, 1)),
        ("a week ago today it", "2023-11-15", "2023-11-15", (1, 1)),
        ("on Sunday the 19th it", "2023-11-19", "2023-11-19", (1, 1)),
        ("on the 3rd of this month it", "2023-11-03", "2023-11-03", (1, 1)),
        ("on the 30th of last month it", "2023-10-30", "2023-10-30", (1, 1)),
        # the Islamic calendar, open by two days on either side
        ("on 17 Rabi al-Awwal 1445 it", "2023-09-30", "2023-10-04", (2, 2)),
        ("on 10 Muharram 1445 it", "2023-07-26", "2023-07-30", (2, 2)),
        ("on 5 Ramadan it", "2023-03-25", "2023-03-29", (2, 2)),
        ("during Ramadan it", "2023-03-21", "2023-04-23", (3, 4)),
        ("on Eid al-Adha it", "2023-06-27", "2023-07-01", (2, 2)),
    ],
)  # fmt: skip
def test_dated(text, first, last, codes):
    mention = only(text)
    assert (str(mention.date_start), str(mention.date_end)) == (first, last)
    assert (mention.time_precision, mention.date_prec) == codes


@pytest.mark.parametrize(
    ("text", "first", "last", "reason"),
    [
        ("at 1:30 a.m. Saturday local time (2230 GMT Friday) it", "2023-11-18", "2023-11-18", "2230 GMT Friday"),
        ("at 2230 GMT on Friday (1:30 a.m. Saturday local time) it", "2023-11-18", "2023-11-18", "2230 GMT on Friday"),
        ("at 1:30 a.m. on Saturday (2230 GMT on Friday) it", "2023-11-18", "2023-11-18", "day at the place"),
        ("late Thursday (early Friday local time) it", "2023-11-17", "2023-11-17", "late Thursday"),
        ("at 4 a.m. local time, still Thursday evening in Washington, it", "2023-11-17", "2023-11-17", "the day after"),
        ("at 3 p.m. local time, Thursday morning in Washington, it", "2023-11-16", "2023-11-16", "last such"),
        ("on Thursday night Washington time it", "2023-11-16", "2023-11-17", "clock of Washington time"),
        ("at 11 p.m. ET on Thursday it", "2023-11-16", "2023-11-17", "clock of ET"),
        ("at 10:30 p.m. GMT on Friday it", "2023-11-17", "2023-11-18", "clock of GMT"),
        ("at 0900 GMT on Friday it", "2023-11-17", "2023-11-17", "last such day"),
        ("on Tuesday night Baghdad time it", "2023-11-21", "2023-11-21", "last such day"),
    ],
)
def test_the_day_is_that_of_the_place(text, first, last, reason):
    mention = only(text)
    assert (str(mention.date_start), str(mention.date_end)) == (first, last)
    assert reason in " ".join(mention.reasons)


def test_two_times_of_two_things_stay_two():
    text = "Rockets fell on Friday (shells on Saturday), and on Monday, Tuesday and Wednesday."
    assert [m.text for m in find_times(text, today=WEDNESDAY)] == [
        "Friday",
        "Saturday",
        "Monday",
        "Tuesday",
        "Wednesday",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("on 03/04/2023 it", ("2023-04-03 day first", "2023-03-04 month first", "not guessed")),
        ("on 12/10/2023 it", ("2023-10-12 day first", "the other lies ahead of the report")),
        ("on Monday 03/04/2023 it", ("the weekday decides",)),
        ("on 04.03.2023 it", ("with dots the day comes first",)),
        ("on 3/4/23 it", ("not guessed", "the year is cut short")),
        ("on 17 Rabi al-Awwal 1445 it", ("Islamic calendar", "about 2023-10-02")),
    ],
)
def test_what_is_open_is_said(text, words):
    reasons = " ".join(only(text).reasons)
    assert all(word in reasons for word in words)


def test_a_future_day_is_flagged_in_the_reasons_of_the_event():
    when = when_of(only("tomorrow"), today=WEDNESDAY)
    assert when is not None
    assert any("after the report's own day" in reason for reason in when.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "Mr Rajab said so.",
        "Ramadan Street was shut.",
        "open 24/7 here",
        "9/11 was long ago",
        "on the 19th floor",
        "the 3rd Division fought",
        "a 3/4 majority",
        "in the first half it scored",
        "2014-2017 model",
    ],
)
def test_no_time_at_all(text):
    assert told(text) == []


def test_a_feast_that_bounds_is_no_day_of_the_event():
    mention = only("ahead of Eid al-Fitr it")
    assert mention.kind == "duration"
    assert when_of(mention, today=WEDNESDAY) is None


def test_a_month_of_the_islamic_calendar_without_a_report_day_has_none():
    (mention,) = find_times("during Ramadan it")
    assert mention.date_start is None
    assert "not said" in mention.reasons[0]


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1445, 1, "2023-07-19"),
        (1445, 9, "2024-03-11"),
        (1446, 1, "2024-07-08"),
        (1400, 1, "1979-11-21"),
        (1, 1, "0622-07-19"),
    ],
)
def test_first_days_of_the_tabular_calendar(year, month, day):
    assert str(first_day(year, month)) == day


AMOUNTS = ("0", "53", "999", "425112", "3652058", "1" + "0" * 30, "ten million")
PHRASES = (
    "{} weeks ago on Tuesday", "Monday {} weeks ago", "{} weeks ago today", "{} days ago", "about {} hours earlier",
    "{} months ago", "{} years ago", "{} decades ago", "in {} days", "the past {} weeks", "{} hours after the attack",
    "{} January", "the {} week of May", "{} Muharram {}", "in mid-{}", "the {}th of this month", "December {}-{}",
    "yesterday", "next week", "the end of last year", "earlier in the week", "late Friday Washington time",
)  # fmt: skip


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("today", [date.min, date(1, 12, 31), WEDNESDAY, date.max, None])
def test_no_amount_leads_out_of_the_calendar(phrase, today):
    for amount in AMOUNTS:
        for mention in find_times(phrase.format(amount, amount), today=today):
            assert mention.date_start is None or mention.date_start <= mention.date_end
