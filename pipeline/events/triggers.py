"""Words that tell of an event, by the tables of ``data/triggers.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from pipeline.parse import ParsedText, Sentence, Token

VERBS = frozenset({"VERB", "AUX"})
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its", "such"})
SERIES = frozenset({"series", "wave", "string", "spate"})
GUNS = frozenset({"artillery", "mortar", "rocket", "tank", "shell"})
LEFT = frozenset({"compound", "amod", "nmod"})
WORD_LISTS = {  # field of Tables -> key of triggers.yaml
    "munitions": "munitions",
    "support_verbs": "support_verbs",
    "habitual": "habitual",
    "siting": "siting_verbs",
    "other": "other",
    "hypothetical": "hypothetical_auxiliaries",
    "planning": "planning_verbs",
    "denial": "denial_verbs",
    "conditional": "conditional_marks",
    "speech": "speech_verbs",
}


@dataclass(frozen=True, slots=True)
class Family:
    """What a trigger word says by itself; see the comments in ``data/triggers.yaml``."""

    sub: str | None
    civilian: str | None = None
    state: str | None = None
    default: str | None = None
    weak: bool = False
    needs_instrument: bool = False
    gives_way: bool = False


@dataclass(frozen=True, slots=True)
class Tables:
    """The loaded tables."""

    families: dict[str, Family]
    verbs: dict[str, str]
    nouns: dict[str, str]
    instruments: tuple[tuple[str, re.Pattern[str]], ...]
    munitions: frozenset[str]
    support_verbs: frozenset[str]
    habitual: frozenset[str]
    siting: frozenset[str]
    other: frozenset[str]
    hypothetical: frozenset[str]
    planning: frozenset[str]
    denial: frozenset[str]
    conditional: frozenset[str]
    speech: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of an event; whether it is one of many, one told of before, or another one."""

    token: Token
    family: str
    form: Literal["verb", "noun"]
    plural: bool = False
    definite: bool = False
    other: bool = False


@cache
def load_tables() -> Tables:
    """Load the tables once."""
    raw = yaml.safe_load(files("pipeline.events").joinpath("data/triggers.yaml").read_text("utf8"))
    words = {name: frozenset(raw[key]) for name, key in WORD_LISTS.items()}
    return Tables(
        families={name: Family(**row) for name, row in raw["families"].items()},
        verbs={word: family for family, forms in raw["verbs"].items() for word in forms},
        nouns={word: family for family, forms in raw["nouns"].items() for word in forms},
        instruments=tuple((sub, _any_of(forms)) for sub, forms in raw["instruments"].items()),
        **words,
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    forms = sorted((re.escape(w).replace(r"\ ", r"[\s-]+") for w in words), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?:e?s)?(?![\w])", re.IGNORECASE)


def instrument_in(text: str) -> str | None:
    """Return the sub-event type of the first kind of weapon that ``text`` names, in the order of the table.

    Examples
    --------
    >>> instrument_in("hit by a short-range missile")
    'Shelling/artillery/missile attack'
    """
    for sub, pattern in load_tables().instruments:
        if pattern.search(text):
            return sub
    return None


def find_triggers(parsed: ParsedText, sentence: Sentence) -> tuple[Trigger, ...]:
    """Return the triggers of a sentence in order of the text.

    Examples
    --------
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "Two soldiers were killed in an air strike."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> [(t.token.text, t.family, t.form) for t in find_triggers(parsed, parsed.sentences[0])]
    [('killed', 'harm', 'verb'), ('strike', 'airstrike', 'noun')]
    """
    return tuple(t for token in parsed.tokens_of(sentence) for t in _trigger(parsed, token))


def _trigger(parsed: ParsedText, token: Token) -> Iterator[Trigger]:
    tables = load_tables()
    if token.pos in VERBS:
        family = tables.verbs.get(phrasal(parsed, token)) or tables.verbs.get(token.lemma.lower())
        if family and _is_event_verb(parsed, token, family):
            yield Trigger(token, family, "verb", definite=_retells(parsed, token, family))
    elif token.pos in {"NOUN", "PROPN"} and token.dep not in {"compound", "nmod"}:
        family = _noun_family(parsed, token)
        if family:
            marks = _is_plural(parsed, token), _is_definite(parsed, token), _is_other(parsed, token)
            yield Trigger(token, family, "noun", *marks)


def phrasal(parsed: ParsedText, verb: Token) -> str:
    """Return the verb's lemma with its particle or light object: "carry out", "shoot down", "take place"."""
    for child in parsed.children(verb):
        if child.i > verb.i and (child.dep == "prt" or (child.dep in {"dobj", "advmod"} and child.i == verb.i + 1)):
            joined = f"{verb.lemma.lower()} {child.lemma.lower()}"
            if joined in load_tables().verbs or joined in load_tables().support_verbs:
                return joined
    return verb.lemma.lower()


def _is_event_verb(parsed: ParsedText, verb: Token, family: str) -> bool:
    """Whether the verb itself tells of violence; "launch" and "land" do only with something that flies or explodes."""
    if verb.tag == "VBG" and verb.dep in {"amod", "compound"}:
        return False
    if not load_tables().families[family].needs_instrument or family == "respond":
        return True
    children = parsed.children(verb)
    wanted = {"dobj", "nsubjpass"} if family in {"launch", "intercept"} else {"nsubj", "dobj", "nsubjpass"}
    objects = [c for c in children if c.dep in wanted]
    if verb.dep in {"acl", "relcl"}:
        objects.append(parsed.tokens[verb.head])
    objects += [x for c in objects for x in parsed.children(c) if x.dep in {"conj", "pobj"}]
    return any(_flies(parsed, c) for c in objects)


def _flies(parsed: ParsedText, noun: Token) -> bool:
    words = [noun, *(c for c in parsed.children(noun) if c.dep in LEFT)]
    of = [p for c in parsed.children(noun) if c.lemma == "of" for p in parsed.children(c)]
    # "Rockets" at the start of a sentence may be tagged as a name, whose lemma is the word itself
    forms = {form for w in [*words, *of] for form in (w.lemma.lower(), w.text.lower().removesuffix("s"))}
    return bool(forms & load_tables().munitions)


def _noun_family(parsed: ParsedText, noun: Token) -> str | None:
    tables, word = load_tables(), noun.lemma.lower()
    left = [c for c in parsed.children(noun) if c.i < noun.i and c.dep in LEFT]
    for child in reversed(left):
        family = tables.nouns.get(f"{child.lemma.lower()} {word}")
        if family:
            return family
    if word == "fire" and any(c.lemma.lower() in GUNS for c in left):
        return "shelling"
    return tables.nouns.get(word) or tables.nouns.get(noun.text.lower())


def _is_plural(parsed: ParsedText, noun: Token) -> bool:
    if noun.tag in PLURAL_TAGS:
        return True
    if any(c.dep == "nummod" and c.text.lower() not in {"one", "1"} for c in parsed.children(noun)):
        return True
    return parsed.tokens[parsed.tokens[noun.head].head].lemma.lower() in SERIES  # "a |series| of attacks"


def _is_definite(parsed: ParsedText, noun: Token) -> bool:
    return any(c.dep == "poss" or (c.dep == "det" and c.text.lower() in DEFINITE) for c in parsed.children(noun))


def _is_other(parsed: ParsedText, noun: Token) -> bool:
    return any(c.lemma.lower() in load_tables().other for c in parsed.children(noun) if c.i < noun.i)


def _retells(parsed: ParsedText, verb: Token, family: str) -> bool:
    """Whether a verb speaks of what was told: "|the drone| was fired by", "the first time they have struck"."""
    if verb.dep in {"relcl", "acl", "advcl"} and parsed.tokens[verb.head].lemma.lower() == "time":
        return True
    noun = parsed.tokens[verb.head]
    if verb.dep == "relcl" and noun.lemma.lower() in load_tables().munitions and _is_definite(parsed, noun):
        return True  # "the operation, which hit targets in"
    things = [c for c in parsed.children(verb) if c.dep in {"nsubj", "nsubjpass"} and family in {"launch", "land"}]
    return any(t.lemma.lower() in load_tables().munitions and _is_definite(parsed, t) for t in things)
