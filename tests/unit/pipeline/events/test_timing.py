"""Which day a telling's time is: what has happened lies behind, whatever the calendar says of "this Sunday"."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.events.extract import RuleExtractor
from pipeline.models import Article

MONDAY = date(2024, 4, 29)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Three soldiers were killed this Sunday when a drone hit their post.", date(2024, 4, 28)),
        ("Gunmen attacked a police post this Friday.", date(2024, 4, 26)),
        ("Gunmen attacked a police post this Monday.", MONDAY),
        ("Gunmen attacked a police post on Sunday.", date(2024, 4, 28)),
    ],
)
def test_a_weekday_of_what_has_happened_lies_behind(parser, text, day):
    parsed = next(parser.parse([(text, ((0, len(text)),))]))
    (event,) = RuleExtractor().extract(Article("a", text, date=MONDAY), parsed, (), as_of=None).events
    assert (event.when.date_start, event.when.date_end) == (day, day)
