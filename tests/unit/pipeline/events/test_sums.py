from __future__ import annotations

from datetime import date

import pytest

from pipeline.events.sums import spans_days, tells_of_several
from pipeline.models import When


@pytest.mark.parametrize(
    ("words", "several"),
    [
        ("killed seven militants during two operations in the north", True),
        ("killed two judges in separate shootings", True),
        ("were killed in a string of car bombings", True),
        ("killed 11 in two villages of the district", True),
        ("killed seven in two hours of clashes", False),
        ("killed seven in an attack on two buses", False),
    ],
)
def test_whether_a_figure_is_of_several_incidents(words: str, several: bool) -> None:
    assert tells_of_several(words) is several


@pytest.mark.parametrize(("last", "several"), [(date(2024, 9, 1), True), (date(2024, 8, 28), False)])
def test_days_on_end(last: date, several: bool) -> None:
    assert spans_days(When(date(2024, 8, 27), last, 2, 3, "")) is several


def test_the_figure_of_several_gives_way_to_that_of_one(read) -> None:
    text = (
        "Troops killed seven gunmen in two operations in Kirkuk on Monday, the army said. "
        "After a heavy exchange of fire, six gunmen were killed."
    )
    assert [e.fatalities.low for e in read(text).events] == [6]
