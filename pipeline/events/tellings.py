"""One sentence -> its tellings: groups of triggers that speak of one incident, each with its part of the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pipeline.events.grammar import ancestors, distance, first_conjunct, is_verb
from pipeline.events.joining import HARM, same_incident
from pipeline.events.told_nouns import is_hold
from pipeline.events.triggers import ELLIPTIC, Trigger, find_triggers, instrument_in, is_definite, load_tables, phrasal
from pipeline.parse import ParsedText, Sentence, Token

BLASTS = frozenset({"explosion", "strike", "airstrike", "shelling", "shooting"})  # families
PERCEIVED = frozenset({"report", "hear", "record", "see"})  # lemmas
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
ANSWERING = frozenset({"answer", "respond", "retaliate", "reply", "react", "follow"})  # lemmas
DOING = frozenset({"commit", "carry", "conduct", "stage", "launch", "mount", "perpetrate"})  # lemmas
ENOUGH = frozenset({"intercept", "looting", "burning", "capture", "disrupt"})  # families
CAUGHT = frozenset({"arrest", "capture"})  # families
STRIKING = frozenset({"strike", "airstrike"})  # families of nouns
WITH_WHAT = frozenset({"with", "by", "using", "from", "when", "after", "while"})
APART = 50.0  # steps
OPENING = 4  # tokens
OF_THE_DEAD = frozenset({"body", "corpse", "victim", "remains", "they", "all", "both"})  # lemmas
EVERY = re.compile(r"\bevery\s+(?:day|dawn|morning|noon|evening|night|week|weekend|month|year)\b", re.IGNORECASE)
LONGEST = 500  # tokens; what is longer is no sentence, and would cost the square of its length
LEFT_BY_WAR = re.compile(
    r"\b(?:war|left\w*|remnants?|relics?|shell|mine|grenade|ordnance)\b[^.;]*\b(?:leftovers?|remnants?|war)\b",
    re.IGNORECASE,
)
AT_ONCE = frozenset({"killing", "shooting", "beating"})  # families: "stabbed repeatedly" is one deed


@dataclass(frozen=True, slots=True)
class Telling:
    """A group of triggers that speak of one incident (or, if plural, of several told as one)."""

    sentence: Sentence
    triggers: tuple[Trigger, ...]
    head: Token
    tokens: tuple[Token, ...]

    @property
    def main(self) -> Trigger:
        """The trigger that says most: decided type first, then strong before weak."""
        families = load_tables().families
        order = list(families)
        killed = any(t.family in HARM for t in self.triggers)

        def rank(trigger: Trigger) -> tuple[bool, bool, bool, bool, int, int]:
            family = families[trigger.family]
            only_part, place = killed and family.yields_to_harm, order.index(trigger.family)
            return only_part, family.weak, family.gives_way, family.sub is None, place, trigger.token.i

        names = {t.family for t in self.triggers}
        deadly = bool(names & HARM) and "protest" not in names  # who is caught where others are killed was fought
        fought = [t for t in self.triggers if not (deadly and t.family in CAUGHT)]
        return min(fought, key=rank)

    @property
    def verbs(self) -> tuple[Trigger, ...]:
        """The verbs among the triggers."""
        return tuple(t for t in self.triggers if t.form == "verb")

    @property
    def nouns(self) -> tuple[Trigger, ...]:
        """The nouns among the triggers."""
        return tuple(t for t in self.triggers if t.form == "noun")

    @property
    def plural(self) -> bool:
        """Whether several incidents are told as one: "two strikes", "a series of attacks"."""
        numbers = {t.token.i for t in self.triggers}
        if any(t.lemma == "time" and t.tag == "NNS" and t.head in numbers for t in self.tokens):
            return True  # "attacked four times"
        blows = [t for t in self.nouns if t.family not in HARM]
        return bool(blows) and all(t.plural for t in blows)

    @property
    def definite(self) -> bool:
        """Whether it speaks of something told before: "the attack", "those strikes"."""
        blows = [t for t in self.nouns if t.family not in HARM] or list(self.verbs) or list(self.nouns)
        return bool(blows) and all(t.definite for t in blows)

    @property
    def other(self) -> bool:
        """Whether it speaks of another incident than the one told of: "a previous attack"."""
        return any(t.other for t in self.nouns)

    @property
    def sequel(self) -> bool:
        """Whether it speaks of one more incident, told now: "another blast", "a third attack"."""
        words = load_tables().sequel
        nouns = [t for t in self.nouns if t.other]
        return bool(nouns) and all(w in words for t in nouns for w in t.other)

    def text(self) -> str:
        """Return the words of its part of the sentence."""
        return " ".join(t.text for t in self.tokens)

    def covers(self, token: Token) -> bool:
        """Whether a token stands in its part of the sentence."""
        return any(t.i == token.i for t in self.tokens)

    def is_trigger(self, token: Token) -> bool:
        """Whether a token is one of its triggers."""
        return any(t.token.i == token.i for t in self.triggers)

    def is_below(self, parsed: ParsedText, token: Token) -> bool:
        """Whether a trigger hangs on a token, at any remove."""
        return any(a.i == token.i for t in self.triggers for a in ancestors(parsed, t.token))


def find_tellings(parsed: ParsedText, sentence: Sentence) -> tuple[Telling, ...]:
    """Return the tellings of a sentence, in order of their first trigger.

    Examples
    --------
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "Jets bombed Rafah, killing two people, and tanks shelled Jenin."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> [[t.token.text for t in telling.triggers] for telling in find_tellings(parsed, parsed.sentences[0])]
    [['bombed', 'killing'], ['shelled']]
    """
    if sentence.last - sentence.first > LONGEST:
        return ()
    groups = _grouped(parsed, find_triggers(parsed, sentence))
    strong = [t for t in _tellings(parsed, sentence, groups) if is_strong(parsed, t)]
    habits = [t for t in strong if is_habitual(parsed, t)]
    left = [t.triggers for t in strong if t not in habits]
    single = _tellings(parsed, sentence, left)  # what is left is shared out anew
    return tuple(sorted((*single, *habits), key=lambda t: t.triggers[0].token.i))


def shared_anew(parsed: ParsedText, sentence: Sentence, tellings: Sequence[Telling]) -> tuple[Telling, ...]:
    """Share a sentence out among some of its tellings: what only is planned takes no place or day from the rest."""
    return _tellings(parsed, sentence, [t.triggers for t in tellings])


def _tellings(parsed: ParsedText, sentence: Sentence, groups: Sequence[Sequence[Trigger]]) -> tuple[Telling, ...]:
    parts = _divide(parsed, sentence, groups)
    return tuple(Telling(sentence, tuple(g), _top(parsed, g), tuple(p)) for g, p in zip(groups, parts, strict=True))


def is_habitual(parsed: ParsedText, telling: Telling) -> bool:
    """Return whether a telling speaks of a habit or of what goes on: "regularly attacked", "is targeting"."""
    children = [c for t in telling.verbs for c in parsed.children(t.token)]
    children += [c for t in telling.verbs for c in parsed.children(first_conjunct(parsed, t.token)) if c.text == "once"]
    words = {c.text.lower() for c in children}
    below = (b for c in children if c.text.lower() == "before" for b in parsed.children(c))
    counted = any(c.dep == "npadvmod" for c in (*children, *below))  # "died |the day| before", "|Hours| before,"
    if not counted and any(c.dep == "advmod" and c.text == "before" for c in children):
        return True  # "have traded fire before"
    if {t.family for t in telling.triggers} <= HARM and any(
        t.lemma.lower() in load_tables().long_runs
        and not LEFT_BY_WAR.search(telling.text())
        and t.dep != "compound"
        and not _is_short(parsed, t)
        for t in telling.tokens
    ):
        return True  # "6,000 people have died in the crisis"
    if EVERY.search(telling.text()) and any(t.token.tag in {"VBP", "VBZ"} for t in telling.verbs):
        return True  # "thousands fight |every dawn| for petrol"
    words -= {"repeatedly"} if {t.family for t in telling.verbs} & AT_ONCE else set()
    words -= {"once"} if any(t.token.dep == "advcl" for t in telling.verbs) else set()  # "|once| they had left"
    words -= {"never"} if any(t.idiom for t in telling.verbs) else set()  # "two |never came home|"
    return is_going_on(parsed, telling) or _is_committed(parsed, telling) or bool(words & load_tables().habitual)


def _is_short(parsed: ParsedText, run: Token) -> bool:
    """Whether a word before it makes a long run a short one: "a |turf| war"."""
    return any(c.lemma.lower() in load_tables().short_runs for c in parsed.children(run))


def _is_committed(parsed: ParsedText, telling: Telling) -> bool:
    """Whether it is said what some always do, and the sentence is no headline: "gangs |commit| acts of kidnapping"."""
    ends = parsed.text[telling.sentence.start : telling.sentence.end].rstrip().endswith(".")
    apart = any(t.family != "launch" for t in telling.verbs)  # more than "carry out"
    carriers = [support_verb(parsed, t.token) for t in telling.nouns] if ends and not apart else []
    present = [c for c in carriers if c is not None and c.lemma.lower() in DOING and _is_present(c)]
    return bool(present) and not any(c.dep == "aux" for v in present for c in parsed.children(v))


def _is_present(verb: Token) -> bool:
    return verb.tag in {"VBP", "VBZ"} or (verb.tag == "VB" and verb.dep == "conj")


def is_going_on(parsed: ParsedText, telling: Telling) -> bool:
    """Return whether a telling speaks of what goes on as it is told: "|are shelling| the outskirts"."""
    verbs = [t.token for t in telling.verbs if t.token.tag == "VBG" and t.token.text.lower() != "missing"]
    return any(c.text.lower() in {"is", "are"} for v in verbs for c in parsed.children(v))


def is_nominal(parsed: ParsedText, telling: Telling) -> bool:
    """Return whether an event noun is what the sentence says, as in headlines: "Clashes near Hama"."""
    if any(t.token.dep == "ROOT" for t in telling.nouns):
        return True
    tokens = parsed.tokens_of(telling.sentence)
    return bool(telling.nouns) and not any(t.tag in FINITE for t in tokens)


def weapon_text(parsed: ParsedText, telling: Telling) -> str:
    """Return the words that may name the weapon: those of its part, or all before where "another" stands for it."""
    stands_for = any(t.text.lower() in ELLIPTIC and t.dep in {"nsubj", "nsubjpass", "dobj"} for t in telling.tokens)
    aside = {t.token.i for t in telling.verbs if t.family == "bombing"}  # "bombs" may be what jets do
    aside |= {t.i for t in _struck(parsed, telling)}
    own = " ".join(t.text for t in telling.tokens if t.i not in aside)
    if not stands_for or instrument_in(own) is not None:
        return own
    named = parsed.text[telling.sentence.start : telling.tokens[-1].end]
    if instrument_in(named) is not None:
        return named
    before = parsed.sentence_at(max(0, telling.sentence.start - 2))  # "threw a grenade; |a second one| killed a guard"
    return named if before is None else parsed.text[before.start : telling.tokens[-1].end]


def _struck(parsed: ParsedText, telling: Telling) -> Iterator[Token]:
    """Yield the words for what a strike did, no weapon of those who struck: "a strike destroyed |a rocket rail|"."""
    does = (t.token for t in telling.nouns if t.family in STRIKING and t.token.dep == "nsubj")
    verb = next((parsed.tokens[t.head].i for t in does), None)
    after = (t for t in telling.tokens if verb is not None and t.i > verb)
    yield from takewhile(lambda t: t.text.lower() not in WITH_WHAT, after)


def is_strong(parsed: ParsedText, telling: Telling) -> bool:
    """Whether the triggers tell of an incident by themselves or with the weapon named beside them."""
    families = [load_tables().families[t.family] for t in telling.triggers]
    if any(not f.weak and not f.gives_way for f in families):
        return True
    names = {t.family for t in telling.triggers}
    armed = instrument_in(weapon_text(parsed, telling)) is not None
    if "respond" in names:
        return armed and len(names) > 1
    if names <= {"finding", "finding_bodies"}:
        return _bears_signs(parsed, telling.sentence) or _bear_signs_after(parsed, telling.sentence)
    if "gather" in names:
        return any(t.text.lower() in load_tables().causes for t in telling.tokens)
    return armed or bool(names & (HARM | ENOUGH)) or _breaks_out(parsed, telling)


def _bears_signs(parsed: ParsedText, sentence: Sentence) -> bool:
    """Whether a sentence on the dead says that they were killed: "with |gunshot| wounds"."""
    words = (word for t in parsed.tokens_of(sentence) for word in (t.lemma.lower(), t.text.lower()))
    return any(word in load_tables().violence_signs for word in words)


def _bear_signs_after(parsed: ParsedText, sentence: Sentence) -> bool:
    """Whether the next sentence says so of them: "Six bodies were found. |The bodies| bore signs of torture"."""
    after = parsed.sentence_at(sentence.end + 1)
    tokens = parsed.tokens_of(after) if after is not None and after.start >= sentence.end else ()
    opens = {t.lemma.lower() for t in tokens[:OPENING]}
    return after is not None and bool(opens & OF_THE_DEAD) and _bears_signs(parsed, after)


def _breaks_out(parsed: ParsedText, telling: Telling) -> bool:
    """Whether it is said of a fight only named that it went on: "an encounter |broke out|"."""
    words = load_tables().breaking_out
    met = [t.token for t in telling.nouns if t.family == "encounter"]
    verbs = [v for noun in met if (v := support_verb(parsed, noun)) is not None]
    lasted = (c for noun in met for c in parsed.children(noun) if c.dep == "relcl" and c.lemma.lower() == "last")
    return any(phrasal(parsed, v) in words for v in verbs) or any(lasted)


def _grouped(parsed: ParsedText, triggers: Sequence[Trigger]) -> list[list[Trigger]]:
    groups: list[list[Trigger]] = []
    for trigger in triggers:
        joined = [g for g in groups if any(same_incident(parsed, trigger, other) for other in g)]
        merged = sorted([t for g in joined for t in g] + [trigger], key=lambda t: t.token.i)
        groups = [g for g in groups if g not in joined] + [merged]
    return sorted(groups, key=lambda g: g[0].token.i)


def _top(parsed: ParsedText, group: Sequence[Trigger]) -> Token:
    return min((t.token for t in group), key=lambda t: (sum(1 for _ in ancestors(parsed, t)), t.i))


def _divide(parsed: ParsedText, sentence: Sentence, groups: Sequence[Sequence[Trigger]]) -> list[list[Token]]:
    """Give each token of the sentence to the group it is nearest to in the parse."""
    parts: list[list[Token]] = [[] for _ in groups]
    if len(groups) == 1:
        return [list(parsed.tokens_of(sentence))]
    for token in parsed.tokens_of(sentence) if groups else ():
        steps = [min(distance(parsed, token, t.token) + _order_cost(token, t.token) for t in g) for g in groups]
        steps = [step + _apart_cost(token, g, groups) for step, g in zip(steps, groups, strict=True)]
        parts[steps.index(min(steps))].append(token)
    return parts


def _apart_cost(token: Token, group: Sequence[Trigger], groups: Sequence[Sequence[Trigger]]) -> float:
    """Keep to what a crowd did the words of its part of the sentence, and no others."""
    parts = {t.scene for t in group if t.scene is not None}
    if parts:
        return 0.0 if any(start <= token.start < end for start, end in parts) else APART
    others = [t.scene for g in groups for t in g if t.scene is not None]
    here = [(start, end) for start, end in others if start <= token.start < end]
    return APART if any(not any(start <= t.token.start < end for t in group) for start, end in here) else 0.0


def _order_cost(token: Token, trigger: Token) -> float:
    """Break ties by the distance in words."""
    return min(abs(token.i - trigger.i), 99) / 100


def governing_verbs(parsed: ParsedText, token: Token) -> list[Token]:
    """Return the token, if it is a verb, and the verbs above it, nearest first."""
    return [t for t in (token, *ancestors(parsed, token)) if is_verb(t)]


def is_perceived(telling: Telling, verb: Token) -> bool:
    """Whether a verb says that blasts were seen or heard, then and there: "a ship |reported| two explosions"."""
    return verb.lemma.lower() in PERCEIVED and any(
        t.token.head == verb.i and t.token.dep == "dobj" and t.family in BLASTS for t in telling.nouns
    )


def support_verb(parsed: ParsedText, noun: Token) -> Token | None:
    """Return the verb that carries an event noun: "|carried out| two strikes", "an attack |took place|"."""
    head = parsed.tokens[noun.head]
    of = parsed.tokens[head.head]
    if is_hold(noun):
        return of  # "|are| in the hands of gunmen"
    if noun.dep == "pobj" and of.pos == "NOUN" and head.lemma == "of":  # a series of attacks
        return support_verb(parsed, of)
    if noun.dep == "conj":
        return support_verb(parsed, head)
    if noun.dep == "pobj" and head.text.lower() == "with" and of.lemma.lower() in ANSWERING:
        return of  # "answered |with| an air strike"
    carries = is_verb(head) and phrasal(parsed, head) in load_tables().support_verbs
    if head.lemma.lower() == "claim" and is_definite(parsed, noun):
        return None  # "claimed the attack" speaks of what was told, "claimed an attack" tells of it
    return head if carries and noun.dep in {"dobj", "nsubj", "nsubjpass"} else None
