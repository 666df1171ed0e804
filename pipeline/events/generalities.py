"""What is no one incident: told as what is always so, as a state of things, or of people the report told of before."""

from __future__ import annotations

import re

from pipeline.events.grammar import first_conjunct, is_verb, subject
from pipeline.events.tellings import Telling
from pipeline.events.triggers import instrument_in, load_tables
from pipeline.parse import ParsedText, Token

PRESENT = frozenset({"VBP", "VBZ"})
PAST = frozenset({"VBD"})
BOTH_TENSES = frozenset({"beat", "hit", "set", "put", "cut", "hurt", "shut", "overrun", "burst", "let", "spread"})
FEWEST = 3  # sentences in the present that make a chronicle
CLOSED = (".", "!", ".”", '."', ";")  # ends of a sentence
SUBJECT = frozenset({"nsubj", "nsubjpass"})
OF_VERB = SUBJECT | {"dobj", "conj", "pobj"}
PEOPLE = frozenset({"he", "she", "him", "her", "it"})
THEM = frozenset({"them", "these", "those", "latter"})
SELVES = frozenset({"himself", "herself", "themselves"})
BY_HAND = frozenset({"harm", "killing", "shooting"})  # families
#: lemmas of what a side is said to be for its deeds
REPUTED = frozenset(
    [
        "blame",
        "accuse",
        "responsible",
        "known",
        "notorious",
        "infamous",
        "suspect",
        "want",
        "charge",
        "convict",
        "implicate",
    ]
)
EACH = frozenset({"each", "every"})
WHO = frozenset({"who", "that", "which"})
HELD = frozenset({"occupation", "seize", "conquer"})  # families
REMAINING = frozenset({"remain"})  # lemmas of verbs that say what is so, wherever they stand
#: "|since| the fighting began on Sunday, the group has seized nine towns"
SINCE = re.compile(r"\bsince\b(?!\s+then\b)", re.IGNORECASE)


def is_chronicle(parsed: ParsedText) -> bool:
    """Return whether a text tells of what was done in the present, as lists of a day's news do: "A bomb |kills| two".

    Examples
    --------
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "A bomb kills two in Basra. Jets bomb a depot near Taiz. Three farmers are shot in Bokkos."
    >>> is_chronicle(next(SpacyParser().parse([(text, ((0, len(text)),))])))
    True
    """
    told = [_tense(parsed, t) for t in parsed.tokens if t.dep == "ROOT" and is_verb(t)]
    now = sum(tag in PRESENT for tag in told)
    return now >= FEWEST and now > 2 * sum(tag in PAST for tag in told)


def _tense(parsed: ParsedText, verb: Token) -> str:
    """Return the tag of what is finite in a verb of a sentence; none of one that is only said."""
    if verb.lemma.lower() in load_tables().speech:
        return ""
    helping = [c.tag for c in parsed.children(verb) if c.dep in {"aux", "auxpass"} and c.tag in PRESENT | PAST]
    return helping[0] if helping else verb.tag


def is_general(parsed: ParsedText, telling: Telling, order: int) -> bool:
    """Whether it is told in the present, after the opening, as what goes on and not as what was done.

    "Gangs |commit| acts of kidnapping", "rape |remains| a danger", "the region where troops |battle| rebels".
    """
    verb = _finite(parsed, telling)
    if verb is not None and _is_wont(parsed, verb):
        return True
    closed = parsed.text[telling.sentence.start : telling.sentence.end].rstrip().endswith(CLOSED)
    if verb is None or not closed:  # a line without an end is a headline: "Jets strike a village"
        return False
    plain = not any(c.dep in {"aux", "auxpass"} for c in parsed.children(verb))
    now = verb.tag in PRESENT and plain and not _may_be_past(parsed, verb)
    one = not telling.verbs and not telling.plural  # "the massacre stems from"
    return now and ((order > 0 and not one) or verb.lemma.lower() in REMAINING)


def _is_wont(parsed: ParsedText, verb: Token) -> bool:
    """Whether a clause in the present says what some are wont to do: "men |who shoot|, abduct and burn"."""
    first = first_conjunct(parsed, verb)
    plain = first.tag in PRESENT and not any(c.dep in {"aux", "auxpass"} for c in parsed.children(first))
    if not plain:
        return False
    who = first.dep == "relcl" and any(c.dep == "nsubj" and c.text.lower() in WHO for c in parsed.children(first))
    return who and first.tag == "VBP" and first.text.lower() not in BOTH_TENSES


def is_each_time(parsed: ParsedText, telling: Telling) -> bool:
    """Whether it is told of each of many times: "|each Sunday| they shell"."""
    below = [c for t in telling.verbs for c in parsed.children(t.token) if c.dep == "npadvmod"]
    return any(x.text.lower() in EACH for c in below for x in parsed.children(c))


def _may_be_past(parsed: ParsedText, verb: Token) -> bool:
    """Whether a form of both tenses stands under a verb of the past: "said the fighters |beat back| an advance"."""
    above = parsed.tokens[verb.head]
    return verb.text.lower() in BOTH_TENSES and verb.dep == "ccomp" and above.tag in PAST


def _finite(parsed: ParsedText, telling: Telling) -> Token | None:
    """Return the verb of its clause: its own, or the one that its noun is subject or object of."""
    token = telling.verbs[0].token if telling.verbs else telling.head
    for _ in range(4):
        if is_verb(token):
            return first_conjunct(parsed, token)
        above = parsed.tokens[token.head]
        if token.dep not in OF_VERB and above.lemma != "of" and token.lemma != "of":
            return None
        token = above
    return None


def is_of_once(parsed: ParsedText, telling: Telling) -> bool:
    """Whether it says what people were wont to do: "men who |used to fight| with the rebels"."""
    heads = [parsed.tokens[t.token.head] for t in telling.verbs if t.token.dep == "xcomp"]
    used = (h for h in heads if h.lemma.lower() == "use" and h.tag in {"VBD", "VBN"})
    return any(not any(c.dep == "dobj" for c in parsed.children(h)) for h in used)  # not "used machetes to kill"


def is_reputed(parsed: ParsedText, telling: Telling) -> bool:
    """Whether it says for what a side is known, not what it did now: "has been blamed for |killing| hundreds"."""
    preps = [parsed.tokens[t.token.head] for t in telling.triggers if t.token.dep in {"pcomp", "pobj"}]
    heads = [parsed.tokens[p.head] for p in preps if p.text.lower() in {"for", "of", "in"}]
    return any(h.lemma.lower() in REPUTED and _is_so_now(parsed, h) for h in heads)


def _is_so_now(parsed: ParsedText, word: Token) -> bool:
    """Whether a word, or the verb that carries it, is told in the present or the perfect."""
    verb = word if is_verb(word) else parsed.tokens[word.head]
    helping = {c.text.lower() for c in parsed.children(verb) if c.dep in {"aux", "auxpass"}} | {verb.text.lower()}
    answered_for = word.lemma.lower() == "responsible" and bool(helping & {"was", "were"})
    return answered_for or bool(helping & {"has", "have", "is", "are"})


def says_whose(telling: Telling) -> bool:
    """Whether a clause only says in whose hands a place is: "shops closed in the districts |seized| by militants"."""
    clauses = {t.token.dep for t in telling.verbs}
    return clauses == {"acl"} and not telling.nouns and {t.family for t in telling.triggers} <= HELD


def is_by_own_hand(parsed: ParsedText, telling: Telling) -> bool:
    """Whether one did it to himself: "the conscript |shot himself|"."""
    if instrument_in(telling.text()) == "Suicide bomb":
        return False  # "set off her vest, killing only |herself|"
    hands = (t.token for t in telling.verbs if t.family in BY_HAND)
    return any(c.dep == "dobj" and c.text.lower() in SELVES for v in hands for c in parsed.children(v))


def _is_some_of_them(parsed: ParsedText, word: Token) -> bool:
    """Whether a word stands for some of those told of in the sentence before: "|two| of them"."""
    below = [p for c in parsed.children(word) if c.text.lower() == "of" for p in parsed.children(c)]
    leads = word.i == min((t.i for t in (word, *parsed.children(word))), default=word.i)
    return leads and any(p.text.lower() in THEM for p in below)


def is_of_known(parsed: ParsedText, telling: Telling) -> bool:
    """Whether it was done to one, or to a thing, told of before: "|she| was shot", "shot at |him|", "|two| of them"."""
    for verb in (t.token for t in telling.verbs):
        doer = subject(parsed, verb)
        if doer is not None and is_verb(verb) and verb.i == telling.head.i and _is_some_of_them(parsed, doer):
            return True
        below = parsed.children(verb)
        ends = [c for c in below if c.dep in {"nsubjpass", "dobj"}]
        ends += [p for c in below if c.dep == "prep" and c.text.lower() in {"at", "on"} for p in parsed.children(c)]
        shared = subject(parsed, verb)
        passive = any(c.dep == "auxpass" for c in below)
        if any(c.text.lower() in PEOPLE for c in ends) or (
            passive and shared is not None and shared.text.lower() in PEOPLE
        ):
            return True
    return False
