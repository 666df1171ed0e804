"""One sentence -> its tellings: groups of triggers that speak of one incident, each with its part of the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.events.grammar import PASSIVE_SUBJECTS, SUBJECTS, ancestors, distance, subject
from pipeline.events.triggers import Trigger, find_triggers, instrument_in, load_tables, phrasal
from pipeline.parse import ParsedText, Sentence, Token

JOINING_PREPOSITIONS = frozenset({"in", "by", "during", "with", "from", "through", "as", "of", "under"})
HARM = frozenset({"harm", "killing"})
BLOWS = frozenset({"attack", "strike", "airstrike", "shelling", "bombing", "launch", "land", "raid", "explosion", "shooting", "ambush"})


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
        return min(self.triggers, key=lambda t: (
            families[t.family].weak, families[t.family].gives_way, families[t.family].sub is None, order.index(t.family), t.token.i,
        ))  # fmt: skip

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
        blows = [t for t in self.nouns if t.family not in HARM]
        return bool(blows) and all(t.plural for t in blows)

    @property
    def definite(self) -> bool:
        """Whether it speaks of something told before: "the attack", "those strikes"."""
        blows = [t for t in self.nouns if t.family not in HARM] or list(self.verbs)
        return bool(blows) and all(t.definite for t in blows)

    @property
    def other(self) -> bool:
        """Whether it speaks of another incident than the one told of: "a previous attack"."""
        return any(t.other for t in self.nouns)

    def text(self, parsed: ParsedText) -> str:
        """Return the words of its part of the sentence."""
        return " ".join(t.text for t in self.tokens)


def find_tellings(parsed: ParsedText, sentence: Sentence) -> tuple[Telling, ...]:
    """Return the tellings of a sentence, in order of their first trigger."""
    triggers = find_triggers(parsed, sentence)
    groups = _grouped(parsed, triggers)
    strong = [t for t in _tellings(parsed, sentence, groups) if is_strong(parsed, t)]
    habits = [t for t in strong if is_habitual(parsed, t)]
    single = _tellings(parsed, sentence, [t.triggers for t in strong if t not in habits])  # what is left is shared out anew
    return tuple(sorted((*single, *habits), key=lambda t: t.triggers[0].token.i))


def _tellings(parsed: ParsedText, sentence: Sentence, groups: Sequence[Sequence[Trigger]]) -> tuple[Telling, ...]:
    parts = _divide(parsed, sentence, groups)
    return tuple(Telling(sentence, tuple(g), _top(parsed, g), tuple(p)) for g, p in zip(groups, parts, strict=True))


def is_habitual(parsed: ParsedText, telling: Telling) -> bool:
    """Whether a telling speaks of a habit or of what goes on, not of one incident: "regularly attacked", "is targeting"."""
    words = {c.text.lower() for t in telling.verbs for c in parsed.children(t.token)}
    goes_on = any(t.token.tag == "VBG" and words & {"is", "are"} for t in telling.verbs)
    return goes_on or bool(words & load_tables().habitual)


def is_strong(parsed: ParsedText, telling: Telling) -> bool:
    """Whether the triggers tell of an incident by themselves or with the weapon named beside them."""
    families = [load_tables().families[t.family] for t in telling.triggers]
    if any(not f.weak and not f.gives_way for f in families):
        return True
    names = {t.family for t in telling.triggers}
    armed = instrument_in(telling.text(parsed)) is not None
    if names & {"respond"}:
        return armed and len(names) > 1
    return armed or bool(names & (HARM | {"intercept"}))


def _grouped(parsed: ParsedText, triggers: Sequence[Trigger]) -> list[list[Trigger]]:
    groups: list[list[Trigger]] = []
    for trigger in triggers:
        joined = [g for g in groups if any(_same_incident(parsed, trigger, other) for other in g)]
        merged = sorted([t for g in joined for t in g] + [trigger], key=lambda t: t.token.i)
        groups = [g for g in groups if g not in joined] + [merged]
    return sorted(groups, key=lambda g: g[0].token.i)


def _same_incident(parsed: ParsedText, one: Trigger, other: Trigger) -> bool:
    if one.form == other.form == "verb":
        return _verbs_join(parsed, one, other) or _verbs_join(parsed, other, one)
    if one.form == other.form == "noun":
        return _nouns_join(parsed, one.token, other.token) or _nouns_join(parsed, other.token, one.token)
    noun, verb = (one, other) if one.form == "noun" else (other, one)
    return _noun_joins_verb(parsed, noun, verb)


def _verbs_join(parsed: ParsedText, verb: Trigger, above: Trigger) -> bool:
    """Whether ``verb`` goes on telling of what ``above`` began: "hit X, killing Y", "targeted and destroyed"."""
    token = verb.token
    if _describes_side(parsed, verb, above):
        return True
    if token.head != above.token.i or (_has_blow(parsed, token) and _has_blow(parsed, above.token)):
        return False
    if token.dep == "advcl" and above.family in HARM and verb.family in BLOWS:
        return True  # "were killed when a drone hit an outpost"
    own_subject = any(c.dep in SUBJECTS | PASSIVE_SUBJECTS for c in parsed.children(token))
    if token.dep in {"advcl", "xcomp", "acl", "dep"} and not own_subject:
        return verb.family in HARM | {"looting"} or above.family in {"respond", "launch"}
    if token.dep == "relcl":
        return False
    if token.dep == "conj" and not own_subject:
        return verb.family in HARM | BLOWS and (above.family in HARM | BLOWS | {"respond"}) or verb.family == above.family
    return token.dep in {"conj", "ccomp"} and verb.family == "harm" and above.family in HARM  # "six were killed and 83 were injured"


def _describes_side(parsed: ParsedText, verb: Trigger, above: Trigger) -> bool:
    """Whether a clause says what one side did: "attacked by militias |who fired| rockets", "a missile |launched| from"."""
    if verb.family != "launch" or verb.token.dep not in {"relcl", "acl"}:
        return False
    noun = parsed.tokens[verb.token.head]
    link = parsed.tokens[noun.head]
    return link.i == above.token.i or (link.dep == "agent" and link.head == above.token.i)


def _has_blow(parsed: ParsedText, verb: Token) -> bool:
    """Whether a verb has its own event noun: "injured |in that attack|"."""
    preps = (c for c in parsed.children(verb) if c.dep in {"prep", "agent"})
    return any(p.lemma.lower() in load_tables().nouns for c in preps for p in parsed.children(c))


def _nouns_join(parsed: ParsedText, noun: Token, above: Token) -> bool:
    head = parsed.tokens[noun.head]
    if noun.dep in {"appos", "attr"} and head.i == above.i:
        return True
    return noun.dep == "pobj" and head.lemma.lower() == "of" and head.head == above.i


def _noun_joins_verb(parsed: ParsedText, noun: Trigger, verb: Trigger) -> bool:
    token, blow = noun.token, verb.token
    head = parsed.tokens[token.head]
    if blow.dep in {"relcl", "acl"} and blow.head == token.i:
        return True
    if head.i == blow.i:
        return token.dep in SUBJECTS | PASSIVE_SUBJECTS | {"dobj", "attr", "npadvmod"}
    if token.dep == "pobj" and head.head == blow.i:
        return head.text.lower() in JOINING_PREPOSITIONS
    above = parsed.tokens[head.head]
    if token.dep == "pobj" and head.text.lower() in {"in", "by", "of"} and above.dep in {"dobj", "nsubjpass", "nsubj"} and above.head == blow.i:
        return verb.family in HARM or verb.family in {"launch"}  # "killed six people in an attack", "fired a barrage of"
    shared = subject(parsed, blow)
    return verb.family in HARM | BLOWS and shared is not None and shared.i == token.i


def _top(parsed: ParsedText, group: Sequence[Trigger]) -> Token:
    return min((t.token for t in group), key=lambda t: (sum(1 for _ in ancestors(parsed, t)), t.i))


def _divide(parsed: ParsedText, sentence: Sentence, groups: Sequence[Sequence[Trigger]]) -> list[list[Token]]:
    """Give each token of the sentence to the group it is nearest to in the parse."""
    parts: list[list[Token]] = [[] for _ in groups]
    if len(groups) == 1:
        return [list(parsed.tokens_of(sentence))]
    for token in parsed.tokens_of(sentence) if groups else ():
        steps = [min(distance(parsed, token, t.token) + _order_cost(token, t.token) for t in g) for g in groups]
        parts[steps.index(min(steps))].append(token)
    return parts


def _order_cost(token: Token, trigger: Token) -> float:
    """Break ties by the distance in words."""
    return min(abs(token.i - trigger.i), 99) / 100


def governing_verbs(parsed: ParsedText, token: Token) -> list[Token]:
    """Return the verbs above a token, nearest first, up to the end of its clause or the speech verb that reports it."""
    found = [token] if token.pos in {"VERB", "AUX"} else []
    for above in ancestors(parsed, token):
        if above.pos in {"VERB", "AUX"}:
            found.append(above)
    return found


def support_verb(parsed: ParsedText, noun: Token) -> Token | None:
    """Return the verb that carries an event noun: "|carried out| two strikes", "an attack |took place|"."""
    head = parsed.tokens[noun.head]
    if noun.dep == "pobj" and parsed.tokens[head.head].pos in {"NOUN"}:  # a series of attacks
        return support_verb(parsed, parsed.tokens[head.head])
    if noun.dep == "conj":
        return support_verb(parsed, head)
    if noun.dep in {"dobj", "nsubj", "nsubjpass"} and head.pos in {"VERB", "AUX"} and phrasal(parsed, head) in load_tables().support_verbs:
        return head
    return None


