"""Which areas the words around a name say that it lies in."""

from __future__ import annotations

import pytest

from gazetteer.models import Place
from pipeline.models import Mention, Resolution
from pipeline.toponyms.whereabouts import areas_said, in_the_capital, land_noun

CODES = {"Hills": ("A", "ADM1"), "Dale": ("A", "ADM2"), "Avon": ("P", "PPL"), "Northland": ("A", "PCLI")}
NAMES = (*CODES, "Brook", "Northern")


def resolutions(text: str) -> list[Resolution]:
    """Return a resolution for each name in a text: areas and a town that are sure, and names that nobody knows."""
    found = []
    for start, name in sorted((text.find(name), name) for name in NAMES if name in text):
        kind = "demonym" if name == "Northern" else "toponym"
        mention = Mention("d", start, start + len(name), name, kind)  # type: ignore[arg-type]
        place = Place(name, name, 1.0, 1.0, *CODES[name], "NN") if name in CODES else None
        found.append(Resolution(mention, "resolved" if place else "unmatched", place, 0.9 if place else 0.0))
    return found


@pytest.mark.parametrize(
    ("text", "areas", "outright"),
    [
        ("in Brook, located in the Dale district.", ["Dale"], True),
        ("in Brook, Dale district, Hills province.", ["Dale", "Hills"], False),
        ("in Brook village, in Dale of the Hills.", ["Dale", "Hills"], True),
        ("in Brook area of Avon.", ["Avon"], True),
        ("in Brook, a small village in the Northern province of Hills.", ["Hills"], True),
        ("in the village of Brook (Hills).", ["Hills"], False),
        ("in Avon's southern Brook district.", ["Avon"], True),
        ("in Brook, Hills, on Monday.", ["Hills"], False),
        # no such thing is said
        ("in Brook, Hills and Dale.", [], False),  # a list
        ("in Brook, Hills province and Dale.", [], False),
        ("the king of Brook said in public that Hills was lost.", [], False),
        ("in Brook and Hills.", [], False),
        ("in Brook, Avon.", [], False),  # two towns
        ("in Brook in Avon.", [], False),
        ("in Brook, south of Hills.", [], False),
        ("in Brook.\n\nIn Hills it rained.", [], False),
        ("it is the Brook, Hills militiamen.", [], False),
    ],
)
def test_words_say_which_area_holds_a_place(text: str, areas: list[str], outright: bool) -> None:
    found = resolutions(text)
    at = next(i for i, r in enumerate(found) if r.mention.text == "Brook")
    said = areas_said(text, found, at)
    assert [s.area.mention.text for s in said] == areas
    assert (bool(said) and said[0].outright) is outright


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("in the capital's Brook area", "Brook", True),
        ("in the capital’s northern Brook quarter", "Brook", True),
        ("in the capital Brook", "Brook", False),
    ],
)
def test_a_part_of_the_capital(text: str, name: str, said: bool) -> None:
    assert in_the_capital(text, text.find(name)) is said


def test_a_noun_beside_a_town_means_the_land_around_it() -> None:
    assert land_noun(("dateline", "feature: county")) == "county"
    assert land_noun(("feature: village",)) == ""
