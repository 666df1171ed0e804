"""Who did it, told after the deed: "the group claimed the attack", "officials blamed the militia for it"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.events.actors import Lexicon, find_actors
from pipeline.events.drafts import SAID, Draft
from pipeline.events.grammar import phrase, preposition_objects, subject
from pipeline.events.triggers import load_tables
from pipeline.models import Actor
from pipeline.parse import ParsedText, Sentence, Token

CLAIMED = frozenset({"responsibility", "credit", "operation", "it", "incident", "this"})
BLAMING = frozenset({"blame", "suspect"})  # lemmas whose object did it
ON = frozenset({"on", "to", "for"})
POINTING = frozenset({"blame", "attribute", "point", "pin"})  # lemmas before "on" or "to" and the one who did it
REACH = 3  # sentences so far back the deed may stand
ARMED = frozenset({1, 2, 3, 4, 8})  # ACLED inter codes


def with_blamed(
    drafts: list[Draft], parsed: ParsedText, sentence: Sentence, order: int, *, lexicon: Lexicon, country: str
) -> list[Draft]:
    """Return the drafts, the last of which is given the one whom ``sentence``, the ``order``-th, says to have done it.

    A perpetrator that is known by name is kept.
    """
    if not drafts or not 0 <= order - drafts[-1].order <= REACH or not _is_open(drafts[-1]):
        return drafts
    for token in _blamed(parsed, parsed.tokens_of(sentence)):
        start, end = phrase(parsed, token)
        found = find_actors(parsed.text, start, end, lexicon=lexicon, country=country)
        actor = next((m.actor for m in found if m.actor.inter in ARMED), None)
        if actor is not None:
            return [replace(d, perpetrator=actor) if d.source == drafts[-1].source else d for d in drafts]
    return drafts


def _is_open(draft: Draft) -> bool:
    """Whether it is not known by name who did it."""
    actor: Actor | None = draft.perpetrator
    violent = draft.status in SAID and not draft.headline and draft.family not in {"protest", "agreement"}
    return violent and (actor is None or actor.name.startswith("Unidentified"))


def _blamed(parsed: ParsedText, tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the heads of the phrases that may name who did it."""
    for verb in tokens:
        lemma, children = verb.lemma.lower(), parsed.children(verb)
        if any(c.dep == "neg" for c in children):
            continue
        objects = [c for c in children if c.dep == "dobj"]
        if lemma == "claim" and any(_is_deed(o) for o in objects):
            doer = subject(parsed, verb)
            yield from () if doer is None else (doer,)
        if lemma in POINTING:
            yield from preposition_objects(parsed, verb, ON)
        if lemma in BLAMING:
            yield from objects
        if lemma == "be" and any(c.dep == "prep" and c.text.lower() == "behind" for c in children):
            doer = subject(parsed, verb)
            yield from () if doer is None else (doer, *_speaker(parsed, verb))


def _is_deed(token: Token) -> bool:
    return token.text.lower() in CLAIMED or token.lemma.lower() in load_tables().nouns


def _speaker(parsed: ParsedText, verb: Token) -> Iterator[Token]:
    """Yield who says so: "|JNIM| said it was behind the attack"."""
    doer = subject(parsed, parsed.tokens[verb.head]) if verb.dep == "ccomp" else None
    if doer is not None:
        yield doer
