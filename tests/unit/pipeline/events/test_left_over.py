from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("said", "toll"),
    [
        ("a cook and two guards died and some fifteen were rushed to the hospital.", (3, 15)),
        ("one officer was grazed.", (None, 1)),
        # another place, another time, or only feared
        ("two guards died in Tikrit last week.", (None, None)),
        ("two guards might have been grazed.", (None, None)),
    ],
)
def test_harm_that_no_telling_holds_goes_to_the_one_blow(read, said, toll):
    (event,) = read(f"A car bomb went off at a gate in Kirkuk on Monday, and {said}").events
    assert (event.fatalities.low, event.injuries.low) == toll
