"""Words that tell of an event by what was learned from passages, where no table knows them: "|thumbed| their truce".

Each verb, noun and adjective is weighed with the words and classes around it: one softmax over kinds of event and none
of them, linear in signs that are hashed to rows of a table (``data/learned_words.npz``). ``tools/train_words.py``
learns it from passages that strangers wrote and marked (``tests/eval/passages``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipeline.codes import event_type_of
from pipeline.events._words import table
from pipeline.events.trigger_tables import instrument_in, load_tables
from pipeline.events.trigger_words import classes_of, lemma_of
from pipeline.events.verb_families import is_harmless
from pipeline.parse import ParsedText, Sentence, Token

ROWS = 1 << 16
NONE = "none"
TELLING = frozenset({"VERB", "NOUN", "ADJ"})  # parts of speech
NAMING = frozenset({"NOUN", "PROPN", "PRON"})  # those that have classes
LEADING = frozenset({"prep", "agent", "prt", "dative", "advcl"})  # deps
TAKING_PART = frozenset({"nsubj", "nsubjpass", "dobj"})  # deps
MODALS = frozenset({"will", "would", "could", "may", "might", "to", "should"})
UP = 5  # steps up the parse
AROUND = (-3, -2, -1, 1, 2, 3)  # tokens
FEWEST = 4  # tokens of a sentence that tells of something
BEGINNING = 5  # letters by which a word is known whose forms were not seen

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Told:
    """A word that was weighed: the kind of event it tells of, the family of triggers it is read as, its chance."""

    token: Token
    sub: str
    family: str
    chance: float


@dataclass(frozen=True, slots=True)
class Model:
    """Weights (rows, kinds), with none as the first kind; ``known``: the rows of words that told of one in training.

    They are those of each word and of its beginning (:func:`known_by`).
    """

    weights: Floats
    kinds: tuple[str, ...]
    known: frozenset[int]

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> Model:
        """Return the model stored in a file."""
        weights = np.zeros((ROWS, len(arrays["kinds"])), np.float32)
        weights[arrays["rows"]] = arrays["weights"].astype(np.float32) * arrays["scale"]
        return cls(weights, tuple(map(str, arrays["kinds"])), frozenset(arrays["known"].tolist()))

    def chances(self, signs: Sequence[Sequence[int]]) -> Floats:
        """Return (words, kinds): how likely each word tells of each kind of event."""
        return softmax(np.stack([self.weights[rows].sum(axis=0) for rows in signs]))


def softmax(logits: Floats) -> Floats:
    """Return (words, kinds): the chances that go with log odds."""
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    found: Floats = odds / odds.sum(axis=1, keepdims=True)
    return found


@cache
def load_model() -> Model:
    """Load the weights once a process."""
    with files("pipeline.events").joinpath("data/learned_words.npz").open("rb") as file, np.load(file) as arrays:
        return Model.from_arrays(arrays)


def learned_words(parsed: ParsedText, sentence: Sentence, families: Mapping[int, str]) -> tuple[Told, ...]:
    """Return the words of a sentence that likely tell of an event of which no word of the tables tells.

    Those that the tables know are among them where it is as good as sure of which kind they tell. ``families``: of the
    words that the tables know, by token.

    Examples
    --------
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "Sappers took apart three mines left near a school in Mocha on Saturday."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> [(told.token.text, told.sub) for told in learned_words(parsed, parsed.sentences[0], {})][0]
    ('took', 'Disrupted weapons use')
    """
    model = load_model()
    words = candidates(parsed, sentence) if sentence.last - sentence.first > FEWEST else []
    tokens = [t for t in words if t.i in families or (_is_known(t, model.known) and not is_harmless(parsed, t))]
    if not tokens:
        return ()
    surroundings = Surroundings.of(parsed, sentence, families)
    chances = model.chances([rows_of(signs_of(parsed, sentence, t, surroundings)) for t in tokens])
    return (*_sure(model, tokens, chances, families), *_unknown(model, tokens, chances, families))


def _sure(model: Model, tokens: Sequence[Token], chances: Floats, families: Mapping[int, str]) -> Iterator[Told]:
    """Yield the words that the tables know and whose kind is sure, if it is one that the words decide."""
    settings = table("learned_words")
    for row, token in enumerate(tokens):
        column = int(chances[row].argmax())
        sure = column and chances[row, column] >= settings["sure"]
        if token.i in families and sure and model.kinds[column] not in settings["decided"]:
            yield Told(token, model.kinds[column], families[token.i], float(chances[row, column]))


def _unknown(model: Model, tokens: Sequence[Token], chances: Floats, families: Mapping[int, str]) -> Iterator[Told]:
    """Yield for each event type that no word of the tables tells of the word that likely does."""
    settings = table("learned_words")
    covered = {kind for name in families.values() for kind in _event_types(name)}
    for kind, columns in _by_event_type(model.kinds).items():
        together = chances[:, columns]
        chance = float(1.0 - np.prod(1.0 - together.sum(axis=1)))
        row, column = divmod(int(together.argmax()), len(columns))
        asked = settings["passed_over" if _is_of_tables(tokens[row]) else "likely"]
        if kind not in covered and chance >= asked and tokens[row].i not in families:
            sub = model.kinds[columns[column]]
            yield Told(tokens[row], sub, settings["families"][sub], chance)


def _is_of_tables(token: Token) -> bool:
    """Whether the tables know a word, so that where it is no trigger they take it to tell of nothing."""
    tables, word = load_tables(), _word(token)
    return word in tables.verbs or word in tables.nouns


def with_kind(sub: str, learned: str) -> str:
    """Return the kind that an event is of with what was learned of the words that tell it, or "".

    Examples
    --------
    >>> with_kind("Attack", "Looting/property destruction"), with_kind("Disrupted weapons use", "Grenade")
    ('Looting/property destruction', 'Disrupted weapons use')
    """
    return learned if learned and sub not in table("learned_words")["kept"] else sub


@cache
def _by_event_type(kinds: tuple[str, ...]) -> dict[str, list[int]]:
    """Return ACLED event type -> the columns of its sub-event types."""
    found: dict[str, list[int]] = {}
    for column, kind in enumerate(kinds):
        if kind != NONE:
            found.setdefault(event_type_of(kind), []).append(column)
    return found


@cache
def _event_types(family: str) -> frozenset[str]:
    """Return the event types of which no word need be learned where one of a family of the tables stands."""
    told = load_tables().families[family]
    open_to_more = told.weak and family not in table("learned_words")["closed"]
    subs = () if open_to_more else (told.sub, told.civilian, told.armed, told.state, told.default)
    return frozenset(event_type_of(sub) for sub in subs if sub)


def candidates(parsed: ParsedText, sentence: Sentence) -> list[Token]:
    """Return the words of a sentence that may tell of an event."""
    return [t for t in parsed.tokens_of(sentence) if t.pos in TELLING]


def known_by(token: Token) -> tuple[int, int]:
    """Return the rows of a word itself and of its beginning."""
    word = _word(token)
    return _row(f"l={word}"), _row(f"b={word[:BEGINNING]}")


def _is_known(token: Token, known: frozenset[int]) -> bool:
    """Whether a word told of an event in training, or is the noun in -ing of one that did: "the |targeting| of"."""
    itself, beginning = known_by(token)
    return itself in known or (token.lemma.endswith("ing") and beginning in known)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the signs of all words of a sentence share: the classes of each noun, the families told, the weapon."""

    classes: Mapping[int, frozenset[str]]
    families: Mapping[int, str]
    shared: tuple[str, ...]

    @classmethod
    def of(cls, parsed: ParsedText, sentence: Sentence, families: Mapping[int, str]) -> Surroundings:
        """Return those of a sentence."""
        tokens = parsed.tokens_of(sentence)
        classes = {t.i: classes_of(parsed, t) for t in tokens if t.pos in NAMING}
        every = sorted(frozenset().union(*classes.values()))
        told = sorted(set(families.values()))
        weapon = instrument_in(parsed.text[sentence.start : sentence.end])
        return cls(classes, families, (f"I={weapon}", *(f"S@{c}" for c in every), *(f"F={f}" for f in told or [NONE])))


def rows_of(signs: Iterator[str]) -> list[int]:
    """Return the rows of signs, each once."""
    return sorted({_row(sign) for sign in signs})


def _row(sign: str) -> int:
    return crc32(sign.encode()) % ROWS


def _word(token: Token) -> str:
    """Return what a word is known by: its lemma; numbers are all one."""
    if token.tag == "CD" or token.text[:1].isdigit():
        return "#"
    return lemma_of(token) if token.pos in {"VERB", "AUX"} else token.lemma.lower()


def signs_of(parsed: ParsedText, sentence: Sentence, token: Token, around: Surroundings) -> Iterator[str]:
    """Yield the signs of a word in its sentence."""
    word, family = _word(token), around.families.get(token.i)
    yield from ("1", f"l={word}", f"lp={word}{token.pos}", f"p={token.pos}", f"g={token.tag}", f"d={token.dep}")
    yield from (f"b={word[:BEGINNING]}", f"e={word[-3:]}", f"fam={family}", f"famd={family},{token.dep}")
    yield from (f"c={c}" for c in around.classes.get(token.i, ()))
    yield from _below(parsed, token, word, around)
    yield from _above(parsed, token, around)
    for step in AROUND:
        if sentence.first <= token.i + step < sentence.last:
            beside = parsed.tokens[token.i + step]
            yield f"w={_word(beside)}"
            yield f"w{step}={beside.text.lower()}"
    yield from around.shared


def _below(parsed: ParsedText, token: Token, word: str, around: Surroundings) -> Iterator[str]:
    """Yield what hangs on a word: "burnt |by raiders|"."""
    for child in parsed.children(token):
        below = _word(child)
        yield from (f"k={child.dep}", f"{child.dep}={below}")
        yield from (f"{child.dep}@{c}" for c in around.classes.get(child.i, ()))
        if child.dep in TAKING_PART:
            yield f"l{child.dep}={word},{below}"
            yield from (f"l{child.dep}@{word},{c}" for c in around.classes.get(child.i, ()))
        if child.dep in LEADING:
            yield from (f"pre={below}", f"lpre={word},{below}")
            for end in parsed.children(child):
                yield f"{below}>{_word(end)}"
                yield from (f"{below}>@{c}" for c in around.classes.get(end.i, ()))


def _above(parsed: ParsedText, token: Token, around: Surroundings) -> Iterator[str]:
    """Yield what a word hangs on: "came |under| fire"."""
    head = parsed.tokens[token.head]
    if head.i == token.i:
        return
    yield from (f"h={_word(head)}", f"h{token.dep}={_word(head)}", f"hfam={around.families.get(head.i)}")
    yield from (f"h@{c}" for c in around.classes.get(head.i, ()))
    if head.pos == "ADP":
        yield from (f"hh={_word(parsed.tokens[head.head])}", f"hp={head.text.lower()}")
    for _ in range(UP):
        if any(c.dep == "aux" and c.text.lower() in MODALS for c in parsed.children(head)):
            yield "modal"
        if head.pos == "VERB":
            yield f"up={_word(head)}"
        if head.head == head.i:
            return
        head = parsed.tokens[head.head]
