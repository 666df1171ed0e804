"""Events of short texts, by kind and construction, against what an honest coder would take from them: floors."""

from __future__ import annotations

from functools import cache

import pytest
from sentences_check import Score, read_all, read_cases, score

pytestmark = pytest.mark.slow

#: file -> least share of events found and of events made that are right; of all texts, those kept aside too
FLOORS = {
    "kinds": (0.86, 0.92),
    "more": (0.76, 0.68),
    "texts": (0.82, 0.86),
    "told": (0.86, 0.86),
    "turns": (0.9, 0.9),
    "strangers": (0.9, 0.9),
}
MOST_MADE_OF_SILENT = 10


@cache
def measured(name: str) -> Score:
    cases = read_cases(name)
    return score(cases, read_all(cases, behind=False))


@pytest.mark.parametrize(("name", "floors"), sorted(FLOORS.items()))
def test_events_are_found_and_not_made_up(name: str, floors: tuple[float, float]) -> None:
    found = measured(name)
    assert found.recall >= floors[0], f"{found.recall:.3f}"
    assert found.precision >= floors[1], f"{found.precision:.3f}"


def test_sentences_that_tell_of_no_event_stay_silent() -> None:
    assert measured("silent").extra <= MOST_MADE_OF_SILENT


def test_a_third_of_the_texts_is_kept_aside() -> None:
    cases = [c for name in ("kinds", "more", "silent", "strangers", "texts", "told", "turns") for c in read_cases(name)]
    assert 0.25 <= sum(c.aside for c in cases) / len(cases) <= 0.42
