"""Whether a telling says that it happened: asserted, claimed, denied, planned, hypothetical or negated."""

from __future__ import annotations

from pipeline.events.grammar import phrase, subject
from pipeline.events.tellings import Telling, governing_verbs, support_verb
from pipeline.events.triggers import load_tables, phrasal
from pipeline.models import EventStatus
from pipeline.parse import ParsedText, Token

GOVERNED = frozenset({"xcomp", "ccomp", "pcomp", "dobj", "pobj", "advcl", "acl", "prep", "conj"})
PAST_TAGS = frozenset({"VBD", "VBN"})


def status_of(parsed: ParsedText, telling: Telling) -> EventStatus:
    """Return the status of a telling from the words that govern its triggers."""
    if telling.definite and not telling.verbs:
        return "asserted"
    clause = _clause_verb(parsed, telling)
    if clause is None:
        return "planned" if _noun_is_planned(parsed, telling.head) else "asserted"
    return _verb_status(parsed, clause, telling)


def _clause_verb(parsed: ParsedText, telling: Telling) -> Token | None:
    """Return the verb that asserts the telling: its own, or the one that carries its noun."""
    verbs = [t.token for t in telling.verbs]
    if verbs:
        return min(verbs, key=lambda t: (sum(1 for _ in governing_verbs(parsed, t)), t.i))
    return support_verb(parsed, telling.main.token)


def _verb_status(parsed: ParsedText, verb: Token, telling: Telling) -> EventStatus:
    tables = load_tables()
    own = _own_status(parsed, verb)
    if own != "asserted":
        return own
    below = verb
    for above in governing_verbs(parsed, verb)[1:]:
        word = phrasal(parsed, above)
        if word in tables.denial:
            return "denied"
        linked = below.dep in {"xcomp", "ccomp", "pcomp", "dobj"} or (below.dep == "advcl" and _is_infinitive(parsed, below))
        finite = below.dep == "ccomp" and below.tag in PAST_TAGS | {"VBZ", "VBP"}
        if linked and not finite and word in tables.planning:
            return "planned"
        if below.dep == "acl" and _is_infinitive(parsed, below):
            return "planned"  # "a plan to strike", "an attempt to disrupt"
        if below.dep in {"relcl", "ccomp"} or above.dep == "ROOT":
            break
        status = _own_status(parsed, above)
        if status in {"hypothetical"} and linked:
            return status
        below = above
    if _is_infinitive(parsed, verb) and verb.dep in {"acl", "advcl", "xcomp", "relcl"} and not telling.nouns:
        return "planned"
    return "asserted"


def _own_status(parsed: ParsedText, verb: Token) -> EventStatus:
    tables, children = load_tables(), parsed.children(verb)
    if any(c.dep == "neg" for c in children):
        return "negated"
    if any(c.dep == "mark" and c.text.lower() in tables.conditional for c in children):
        return "hypothetical"
    auxiliaries = {c.text.lower() for c in children if c.dep == "aux"}
    return "hypothetical" if auxiliaries & tables.hypothetical else "asserted"


def _is_infinitive(parsed: ParsedText, verb: Token) -> bool:
    return verb.tag == "VB" and any(c.dep == "aux" and c.text.lower() == "to" for c in parsed.children(verb))


def _noun_is_planned(parsed: ParsedText, noun: Token) -> bool:
    """Whether a noun is the object of planning: "warned of attacks", "to prevent further strikes"."""
    for verb in governing_verbs(parsed, noun)[:1]:
        if phrasal(parsed, verb) in load_tables().planning or _own_status(parsed, verb) != "asserted":
            return True
        if _is_infinitive(parsed, verb) and verb.dep in {"xcomp", "advcl", "acl"}:
            return True
    words = {c.lemma.lower() for c in parsed.children(noun)}
    return bool(words & {"further", "future", "possible", "potential", "more", "any", "no", "threatened", "new"})


def speaker_of(parsed: ParsedText, telling: Telling) -> tuple[str, Token | None]:
    """Return who says it, as (words, head token): the subject of the speech verb above, or the object of "according to"."""
    top = telling.head
    for verb in governing_verbs(parsed, top):
        if verb.lemma.lower() in load_tables().speech and verb.i != top.i:
            doer = subject(parsed, verb)
            if doer is not None and doer.pos != "PRON":
                start, end = phrase(parsed, doer)
                return parsed.text[start:end], doer
    for token in parsed.tokens_of(telling.sentence):
        if token.text.lower() == "to" and token.i > 0 and parsed.tokens[token.i - 1].text.lower() == "according":
            for found in parsed.children(token):
                start, end = phrase(parsed, found)
                return parsed.text[start:end], found
    return "", None
