"""Turns of phrase: verbs that tell of an event only with the words they govern: "put |to the sword|"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from pipeline.events._quantities import count_words
from pipeline.events.grammar import conjuncts, is_passive, subject
from pipeline.events.trigger_words import ELLIPTIC, LEFT, after_which, classes_of, is_filled
from pipeline.parse import ParsedText, Token

SELVES = frozenset({"himself", "herself", "themselves", "itself"})
SAYING_SO = frozenset(
    {"acomp", "oprd", "advmod", "amod", "ccomp", "xcomp", "dobj", "attr", "advcl", "acl", "nsubj"}
)  # deps
SAYING_MORE = frozenset({"acomp", "oprd", "xcomp", "ccomp", "prt", "advmod", "prep"})  # deps: "kept them |indoors|"
HOLDING = frozenset(
    {"carry", "contain", "transport", "hold", "conceal", "load", "lade", "laden", "pack", "fill", "full", "bring"}
)  # lemmas
PAST_BOMB = 6  # tokens on both sides of what is cut: "the |wires| of a tricycle loaded with explosives"
MISSING = frozenset({"missing"})
SINCE = frozenset({"since", "after", "when", "as"})
LONGEST_NAME = 2  # letters of an acronym at least: "the |RSF|"


@dataclass(frozen=True, slots=True)
class Turn:
    """A row of ``data/turns.yaml``; see the comments there."""

    family: str
    verb: frozenset[str]
    object: frozenset[str] = frozenset()
    doer: frozenset[str] = frozenset()
    particle: frozenset[str] = frozenset()
    adverb: frozenset[str] = frozenset()
    so: frozenset[str] = frozenset()
    to_do: frozenset[str] = frozenset()
    led: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unless: frozenset[str] = frozenset()
    bare: bool = False
    bomb: bool = False
    passive: bool = False
    gone: bool = False
    headline: bool = False


@cache
def load_turns() -> dict[str, tuple[Turn, ...]]:
    """Return verb -> its turns, in the order of the table."""
    found: dict[str, list[Turn]] = {}
    for row in _raw()["turns"]:
        led = {prep: frozenset(words) for prep, words in (row.get("led") or {}).items()}
        given: dict[str, Any] = {k: frozenset(v) if isinstance(v, list) else v for k, v in row.items() if k != "led"}
        turn = Turn(**given, led=led)
        for verb in turn.verb:
            found.setdefault(verb, []).append(turn)
    return {verb: tuple(turns) for verb, turns in found.items()}


@cache
def _raw() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(files("pipeline.events").joinpath("data/turns.yaml").read_text("utf8"))
    return raw


@cache
def _classes() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in _raw()["classes"].items()}


def turn_family(parsed: ParsedText, verb: Token) -> str | None:
    """Return the family of the turn of phrase that a verb and the words it governs make, or None.

    Examples
    --------
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "Four men were put to the sword."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> turn_family(parsed, parsed.tokens[3])
    'killing'
    """
    turns = load_turns().get(verb.lemma.lower(), ())
    return next((turn.family for turn in turns if _fits(parsed, verb, turn)), None)


def _fits(parsed: ParsedText, verb: Token, turn: Turn) -> bool:
    return (
        (not turn.particle or _has(parsed, verb, turn.particle, {"prt", "advmod", "prep"}))
        and (not turn.adverb or _has(parsed, verb, turn.adverb, {"advmod", "prt", "amod"}))
        and (not turn.led or _leads(parsed, verb, turn.led))
        and (not turn.object or _any_is(parsed, _things(parsed, verb), turn.object))
        and (not turn.doer or _any_is(parsed, _doers(parsed, verb), turn.doer))
        and (not turn.so or _is_said_so(parsed, verb, turn.so))
        and (not turn.to_do or any(c.lemma.lower() in turn.to_do for c in parsed.children(verb)))
        and (not turn.bomb or _is_of_bomb(parsed, verb))
        and (not turn.bare or not any(c.dep in SAYING_MORE for c in parsed.children(verb)))
        and (not turn.passive or is_passive(parsed, verb))
        and (not turn.unless or not _is_near(parsed, verb, turn.unless))
        and (not turn.headline or _is_headline(parsed, verb))
        and (not turn.gone or _is_gone(parsed, verb))
    )


def _is_near(parsed: ParsedText, verb: Token, words: frozenset[str]) -> bool:
    """Whether one of the words stands in the sentence."""
    sentence = parsed.sentence_at(verb.start)
    return sentence is not None and any(t.lemma.lower() in words for t in parsed.tokens_of(sentence))


def _is_gone(parsed: ParsedText, verb: Token) -> bool:
    """Whether people are missing since armed men came: "went missing |after masked men stopped| his car"."""
    lost = verb.text.lower() in MISSING or verb.lemma.lower() in {"vanish", "disappear"}
    who = subject(parsed, verb)
    if not lost or who is None or not _is(parsed, who, frozenset({"@person", "@name"})):
        return False
    around = (*parsed.children(verb), *(parsed.children(parsed.tokens[verb.head]) if verb.dep != "ROOT" else ()))
    below = [c for c in around if c.dep in {"advcl", "prep"} and c.i != verb.i]
    below += [x for c in below if c.dep == "prep" for x in parsed.children(c) if x.dep in {"pcomp", "pobj"}]
    clauses = [c for c in below if any(x.text.lower() in SINCE for x in parsed.children(c)) or c.dep == "pcomp"]
    return any(_any_is(parsed, _doers(parsed, c), frozenset({"@armed"})) for c in clauses)


def _has(parsed: ParsedText, verb: Token, words: frozenset[str], deps: set[str]) -> bool:
    return any(c.dep in deps and c.text.lower() in words for c in parsed.children(verb))


def _leads(parsed: ParsedText, verb: Token, led: Mapping[str, frozenset[str]]) -> bool:
    """Whether one of the prepositions, on the verb or what it is done to, leads to one of its words."""
    below = parsed.children(verb)
    hung = [*below, *(x for c in below if c.dep in {"dobj", "prep", "advmod", "prt"} for x in parsed.children(c))]
    hung += [x for c in below if c.dep == "agent" for p in parsed.children(c) for x in parsed.children(p)]
    for prep in hung:
        if prep.dep not in {"prep", "dative", "agent", "prt", "advmod", "mark"} or prep.text.lower() not in led:
            continue
        words = led[prep.text.lower()]
        ends = [p for c in parsed.children(prep) if c.dep in {"pobj", "pcomp"} for p in conjuncts(parsed, c)]
        if ends and (not words or _any_is(parsed, ends, words)):
            return True
    return False


def _things(parsed: ParsedText, verb: Token) -> list[Token]:
    """Return what it is done to: its object, the subject of a passive, the noun of a participle."""
    own = [c for c in parsed.children(verb) if c.dep in {"dobj", "nsubjpass"}]
    own += [] if own else filter(None, [after_which(parsed, verb)])
    if not own and verb.dep in {"acl", "relcl"}:
        own = [parsed.tokens[verb.head]]
    if not own and is_passive(parsed, verb):
        own = [t for t in [subject(parsed, verb)] if t is not None]
    if not own and _is_headline(parsed, verb):
        own = [c for c in parsed.children(verb) if c.dep == "nsubj"]  # "Overnight: |thirty trees| felled"
    if not own:  # "left |eleven| dead", "beat |a driver| senseless"
        own = [
            x
            for c in parsed.children(verb)
            if c.dep in {"ccomp", "xcomp"}
            for x in parsed.children(c)
            if x.dep == "nsubj"
        ]
    return [t for o in own for t in conjuncts(parsed, o)]


def _is_headline(parsed: ParsedText, verb: Token) -> bool:
    """Whether a participle without help says what was done to its noun, as headlines do: "thirty vehicles |burnt|"."""
    return verb.tag == "VBN" and not any(c.dep in {"aux", "auxpass", "dobj"} for c in parsed.children(verb))


def _doers(parsed: ParsedText, verb: Token) -> list[Token]:
    """Return who does it: the subject, or after "by"."""
    agents = [p for c in parsed.children(verb) if c.text.lower() == "by" for p in parsed.children(c) if p.dep == "pobj"]
    doer = None if is_passive(parsed, verb) else subject(parsed, verb)
    found = [*agents, *([doer] if doer is not None else [])]
    return [t for f in found for t in conjuncts(parsed, f)]


def _is_said_so(parsed: ParsedText, verb: Token, words: frozenset[str]) -> bool:
    """Whether one of the words says what became of the object: "left eleven |dead|", "took |hostage| two nuns"."""
    below = [c for c in parsed.children(verb) if c.i > verb.i and c.dep in SAYING_SO]
    below += [
        x for c in below if c.dep == "dobj" for x in parsed.children(c) if x.dep in {"amod", "acl", "compound", "nmod"}
    ]
    return any({c.text.lower(), c.lemma.lower()} & words for c in below)


def _is_of_bomb(parsed: ParsedText, verb: Token) -> bool:
    """Whether a bomb stands beside: "cut the wires of |a device|"."""
    near = parsed.tokens[max(0, verb.i - PAST_BOMB) : verb.i + 2 * PAST_BOMB]
    words = {w for t in near for w in (t.text.lower(), t.lemma.lower())}
    return bool(words & (_classes()["bomb"] | {"device", "charge", "bomb", "belt", "vest"}))


def _any_is(parsed: ParsedText, tokens: list[Token], asked: frozenset[str]) -> bool:
    return any(_is(parsed, t, asked) for t in tokens)


def _is(parsed: ParsedText, token: Token, asked: frozenset[str]) -> bool:
    """Whether a noun is one of the words or of one of the classes asked for."""
    if {token.lemma.lower(), token.text.lower()} & asked:
        return True
    names = {a[1:] for a in asked if a.startswith("@")}
    return bool(names) and bool(names & set(_named_classes(parsed, token)))


def _named_classes(parsed: ParsedText, token: Token) -> Iterator[str]:
    """Yield the classes of a noun: those of triggers.yaml and those of turns."""
    own = set(classes_of(parsed, token))
    yield from own
    if token.pos == "PROPN" and _is_called(parsed, token):
        own.add("person")
        yield "person"
    left = {c.lemma.lower() for c in parsed.children(token) if c.dep in LEFT and c.i < token.i}
    word = token.lemma.lower()
    if "fighter" in own or _looks_armed(parsed, token, own):
        yield "men"
    if own & {"fighter", "force", "police"} or _looks_armed(parsed, token, own):
        yield "armed"
    if token.text.lower() in SELVES:
        yield "self"
    if token.tag == "CD":
        yield "person"  # "|five| fell into the net of the police"
    if token.text.lower() in ELLIPTIC and _stands_for_bomb(parsed, token):
        yield from ("bomb", "explosive")
    forms = {word, token.text.lower(), *(f"{w} {word}" for w in left)}
    forms |= {p.lemma.lower() for c in parsed.children(token) if c.text.lower() == "of" for p in parsed.children(c)}
    classes = _classes()
    bomb = bool(forms & classes["bomb"]) or any(is_filled(parsed, c) for c in parsed.children(token))
    yield from ("bomb", "explosive") if bomb else ()
    yield from ("explosive",) if "mine" in own or forms & classes["lying"] else ()
    yield from ("lying",) if forms & classes["lying"] else ()
    below = [x for c in parsed.children(token) for x in (c, *parsed.children(c))]
    stored = (forms | left | {c.text.lower() for c in below if c.i < token.i}) & classes["stored"]
    yield from ("cache",) if _carries_arms(parsed, token) else ()
    yield from ("cache",) if forms & classes["cache"] or (word in classes["stores"] and stored) else ()


def _carries_arms(parsed: ParsedText, token: Token) -> bool:
    """Whether a thing is said to hold arms: "a car |carrying four mortar shells|", "a lorry |full of rifles|"."""
    holds = [c for c in parsed.children(token) if c.dep in {"acl", "relcl", "amod"} and c.lemma.lower() in HOLDING]
    below = [
        x for h in holds for c in (h, *parsed.children(h)) for x in parsed.children(c) if x.dep in {"dobj", "pobj"}
    ]
    return any({"weapon", "mine"} & classes_of(parsed, x) for x in below)


def _stands_for_bomb(parsed: ParsedText, token: Token) -> bool:
    """Whether "another" stands for a mine or bomb told of before in the sentence: "trod on |another|"."""
    sentence = parsed.sentence_at(token.start)
    before = parsed.tokens_of(sentence) if sentence is not None else ()
    words = _classes()["bomb"] | _classes()["lying"] | {"mine", "device"}
    return any(t.i < token.i and t.lemma.lower() in words for t in before)


def _is_called(parsed: ParsedText, name: Token) -> bool:
    """Whether a name has beside it what one is: "|sacristan| Ramón Obando", "Hamid Rashid, |a baker|"."""
    beside = (c for c in parsed.children(name) if c.dep in {"compound", "appos", "amod", "nmod"})
    return any("person" in count_words().nouns.get(c.lemma.lower(), ()) for c in beside)


def _looks_armed(parsed: ParsedText, token: Token, classes: set[str]) -> bool:
    """Whether men are armed by their name or looks: "|masked| men", "men |in uniform|", "the |RSF|", "settlers"."""
    table = _classes()
    if token.lemma.lower() in table["body_of_men"] or token.text.lower().removesuffix("s") in table["body_of_men"]:
        return True
    if token.pos == "PROPN" and token.text.isupper() and len(token.text) > LONGEST_NAME:
        return True
    below = parsed.children(token)
    if "person" not in classes:
        return False
    if any(c.dep == "compound" and c.text.isupper() and len(c.text) > LONGEST_NAME for c in below):
        return True  # "|RSF| men"
    if any({c.text.lower(), c.lemma.lower()} & table["armed_looks"] for c in below):
        return True
    ends = (p for c in below if c.text.lower() in {"in", "on", "with", "wearing"} for p in parsed.children(c))
    return any({p.text.lower(), p.lemma.lower()} & table["armed_in"] for p in ends)
