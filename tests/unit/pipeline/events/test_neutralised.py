"""Whether a report says that the "neutralised" may be alive, and what that makes of the dead."""

from __future__ import annotations

import pytest

from pipeline.events.neutralised import is_explained

MEANS = "The word “neutralised” in its statements means killed, captured or wounded."


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        (MEANS, True),
        ("Officials use the term “neutralize” to imply that they surrendered or were killed or captured.", True),
        ("“Neutralised” is the term of officials for those captured, wounded or killed.", True),
        ("Ten rebels were neutralised, six killed and four captured.", False),
        ("Ten rebels were neutralised in the raid.", False),
    ],
)
def test_what_the_word_means_is_explained(text: str, explained: bool):
    assert is_explained(text) is explained


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        (f"Ten rebels were neutralised near Mosul on Monday. {MEANS}", (0, 10, 10)),
        ("Ten rebels were neutralised near Mosul on Monday.", (10, 10, 10)),
        (f"Ten rebels were shot dead near Mosul on Monday. {MEANS}", (10, 10, 10)),
    ],
)
def test_the_neutralised_are_dead_at_most(read, text: str, dead: tuple[int, int, int]):
    found = read(text).events[0].fatalities
    assert (found.low, found.best, found.high) == dead
