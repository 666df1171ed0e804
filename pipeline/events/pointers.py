"""Words that point at what was told before, or say that another thing is told now."""

from __future__ import annotations

import re

from pipeline.events.grammar import is_passive, subject
from pipeline.parse import ParsedText, Sentence, Token

TIMES = frozenset(
    ["day", "night", "morning", "evening", "afternoon", "time", "hour", "week", "month", "year", "period", "moment"]
)
SEPARATE = re.compile(
    r"\W*(?:in\s+(?:an(?:other)?|a)\s+(?:(?:separate|different|second|third|similar|related|unrelated)\s+)?"
    r"(?:incident|development|attack|case|strike|raid|event|clash|operation)|separately|elsewhere|meanwhile|"
    r"on\s+the\s+other\s+hand|in\s+other\s+developments)\b",
    re.IGNORECASE,
)


def opens_apart(parsed: ParsedText, sentence: Sentence) -> bool:
    """Whether a sentence opens by saying that it tells of another thing: "|In a separate incident|, …"."""
    return SEPARATE.match(parsed.text, sentence.start, sentence.end) is not None


def is_by_pronoun(parsed: ParsedText, verb: Token) -> bool:
    """Whether "it" or "they" did it."""
    doer = subject(parsed, verb)
    return doer is not None and doer.text.lower() in {"it", "they"} and not is_passive(parsed, verb)


def is_same(parsed: ParsedText, token: Token) -> bool:
    """Whether a word points at what was told as "the |same| tanker", and not at a day."""
    noun = parsed.tokens[token.head].lemma.lower()
    return token.text.lower() == "same" and noun not in TIMES
