"""Small walks over the parse."""

from __future__ import annotations

import pytest

from pipeline.events.grammar import (
    ancestors,
    conjuncts,
    distance,
    is_passive,
    phrase,
    preposition_objects,
    subject,
    token_for,
)


@pytest.fixture(scope="module")
def word(parse):
    """Return the parse of a text and its token that reads ``text``."""

    def word(sentence: str, text: str):
        parsed = parse(sentence)
        return parsed, next(t for t in parsed.tokens if t.text == text)

    return word


@pytest.mark.parametrize(
    ("sentence", "head", "whole", "words"),
    [
        ("The Syrian army shelled the town.", "army", False, "The Syrian army"),
        ("Gunmen attacked a convoy that left Homs.", "convoy", False, "a convoy"),
        ("Gunmen attacked soldiers and policemen.", "soldiers", False, "soldiers"),
        ("Gunmen attacked soldiers and policemen.", "soldiers", True, "soldiers and policemen"),
        ("Jets hit the capital of Yemen.", "capital", False, "the capital of Yemen"),
        ("The camp in Yemen burned.", "camp", False, "The camp"),
        ("The camp in Yemen burned.", "camp", True, "The camp in Yemen"),
    ],
)
def test_a_noun_phrase(word, sentence, head, whole, words):
    parsed, token = word(sentence, head)
    start, end = phrase(parsed, token, whole=whole)
    assert parsed.text[start:end] == words


def test_coordinated_words_are_all_found(word):
    parsed, token = word("Jets bombed Rafah, Jenin and Tyre.", "Rafah")
    assert [t.text for t in conjuncts(parsed, token)] == ["Rafah", "Jenin", "Tyre"]


@pytest.mark.parametrize(
    ("sentence", "verb", "doer"),
    [
        ("Gunmen attacked a bus.", "attacked", "Gunmen"),
        ("A bus was attacked.", "attacked", "bus"),
        ("Gunmen attacked a bus and killed two people.", "killed", "Gunmen"),
        ("Gunmen attacked a bus, killing two people.", "killing", "Gunmen"),
        ("The rebels who shelled the town withdrew.", "shelled", "rebels"),
        ("The militia vowed to attack the base.", "attack", "militia"),
        ("Stop!", "Stop", None),
    ],
)
def test_the_subject_is_the_verbs_own_or_that_of_the_verb_above(word, sentence, verb, doer):
    parsed, token = word(sentence, verb)
    found = subject(parsed, token)
    assert (found.text if found else None) == doer


@pytest.mark.parametrize(
    ("sentence", "verb", "passive"),
    [
        ("Gunmen attacked a bus.", "attacked", False),
        ("A bus was attacked.", "attacked", True),
        ("A bus has been attacked.", "attacked", True),
        ("The bus was stopped and attacked.", "attacked", True),
        ("A missile fired from the coast hit a ship.", "fired", True),
        ("A missile fired from the coast hit a ship.", "hit", False),
    ],
)
def test_passives(word, sentence, verb, passive):
    parsed, token = word(sentence, verb)
    assert is_passive(parsed, token) is passive


def test_objects_of_a_preposition_come_with_their_conjuncts(word):
    parsed, token = word("Rockets were fired at soldiers and policemen by rebels.", "fired")
    assert [t.text for t in preposition_objects(parsed, token, frozenset({"at"}))] == ["soldiers", "policemen"]
    assert [t.text for t in preposition_objects(parsed, token, frozenset({"by"}))] == ["rebels"]


def test_ancestors_end_at_the_root(word):
    parsed, token = word("Police said that gunmen attacked a bus.", "bus")
    assert [t.text for t in ancestors(parsed, token)] == ["attacked", "said"]


def test_distance_counts_steps_and_is_the_same_both_ways(word):
    parsed, bus = word("Police said that gunmen attacked a bus.", "bus")
    _, police = word("Police said that gunmen attacked a bus.", "Police")
    assert distance(parsed, bus, bus) == 0
    assert distance(parsed, bus, police) == distance(parsed, police, bus) == 3


def test_words_of_two_sentences_are_far_apart(word):
    parsed, one = word("Rockets hit Mosul. Police came.", "Mosul")
    assert distance(parsed, one, word("Rockets hit Mosul. Police came.", "Police")[1]) == 99


def test_the_token_of_a_span_hangs_outside_it(parse):
    text = "Drones hit Deir ez-Zor province on Monday."
    parsed = parse(text)
    start = text.index("Deir")
    found = token_for(parsed, parsed.sentences[0], start, start + len("Deir ez-Zor province"))
    assert found is not None
    assert found.text == "province"
    assert token_for(parsed, parsed.sentences[0], len(text), len(text) + 5) is None
