from __future__ import annotations

from datetime import date

import pytest

from pipeline.events.day_told import last_day_told

WEDNESDAY = date(2023, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Drones hit it on 18 October. One fell short. The same day a depot burned.", "2023-10-18"),
        ("Drones hit it on 18 October.\nOne fell short.\n\nThe same day a depot burned.", None),
        ("Drones hit it on 18 October. One fell short.\n\nThe same day a depot burned.", "2023-10-18"),
        ("Drones hit it on 18 October, officials said on Tuesday. The same day a depot burned.", "2023-10-18"),
        ("Drones hit it on 18 October and, the next day, a depot. The same day a house burned.", None),
        ("The town has been tense since 7 October. The same day a depot burned.", "2023-10-07"),
        ("The town has been tense since 7 October.\n\nThe same day a depot burned.", None),
        ("Drones hit it last month. The same day a depot burned.", None),
    ],
)
def test_the_same_day_is_the_last_one_told(parse, text, day):
    told = last_day_told(parse(text), text.index("The same day"), today=WEDNESDAY)
    assert (None if told is None else str(told.date_start)) == day
