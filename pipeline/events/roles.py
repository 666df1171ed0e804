"""Who did it to whom: the perpetrator and the target of a telling, from the parse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.events.actors import Lexicon, find_actors, is_civilian
from pipeline.events.grammar import ancestors, came_under, conjuncts, is_passive, phrase, preposition_objects, subject
from pipeline.events.role_reader import RoleReader, objects
from pipeline.events.tellings import Telling, support_verb
from pipeline.events.told_nouns import is_hold
from pipeline.events.triggers import Trigger, load_tables, phrasal
from pipeline.models import Actor
from pipeline.parse import ParsedText, Token

AGAINST = frozenset({"on", "against", "at", "targeting", "upon", "toward", "towards", "into", "over"})
BY = frozenset({"by", "from"})
ON = frozenset({"on", "to"})
SENDING = frozenset({"plant", "lay", "place", "bury", "fire", "launch", "throw", "lob", "drop", "send", "hurl", "leave",
                     "set", "detonate", "trigger", "explode", "attach", "hide", "park"})  # lemmas  # fmt: skip
BETWEEN = frozenset({"between", "among"})
DOING = frozenset(
    ["claim", "carry", "conduct", "launch", "stage", "perpetrate", "execute", "mount", "commit", "order"]
)  # lemmas
POINTING = frozenset({"blame", "attribute", "pin"})  # lemmas
TARGETING_VERBS = frozenset({"target", "strike", "hit"})
SUFFERING = frozenset(
    ["suffer", "face", "hear", "see", "endure", "come", "document", "record", "report", "register", "witness"]
)
OF_CLASHES = frozenset({"with", "against", "at", "on", "upon"})
DYING = frozenset({"die", "perish", "succumb", "lose"})  # lemmas: "|lost| their lives"
TRANSITIVE = frozenset({"harm", "abduction", "arrest"})  # families whose verbs need an object
CAUGHT, UNREST = frozenset({"arrest", "capture"}), frozenset({"protest", "riot", "pelt"})  # families
LEADING_ON = frozenset({"on", "upon", "into"})  # "swooped |on|", "burst |into|"
DONE_TO = frozenset({"killing", "execution", "mob", "shooting"})  # families: "was found |strangled|"
TAKES_PATIENT = frozenset(  # families
    [
        "attack",
        "strike",
        "airstrike",
        "shelling",
        "bombing",
        "ambush",
        "shooting",
        "killing",
        "harm",
        "raid",
        "abduction",
        "arrest",
        "execution",
        "seize",
        "looting",
        "sexual",
        "clash",
    ]
)
BLASTS = frozenset(  # families
    ["explosion", "bombing", "going_off", "suicide", "attack", "strike", "airstrike", "raid"]
)
AT_SITE = frozenset({"outside", "near", "at", "inside", "in", "on", "into"})
DAY_OR_MONTH = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec).*", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Roles:
    """The two sides of a telling; ``target_phrases`` are the things hit, in order, as (start, end)."""

    perpetrator: Actor | None = None
    target: Actor | None = None
    target_phrases: tuple[tuple[int, int], ...] = ()


def find_roles(parsed: ParsedText, telling: Telling, *, lexicon: Lexicon, country: str) -> Roles:
    """Return the roles of a telling; ``country`` (ISO 2) names unknown groups and civilians.

    Examples
    --------
    >>> from pipeline.events.actors import load_lexicon
    >>> from pipeline.events.tellings import find_tellings
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "A checkpoint of the Syrian army was attacked by Hezbollah."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> roles = find_roles(parsed, *find_tellings(parsed, parsed.sentences[0]), lexicon=load_lexicon(), country="SY")
    >>> roles.perpetrator.name, roles.target.name
    ('Hezbollah', 'Military Forces of Syria')
    """
    reader = RoleReader(parsed, lexicon, country)
    agents, patients = list(_agents(parsed, telling)), list(_patients(parsed, telling))
    perpetrator = _first(reader, agents)
    target = _first_hit(reader, patients, but=perpetrator)
    if telling.main.family == "clash" and perpetrator is None:  # "three rebels died in a clash |with soldiers|"
        perpetrator = _first_hit(reader, list(_met_in_clash(parsed, telling)), but=target)
    struck = (*patients, *_sites(parsed, telling))
    return Roles(perpetrator, target, tuple(phrase(parsed, t) for t in struck))


def is_said_by(parsed: ParsedText, speaker: Token, actor: Actor | None, *, lexicon: Lexicon) -> bool:
    """Whether the one who tells of a deed is the one who did it, so that it is a claim."""
    if actor is None or actor.inter not in {2, 3, 4}:
        return False  # what a state says of its own forces is a report
    start, end = phrase(parsed, speaker)
    found = find_actors(parsed.text, start, end, lexicon=lexicon)
    return any(m.actor.name == actor.name and m.kind == "named" for m in found)


def _first(reader: RoleReader, tokens: Sequence[Token]) -> Actor | None:
    """Return the first actor among the phrases; one named without its state ("soldiers") only before mere people."""
    found = [a for t in tokens if (a := reader.actor(t, agent=True)) is not None]
    named = next((a for a in found if not is_civilian(a)), None)
    if named is not None:
        return named
    any_of = (replace(reader, bare=True).actor(t, agent=True) for t in tokens)
    return next((a for a in any_of if a is not None), None)


def _first_hit(reader: RoleReader, tokens: Sequence[Token], *, but: Actor | None) -> Actor | None:
    """Return the first actor hit; of "two soldiers and a civilian" the soldiers, though their state is not named."""
    named, any_of = [], []
    for token in tokens:
        named.append(reader.actor(token, agent=False))
        any_of.append(replace(reader, bare=True).actor(token, agent=False))
    found = [a for a in named if a is not None and a != but and not is_civilian(a)]
    return next(iter(found), None) or next((a for a in any_of if a is not None and a != but), None)


def suffers(parsed: ParsedText, trigger: Trigger) -> bool:
    """Return whether a verb's subject is the one it happens to: passive, or as in headlines ("two men killed")."""
    verb = trigger.token
    if is_passive(parsed, verb) and not _takes_object(parsed, verb):
        return True
    found_so = verb.tag == "VBN" and trigger.family in DONE_TO
    reduced = found_so or (verb.tag in {"VBN", "VBD"} and trigger.family in TRANSITIVE and verb.lemma.lower() != "die")
    return reduced and not any(c.dep in {"dobj", "aux", "prt", "ccomp", "xcomp"} for c in parsed.children(verb))


def _takes_object(parsed: ParsedText, verb: Token) -> bool:
    """Whether a participle behind its noun has an object, so that the noun does it: "a drone |targeted| a car".

    So has one that leads on to what is hit: "men in masks |swooped on| a village".
    """
    children = parsed.children(verb)
    leads = phrasal(parsed, verb).rpartition(" ")[2] in LEADING_ON
    return (
        verb.dep == "acl"
        and verb.tag == "VBN"
        and any(c.dep == "dobj" or (leads and c.dep == "prep") for c in children)
        and not any(c.dep == "agent" or c.text.lower() == "by" for c in children)
    )


def _agents(parsed: ParsedText, telling: Telling) -> Iterator[Token]:
    """Yield the tokens that may name the perpetrator, best first."""
    last = {"protest"} if len(telling.triggers) > 1 else set()  # of a march that is shot at, who shoots
    told: Sequence[Trigger] = (*telling.verbs, *telling.nouns)
    if telling.main.family in CAUGHT or any(t.family in CAUGHT for t in telling.verbs):
        told = [t for t in told if t.family not in UNREST]  # "arrested on charges of |rioting|"
    for trigger in sorted(told, key=lambda t: t.family in last):
        yield from _verb_agents(parsed, trigger) if trigger.form == "verb" else _noun_agents(parsed, trigger)


def _verb_agents(parsed: ParsedText, trigger: Trigger) -> Iterator[Token]:
    verb = trigger.token
    if suffers(parsed, trigger):
        yield from (t for t in preposition_objects(parsed, verb, frozenset({"by"})) if not _is_blow(t))
        return
    doer = subject(parsed, verb) or (parsed.tokens[verb.head] if _takes_object(parsed, verb) else None)
    yield from () if doer is None else _owners(parsed, doer)
    for thing in (doer, *(c for c in parsed.children(verb) if c.dep == "dobj")):
        yield from () if thing is None else _sent_by(parsed, thing)
    if trigger.family in {"finding", "finding_bodies"}:
        return  # who finds the dead has not killed them
    if trigger.family in {"explosion", "trip"} and not (trigger.family == "explosion" and _blows_up(parsed, verb)):
        return
    if doer is not None and not _is_blow(doer) and verb.lemma.lower() not in DYING:
        yield doer


def _blows_up(parsed: ParsedText, verb: Token) -> bool:
    """Whether somebody makes it explode: "the militia |blew up| a bridge"."""
    return any(c.dep == "dobj" for c in parsed.children(verb))


def _sent_by(parsed: ParsedText, thing: Token) -> Iterator[Token]:
    """Yield who sent what did it: "a mine |planted by the Houthis|", "drones fired by the RSF"."""
    for clause in parsed.children(thing):
        sent = clause.lemma.lower() in SENDING
        if clause.dep == "acl" and sent:
            yield from preposition_objects(parsed, clause, frozenset({"by"}))
        doer = subject(parsed, clause) if clause.dep == "relcl" and sent and not is_passive(parsed, clause) else None
        if doer is not None and doer.i != thing.i:
            yield doer  # "a device that |the rebels| had planted"


def _owners(parsed: ParsedText, thing: Token) -> Iterator[Token]:
    """Yield whose a thing is that did it: "a drone |belonging to the Houthis| hit"."""
    for clause in parsed.children(thing):
        if clause.dep == "acl" and clause.lemma.lower() == "belong":
            yield from preposition_objects(parsed, clause, frozenset({"to"}))


def _noun_agents(parsed: ParsedText, trigger: Trigger) -> Iterator[Token]:
    noun = trigger.token
    yield from (t for t in preposition_objects(parsed, noun, BY) if not _is_blow(t))
    if is_hold(noun):
        yield from preposition_objects(parsed, noun, frozenset({"of"}))
        return
    if trigger.family == "clash":
        yield from preposition_objects(parsed, noun, BETWEEN)
    met = came_under(parsed, noun)
    yield from () if met is None else preposition_objects(parsed, met, frozenset({"from", "by"}))
    yield from _said_to_have_done(parsed, noun)
    claimant = _claimant(parsed, noun)
    if claimant is not None:
        yield claimant
    carrier = support_verb(parsed, noun)
    if carrier is not None and noun.dep not in {"nsubj", "nsubjpass"} and not is_passive(parsed, carrier):
        doer = subject(parsed, carrier)
        if doer is not None and carrier.lemma.lower() not in SUFFERING:
            yield doer
    elif carrier is not None:
        yield from preposition_objects(parsed, carrier, frozenset({"by"}))
    if any(c.dep in {"poss", "compound", "amod", "nmod"} for c in parsed.children(noun)):
        yield noun  # "Israeli airstrikes", "Houthi drone attack": the phrase holds its actor


def _said_to_have_done(parsed: ParsedText, noun: Token) -> Iterator[Token]:
    """Yield who is said beside a deed to have done it: "an attack |claimed by X|", "for which |X was blamed|"."""
    for clause in parsed.children(noun):
        lemma = clause.lemma.lower()
        if clause.dep not in {"acl", "relcl"} or lemma not in DOING | POINTING:
            continue
        if is_passive(parsed, clause):
            yield from preposition_objects(parsed, clause, BY if lemma in DOING else ON)
        doer = subject(parsed, clause) if clause.dep == "relcl" else None
        if doer is not None and doer.i != noun.i and (lemma == "blame") is is_passive(parsed, clause):
            yield doer


def _claimant(parsed: ParsedText, noun: Token) -> Token | None:
    """Return who claims an attack: "|the group| claimed (responsibility for) the attack"."""
    for above in list(ancestors(parsed, noun))[:3]:
        if above.lemma.lower() == "claim":
            return subject(parsed, above)
        if above.lemma.lower() not in {"for", "responsibility"}:
            return None
    return None


def _is_blow(token: Token) -> bool:
    """Whether a token names the attack itself rather than who carried it out."""
    return token.lemma.lower() in load_tables().nouns


def _patients(parsed: ParsedText, telling: Telling) -> Iterator[Token]:
    """Yield the tokens that may name what was hit, best first."""
    for trigger in sorted(telling.verbs, key=lambda t: (t.family == "harm", t.token.i)):
        yield from _verb_patients(parsed, trigger)
    for trigger in telling.nouns:
        if trigger.family in TAKES_PATIENT:
            yield from _noun_patients(parsed, trigger.token)


def _noun_patients(parsed: ParsedText, noun: Token) -> Iterator[Token]:
    yield from _aimed_at(parsed, noun, AGAINST)
    yield from preposition_objects(parsed, noun, BETWEEN)
    held = support_verb(parsed, noun) if is_hold(noun) else None
    whom = subject(parsed, held) if held is not None else None
    yield from () if whom is None else conjuncts(parsed, whom)
    for child in parsed.children(noun):  # "strikes |targeting| Kataib Hezbollah"
        if child.dep == "acl" and child.lemma.lower() in TARGETING_VERBS:
            yield from objects(parsed, child)
    met = came_under(parsed, noun)
    hit = subject(parsed, met) if met is not None else None
    yield from () if hit is None else conjuncts(parsed, hit)
    carrier = support_verb(parsed, noun)
    if carrier is not None:
        yield from _aimed_at(parsed, carrier, frozenset({"against", "on"}))


def _verb_patients(parsed: ParsedText, trigger: Trigger) -> Iterator[Token]:
    verb = trigger.token
    if trigger.family in {"launch", "land", "arrive", "intercept"}:
        yield from _aimed_at(parsed, verb, AGAINST)
        return
    if suffers(parsed, trigger):
        own = parsed.tokens[verb.head] if verb.dep == "acl" else subject(parsed, verb)
        yield from conjuncts(parsed, own) if own is not None and not _is_blow(own) else ()
        return
    children = parsed.children(verb)
    if trigger.family == "trip":  # "an army truck |struck a mine|"
        hit = subject(parsed, verb)
        yield from () if hit is None else conjuncts(parsed, hit)
        return
    for child in children:
        if child.dep == "dobj" and not _is_blow(child):
            yield from conjuncts(parsed, child)
    if trigger.family in {"attack", "raid", "ambush"} and not any(c.dep == "dobj" for c in children):
        yield from _aimed_at(parsed, verb, LEADING_ON)  # "broke in |on a post|", "pounced |on a patrol|"
    if verb.lemma.lower() in DYING:
        yield from (c for c in children if c.dep == "nsubj")
    yield from _clashed_with(parsed, trigger)
    for child in children:
        if child.dep == "conj":
            yield from objects(parsed, child)


def _sites(parsed: ParsedText, telling: Telling) -> Iterator[Token]:
    """Yield where a blow fell: "a bomb went off |outside a barracks|"."""
    for trigger in telling.triggers:
        if trigger.family in BLASTS:
            yield from preposition_objects(parsed, trigger.token, AT_SITE)


def _met_in_clash(parsed: ParsedText, telling: Telling) -> Iterator[Token]:
    """Yield whom it is said that there was a clash with."""
    for trigger in telling.nouns:
        if trigger.family == "clash":
            yield from preposition_objects(parsed, trigger.token, frozenset({"with"}))


def _clashed_with(parsed: ParsedText, trigger: Trigger) -> Iterator[Token]:
    """Yield the other side of a clash: "clashed |with| Y", "X and |Y| clashed"; who is shot at with "at" and "on"."""
    doer = subject(parsed, trigger.token) if trigger.family == "clash" else None
    yield from () if doer is None else conjuncts(parsed, doer)[1:]
    if trigger.family in {"clash", "shooting"}:
        yield from preposition_objects(parsed, trigger.token, OF_CLASHES)


def _aimed_at(parsed: ParsedText, token: Token, words: frozenset[str]) -> Iterator[Token]:
    """Yield what follows "on" or "against", days aside: "strikes |on Hezbollah| on Tuesday"."""
    yield from (t for t in preposition_objects(parsed, token, words) if not DAY_OR_MONTH.fullmatch(t.text))
