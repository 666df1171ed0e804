from __future__ import annotations

import pytest

from pipeline.models import Mention
from pipeline.toponyms.listed import with_shared_nouns

LISTS = [
    ("Shelling hit Homs, Hama and Idlib provinces.", "Homs Hama Idlib", ["province"] * 3),
    ("in the counties of Clark and Warren, he said", "Clark Warren", ["county"] * 2),
    ("the cities of Homs, Hama, and the Idlib", "Homs Hama Idlib", ["city"] * 3),
    ("between the Tigris and Euphrates rivers", "Tigris Euphrates", ["river"] * 2),
    ("in Clark & Warren counties", "Clark Warren", ["county"] * 2),
    ("in Clark and Warren County", "Clark Warren", ["", ""]),  # one of them
    ("in the city of Clark and Warren", "Clark Warren", ["", ""]),
    ("Clark, Ohio; Warren counties", "Clark Ohio Warren", ["", "", ""]),  # a semicolon parts lists
    ("in Warren counties", "Warren", [""]),  # no list
    ("Ramadi, Hit and Falluja, towns of the west", "Ramadi Hit Falluja", ["", "", ""]),
    ("Hit and Falluja", "Hit Falluja", ["", ""]),
]


@pytest.mark.parametrize(("text", "names", "nouns"), LISTS)
def test_a_noun_in_the_plural_is_that_of_the_whole_list(text: str, names: str, nouns: list[str]) -> None:
    mentions = [Mention("d", text.find(name), text.find(name) + len(name), name) for name in names.split()]
    found = with_shared_nouns(text, mentions)
    assert [m.text for m in found] == names.split()
    assert [next(iter(m.cues), "").removeprefix("feature: ") for m in found] == nouns


def test_a_noun_of_its_own_is_kept() -> None:
    text = "Hit town, Rawa and Ana provinces"
    own = Mention("d", 0, 3, "Hit", cues=("feature: town",))
    assert with_shared_nouns(text, [own, Mention("d", 10, 14, "Rawa")])[0] == own
    listed = with_shared_nouns("Hit and Ana provinces", [own, Mention("d", 8, 11, "Ana")])
    assert [m.cues for m in listed] == [("feature: town",), ("feature: province",)]


def test_no_mentions() -> None:
    assert with_shared_nouns("", ()) == ()
