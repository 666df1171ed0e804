"""How a telling is told."""

from __future__ import annotations

import pytest

from pipeline.events.marks import is_days_before, is_on_civilian_site, is_quoted


@pytest.mark.parametrize(
    ("text", "civilian"),
    [
        ("Gunmen stormed a church in Homs.", True),
        ("An attack on a village killed six.", True),
        ("Gunmen stormed a barracks in Homs.", False),
    ],
)
def test_what_is_attacked_may_be_a_place_of_civilians(tell, text, civilian):
    parsed, tellings = tell(text)
    assert is_on_civilian_site(parsed, tellings[0]) is civilian


def test_what_is_quoted_is_known_by_its_marks(tell):
    assert is_quoted(*_first(tell('He said: "They bombed us again."')))
    assert not is_quoted(*_first(tell("Jets bombed Homs.")))


def test_what_only_dates_another_is_days_before(tell):
    assert is_days_before(*_first(tell("The killings came a day after gunmen attacked Homs.")))


def _first(told):
    parsed, tellings = told
    return parsed, tellings[-1]
