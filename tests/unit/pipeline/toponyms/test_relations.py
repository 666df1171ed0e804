from __future__ import annotations

import pytest

from pipeline.toponyms.cues import civic_noun_after, feature_noun_after, feature_noun_before, feature_noun_inside
from pipeline.toponyms.relations import relation_before

CASES = [
    ("30 km northwest of |Erbil", "direction", 315.0, 30.0),
    ("about 20 miles (32 km) south of |Baghdad", "direction", 180.0, 32.187),
    ("five kilometres east of the town of |Hit", "direction", 90.0, 5.0),
    ("a few miles west of |Mosul", "direction", 270.0, 4.828),
    ("an air base west of |Baghdad", "direction", 270.0, None),
    ("to the north-east of |Raqqa", "direction", 45.0, None),
    ("near |Hit", "near", None, None),
    ("close to the city of |Aden", "near", None, None),
    ("12km from |Aleppo", "near", None, 12.0),
    ("on the outskirts of |Damascus", "near", None, None),
    ("southern |Lebanon", "part", 180.0, None),
    ("central |Gaza", "part", None, None),
    ("off the coast of |Yemen", "coast", None, None),
    ("off |Hudaydah", "coast", None, None),
    ("the border with |Syria", "border", None, None),
]


@pytest.mark.parametrize(("text", "kind", "bearing", "km"), CASES)
def test_words_before_a_name(text: str, kind: str, bearing: float | None, km: float | None) -> None:
    start = text.index("|")
    plain = text.replace("|", "")
    relation = relation_before(plain, start, plain[start:])
    assert relation is not None
    assert (relation.kind, relation.bearing, relation.distance_km) == (kind, bearing, km)
    assert plain[relation.start : relation.end].strip() == relation.text


@pytest.mark.parametrize("text", ["He flew to |Baghdad", "a letter from |Aden", "The north. |Mosul", "near\n\n|Hit"])
def test_no_relation(text: str) -> None:
    plain = text.replace("|", "")
    assert relation_before(plain, text.index("|"), "") is None


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
