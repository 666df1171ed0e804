"""Capitals that are named by their country."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.models import Resolution

Read = Callable[[str], tuple[Resolution, ...]]


@pytest.mark.parametrize(
    ("text", "words", "town"),
    [
        ("Gunmen killed three people in the Somali capital on Sunday.", "Somali capital", "Mogadishu"),
        ("Gangs shot dead four people in Haiti's capital on Thursday.", "Haiti's capital", "Port-au-Prince"),
        ("Bombs killed three people in the capital of Mali on Thursday.", "capital of Mali", "Bamako"),
    ],
)
def test_a_capital_is_named_by_its_country(read: Read, text: str, words: str, town: str) -> None:
    found = next(r for r in read(text) if r.mention.text == words)
    assert found.place is not None
    assert (found.place.name, found.mention.kind) == (town, "toponym")
    assert town in found.reasons[0].text


@pytest.mark.parametrize(
    "text",
    [
        "A car bomb went off in the Syrian capital Damascus on Sunday.",
        "A bomb went off in the Somali capital, Mogadishu, on Sunday.",
        "Shares fell as Nigerian capital markets opened on Sunday.",
        "The Palestinian capital is disputed.",
    ],
)
def test_one_that_is_named_itself_or_disputed_is_not(read: Read, text: str) -> None:
    assert not [r for r in read(text) if "capital" in r.mention.text]


def test_a_province_of_a_country_is_not_a_district_that_is_announced(read: Read) -> None:
    found = read("Gunmen killed nine people in Zhob district of Pakistan's Balochistan province on Monday.")
    assert {"Pakistan", "Balochistan"} <= {r.mention.text for r in found}
    found = read("Gunmen killed six people in Jammu and Kashmir's Ganderbal district on Sunday.")
    assert "Jammu and Kashmir" in {r.mention.text for r in found}
