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


@pytest.mark.parametrize(
    ("text", "tellings"),
    [
        ("At least 40 people were injured as students clashed with police in Sylhet.", 1),
        ("Troops fired on the crowd in Aden, and four people were killed and 40 wounded.", 1),
        ("Rebels shelled the camp in Goma, and three people were killed in an ambush in Sake.", 2),
        ("Rebels shelled the camp in Goma, and three people were killed by troops.", 2),
    ],
)
def test_a_clause_of_those_hurt_belongs_to_the_deed_beside_it_unless_it_has_its_own(tell, text, tellings):
    assert len(tell(text)[1]) == tellings
