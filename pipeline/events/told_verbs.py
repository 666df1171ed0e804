"""Verbs that tell of an event, or of none, only by the words beside them: "chopped |to death|", "struck |in the leg|"."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.events.trigger_words import classes_of, ends_fighting, lemma_of, object_classes
from pipeline.parse import ParsedText, Token

BLOWS = frozenset(
    ["chop", "slash", "spear", "axe", "kick", "batter", "punch", "pummel", "bash", "cane", "whip", "hammer"]
)  # lemmas before "to death"
BODY_PARTS = frozenset(
    "head neck face eye chest stomach abdomen back thigh leg knee foot ankle arm shoulder hand hip groin calf jaw".split()
)
CARRYING = frozenset({"take", "whisk", "rush", "carry", "cart"})  # lemmas
GIVING = frozenset({"lay", "give", "sacrifice"})  # lemmas before "his life"
INTO = frozenset({"bundle", "force", "shove", "push", "herd", "load", "throw"})  # lemmas before "into a police truck"
BOMBS = frozenset({"bomb", "ied", "device", "mine", "charge", "landmine"})  # lemmas
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
    word = lemma_of(verb)
    if word in CARRYING and _is_care(parsed, verb):
        return ""
    if word in INTO and _into_police_car(parsed, verb):
        return "arrest"
    if verb.dep == "acl" and ends_fighting(parsed, parsed.tokens[verb.head]):
        return ""  # "an agreement |to stop| the fire"
    if word == "set" and _goes_somewhere(parsed, verb):
        return ""
    if word in GIVING and _gives_life(parsed, verb):
        return "harm"
    if word in {"strike", "hit"} and _is_hit_in_body(parsed, verb):
        return "harm"
    if word in BLOWS and any(p.lemma.lower() == "death" for p in _led_to(parsed, verb, "to")):
        return "killing"
    if word == "put" and _out_of_action(parsed, verb):
        return "harm"
    return "explosion" if word in WORKED and _is_of_bomb(parsed, verb) else None


def _led_to(parsed: ParsedText, verb: Token, *words: str) -> Iterator[Token]:
    """Yield what a preposition after the verb leads to."""
    preps = (c for c in parsed.children(verb) if c.i > verb.i and c.text.lower() in words)
    yield from (p for c in preps for p in parsed.children(c) if p.dep in {"pobj", "pcomp"})


def _is_care(parsed: ParsedText, verb: Token) -> bool:
    """Whether the hurt are brought to where they are cared for: "taken away |by ambulance|"."""
    return any(p.lemma.lower() == "ambulance" for p in _led_to(parsed, verb, "by", "in", "into"))


def _into_police_car(parsed: ParsedText, verb: Token) -> bool:
    """Whether people are put into a car of the police: "bundled |into a police truck|"."""
    cars = [p for p in _led_to(parsed, verb, "into") if "traffic" in set(classes_of(parsed, p))]
    owners = (c for p in cars for c in parsed.children(p) if c.i < p.i)
    things = {"goods", "weapon", "remains"} & object_classes(parsed, verb)
    return any("police" in set(classes_of(parsed, c)) for c in owners) and not things


def _goes_somewhere(parsed: ParsedText, verb: Token) -> bool:
    """Whether people |set off| for somewhere, and set off nothing: "soldiers who |set off after| the raiders"."""
    below = parsed.children(verb)
    off = any(c.text.lower() == "off" and c.i > verb.i for c in below)
    thing = any(c.dep in {"dobj", "nsubjpass", "agent", "auxpass"} for c in below)
    return off and not thing and verb.dep != "acl"


def _gives_life(parsed: ParsedText, verb: Token) -> bool:
    """Whether somebody is said to have died by what he gave: "one soldier laid down |his life|"."""
    given = [c for c in parsed.children(verb) if c.dep == "dobj" and c.lemma.lower() == "life"]
    return any(c.dep == "poss" for g in given for c in parsed.children(g))


def _is_hit_in_body(parsed: ParsedText, verb: Token) -> bool:
    """Whether somebody is hit on a part of the body: by a shot or a stone, as the rest says."""
    hit = [c for c in parsed.children(verb) if c.dep == "nsubjpass"]
    parts = _led_to(parsed, verb, "in", "on")
    people = any("person" in set(classes_of(parsed, h)) for h in hit)
    return people and any(p.lemma.lower() in BODY_PARTS for p in parts)


def _out_of_action(parsed: ParsedText, verb: Token) -> bool:
    """Whether fighters or other people are put |out of action|."""
    out = [c for c in parsed.children(verb) if c.i > verb.i and c.text.lower() == "out"]
    of = [x for c in (verb, *out) for x in parsed.children(c) if x.text.lower() == "of"]
    ends = [p.lemma.lower() for c in (*of, *out) for p in parsed.children(c)]
    return bool(out) and "action" in ends and bool({"person", "fighter"} & object_classes(parsed, verb))


def _is_of_bomb(parsed: ParsedText, verb: Token) -> bool:
    """Whether it is a bomb that is said to have worked: "|worked| a home-made explosive device"."""
    things = [c for c in parsed.children(verb) if c.dep in {"nsubj", "dobj"}]
    beside = (c.lemma.lower() for t in things for c in parsed.children(t))
    bombs = [t for t in things if t.lemma.lower() in BOMBS]
    return bool(bombs) and (any(t.lemma.lower() != "device" for t in bombs) or "explosive" in set(beside))
