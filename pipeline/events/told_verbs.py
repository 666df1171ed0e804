"""Verbs that tell of an event, or of none, only by the words beside them: "chopped |to death|", "hit |in the leg|"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.events.grammar import ancestors
from pipeline.events.trigger_words import classes_of, ends_fighting, lemma_of, object_classes
from pipeline.parse import ParsedText, Token

BLOWS = frozenset(
    ["chop", "slash", "spear", "axe", "kick", "batter", "punch", "pummel", "bash", "cane", "whip", "hammer"]
)  # lemmas before "to death"
BODY_PARTS = frozenset({"head", "neck", "face", "eye", "chest", "stomach", "abdomen", "back", "thigh", "leg", "knee",
                        "foot", "arm", "shoulder", "hand", "hip", "groin", "calf", "jaw", "ankle"})  # fmt: skip
CARRYING = frozenset({"take", "whisk", "rush", "carry", "cart"})  # lemmas
GIVING = frozenset({"lay", "give", "sacrifice"})  # lemmas before "his life"
INTO = frozenset({"bundle", "force", "shove", "push", "herd", "load", "throw"})  # lemmas before "into a police truck"
BOMBS = frozenset({"bomb", "ied", "device", "mine", "charge", "landmine"})  # lemmas
#: lemmas after "found"
FOUND_AS = frozenset({"shoot", "shot", "stab", "stabbed", "murder", "murdered", "behead", "strangle", "slay", "kill"})
SPANS = frozenset({"day", "night", "week", "weekend"})  # lemmas
WORKED = frozenset({"work"})  # lemmas: "|worked| an explosive device", as some languages say of one that goes off


def verb_by_company(parsed: ParsedText, verb: Token) -> str | None:
    """Return the family that the words beside a verb give it; "" where they say it tells of none, None if neither.

    Examples
    --------
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "Two traders were chopped to death."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> verb_by_company(parsed, parsed.tokens[3])
    'killing'
    """
    return next((family for family, holds in GROUNDS if holds(parsed, verb)), None)


def is_told_already(parsed: ParsedText, token: Token, before: Sequence[Token]) -> bool:
    """Return whether triggers ``before`` it tell what a word adds to: "found |shot| dead", or what a day brought."""
    found = any(t.i == token.i - 1 and t.text.lower() == "found" for t in before)
    return (found and token.lemma.lower() in FOUND_AS) or (bool(before) and is_of_whole_day(parsed, token))


def hangs_on_day(parsed: ParsedText, verb: Token) -> bool:
    """Return whether a clause says what a whole day brought: "on a day of bloodshed |that left| 38 dead"."""
    noun = parsed.tokens[verb.head]
    if noun.dep == "pobj" and parsed.tokens[noun.head].text.lower() == "of":
        noun = parsed.tokens[parsed.tokens[noun.head].head]
    return verb.dep == "relcl" and noun.lemma.lower() in SPANS and noun.dep == "pobj"


def is_of_whole_day(parsed: ParsedText, token: Token) -> bool:
    """Return whether a word stands in a clause of what a whole day brought."""
    return any(hangs_on_day(parsed, above) for above in (token, *ancestors(parsed, token)))


def _led_to(parsed: ParsedText, verb: Token, *words: str) -> Iterator[Token]:
    """Yield what a preposition after the verb leads to."""
    preps = (c for c in parsed.children(verb) if c.i > verb.i and c.text.lower() in words)
    yield from (p for c in preps for p in parsed.children(c) if p.dep in {"pobj", "pcomp"})


def _is_care(parsed: ParsedText, verb: Token) -> bool:
    """Whether the hurt are brought to where they are cared for: "taken away |by ambulance|"."""
    if lemma_of(verb) not in CARRYING:
        return False
    return any(p.lemma.lower() == "ambulance" for p in _led_to(parsed, verb, "by", "in", "into"))


def _into_police_car(parsed: ParsedText, verb: Token) -> bool:
    """Whether people are put into a car of the police: "bundled |into a police truck|"."""
    if lemma_of(verb) not in INTO:
        return False
    cars = [p for p in _led_to(parsed, verb, "into") if "traffic" in classes_of(parsed, p)]
    owners = (c for p in cars for c in parsed.children(p) if c.i < p.i)
    things = {"goods", "weapon", "remains"} & object_classes(parsed, verb)
    return any("police" in classes_of(parsed, c) for c in owners) and not things


def _goes_somewhere(parsed: ParsedText, verb: Token) -> bool:
    """Whether people |set off| for somewhere, and set off nothing: "soldiers who |set off after| the raiders"."""
    below = parsed.children(verb)
    off = lemma_of(verb) == "set" and any(c.text.lower() == "off" and c.i > verb.i for c in below)
    thing = any(c.dep in {"dobj", "nsubjpass", "agent", "auxpass"} for c in below)
    return off and not thing and verb.dep != "acl"


def _gives_life(parsed: ParsedText, verb: Token) -> bool:
    """Whether somebody is said to have died by what he gave: "one soldier laid down |his life|"."""
    given = [c for c in parsed.children(verb) if c.dep == "dobj" and c.lemma.lower() == "life"]
    return lemma_of(verb) in GIVING and any(c.dep == "poss" for g in given for c in parsed.children(g))


def _is_hit_in_body(parsed: ParsedText, verb: Token) -> bool:
    """Whether somebody is hit on a part of the body: by a shot or a stone, as the rest says."""
    hit = [c for c in parsed.children(verb) if c.dep == "nsubjpass"] if lemma_of(verb) in {"strike", "hit"} else []
    if lemma_of(verb) in {"strike", "hit"} and verb.dep == "acl" and verb.tag == "VBN":
        hit.append(parsed.tokens[verb.head])  # "a second soldier, |hit in the thigh|, was flown out"
    parts = _led_to(parsed, verb, "in", "on")
    people = any("person" in classes_of(parsed, h) for h in hit)
    return people and any(p.lemma.lower() in BODY_PARTS for p in parts)


def _out_of_action(parsed: ParsedText, verb: Token) -> bool:
    """Whether fighters or other people are put |out of action|."""
    out = [c for c in parsed.children(verb) if c.i > verb.i and c.text.lower() == "out"]
    of = [x for c in (verb, *out) for x in parsed.children(c) if x.text.lower() == "of"]
    ends = [p.lemma.lower() for c in (*of, *out) for p in parsed.children(c)]
    put = lemma_of(verb) == "put" and bool(out)
    return put and "action" in ends and bool({"person", "fighter"} & object_classes(parsed, verb))


def _is_of_bomb(parsed: ParsedText, verb: Token) -> bool:
    """Whether it is a bomb that is said to have worked: "|worked| a home-made explosive device"."""
    things = [c for c in parsed.children(verb) if c.dep in {"nsubj", "dobj"}]
    beside = (c.lemma.lower() for t in things for c in parsed.children(t))
    bombs = [t for t in things if t.lemma.lower() in BOMBS]
    worked = lemma_of(verb) in WORKED and bool(bombs)
    return worked and (any(t.lemma.lower() != "device" for t in bombs) or "explosive" in set(beside))


def _falls_over(parsed: ParsedText, verb: Token) -> bool:
    """Whether a thing overturns by itself, as in a mishap: "a lorry |overturned|", not "crowds overturned cars"."""
    below = {c.dep for c in parsed.children(verb)}
    return lemma_of(verb) in {"overturn", "capsize"} and not below & {"dobj", "nsubjpass", "auxpass"}


def _is_to_death(parsed: ParsedText, verb: Token) -> bool:
    """Whether blows that need not kill did: "chopped |to death|"."""
    return lemma_of(verb) in BLOWS and any(p.lemma.lower() == "death" for p in _led_to(parsed, verb, "to"))


def _ends_a_fight(parsed: ParsedText, verb: Token) -> bool:
    """Whether it only says what an agreement is for: "an agreement |to stop| the fire"."""
    return verb.dep == "acl" and ends_fighting(parsed, parsed.tokens[verb.head])


# The first ground that holds is given.
GROUNDS: tuple[tuple[str, Callable[[ParsedText, Token], bool]], ...] = (
    ("", _is_care),
    ("", _ends_a_fight),
    ("", _goes_somewhere),
    ("", _falls_over),
    ("arrest", _into_police_car),
    ("harm", _gives_life),
    ("harm", _is_hit_in_body),
    ("harm", _out_of_action),
    ("killing", _is_to_death),
    ("explosion", _is_of_bomb),
)
