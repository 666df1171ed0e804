"""Nouns that tell of an event by what stands beside them."""

from __future__ import annotations

import pytest

from pipeline.events.told_nouns import family_by_company, is_of_no_people


@pytest.mark.parametrize(
    ("text", "word", "family"),
    [
        ("Two nuns are in the hands of gunmen.", "hands", "abduction"),
        ("Three traders fell into the hands of kidnappers.", "hands", "abduction"),
        ("The town is in the hands of the rebels.", "hands", None),
        ("The driver died at the hands of gunmen.", "hands", None),
        ("The minister is in the hands of doctors.", "hands", None),
        ("Troops made contact with elements of the group.", "contact", "clash"),
        ("A patrol came into contact with insurgents.", "contact", "clash"),
        ("The ministry made contact with the families.", "contact", None),
        ("Two men died in the ensuing exchange.", "exchange", "clash"),
        ("The police carried out a controlled explosion.", "explosion", "disrupt"),
    ],
)
def test_family_by_company(parse, text: str, word: str, family: str | None) -> None:
    parsed = parse(text)
    noun = next(t for t in parsed.tokens if t.text == word)
    assert family_by_company(parsed, noun) == family


@pytest.mark.parametrize(
    ("text", "expected"),
    [("The raid led to the elimination of six of them.", False), ("They agreed on the elimination of a tariff.", True)],
)
def test_is_of_no_people(parse, text: str, *, expected: bool) -> None:
    parsed = parse(text)
    noun = next(t for t in parsed.tokens if t.text == "elimination")
    assert is_of_no_people(parsed, noun) is expected
