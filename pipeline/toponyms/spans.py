"""Spans of text that may be names: trimming, cutting, and a set that lets none overlap."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.models import MentionKind
from pipeline.parse import Entity, ParsedText, Token
from pipeline.toponyms.cues import load_cues

MAX_WORDS = 6
EDGES = " \t\n\"'“”‘’.,;:()[]*_#"
POSSESSIVES = ("’s", "'s")
_ABBREVIATION = re.compile(r"\b[A-Za-z]{1,5}\.$")
_FIRST_WORD = re.compile(r"([A-Za-z-]+)\s+")
_PART = re.compile(r"[^/\n|]+")


class Span(NamedTuple):
    """A name found: where, under which label of the model, by whom, and what spoke for it."""

    start: int
    end: int
    label: str
    recognizer: str
    cues: tuple[str, ...] = ()
    kind: MentionKind = "toponym"
    likelihood: float = 1.0


class Spans:
    """Accepted spans, ascending; first come, first kept."""

    def __init__(self) -> None:
        self._taken: list[Span] = []

    def add(self, span: Span) -> None:
        """Keep a span unless it is empty or overlaps one kept before."""
        if span.start < span.end and not self.overlaps(span.start, span.end):
            self._taken.insert(self._after(span.start), span)

    def mark(self, start: int, end: int) -> None:
        """Keep what lies at start:end from being taken."""
        self.add(Span(start, end, "", ""))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a kept span shares a character with start:end."""
        at = self._after(start)
        before = at > 0 and self._taken[at - 1].end > start
        return before or (at < len(self._taken) and self._taken[at].start < end)

    def in_order(self) -> tuple[Span, ...]:
        """Return the kept spans, ascending."""
        return tuple(self._taken)

    def _after(self, start: int) -> int:
        return bisect_left(self._taken, start, key=lambda s: s.start)


def parts(text: str, entity: Entity) -> Iterator[tuple[int, int]]:
    """Cut an entity at slashes and line breaks, and trim each part."""
    for part in _PART.finditer(text, entity.start, entity.end):
        start, end = trim(text, *part.span())
        if start < end:
            yield start, end


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut quotes, possessives and leading words such as "the" or "northern" off a span.

    >>> trim("in the Gaza Strip's north", 3, 19)
    (7, 17)
    """
    while start < end and text[start] in EDGES:
        start += 1
    while start < end and text[end - 1] in EDGES and not _is_abbreviation(text[start:end]):
        end -= 1
    if text[start:end].endswith(POSSESSIVES):
        end -= 2
    word = _FIRST_WORD.match(text, start, end)
    if word and _leads(word[1]):
        return trim(text, word.end(), end)
    return start, end


def _leads(word: str) -> bool:
    """Whether a word only leads into the name: a capitalised "Northern" may be part of it."""
    return word.lower() in load_cues().leading_words and (word.islower() or word.lower() in {"the", "a", "an"})


def _is_abbreviation(name: str) -> bool:
    return _ABBREVIATION.search(name) is not None and (name.count(".") > 1 or len(name) <= 6)


def tokens_between(parsed: ParsedText, start: int, end: int) -> list[Token]:
    """Return the tokens that touch start:end."""
    last = parsed.token_at(end - 1)
    return [t for t in parsed.tokens[max(parsed.token_at(start), 0) : last + 1] if t.end > start]


def capitalised_runs(parsed: ParsedText, spans: Spans, *, any_word: bool = False) -> Iterator[list[Token]]:
    """Yield runs of capitalised tokens (or ``any_word``) with the particles between them, outside spans."""
    particles = load_cues().particles
    run: list[Token] = []
    for token in parsed.tokens:
        capital = token.text[:1].isalpha() if any_word else token.text[:1].isupper()
        if (capital or (run and token.text.lower() in particles)) and not spans.overlaps(token.start, token.end):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run
