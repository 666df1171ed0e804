"""Parsed text as plain records, and the protocol that a parser fulfils; ``spacy_parser.py`` is one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Token:
    """One token: offsets in the article's text, lemma, part of speech, dependency and head (token index)."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A span that the model named, with its label (GPE, LOC, FAC, NORP, ORG, PERSON…)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: offsets in the text, and the range [first, last) of its tokens."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ParsedText:
    """Tokens, sentences and entities of one text; all offsets are into that text, all ascending.

    ``classes`` is where what reads it keeps the classes of the nouns it has looked up, by token.
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    model: str = ""
    classes: dict[int, frozenset[str]] = field(default_factory=dict, init=False, compare=False, repr=False)
    _below: dict[int, tuple[Token, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that covers ``offset``; between sentences, the one before."""
        at = bisect_right(self.sentences, offset, key=lambda s: s.start) - 1
        return self.sentences[at] if at >= 0 else None

    def token_at(self, offset: int) -> int:
        """Return the index of the last token that starts at or before ``offset`` (-1 before the first)."""
        return bisect_right(self.tokens, offset, key=lambda t: t.start) - 1

    def tokens_of(self, sentence: Sentence) -> tuple[Token, ...]:
        """Return the tokens of ``sentence``."""
        return self.tokens[sentence.first : sentence.last]

    def children(self, token: Token) -> tuple[Token, ...]:
        """Return the direct dependents of ``token``, in order."""
        if token.i not in self._below:
            sentence = self.sentence_at(token.start)
            self._below.update(_dependents(self.tokens_of(sentence)) if sentence is not None else {token.i: ()})
        return self._below.get(token.i, ())


def _dependents(tokens: tuple[Token, ...]) -> dict[int, tuple[Token, ...]]:
    """Return the direct dependents of each token of a sentence, in order."""
    below: dict[int, list[Token]] = {t.i: [] for t in tokens}
    for token in tokens:
        if token.head != token.i and token.head in below:
            below[token.head].append(token)
    return {i: tuple(found) for i, found in below.items()}


class TextParser(Protocol):
    """Turns texts, each cut into blocks (start, end), into :class:`ParsedText`; sentences never cross a block."""

    @property
    def name(self) -> str:
        """Name and version of the model, for the run's manifest."""
        ...

    def parse(self, texts: Iterable[tuple[str, tuple[tuple[int, int], ...]]]) -> Iterator[ParsedText]:
        """Parse texts in order."""
        ...
