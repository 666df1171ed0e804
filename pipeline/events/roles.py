"""Who did it to whom: the perpetrator and the target of a telling, from the parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.events.actors import Lexicon, canonical, find_actors
from pipeline.events.grammar import ancestors, conjuncts, is_passive, phrase, preposition_objects, subject
from pipeline.events.tellings import Telling, support_verb
from pipeline.events.triggers import Trigger, instrument_in, load_tables
from pipeline.models import Actor
from pipeline.parse import ParsedText, Token

AGAINST = frozenset({"on", "against", "at", "targeting", "upon", "toward", "towards", "into", "over"})
BY = frozenset({"by", "from"})
TARGETING_VERBS = frozenset({"target", "strike", "hit"})
OWNING = frozenset({"use", "run", "hold", "operate", "belong", "link", "control", "occupy", "man"})
TAKES_PATIENT = frozenset({"attack", "strike", "airstrike", "shelling", "bombing", "ambush", "shooting", "killing", "harm", "raid",
                           "abduction", "arrest", "execution", "seize", "looting", "sexual", "clash"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Roles:
    """The two sides of a telling; ``target_phrases`` are the things hit, in order, as (start, end)."""

    perpetrator: Actor | None = None
    target: Actor | None = None
    target_phrases: tuple[tuple[int, int], ...] = ()


def find_roles(parsed: ParsedText, telling: Telling, *, lexicon: Lexicon, country: str) -> Roles:
    """Return the roles of a telling; ``country`` (ISO 2) names unknown groups and civilians."""
    reader = _Reader(parsed, lexicon, country)
    agents, patients = list(_agents(parsed, telling)), list(_patients(parsed, telling))
    perpetrator = _first(reader, agents, agent=True, but=None)
    target = _first(reader, patients, agent=False, but=perpetrator)
    return Roles(perpetrator, target, tuple(phrase(parsed, t) for t in patients))


def is_said_by(parsed: ParsedText, speaker: Token, actor: Actor | None, *, lexicon: Lexicon) -> bool:
    """Whether the one who tells of a deed is the one who did it, so that it is a claim."""
    if actor is None or actor.inter not in {2, 3, 4}:
        return False  # what a state says of its own forces is a report
    start, end = phrase(parsed, speaker)
    found = find_actors(parsed.text, start, end, lexicon=lexicon)
    return any(m.actor.name == actor.name and m.kind == "named" for m in found)


def _first(reader: _Reader, tokens: Sequence[Token], *, agent: bool, but: Actor | None) -> Actor | None:
    """Return the first actor among the phrases; one named without its state ("soldiers") only if there is no other."""
    for bare in (False, True):
        found = (replace(reader, bare=bare).actor(t, agent=agent) for t in tokens)
        actor = next((a for a in found if a is not None and a != but), None)
        if actor is not None:
            return actor
    return None


@dataclass(frozen=True, slots=True)
class _Reader:
    parsed: ParsedText
    lexicon: Lexicon
    country: str
    bare: bool = False

    def actor(self, head: Token, *, agent: bool) -> Actor | None:
        """Return the actor a noun phrase names: the one at its head, or the one that owns the thing at its head."""
        owner = self._owner(head)
        if owner is not None:
            return self.actor(owner, agent=agent)
        user = None if agent else self._user(head)
        if user is not None:
            return user
        start, end = phrase(self.parsed, head, whole=not agent and head.pos != "PROPN")
        found = find_actors(self.parsed.text, start, end, lexicon=self.lexicon, country=self.country)
        found = tuple(m for m in found if self.bare or not m.bare)
        if found:
            at_head = [m for m in found if m.start <= head.start < m.end]
            return (at_head or list(found))[0].actor
        if head.pos == "PRON" and agent:
            speaker = self._reporter(head)
            return self.actor(speaker, agent=True) if speaker is not None else None
        if head.pos == "PRON" or (agent and not _can_act(self.parsed, head)):
            return None
        start, end = phrase(self.parsed, head)
        return canonical(self.parsed.text[start:end], lexicon=self.lexicon, country=self.country) if agent else None


    def _owner(self, head: Token) -> Token | None:
        """Return whom "its" or "their" stands for: the subject of the verb that reports this one ("the IDF said its jets")."""
        if not any(c.dep == "poss" and c.text.lower() in {"its", "their", "his", "her"} for c in self.parsed.children(head)):
            return None
        return self._reporter(head)

    def _user(self, head: Token) -> Actor | None:
        """Return whose a thing is by the clause behind it: "facilities |used by| Kataib Hezbollah", "sites |linked to| Iran"."""
        for clause in (c for c in self.parsed.children(head) if c.dep == "acl" and c.lemma.lower() in OWNING):
            for token in preposition_objects(self.parsed, clause, frozenset({"by", "to", "with"})):
                actor = self.actor(token, agent=True)
                if actor is not None:
                    return actor
        return None

    def _reporter(self, head: Token) -> Token | None:
        """Return the nearest named subject above: "|Israel| said it intercepted a missile"."""
        verbs = [t for t in ancestors(self.parsed, head) if t.pos in {"VERB", "AUX"}]
        doers = (subject(self.parsed, v) for v in verbs)
        return next((d for d in doers if d is not None and d.i != head.i and d.pos != "PRON"), None)


def _can_act(parsed: ParsedText, head: Token) -> bool:
    """Whether a phrase without a known actor may still be one: a name, not a thing."""
    return head.pos == "PROPN" and instrument_in(head.text) is None


def _agents(parsed: ParsedText, telling: Telling) -> Iterator[Token]:
    """Yield the tokens that may name the perpetrator, best first."""
    for trigger in (*telling.verbs, *telling.nouns):
        yield from _verb_agents(parsed, trigger) if trigger.form == "verb" else _noun_agents(parsed, trigger)


def _verb_agents(parsed: ParsedText, trigger: Trigger) -> Iterator[Token]:
    verb = trigger.token
    if is_passive(parsed, verb):
        yield from (t for t in preposition_objects(parsed, verb, frozenset({"by"})) if not _is_blow(t))
        return
    if trigger.family == "explosion" or verb.lemma.lower() == "die":
        return
    doer = subject(parsed, verb)
    if doer is not None and not _is_blow(doer):
        yield doer


def _noun_agents(parsed: ParsedText, trigger: Trigger) -> Iterator[Token]:
    noun = trigger.token
    yield from (t for t in preposition_objects(parsed, noun, BY) if not _is_blow(t))
    claimant = _claimant(parsed, noun)
    if claimant is not None:
        yield claimant
    carrier = support_verb(parsed, noun)
    if carrier is not None and noun.dep not in {"nsubj", "nsubjpass"} and not is_passive(parsed, carrier):
        doer = subject(parsed, carrier)
        if doer is not None and carrier.lemma.lower() not in {"suffer", "face", "hear", "see", "endure", "come"}:
            yield doer
    elif carrier is not None:
        yield from preposition_objects(parsed, carrier, frozenset({"by"}))
    if any(c.dep in {"poss", "compound", "amod", "nmod"} for c in parsed.children(noun)):
        yield noun  # "Israeli airstrikes", "Houthi drone attack": the phrase holds its actor


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
    verbs = sorted(telling.verbs, key=lambda t: (t.family in {"harm"}, t.token.i))
    for trigger in verbs:
        yield from _verb_patients(parsed, trigger)
    for trigger in telling.nouns:
        if trigger.family in TAKES_PATIENT:
            yield from (t for t in preposition_objects(parsed, trigger.token, AGAINST) if not _is_time(t))
            yield from _participle_objects(parsed, trigger.token)
            carrier = support_verb(parsed, trigger.token)
            if carrier is not None:
                yield from (t for t in preposition_objects(parsed, carrier, frozenset({"against", "on"})) if not _is_time(t))


def _verb_patients(parsed: ParsedText, trigger: Trigger) -> Iterator[Token]:
    verb = trigger.token
    children = parsed.children(verb)
    if trigger.family in {"launch", "land", "intercept"}:
        yield from (t for t in preposition_objects(parsed, verb, AGAINST) if not _is_time(t))
        return
    if is_passive(parsed, verb):
        own = subject(parsed, verb) if verb.dep not in {"acl"} else parsed.tokens[verb.head]
        yield from conjuncts(parsed, own) if own is not None and not _is_blow(own) else ()
        return
    for child in children:
        if child.dep == "dobj" and not _is_blow(child):
            yield from conjuncts(parsed, child)
    if verb.lemma.lower() == "die":
        yield from (c for c in children if c.dep == "nsubj")
    if trigger.family in {"clash", "shooting"}:
        yield from preposition_objects(parsed, verb, frozenset({"with", "against", "at", "on"}))
    yield from (t for c in children if c.dep == "conj" for d in parsed.children(c) if d.dep == "dobj" for t in conjuncts(parsed, d))


def _participle_objects(parsed: ParsedText, noun: Token) -> Iterator[Token]:
    """Yield the objects of "targeting" after a noun: "strikes |targeting| Kataib Hezbollah"."""
    for child in parsed.children(noun):
        if child.dep == "acl" and child.lemma.lower() in TARGETING_VERBS:
            yield from (t for d in parsed.children(child) if d.dep == "dobj" for t in conjuncts(parsed, d))


def _is_time(token: Token) -> bool:
    return token.text in {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"} or token.text[:3] in {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}  # fmt: skip
