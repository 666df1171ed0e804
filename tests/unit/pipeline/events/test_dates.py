from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events.dates import find_times, reference_date, when_of
from pipeline.models import Article, Block, Dateline, When

WEDNESDAY = date(2023, 11, 22)


def only(text, today=WEDNESDAY):
    (mention,) = find_times(text, today=today)
    assert text[mention.start : mention.end] == mention.text
    return mention


@pytest.mark.parametrize(
    ("text", "words", "first", "last", "codes", "kind"),
    [
        # weekdays: the last such day not after the report's own
        ("A depot burned on Tuesday.", "Tuesday", "2023-11-21", "2023-11-21", (1, 1), "relative"),
        ("A depot burned on Wednesday.", "Wednesday", "2023-11-22", "2023-11-22", (1, 1), "relative"),
        ("A depot burned on Thursday.", "Thursday", "2023-11-16", "2023-11-16", (1, 1), "relative"),
        ("It fell Tuesday evening.", "Tuesday evening", "2023-11-21", "2023-11-21", (1, 1), "relative"),
        ("It fell on Monday night.", "Monday night", "2023-11-20", "2023-11-20", (1, 1), "relative"),
        ("It fell overnight on Tuesday.", "overnight on Tuesday", "2023-11-21", "2023-11-21", (1, 1), "relative"),
        ("Overnight into Wednesday it", "Overnight into Wednesday", "2023-11-22", "2023-11-22", (1, 1), "relative"),
        ("It fell late Monday.", "late Monday", "2023-11-20", "2023-11-20", (1, 1), "relative"),
        ("It fell earlier on Monday.", "earlier on Monday", "2023-11-20", "2023-11-20", (1, 1), "relative"),
        ("It fell early on Friday.", "early on Friday", "2023-11-17", "2023-11-17", (1, 1), "relative"),
        ("It fell last Thursday.", "last Thursday", "2023-11-16", "2023-11-16", (1, 1), "relative"),
        ("It fell last Wednesday.", "last Wednesday", "2023-11-15", "2023-11-15", (1, 1), "relative"),
        ("It fell on Friday last week.", "Friday last week", "2023-11-17", "2023-11-17", (1, 1), "relative"),
        ("Saturday’s raid", "Saturday", "2023-11-18", "2023-11-18", (1, 1), "relative"),
        ("They meet next Friday.", "next Friday", "2023-11-24", "2023-11-24", (1, 1), "relative"),
        ("Talks are scheduled for Tuesday.", "Tuesday", "2023-11-28", "2023-11-28", (1, 1), "relative"),
        ("on Sat. a car", "Sat.", "2023-11-18", "2023-11-18", (1, 1), "relative"),
        # days counted from today
        ("It fell yesterday.", "yesterday", "2023-11-21", "2023-11-21", (1, 1), "relative"),
        ("It fell last night.", "last night", "2023-11-21", "2023-11-21", (1, 1), "relative"),
        ("It fell today.", "today", "2023-11-22", "2023-11-22", (1, 1), "relative"),
        ("It fell tonight.", "tonight", "2023-11-22", "2023-11-22", (1, 1), "relative"),
        ("It fell this morning.", "this morning", "2023-11-22", "2023-11-22", (1, 1), "relative"),
        ("It fell overnight.", "overnight", "2023-11-22", "2023-11-22", (1, 1), "relative"),
        ("the day before yesterday it", "the day before yesterday", "2023-11-20", "2023-11-20", (1, 1), "relative"),
        ("It fell two days ago.", "two days ago", "2023-11-20", "2023-11-20", (1, 1), "relative"),
        ("It fell 48 hours ago.", "48 hours ago", "2023-11-20", "2023-11-20", (1, 1), "relative"),
        ("It fell hours ago.", "hours ago", "2023-11-22", "2023-11-22", (1, 1), "relative"),
        ("It fell a week ago.", "a week ago", "2023-11-15", "2023-11-15", (2, 3), "relative"),
        ("It fell several days ago.", "several days ago", "2023-11-16", "2023-11-20", (2, 2), "relative"),
        # days and months by name
        ("BASRA, Nov 21", "Nov 21", "2023-11-21", "2023-11-21", (1, 1), "absolute"),
        ("on Nov. 21 it", "Nov. 21", "2023-11-21", "2023-11-21", (1, 1), "absolute"),
        ("on NOV 21 it", "NOV 21", "2023-11-21", "2023-11-21", (1, 1), "absolute"),
        ("on November 21, 2023, it", "November 21, 2023", "2023-11-21", "2023-11-21", (1, 1), "absolute"),
        ("on 21 November it", "21 November", "2023-11-21", "2023-11-21", (1, 1), "absolute"),
        ("on the 3rd of May 2023 it", "the 3rd of May 2023", "2023-05-03", "2023-05-03", (1, 1), "absolute"),
        ("on Tuesday, Nov 21, it", "Tuesday, Nov 21", "2023-11-21", "2023-11-21", (1, 1), "absolute"),
        ("Monday, 20 November 2023", "Monday, 20 November 2023", "2023-11-20", "2023-11-20", (1, 1), "absolute"),
        ("on Dec. 28 it", "Dec. 28", "2022-12-28", "2022-12-28", (1, 1), "absolute"),
        ("on Nov 24 it", "Nov 24", "2023-11-24", "2023-11-24", (1, 1), "absolute"),  # two days of grace
        ("on Nov 25 it", "Nov 25", "2022-11-25", "2022-11-25", (1, 1), "absolute"),
        ("at 2023-11-21T10:00:00Z", "2023-11-21T10:00:00Z", "2023-11-21", "2023-11-21", (1, 1), "absolute"),
        ("on 21/11/2023 it", "21/11/2023", "2023-11-21", "2023-11-21", (1, 1), "absolute"),
        ("on 11/21/2023 it", "11/21/2023", "2023-11-21", "2023-11-21", (1, 1), "absolute"),
        ("on 05/05/2023 it", "05/05/2023", "2023-05-05", "2023-05-05", (1, 1), "absolute"),
        ("on New Year's Eve it", "New Year's Eve", "2022-12-31", "2022-12-31", (1, 1), "absolute"),
        # spans
        ("July 20-21", "July 20-21", "2023-07-20", "2023-07-21", (2, 2), "absolute"),
        ("from Oct. 18 to Oct. 20", "from Oct. 18 to Oct. 20", "2023-10-18", "2023-10-20", (2, 2), "absolute"),
        ("between 3 and 5 May", "between 3 and 5 May", "2023-05-03", "2023-05-05", (2, 2), "absolute"),
        ("28 April to 2 May 2023", "28 April to 2 May 2023", "2023-04-28", "2023-05-02", (2, 2), "absolute"),
        ("Monday night into Tuesday", "Monday night into Tuesday", "2023-11-20", "2023-11-21", (2, 2), "relative"),
        ("between Monday and Friday", "between Monday and Friday", "2023-11-13", "2023-11-17", (2, 2), "relative"),
        ("in January it", "January", "2023-01-01", "2023-01-31", (3, 4), "absolute"),
        ("in December it", "December", "2022-12-01", "2022-12-31", (3, 4), "absolute"),
        ("in early October it", "early October", "2023-10-01", "2023-10-10", (3, 4), "absolute"),
        ("in mid-August it", "mid-August", "2023-08-11", "2023-08-20", (3, 4), "absolute"),
        ("a late December raid", "late December", "2022-12-21", "2022-12-31", (3, 4), "absolute"),
        ("at the end of October it", "the end of October", "2023-10-21", "2023-10-31", (3, 4), "absolute"),
        ("over the weekend it", "over the weekend", "2023-11-18", "2023-11-19", (2, 2), "relative"),
        ("this week it", "this week", "2023-11-20", "2023-11-22", (2, 3), "relative"),
        ("last week it", "last week", "2023-11-13", "2023-11-19", (2, 3), "relative"),
        ("last month it", "last month", "2023-10-01", "2023-10-31", (3, 4), "relative"),
        ("earlier this month it", "earlier this month", "2023-11-01", "2023-11-22", (3, 4), "relative"),
        ("last year it", "last year", "2022-01-01", "2022-12-31", (3, 5), "relative"),
        ("in recent days it", "in recent days", "2023-11-16", "2023-11-22", (2, 3), "relative"),
        ("in the past 24 hours it", "in the past 24 hours", "2023-11-21", "2023-11-22", (2, 2), "relative"),
        # long ago
        ("in 2014 it", "2014", "2014-01-01", "2014-12-31", (3, 5), "historical"),
        ("the 2003 invasion", "2003", "2003-01-01", "2003-12-31", (3, 5), "historical"),
        ("in the 1990s it", "1990s", "1990-01-01", "1999-12-31", (3, 5), "historical"),
        ("in March 2003 it", "March 2003", "2003-03-01", "2003-03-31", (3, 4), "historical"),
        ("on April 9, 2003 it", "April 9, 2003", "2003-04-09", "2003-04-09", (1, 1), "historical"),
        # bounds
        ("since October 17 it", "October 17", "2023-10-17", "2023-11-22", (3, 5), "since"),
        ("since Monday it", "Monday", "2023-11-20", "2023-11-22", (2, 2), "since"),
        ("since 2011 it", "2011", "2011-01-01", "2023-11-22", (3, 5), "since"),
        ("until this week it", "this week", "2023-11-20", "2023-11-22", (2, 3), "duration"),
        # an hour joins the day beside it
        ("at 2:30 a.m. on Tuesday", "2:30 a.m. on Tuesday", "2023-11-21", "2023-11-21", (1, 1), "relative"),
        ("on Tuesday at 0430 GMT", "Tuesday at 0430 GMT", "2023-11-21", "2023-11-21", (1, 1), "relative"),
    ],
)  # fmt: skip
def test_dated(text, words, first, last, codes, kind):
    mention = only(text)
    assert mention.text == words
    assert (mention.date_start, mention.date_end) == (date.fromisoformat(first), date.fromisoformat(last))
    assert (mention.time_precision, mention.date_prec) == codes
    assert mention.kind == kind


@pytest.mark.parametrize(
    ("text", "offset", "day"),
    [
        ("About 24 hours earlier a base was hit.", -1, "2023-11-20"),
        ("A day earlier a base was hit.", -1, "2023-11-20"),
        ("The day before, a base was hit.", -1, "2023-11-20"),
        ("The previous day a base was hit.", -1, "2023-11-20"),
        ("Hours earlier a base was hit.", 0, "2023-11-21"),
        ("Hours later a base was hit.", 0, "2023-11-21"),
        ("The same day a base was hit.", 0, "2023-11-21"),
        ("That night a base was hit.", 0, "2023-11-21"),
        ("At 2:30 a.m. local time a base was hit.", 0, "2023-11-21"),
        ("The following day a base was hit.", 1, "2023-11-22"),
        ("Two days later a base was hit.", 2, "2023-11-23"),
        ("A week earlier a base was hit.", -7, "2023-11-14"),
        ("Three weeks later a base was hit.", 21, "2023-12-12"),
        ("48 hours before, a base was hit.", -2, "2023-11-19"),
    ],
)
def test_counted_from_what_was_told_before(text, offset, day):
    mention = only(text)
    assert (mention.kind, mention.offset_days, mention.date_start) == ("anaphoric", offset, None)
    told = When(date(2023, 11, 21), date(2023, 11, 21), 1, 1)
    when = when_of(mention, previous=told, today=WEDNESDAY)
    assert when is not None
    assert when.date_start == date.fromisoformat(day)
    assert when_of(mention, previous=None, today=WEDNESDAY) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a day after the raid it", "what the text says next"),
        ("just days before the vote it", "what the text says next"),
        ("the day before the vote it", "what the text says next"),
        ("it burned for two days", "how long"),
        ("it lasted more than seven hours", "how long"),
    ],
)
def test_no_day_is_told_and_the_reason_says_why(text, reason):
    mention = only(text)
    assert mention.date_start is None
    assert reason in " ".join(mention.reasons)
    assert when_of(mention, previous=When(WEDNESDAY, WEDNESDAY, 1, 1), today=WEDNESDAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "They may march to Basra.",
        "He sat down in the sun.",
        "Black September claimed it.",
        "the 14 July Bridge",
        "Resolution 2254",
        "the 101st Airborne",
        "Tower 22",
        "2,014 people",
        "31/31/2023",
        "Friday Mosque",
        "agenda 2030",
        "Sat down.",
        "a man born in 1969",
        "a party founded in March 1995",
    ],
)
def test_no_time_at_all(text):
    assert find_times(text, today=WEDNESDAY) == ()


def test_months_do_not_swallow_counts():
    assert only("In May 12 people drowned.").text == "May"


def test_a_list_of_days_takes_the_year_at_its_end():
    mentions = find_times("Rockets fell on April 4, April 18, and May 3, 2021.", today=date(2023, 6, 1))
    assert [m.date_start for m in mentions] == [date(2021, 4, 4), date(2021, 4, 18), date(2021, 5, 3)]


@pytest.mark.parametrize(
    ("text", "days"),
    [("April 4, 18 and 21", (4, 18, 21)), ("on 3, 4 and 5 April it", (3, 4, 5)), ("April 4 and April 6", (4, 6))],
)
def test_several_days_of_one_month(text, days):
    assert [m.date_start for m in find_times(text, today=WEDNESDAY)] == [date(2023, 4, day) for day in days]


def test_without_a_reference_day_relative_words_have_no_days():
    mentions = find_times("On Tuesday, Nov 21, two days ago, and on 2023-11-20.")
    assert [m.date_start for m in mentions] == [None, None, date(2023, 11, 20)]
    assert all(m.reasons for m in mentions[:2])


def test_future_dates_are_flagged():
    assert any("future" in reason for reason in only("in December 2024 it").reasons)


def test_dates_keep_their_offsets_inside_a_span():
    text = "On Monday nothing. On Tuesday a fire."
    (mention,) = find_times(text, 19, len(text), today=WEDNESDAY)
    assert text[mention.start : mention.end] == "Tuesday"


NOV_21 = Dateline(0, 15, month=11, day=21)
TUESDAY_STORY = "BASRA, Nov 21 - It burned, officials said on Tuesday. It began on Tuesday. On Monday it rained."


@pytest.mark.parametrize(
    ("article", "as_of", "day", "source"),
    [
        (Article("a", TUESDAY_STORY, dateline=NOV_21), date(2023, 11, 22), date(2023, 11, 21), "dateline"),
        (Article("a", TUESDAY_STORY, dateline=NOV_21), date(2026, 7, 1), date(2023, 11, 21), "dateline"),
        (Article("a", TUESDAY_STORY, dateline=NOV_21), date(2020, 7, 1), date(2017, 11, 21), "dateline"),
        (
            Article("a", "BASRA, Nov 21 - A depot burned.", dateline=NOV_21),
            date(2026, 7, 1),
            date(2025, 11, 21),
            "dateline",
        ),
        (Article("a", TUESDAY_STORY, dateline=NOV_21, date=date(2017, 11, 22)), None, date(2017, 11, 21), "dateline"),
        (
            Article("a", "x", dateline=Dateline(0, 1, month=12, day=31), date=date(2024, 1, 1)),
            None,
            date(2023, 12, 31),
            "dateline",
        ),
        (
            Article("a", "x", dateline=Dateline(0, 1, month=2, day=30), date=date(2024, 1, 1)),
            None,
            date(2024, 1, 1),
            "publication",
        ),
        (Article("a", "x", dateline=Dateline(0, 1), date=date(2024, 1, 1)), None, date(2024, 1, 1), "publication"),
        (
            Article("a", "x", url="https://news.example/2024/01/28/story"),
            date(2026, 1, 1),
            date(2024, 1, 28),
            "address",
        ),
        (Article("a", "Published: 2024-07-21 23:38\n\nA port was hit."), date(2026, 1, 1), date(2024, 7, 21), "lead"),
        (Article("a", "The plan of 1 May 2030 was read on 2 May 2024."), date(2026, 1, 1), date(2024, 5, 2), "lead"),
        (Article("a", "A port was hit on Tuesday."), date(2026, 1, 1), date(2026, 1, 1), "as_of"),
        (Article("a", "A port was hit on Tuesday."), None, None, "none"),
        (Article("a", TUESDAY_STORY, dateline=NOV_21), None, None, "none"),
    ],
)
def test_reference_date(article, as_of, day, source):
    reference = reference_date(article, as_of=as_of)
    assert (reference.day, reference.source) == (day, source)
    assert reference.reasons


def test_boilerplate_does_not_corroborate():
    text = "BASRA, Nov 21 - A depot burned on Tuesday.\nRead more: Friday, Friday, Friday."
    blocks = (Block(0, 42, "body"), Block(43, len(text), "related"))
    article = Article("a", text, dateline=NOV_21, blocks=blocks)
    assert reference_date(article, as_of=date(2026, 7, 1)).day == date(2023, 11, 21)


def test_a_report_from_the_future_is_flagged():
    reference = reference_date(Article("a", "x", date=date(2030, 1, 1)), as_of=WEDNESDAY)
    assert any("future" in reason for reason in reference.reasons)


PIECES = st.sampled_from(
    [
        "Tuesday",
        "Nov",
        "21",
        "2023",
        "/",
        "-",
        " ",
        ", ",
        "and",
        "two",
        "days",
        "ago",
        "earlier",
        "since",
        "last",
        "week",
        "May",
        "3",
        "overnight",
        "between",
        "ſeptember",
        "Frİday",
        "mıllion",
        "00",
        "99",
        "Muharram",
        "at",
        "2:30",
        "a.m.",
        "\n",
        "٢١",
        "ago",
        "years",
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=80)


@given(TEXTS, st.dates() | st.none())
def test_never_raises_and_spans_are_sound(text, today):
    end = 0
    for mention in find_times(text, today=today):
        assert text[mention.start : mention.end] == mention.text
        assert end <= mention.start < mention.end <= len(text)
        assert (mention.date_start is None) == (mention.date_end is None)
        assert mention.date_start is None or mention.date_start <= mention.date_end
        previous = When(date.min, date.max, 1, 1)
        when_of(mention, previous=previous, today=today)
        end = mention.end
