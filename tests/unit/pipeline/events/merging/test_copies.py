"""Near copies: edited, cut and extended texts are one; texts that only share a phrase are not."""

from __future__ import annotations

import pytest

from pipeline.events.merging.copies import Copies, runs_of
from pipeline.models import Article

WIRE = (
    "Jets bombed a depot outside the old town and smoke rose over the river for most of the day while people fled. " * 2
)
SECOND = "Officials in the capital said an inquiry had begun, named nobody, and asked villagers to keep to their homes."
OTHER = "Something else entirely was told here, at much the same length, of ships and grain and a new harbour to come."


@pytest.mark.parametrize(
    ("other", "copies"),
    [
        (WIRE, True),
        (WIRE + "Talks go on elsewhere.", True),
        ("UPDATE: " + WIRE.upper(), True),
        (WIRE + SECOND + OTHER, True),  # extended: all of the first stands in it
        (OTHER, False),
        (SECOND, False),
        ("", False),
    ],
)
def test_near_copies(other: str, copies: bool):
    known = Copies([Article("a", WIRE), Article("b", other)])
    assert known.are("a", "b") is copies
    assert known.are("b", "a") is copies


def test_an_article_is_no_copy_of_itself_and_empty_ones_are_none_of_each_other():
    known = Copies([Article("a", WIRE), Article("b", ""), Article("c", "")])
    assert not known.are("a", "a")
    assert not known.are("b", "c")


def test_a_phrase_that_very_many_reports_share_hides_no_copy():
    phrase = "a statement carried by the state news agency said on Monday"
    texts = [f"{phrase}: " + " ".join(f"word{n}x{i}" for i in range(40)) for n in range(60)]
    known = Copies([Article(str(n), text) for n, text in enumerate(texts)] + [Article("copy", texts[59] + " and more")])
    assert known.are("59", "copy")
    assert not known.are("0", "1")
    assert known.any_of(["3", "59"], ["copy"])
    assert not known.any_of(["3", "4"], ["copy"])


def test_runs_of_a_short_text_are_all_its_words():
    assert runs_of("Two words") == ["two words"]
    assert runs_of(" … ") == []
