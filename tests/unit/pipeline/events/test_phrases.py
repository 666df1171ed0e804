"""Phrases that tell of an event by their words, and those that only sound like one."""

from __future__ import annotations

import pytest

from pipeline.events.phrases import phrases_in
from pipeline.events.tellings import find_tellings
from pipeline.events.triggers import find_triggers
from pipeline.parse import ParsedText
from pipeline.spacy_parser import SpacyParser


@pytest.fixture(scope="module")
def parse():
    parser = SpacyParser()
    return lambda text: next(parser.parse([(text, ((0, len(text)),))]))


def families(parsed: ParsedText) -> set[str]:
    return {p.family for s in parsed.sentences for p in phrases_in(parsed, s).values()}


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("The two clans shot at each other for an hour.", "clash"),
        ("Raiders leapt out of the undergrowth.", "ambush"),
        ("He emptied two magazines at them.", "shooting"),
        ("Their column was under fire: it had been taken under heavy mortar fire.", "attack"),
        ("Marines hoisted their colours over the fort.", "hands"),
        ("The town changed masters overnight.", "hands"),
        ("Three of them paid with their lives.", "harm"),
        ("The missile was knocked out of the sky.", "intercept"),
        ("Gunners put the torch to the huts.", "burning"),
        ("Shells from the hill came down on the market.", "land"),
        ("Paratroopers re-entered Bamako.", "enter"),
    ],
)
def test_a_phrase_is_of_its_family(parse, text, family):
    assert family in families(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "The club raised a red flag over its finances.",
        "Rockets went through the clouds.",
        "There are no more beds than this.",
        "They walked into the room.",
        "A smell of chlorine came from the pool, where the chlorine pump of the pool had burst.",
    ],
)
def test_what_only_sounds_like_one_is_none(parse, text):
    assert families(parse(text)) == set()


def test_the_words_of_a_phrase_tell_of_nothing_else(parse):
    parsed = parse("Two soldiers met their maker.")
    assert [(t.token.text, t.family) for t in find_triggers(parsed, parsed.sentences[0])] == [("met", "harm")]


def test_a_phrase_that_may_be_meant_otherwise_says_so(parse):
    parsed = parse("They lay in wait for a patrol.")
    (telling,) = find_tellings(parsed, parsed.sentences[0])
    assert [t.idiom for t in telling.triggers] == [True]


@pytest.mark.parametrize("text", ["It was like a bomb had gone off.", "It felt as if a shell had exploded."])
def test_what_it_is_likened_to_did_not_happen(parse, text):
    parsed = parse(text)
    assert find_triggers(parsed, parsed.sentences[0]) == ()


def test_what_was_not_done_is_not_told(parse):
    parsed = parse("They left without firing at anybody.")
    assert find_triggers(parsed, parsed.sentences[0]) == ()
