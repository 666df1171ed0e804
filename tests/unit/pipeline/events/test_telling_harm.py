"""How many were killed and hurt in what one telling tells."""

from __future__ import annotations

import pytest

from pipeline.events.counts import find_counts
from pipeline.events.telling_harm import harm_of


@pytest.fixture(scope="module")
def deaths(tell):
    def deaths(text: str) -> int | None:
        parsed, tellings = tell(text)
        return harm_of(parsed, tellings[0], find_counts(text))[0].best

    return deaths


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("The raid killed five civilians and killed three fighters.", 8),
        ("Three people have been killed in Jos.", 3),
        ("Many people have been killed in the village.", None),  # over the years
        ("Many people were killed in the village.", 3),
    ],
)
def test_figures_of_a_telling(deaths, text, best):
    assert deaths(text) == best
