from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ModelMissingError
from pipeline.settings import DEFAULT_MODEL
from pipeline.spacy_parser import BATCH_CHARACTERS, SpacyParser, _batches, _load

TEXT = "Rockets hit Mosul.\nTwo died.\n\nSee [more](https://example.org/x) in Hit."


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    pytest.importorskip(DEFAULT_MODEL, reason=f"language model {DEFAULT_MODEL} is not installed")
    return SpacyParser()


def test_tokens_sentences_and_entities_are_where_they_say(parser: SpacyParser) -> None:
    (parsed,) = parser.parse([(TEXT, ((0, 29), (31, len(TEXT))))])
    assert [t.i for t in parsed.tokens] == list(range(len(parsed.tokens)))
    assert [TEXT[s.start : s.end] for s in parsed.sentences][:2] == ["Rockets hit Mosul.", "Two died."]
    assert all(0 <= t.head < len(parsed.tokens) for t in parsed.tokens)
    assert not any("example.org" in t.text for t in parsed.tokens)
    assert parsed.model.startswith(DEFAULT_MODEL)


def test_a_sentence_never_crosses_a_block(parser: SpacyParser) -> None:
    text = "Shells fell on the town of Hit and more"
    (parsed,) = parser.parse([(text, ((0, 18), (19, len(text))))])
    assert all(s.end <= 18 or s.start >= 19 for s in parsed.sentences)


def test_without_syntax_a_block_is_one_sentence(parser: SpacyParser) -> None:
    (parsed,) = SpacyParser(syntax=False).parse([("Rockets hit Mosul. Two died.", ((0, 28),))])
    assert [(s.start, s.end) for s in parsed.sentences] == [(0, 28)]
    assert parser.name == SpacyParser(syntax=False).name


def test_texts_come_back_in_order(parser: SpacyParser) -> None:
    texts = [(f"Number {i}.", ((0, 9 + (i > 9)),)) for i in range(12)]
    assert [p.text for p in parser.parse(texts)] == [text for text, _ in texts]
    assert [p.text for p in parser.parse([("", ())])] == [""]


def test_batches_are_bounded_by_their_length_and_lose_nothing() -> None:
    pieces = ["a" * n for n in (10, BATCH_CHARACTERS - 10, 1, 2 * BATCH_CHARACTERS, 5, 0, 7)]
    some = list(_batches(pieces))
    assert [len(batch) for batch in some] == [2, 1, 1, 3]
    assert [piece for batch in some for piece in batch] == pieces
    assert list(_batches([])) == []


def test_a_model_that_has_met_many_words_is_loaded_anew(parser: SpacyParser, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [("Rockets hit Mosul.", ((0, 18),))] * 2
    before = _load(DEFAULT_MODEL, syntax=True)
    first = list(parser.parse(texts))
    assert _load(DEFAULT_MODEL, syntax=True) is before
    monkeypatch.setattr("pipeline.spacy_parser.MOST_WORDS", 0)
    assert list(parser.parse(texts)) == first
    assert _load(DEFAULT_MODEL, syntax=True) is not before


LOADED_ANEW = """
import gc, weakref
from pipeline import spacy_parser
from pipeline.spacy_parser import SpacyParser
spacy_parser.MOST_WORDS = 0
parser = SpacyParser()
before = weakref.ref(parser._nlp)
gc.disable()  # which may come by in time, or not for an hour
list(parser.parse([("Rockets hit Mosul.", ((0, 18),))]))
assert before() is None
"""


@pytest.mark.usefixtures("parser")
def test_a_model_loaded_anew_leaves_none_behind() -> None:
    subprocess.run([sys.executable, "-c", LOADED_ANEW], check=True)  # where no other test holds or has frozen anything


def test_a_missing_model_says_how_to_get_it() -> None:
    with pytest.raises(ModelMissingError, match="pip install no-such-model"):
        next(SpacyParser("no_such_model").parse([("x", ((0, 1),))]))


@given(st.text(alphabet="ab .\n\r\t[](#*_😀\u200b\u00a0é'", max_size=60))
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_tokens_ascend_inside_the_text(parser: SpacyParser, text: str) -> None:
    (parsed,) = parser.parse([(text, ((0, len(text)),))])
    ends = [0]
    for token in parsed.tokens:
        assert ends[-1] <= token.start < token.end <= len(text)
        ends.append(token.end)
    assert all(s.first < s.last <= len(parsed.tokens) for s in parsed.sentences)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fighting in Tabqa;May was quiet", ["Tabqa", ";", "May"]),
        ("The U.S.-led coalition struck", ["U.S.", "-", "led"]),
    ],
)
def test_words_that_were_put_together_are_cut(parser: SpacyParser, text: str, words: list[str]) -> None:
    (parsed,) = parser.parse([(text, ((0, len(text)),))])
    found = [t.text for t in parsed.tokens]
    assert any(found[i : i + 3] == words for i in range(len(found)))


def test_a_shouted_headline_is_read_as_a_title_and_kept_as_written(parser: SpacyParser) -> None:
    text = "RUSSIAN SHELLING KILLS 3 IN KHERSON, MAYOR SAYS\nUS forces left."
    (parsed,) = parser.parse([(text, ((0, len(text)),))])
    assert [t.text for t in parsed.tokens][:3] == ["RUSSIAN", "SHELLING", "KILLS"]
    assert [text[e.start : e.end] for e in parsed.entities if e.label == "GPE"] == ["KHERSON", "US"]
