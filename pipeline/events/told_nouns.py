"""Nouns that tell of an event only by what stands beside them: "in the hands of gunmen", "made contact with rebels"."""

from __future__ import annotations

from pipeline.events.grammar import subject
from pipeline.events.trigger_tables import load_tables
from pipeline.events.trigger_words import LEFT, classes_of, ends_fighting, phrasal
from pipeline.parse import ParsedText, Token

HELD_IN = frozenset({"be", "fall", "remain", "stay"})  # lemmas before "in the hands of"
CAPTORS = frozenset({"kidnapper", "abductor", "captor", "gunmen", "hostage-taker"})  # lemmas
MEETING = frozenset({"make", "come", "establish"})  # lemmas before "contact"
TROOPS = frozenset({"patrol", "team", "convoy"})  # lemmas of who makes contact, besides the class "force"
FOES = frozenset({"fighter", "enemy", "force"})  # classes
REMEMBERING = frozenset({"anniversary", "commemoration", "centenary", "remembrance", "memory"})  # lemmas
ENDING = frozenset({"elimination", "neutralization", "neutralisation"})  # lemmas
OVER = frozenset({"stop", "cease", "subside", "end"})  # lemmas
BLASTS = frozenset({"explosion", "detonation", "blast"})  # lemmas


def is_hold(noun: Token) -> bool:
    """Return whether a noun that tells of people taken is the hands they are in."""
    return noun.text.lower() == "hands"


def family_by_company(parsed: ParsedText, noun: Token) -> str | None:
    """Return the family that the words beside a noun give it, or None: "the |ensuing| exchange", "contact with rebels".

    Examples
    --------
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "Troops made contact with insurgents."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> family_by_company(parsed, parsed.tokens[2])
    'clash'
    """
    word = noun.lemma.lower()
    left = {c.text.lower() for c in parsed.children(noun) if c.i < noun.i and c.dep in LEFT}
    if word in BLASTS and "controlled" in left:
        return "disrupt"
    if (word == "exchange" and "ensuing" in left) or (word == "contact" and _is_with_foes(parsed, noun)):
        return "clash"
    if word == "fight" and _is_the_fight(parsed, noun):
        return "clash"
    return "abduction" if is_hold(noun) and _holds_people(parsed, noun) else None


def is_ended(parsed: ParsedText, noun: Token) -> bool:
    """Return whether it is only said that the fighting told of is over: "|Fighting| stopped at dusk"."""
    verb = parsed.tokens[noun.head]
    return noun.dep == "nsubj" and verb.lemma.lower() in OVER and not any(c.dep == "neg" for c in parsed.children(verb))


def is_to_end(parsed: ParsedText, noun: Token) -> bool:
    """Return whether it is what an agreement is to end: "a deal to end |the fighting|"."""
    verb = parsed.tokens[noun.head]
    return noun.dep == "dobj" and verb.dep in {"acl", "relcl"} and ends_fighting(parsed, parsed.tokens[verb.head])


def is_remembered(parsed: ParsedText, noun: Token) -> bool:
    """Return whether only the day is told on which it is remembered: "the anniversary of |the takeover|"."""
    prep = parsed.tokens[noun.head]
    of = noun.dep == "pobj" and prep.text.lower() == "of"
    return of and parsed.tokens[prep.head].lemma.lower() in REMEMBERING


def is_of_no_people(parsed: ParsedText, noun: Token) -> bool:
    """Return whether it is something else than people that is ended: "the |elimination| of a tariff"."""
    if noun.lemma.lower() not in ENDING:
        return False
    of = [p for c in parsed.children(noun) if c.text.lower() == "of" for p in parsed.children(c)]
    return not any(p.tag == "CD" or {"person", "fighter"} & classes_of(parsed, p) for p in of)


def _is_the_fight(parsed: ParsedText, noun: Token) -> bool:
    """Whether it is said of the fight told of before how it began: "|the fight| broke out at dawn"."""
    verb = parsed.tokens[noun.head]
    known = any(c.dep == "det" and c.text.lower() in {"the", "this"} for c in parsed.children(noun))
    return known and noun.dep == "nsubj" and phrasal(parsed, verb) in load_tables().breaking_out


def _holds_people(parsed: ParsedText, noun: Token) -> bool:
    """Whether people are or fall into the hands of those who take them: "are |in the hands of| bandits"."""
    prep = parsed.tokens[noun.head]
    verb = parsed.tokens[prep.head]
    if noun.dep != "pobj" or prep.text.lower() not in {"in", "into"} or verb.lemma.lower() not in HELD_IN:
        return False
    held = subject(parsed, verb)
    of = (p for c in parsed.children(noun) if c.text.lower() == "of" for p in parsed.children(c))
    captors = any(p.lemma.lower() in CAPTORS or "fighter" in classes_of(parsed, p) for p in of)
    return captors and held is not None and "person" in classes_of(parsed, held)


def _is_with_foes(parsed: ParsedText, noun: Token) -> bool:
    """Whether troops come upon fighters: "made |contact| with elements of the group"."""
    met = [p for c in parsed.children(noun) if c.text.lower() == "with" for p in parsed.children(c)]
    met += [p for m in met for c in parsed.children(m) if c.text.lower() == "of" for p in parsed.children(c)]
    verb = parsed.tokens[noun.head] if noun.dep == "dobj" else parsed.tokens[parsed.tokens[noun.head].head]
    doer = subject(parsed, verb) if verb.lemma.lower() in MEETING else None
    if doer is None or not (doer.lemma.lower() in TROOPS or "force" in classes_of(parsed, doer)):
        return False
    return any(FOES & classes_of(parsed, m) for m in met)
