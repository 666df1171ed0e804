"""Sentences that list incidents: "in A, troops killed two; in B, a mine hit a lorry; and in C, ..."."""

from __future__ import annotations

from itertools import pairwise

from pipeline.parse import ParsedText, Sentence, Token

LEAST_TOKENS = 3  # of an item: what is shorter tells of nothing


def listed_parts(parsed: ParsedText, sentence: Sentence) -> tuple[Sentence, ...]:
    """Return the parts of a sentence between semicolons, each to be read by itself; the sentence, if it has none.

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
    return tuple(_part(part) for part in parts if len(part) >= LEAST_TOKENS)


def _part(tokens: tuple[Token, ...]) -> Sentence:
    return Sentence(tokens[0].start, tokens[-1].end, tokens[0].i, tokens[-1].i + 1)
