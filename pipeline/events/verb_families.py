"""What a verb tells of, by its object where that decides: "seized |the town|", "seized |rifles|", "took |the bus|"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.events.grammar import subject
from pipeline.events.told_verbs import FOUND_AS, verb_by_company
from pipeline.events.trigger_tables import load_tables
from pipeline.events.trigger_words import classes_of, flew_toward, lemma_of, object_classes, phrasal
from pipeline.events.turns import turn_family
from pipeline.parse import ParsedText, Token

GATHERINGS = frozenset({"protest", "gather"})  # families of people who may hold anything: "marched |with letters|"
SMALL_ARMS = frozenset({"live", "rifle", "shotgun", "pistol", "gun", "bullet", "sniper"})  # of whose rounds one is told
#: lemmas before "attack" that make it none of men
ALOFT = frozenset({"air", "aerial", "mortar", "artillery", "bomb", "bombing", "grenade", "shell"})
HELD_TO_OBJECT = frozenset({"trip", "dispersal"})  # families: "broke |it| up" is no crowd
SPENT = frozenset(
    {"take", "transfer", "arrest"}
)  # families whose phrases are held to their objects too: "|a bomb| taken away"
RENDERED_HARMLESS = frozenset({"neutralise", "neutralize", "eliminate"})  # lemmas
HAULING = frozenset({"haul", "fish", "pull", "drag", "dredge"})  # lemmas: "fished |a body| out of the canal"
CONTROLLED_TOKENS = 6
WHOM = frozenset({"trip", "expel"})  # families whose phrases are held to their objects: not "drove |swimmers| out"
GUARDED = frozenset({"supervision", "safely", "controlled", "remotely"})  # lemmas of how a found bomb is set off
DISARMERS = frozenset({"police", "disposal"})  # classes of those who set off a bomb that is found
#: how bombs that are found are set off
IN_SITU = re.compile(
    r"(?:\s+(?!and\b|but\b)[\w-]+){0,5}?\s+(?:where\s+(?:it|they)\s+(?:stood|lay|was|were|had)|in\s+situ|in\s+place|on\s+the\s+spot|safely|under\s+control"
    r"|in\s+a\s+(?:controlled|safe))\b"
)
#: lemmas of those who have no guns or planes: "Fulani |militia| struck the village"
OF_THE_LIVING = frozenset({"harm", "killing"})  # families
ON_FOOT = frozenset(
    {"militia", "herdsman", "herder", "raider", "gang", "cultist", "settler", "vigilante", "mob", "robber", "rustler"}
)
ANYBODY = frozenset(
    {
        "man",
        "person",
        "people",
        "individual",
        "stranger",
        "men",
        "youth",
        "unknown",
        "kidnapper",
        "abductor",
        "agent",
        "settler",
    }
)  # lemmas
LEAVING = frozenset({"make", "walk", "run"})  # lemmas
TAKING = frozenset({"take", "drag", "pull", "haul", "remove", "pick", "force", "grab", "yank"})  # lemmas


def verb_family(parsed: ParsedText, verb: Token) -> str | None:
    """Return the family of a verb, or None where it tells of no event: "bombarded |with questions|"."""
    dead = "remains" in object_classes(parsed, verb)  # "bodies were found |with a message|"
    family = _family_by_object(parsed, verb)
    return family if family in GATHERINGS or dead or not is_harmless(parsed, verb) else None


def is_harmless(parsed: ParsedText, verb: Token) -> bool:
    """Return whether what is used hurts nobody: "bombarded |with water|"."""
    return bool(_with(parsed, verb) & load_tables().object_classes["harmless"])


def _family_by_object(parsed: ParsedText, verb: Token) -> str | None:
    """Return the family of a verb, by its object where that decides, or None where it tells of no event."""
    tables, alone = load_tables(), lemma_of(verb)
    told = verb_by_company(parsed, verb)
    if told is not None:
        return told or None
    turn = turn_family(parsed, verb)
    if turn is not None:
        return turn
    joined = phrasal(parsed, verb)
    name = tables.verbs.get(joined) or tables.verbs.get(alone) or tables.verbs.get(verb.text.lower())
    if alone in tables.with_people and _has_people(parsed, verb):
        return tables.with_people[alone]
    if name in {None, "conquer"} and _is_taken_from(parsed, verb):
        name = "take"
    if name in {None, "transfer"} and alone in HAULING and "remains" in object_classes(parsed, verb):
        name = "finding_bodies"
    particles = (c.lemma.lower() for c in parsed.children(verb) if c.dep in {"prt", "prep"})
    if name is None or any(f"{alone} {particle}" in tables.no_event for particle in particles):
        return None
    name = _as_done(parsed, verb, name, joined)
    if name == "finding_bodies" and _are_found_killed(parsed, verb):
        return name
    held = name in HELD_TO_OBJECT | WHOM
    whole = joined != alone and joined in tables.verbs and not held  # "ran into |the bush|"
    return _by_classes(parsed, verb, name, alone=joined == alone, whole=whole)


def _as_done(parsed: ParsedText, verb: Token, name: str, joined: str) -> str:
    """Return the family of a verb by who does it and with what: "|police| detonated the bomb", "fired |shots|"."""
    alone = lemma_of(verb)
    if name == "strike":
        by_men = joined == alone and (_is_by_men(parsed, verb) or _is_by_blow(parsed, verb))
        return "attack" if by_men else name
    if alone == "fire" and name in {"shooting", "launch"}:
        return _as_fired(parsed, verb, name, joined)
    if name == "spray":
        posted = alone == "harass" and _is_by_men(parsed, verb) and "base" in object_classes(parsed, verb)
        return "attack" if posted else name
    made_safe = name == "harm" and alone in RENDERED_HARMLESS and "mine" in object_classes(parsed, verb)
    set_off = name == "explosion" and (
        _is_controlled(parsed, verb) or _is_of_found(parsed, verb) or _is_where_it_stood(parsed, verb)
    )
    return "disrupt" if made_safe or set_off else name


def _as_fired(parsed: ParsedText, verb: Token, name: str, joined: str) -> str:
    """Return the family of "fire" by what is fired and at what: "|a rocket| fired at", "|the town| was fired on"."""
    if name == "launch":
        return "shooting" if _shoots(parsed, verb) or _fires_guns(parsed, verb) else name
    if flew_toward(parsed, verb):
        return "launch"
    return "shelling" if joined.startswith("fire ") and _is_a_place(parsed, verb) else name


def _by_classes(parsed: ParsedText, verb: Token, name: str, *, alone: bool, whole: bool) -> str | None:
    """Return what a verb of a family tells of by the classes of its subject and object, or None."""
    family = load_tables().families[name]
    if not (family.objects or family.by_object or family.not_objects or family.by_subject):
        return name
    classes = object_classes(parsed, verb)
    people_too = name in OF_THE_LIVING and "person" in classes  # "killed two herders and |forty cows|"
    if (alone or name in SPENT) and classes & set(family.not_objects) and not people_too:
        return None
    below = parsed.children(verb)
    passive = any(c.dep == "auxpass" for c in below)
    doing = [c for c in below if c.dep == "nsubj" and not passive]
    doing += [p for c in below if c.dep == "agent" for p in parsed.children(c)]
    shared = subject(parsed, verb) if not doing and not passive and verb.dep == "conj" else None
    doing += [] if shared is None else [shared]  # "|drones|, flown from afar, hit A and set it ablaze"
    doers = {of for c in doing for of in classes_of(parsed, c)}
    fits = not family.objects or bool(classes & set(family.objects))
    changed = [other for of, other in family.by_subject.items() if of in doers and fits]
    changed += [other for of, other in family.by_object.items() if of in classes]
    if changed:
        return changed[0]
    if joined_off(parsed, verb, name) and not classes & {"person", "fighter", "force"}:
        return None
    return name if whole or not family.objects or classes & set(family.objects) else None


def joined_off(parsed: ParsedText, verb: Token, name: str) -> bool:
    """Return whether somebody goes off with what he took, which may be a prize: "|made off with| the trophy"."""
    return name == "take" and lemma_of(verb) in LEAVING and any(c.text.lower() == "off" for c in parsed.children(verb))


def _are_found_killed(parsed: ParsedText, verb: Token) -> bool:
    """Whether people are found as those who were killed: "was found |with his throat cut|", "was found |shot dead|"."""
    if "person" not in object_classes(parsed, verb):
        return False
    if any(c.i == verb.i + 1 and c.lemma.lower() in FOUND_AS for c in parsed.children(verb)):
        return True
    how = [p for c in parsed.children(verb) if c.i > verb.i and c.text.lower() == "with" for p in parsed.children(c)]
    below = [*how, *(c for p in how for c in parsed.children(p))]
    return any({c.lemma.lower(), c.text.lower()} & load_tables().violence_signs for c in below)


def _is_by_men(parsed: ParsedText, verb: Token) -> bool:
    """Whether men strike at close quarters, no army and no weapon: "|gunmen| struck at dawn"."""
    doers = [c for c in parsed.children(verb) if c.dep == "nsubj"]
    doers += [
        p for c in parsed.children(verb) if c.dep == "agent" for p in parsed.children(c) if c.text.lower() == "by"
    ]
    return any(d.lemma.lower() in ON_FOOT or "fighter" in classes_of(parsed, d) for d in doers)


def _is_by_blow(parsed: ParsedText, verb: Token) -> bool:
    """Whether it is a raid or an attack, not said to be from the air, that struck: "|the raid| hit a hamlet"."""
    doers = [c for c in parsed.children(verb) if c.dep == "nsubj"]
    doers += [p for d in doers for c in parsed.children(d) if c.lemma == "of" for p in parsed.children(c)]
    nouns = load_tables().nouns
    flying = load_tables().object_classes["flying"] | ALOFT
    aloft = (c.lemma.lower() in flying for d in doers for c in parsed.children(d))
    return any(nouns.get(d.lemma.lower()) in {"attack", "raid"} for d in doers) and not any(aloft)


def _is_a_place(parsed: ParsedText, verb: Token) -> bool:
    """Whether a place is fired on, and nobody says by whom: "|Shebekino| was fired on"."""
    hit = [c for c in parsed.children(verb) if c.dep == "nsubjpass" and c.pos == "PROPN"]
    faceless = not any(c.dep == "agent" for c in parsed.children(verb))
    return bool(hit) and faceless and not any(c.dep == "compound" for h in hit for c in parsed.children(h))


def _is_controlled(parsed: ParsedText, verb: Token) -> bool:
    """Whether police or experts set off a bomb that was found: "police |detonated| the device"."""
    agents = [p for c in parsed.children(verb) if c.dep == "agent" for p in parsed.children(c)]
    doer = None if agents or any(c.dep == "auxpass" for c in parsed.children(verb)) else subject(parsed, verb)
    doers = [*agents, *([] if doer is None else [doer])]
    beside = [c for d in doers for c in parsed.children(d) if c.dep == "compound"]  # "a bomb |disposal| unit"
    by_them = any(DISARMERS & classes_of(parsed, d) for d in doers)
    by_them = by_them or any("disposal" in classes_of(parsed, d) for d in beside)
    if by_them and any(p.lemma.lower() in GUARDED for p in _how(parsed, verb)):
        return True
    things = [c for c in parsed.children(verb) if c.dep in {"dobj", "nsubjpass"}]
    suspect = any(c.lemma.lower() in {"suspicious", "suspect"} for t in things for c in parsed.children(t))
    after = parsed.tokens[verb.i + 1 : verb.i + CONTROLLED_TOKENS]
    suspect = suspect or any(t.text.lower() == "controlled" for t in after)  # "blew up |in a controlled manner|"
    return by_them and (suspect or (bool(things) and bool({"mine", "weapon"} & object_classes(parsed, verb))))


def _is_where_it_stood(parsed: ParsedText, verb: Token) -> bool:
    """Whether a bomb is set off by those who found it: "a rigged car was blown up |where it stood|"."""
    armed = bool({"mine", "weapon"} & object_classes(parsed, verb))
    return armed and IN_SITU.match(parsed.text, verb.end) is not None


def _how(parsed: ParsedText, verb: Token) -> Iterator[Token]:
    """Yield the words that say how a thing was done: "|safely|", "under |supervision|", "in a |controlled| manner"."""
    for child in parsed.children(verb):
        if child.dep == "advmod":
            yield child
        elif child.dep == "prep" and child.text.lower() in {"under", "in"}:
            yield from (w for p in parsed.children(child) for w in (p, *parsed.children(p)))


def _is_of_found(parsed: ParsedText, verb: Token) -> bool:
    """Whether those who found a bomb set it off: "soldiers |found a device| and detonated it"."""
    above = parsed.tokens[verb.head]
    found = verb.dep == "conj" and above.lemma.lower() in {"find", "discover", "spot", "locate", "recover"}
    return found and bool({"mine", "weapon"} & object_classes(parsed, above))


def _shoots(parsed: ParsedText, verb: Token) -> bool:
    """Whether forces or fighters fire, and it is not said what: "soldiers |fired| from the roofs"."""
    children = parsed.children(verb)
    doers = {name for c in children if c.dep == "nsubj" for name in classes_of(parsed, c)}
    said = any(c.dep in {"dobj", "nsubjpass", "auxpass", "prt", "agent"} for c in children)
    return not said and bool(doers & {"force", "fighter", "police"})


def _fires_guns(parsed: ParsedText, verb: Token) -> bool:
    """Whether it is the rounds of rifles that are fired: "fired |live rounds| at the crowd", not "mortar rounds"."""
    rounds = [c for c in parsed.children(verb) if c.dep in {"dobj", "nsubjpass"} and c.lemma.lower() == "round"]
    words = {w.lemma.lower() for r in rounds for w in parsed.children(r)}
    return bool(words & SMALL_ARMS)


def _has_people(parsed: ParsedText, verb: Token) -> bool:
    """Whether people are the verb's own object, not what a preposition leads to."""
    objects = (c for c in parsed.children(verb) if c.dep in {"dobj", "nsubjpass"})
    return any("person" in classes_of(parsed, c) for c in objects)


def _is_taken_from(parsed: ParsedText, verb: Token) -> bool:
    """Whether people are taken from where they live or go: "took a teacher |from her house|"."""
    if verb.lemma.lower() not in TAKING or "person" not in object_classes(parsed, verb):
        return False
    if _is_by_armed(parsed, verb):
        return True
    if _is_by_carers(parsed, verb):
        return False
    homes = load_tables().object_classes["home"]
    preps = (c for c in parsed.children(verb) if c.dep == "prep" and c.text.lower() in {"from", "off"})
    return any(p.lemma.lower() in homes for c in preps for p in parsed.children(c))


def _is_by_carers(parsed: ParsedText, verb: Token) -> bool:
    """Whether those who take people are said to be neither armed nor unknown: "taken from home |by social workers|"."""
    agents = [p for c in parsed.children(verb) if c.dep == "agent" for p in parsed.children(c)]
    arms = {"fighter", "force", "police"}
    return bool(agents) and not any(a.lemma.lower() in ANYBODY or arms & classes_of(parsed, a) for a in agents)


def _is_by_armed(parsed: ParsedText, verb: Token) -> bool:
    """Whether armed men are said to take people: "two farmers were taken |by armed men|"."""
    agents = [p for c in parsed.children(verb) if c.dep == "agent" for p in parsed.children(c)]
    armed = any(c.text.lower() == "armed" for d in agents for c in parsed.children(d))
    armed = armed or any("fighter" in classes_of(parsed, d) for d in agents)
    led = any(c.dep == "prep" and c.text.lower() == "to" for c in parsed.children(verb))  # "to hospital"
    return verb.lemma.lower() == "take" and armed and not led


def _with(parsed: ParsedText, verb: Token) -> frozenset[str]:
    """Return the lemmas of what is used: "bombarded with |water|"."""
    preps = (c for c in parsed.children(verb) if c.dep == "prep" and c.text.lower() == "with")
    return frozenset(p.lemma.lower() for c in preps for p in parsed.children(c) if p.dep == "pobj")
