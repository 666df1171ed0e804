"""Which triggers of a sentence speak of one incident: harm and the blow that did it, a verb and the noun it carries."""

from __future__ import annotations

from pipeline.events.grammar import PASSIVE_SUBJECTS, SUBJECTS, subject
from pipeline.events.triggers import Trigger, load_tables
from pipeline.parse import ParsedText, Token

JOINING_PREPOSITIONS = frozenset({"in", "by", "during", "with", "from", "through", "as", "of", "under"})
HARM = frozenset({"harm", "killing"})  # families
BLOWS = frozenset(
    [
        "attack",
        "strike",
        "airstrike",
        "shelling",
        "bombing",
        "launch",
        "land",
        "raid",
        "explosion",
        "shooting",
        "ambush",
    ]
)


def same_incident(parsed: ParsedText, one: Trigger, other: Trigger) -> bool:
    """Return whether two triggers of a sentence speak of one incident."""
    if one.form == other.form == "verb":
        return _verbs_join(parsed, one, other) or _verbs_join(parsed, other, one)
    if one.form == other.form == "noun":
        return _nouns_join(parsed, one.token, other.token) or _nouns_join(parsed, other.token, one.token)
    noun, verb = (one, other) if one.form == "noun" else (other, one)
    return _noun_joins_verb(parsed, noun, verb)


def _verbs_join(parsed: ParsedText, verb: Trigger, above: Trigger) -> bool:
    """Whether ``verb`` goes on telling of what ``above`` began: "hit X, killing Y", "targeted and destroyed"."""
    token = verb.token
    if _describes_side(parsed, verb, above):
        return True
    if token.head != above.token.i or (_has_blow(parsed, token) and _has_blow(parsed, above.token)):
        return False
    if token.dep == "advcl" and above.family in HARM and verb.family in BLOWS:
        return True  # "were killed when a drone hit an outpost"
    if any(c.dep in SUBJECTS | PASSIVE_SUBJECTS for c in parsed.children(token)):
        harm_twice = verb.family == "harm" and above.family in HARM
        return harm_twice and token.dep in {"conj", "ccomp"}  # "six were killed and 83 were injured"
    return _goes_on(verb, above)


def _goes_on(verb: Trigger, above: Trigger) -> bool:
    """Whether a verb without a subject of its own speaks of the same incident as the one it hangs on."""
    if verb.token.dep in {"advcl", "xcomp", "acl", "dep"}:
        return verb.family in HARM | {"looting"} or above.family in {"respond", "launch"}
    if verb.token.dep == "conj":
        both = verb.family in HARM | BLOWS and above.family in HARM | BLOWS | {"respond"}
        return both or verb.family == above.family
    return verb.token.dep == "ccomp" and verb.family == "harm" and above.family in HARM


def _describes_side(parsed: ParsedText, verb: Trigger, above: Trigger) -> bool:
    """Whether a clause says what one side did: "attacked by men |who fired| rockets", "a missile |launched| from"."""
    if verb.family != "launch" or verb.token.dep not in {"relcl", "acl"}:
        return False
    noun = parsed.tokens[verb.token.head]
    link = parsed.tokens[noun.head]
    return link.i == above.token.i or (link.dep == "agent" and link.head == above.token.i)


def _has_blow(parsed: ParsedText, verb: Token) -> bool:
    """Whether a verb has its own event noun: "injured |in that attack|"."""
    preps = (c for c in parsed.children(verb) if c.dep in {"prep", "agent"})
    return any(p.lemma.lower() in load_tables().nouns for c in preps for p in parsed.children(c))


def _nouns_join(parsed: ParsedText, noun: Token, above: Token) -> bool:
    head = parsed.tokens[noun.head]
    if noun.dep in {"appos", "attr"} and head.i == above.i:
        return True
    return noun.dep == "pobj" and head.lemma.lower() == "of" and head.head == above.i


def _noun_joins_verb(parsed: ParsedText, noun: Trigger, verb: Trigger) -> bool:
    token, blow = noun.token, verb.token
    head = parsed.tokens[token.head]
    if blow.dep in {"relcl", "acl"} and blow.head == token.i:
        return True
    if head.i == blow.i:
        return token.dep in SUBJECTS | PASSIVE_SUBJECTS | {"dobj", "attr", "npadvmod"}
    if token.dep == "pobj" and head.head == blow.i:
        return head.text.lower() in JOINING_PREPOSITIONS
    if token.dep == "pobj" and head.text.lower() in {"in", "by", "of"} and _is_side(parsed.tokens[head.head], blow):
        return verb.family in HARM | {"launch"}  # "killed six people in an attack", "fired a barrage of"
    shared = subject(parsed, blow)
    return verb.family in HARM | BLOWS and shared is not None and shared.i == token.i


def _is_side(noun: Token, verb: Token) -> bool:
    return noun.head == verb.i and noun.dep in {"dobj", "nsubjpass", "nsubj"}
