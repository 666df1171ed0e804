"""Which day a telling's time is: what has happened lies behind, whatever the calendar says of "this Sunday"."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.events.assumed import is_of_the_saying
from pipeline.events.extract import RuleExtractor
from pipeline.models import Article

MONDAY = date(2024, 4, 29)
SHELLING = "Shelling/artillery/missile attack"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Three soldiers were killed this Sunday when a drone hit their post.", date(2024, 4, 28)),
        ("Gunmen attacked a police post this Friday.", date(2024, 4, 26)),
        ("Two farmers were murdered in the night of this Sunday by gunmen.", date(2024, 4, 28)),
        ("It was dusk this Sunday when guards of the school heard the first of two explosions.", date(2024, 4, 28)),
        ("Gunmen attacked a police post this Monday.", MONDAY),
        ("Gunmen attacked a police post on Sunday.", date(2024, 4, 28)),
    ],
)
def test_a_weekday_of_what_has_happened_lies_behind(parser, text, day):
    parsed = next(parser.parse([(text, ((0, len(text)),))]))
    (event,) = RuleExtractor().extract(Article("a", text, date=MONDAY), parsed, (), as_of=None).events
    assert (event.when.date_start, event.when.date_end) == (day, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Gunmen ambushed a convoy during Ramadan, on Wednesday 3 April.", date(2024, 4, 3)),
        ('"Our convoy was ambushed today, on April 27, by gunmen," the army said.', date(2024, 4, 27)),
        ("Gunmen attacked a police post last week Friday.", date(2024, 4, 26)),
        ("Gunmen attacked a police post last week on Friday.", date(2024, 4, 26)),
        ("Gunmen attack a police post   2024-04-29 02:46:49", None),
        ("As of 27 April, six people have died in an attack by gunmen on a clinic on 24 April.", date(2024, 4, 24)),
        ("The attack on the clinic was staged late Friday by gunmen.", date(2024, 4, 26)),
        ("An overnight raid on a clinic killed two men, the mayor said on Monday.", date(2024, 4, 29)),
        ("In an overnight raid on Sunday gunmen killed two men at a clinic.", date(2024, 4, 28)),
        ("An overnight raid on a clinic killed two men, the mayor said.", date(2024, 5, 1)),
        ("Doctors on Monday condemned the killing of six nurses in a raid on a clinic on April 22.", date(2024, 4, 22)),
        ("The mayor said on Monday he was shocked by a strike on a school in a town on April 24.", date(2024, 4, 24)),
        ("Gunmen killed six in a raid on a village overnight on April 21, police said on Monday.", date(2024, 4, 21)),
        ("Families buried six on Monday after a bombing at a school the previous day.", date(2024, 4, 28)),
        ("The group on Monday accepted responsibility for the previous night's assault on a post.", date(2024, 4, 28)),
        ("The mayor condemned the killing of six nurses by gunmen on April 26 in a clinic.", date(2024, 4, 26)),
        ("Gunmen killed six at a clinic the night before last.", date(2024, 4, 29)),
        ("The raid on the clinic began at about nine in the evening on Friday.", date(2024, 4, 26)),
    ],
)
def test_the_day_that_the_words_give(parser, text, day):
    report_day = date(2024, 5, 1)
    parsed = next(parser.parse([(text, ((0, len(text)),))]))
    (event,) = RuleExtractor().extract(Article("a", text, date=report_day), parsed, (), as_of=None).events
    known = None if event.when.text == "" else event.when.date_start
    assert known == day


def test_a_day_since_which_something_else_goes_on_is_none_of_the_deed(parser):
    text = "Two boys were killed by gunmen on Friday in the third raid since the army's push began in February."
    parsed = next(parser.parse([(text, ((0, len(text)),))]))
    (event,) = RuleExtractor().extract(Article("a", text, date=MONDAY), parsed, (), as_of=None).events
    assert event.when.date_start == date(2024, 4, 26)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Twenty people were killed in an attack on a hotel that ended on Sunday after 12 hours.", (27, 28)),
        ("The army sacked two officers on Tuesday after a strike that killed seven medics on April 22.", (22, 22)),
    ],
)
def test_a_day_of_ending_or_of_what_came_of_it_is_no_day_of_the_deed(parser, text, days):
    parsed = next(parser.parse([(text, ((0, len(text)),))]))
    (event,) = RuleExtractor().extract(Article("a", text, date=date(2024, 5, 1)), parsed, (), as_of=None).events
    assert (event.when.date_start, event.when.date_end) == tuple(date(2024, 4, d) for d in days)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A merchant vessel reported two explosions 65 miles west of Aden on Saturday.", None),
        ("The town held a vigil for the 20 people killed in a missile attack on Saturday.", SHELLING),
    ],
)  # fmt: skip
def test_blasts_reported_are_of_that_day_and_a_vigil_is_no_protest(parser, text, kind):
    parsed = next(parser.parse([(text, ((0, len(text)),))]))
    found = RuleExtractor().extract(Article("a", text, date=MONDAY), parsed, (), as_of=None)
    events = found.events or found.echoes
    assert all(e.sub_event_type != "Excessive force against protesters" for e in events)
    assert kind is None or [e.sub_event_type for e in events] == [kind]
    assert kind is not None or [e.when.date_start for e in events] == [date(2024, 4, 27)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Gunmen killed six nurses in a clinic, the governor said on Monday.", True),
        ("Heavy clashes were reported on Monday in the hills near a clinic.", False),
        ("A clash that left six dead was reported by the army on Monday.", True),
        ("Gunmen killed six nurses in a clinic on Monday, the governor said.", False),
    ],
)
def test_a_day_of_the_saying_is_marked(parser, text, said):
    parsed = next(parser.parse([(text, ((0, len(text)),))]))
    (event,) = RuleExtractor().extract(Article("a", text, date=date(2024, 5, 1)), parsed, (), as_of=None).events
    assert (event.when.date_start, is_of_the_saying(event.when)) == (MONDAY, said)
