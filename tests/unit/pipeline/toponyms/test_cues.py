from __future__ import annotations

import pytest

from pipeline.toponyms.cues import (
    civic_noun_after,
    feature_noun_after,
    feature_noun_before,
    feature_noun_inside,
    load_cues,
)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("the town of |Hit", "town"),
        ("Camp |Taji", "camp"),
        ("the air base at |Balad", "air base"),
        ("Walker County |EMS", None),
        ("City |Council", None),
        ("the region in |Oman", None),
    ],
)
def test_feature_noun_before(text: str, noun: str | None) -> None:
    found = feature_noun_before(text.replace("|", ""), text.index("|"))
    assert (found[0] if found else None) == noun


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Taji| camp", "camp"),
        ("Anbar| province", "province"),
        ("Baghdad| International Airport", "airport"),
        ("Hit| man", None),
    ],
)
def test_feature_noun_after(text: str, noun: str | None) -> None:
    found = feature_noun_after(text.replace("|", ""), text.index("|"))
    assert (found[0] if found else None) == noun


@pytest.mark.parametrize(
    ("name", "noun"),
    [("Baghdad International Airport", "international airport"), ("Lake Assad", "lake"), ("Mosul", "")],
)
def test_feature_noun_inside(name: str, noun: str) -> None:
    assert feature_noun_inside(name) == noun


@pytest.mark.parametrize(("after", "noun"), [("-based group", "based"), (" police said", "police"), (" fell", "")])
def test_civic_noun_after(after: str, noun: str) -> None:
    assert civic_noun_after(f"Alexandria{after}", len("Alexandria")) == noun


@pytest.mark.parametrize("between", [" ", " of ", " called ", "\n", " of the "])
def test_each_feature_noun_leads_into_a_name_in_one_and_in_many(between: str) -> None:
    for noun in load_cues().feature_nouns:
        many = f"{noun[:-1]}ies" if noun.endswith("ty") else f"{noun}s"
        for form in (noun, many):
            text = f"the {form}{between}Harira"
            assert feature_noun_before(text, text.index("Harira")) is not None, text
