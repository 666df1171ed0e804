"""Verbs that tell of an event, or of none, only by the words beside them."""

from __future__ import annotations

import pytest

from pipeline.events.told_verbs import is_of_whole_day, verb_by_company
from pipeline.spacy_parser import SpacyParser

PARSER = SpacyParser()


def company(text: str, verb: str) -> str | None:
    parsed = next(PARSER.parse([(text, ((0, len(text)),))]))
    return verb_by_company(parsed, next(t for t in parsed.tokens if t.text == verb))


@pytest.mark.parametrize(
    ("text", "verb", "family"),
    [
        ("Two traders were chopped to death in Wabag.", "chopped", "killing"),
        ("A boy was hit in the shoulder when police opened fire.", "hit", "harm"),
        ("Six rebels were put out of action near Kitgum.", "put", "harm"),
        ("A sergeant laid down his life in Kulgam.", "laid", "harm"),
        ("Nine youths were bundled into a police truck.", "bundled", "arrest"),
        ("Near a cafe in Nazran worked an explosive device.", "worked", "explosion"),
        ("Two men were taken away by ambulance.", "taken", ""),
        ("Soldiers set off for the town at dawn.", "set", ""),
        ("Elders signed an agreement to stop the fire.", "stop", ""),
    ],
)
def test_the_words_beside_a_verb_decide(text: str, verb: str, family: str) -> None:
    assert company(text, verb) == family


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The cook chopped onions for the feast.", "chopped"),
        ("The lorry was hit in the rear near Jos.", "hit"),
        ("Militants set off a bomb in Kirkuk.", "set"),
        ("Engineers worked on the device for hours.", "worked"),
        ("Rebels laid down their arms in Malaybalay.", "laid"),
        ("Gunmen bundled a teacher into a van.", "bundled"),
    ],
)
def test_without_them_the_tables_decide(text: str, verb: str) -> None:
    assert company(text, verb) is None


def test_what_a_whole_day_brought_is_of_no_one_blow() -> None:
    text = "A bomb killed nine in Hilla, on a day of bloodshed that left 40 dead around Iraq."
    parsed = next(PARSER.parse([(text, ((0, len(text)),))]))
    assert {t.text for t in parsed.tokens if is_of_whole_day(parsed, t)} >= {"left", "Iraq"}
    assert not is_of_whole_day(parsed, next(t for t in parsed.tokens if t.text == "killed"))
