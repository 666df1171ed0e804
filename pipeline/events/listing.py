"""Sentences that list incidents: "in A, troops killed two; in B, a mine hit a lorry; and in C, ..."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.events.triggers import find_triggers
from pipeline.parse import ParsedText, Sentence, Token

HARM = frozenset({"harm", "killing"})  # families
LEAST_TOKENS = 3  # of an item: what is shorter tells of nothing


def listed_parts(parsed: ParsedText, sentence: Sentence) -> tuple[Sentence, ...]:
    """Return the parts of a sentence between semicolons, each to be read by itself; the sentence, if it has none.

    A part that tells of nothing is read with one after it that tells of no more than harm, and may be of that: "|At
    dawn bandits met a patrol near A|; four of the latter were slain".

    Examples
    --------
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "In Homs, rebels shelled a post; in Hama, a mine killed two men."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> [text[part.start:part.end] for part in listed_parts(parsed, parsed.sentences[0])]
    ['In Homs, rebels shelled a post;', 'in Hama, a mine killed two men.']
    """
    tokens = parsed.tokens_of(sentence)
    cuts = [t.i + 1 for t in tokens if t.text == ";"]
    if not cuts:
        return (sentence,)
    edges = [sentence.first, *cuts, sentence.last]
    parts = [tokens[a - sentence.first : b - sentence.first] for a, b in pairwise(edges)]
    return tuple(_joined(parsed, [_part(part) for part in parts if len(part) >= LEAST_TOKENS]))


def _joined(parsed: ParsedText, parts: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the parts, what tells of nothing together with what follows it."""
    held: Sentence | None = None
    for part in parts:
        told = {t.family for t in find_triggers(parsed, part)}
        if held is not None and told and told <= HARM:
            yield Sentence(held.start, part.end, held.first, part.last)
        elif held is not None:
            yield held
        if told and not (held is not None and told <= HARM):
            yield part
        held = None if told else part
    if held is not None:
        yield held


def _part(tokens: tuple[Token, ...]) -> Sentence:
    return Sentence(tokens[0].start, tokens[-1].end, tokens[0].i, tokens[-1].i + 1)
