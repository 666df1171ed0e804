"""Who did it by the words beside the deed, for sentences that the parser takes apart wrongly.

"|Junta airstrikes| on Banmauk killed two", "an |Israeli sniper| shot dead a girl", "a blast triggered by |Maoists|",
"clashes between |soldiers| and |Fano militiamen|": what stands there is plain, whatever the parse makes of it. Only
words that can be nothing else may lie between the actor and the deed; else nobody is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.events._words import either
from pipeline.events.actors import ActorMention, Lexicon, find_actors, is_civilian
from pipeline.events.roles import Roles, suffers
from pipeline.events.tellings import Telling
from pipeline.events.triggers import Trigger, instrument_in, load_tables
from pipeline.models import Actor
from pipeline.parse import ParsedText

ARMED = frozenset({1, 2, 3, 4, 8})  # ACLED inter codes
NO_DOERS = frozenset({"official", "site", "civilian", "national"})  # kinds of mentions
FIGHTS = frozenset({"clash", "encounter"})  # families
REACH = 60  # characters between a fight and the sides of it
BLOW_REACH = 90  # and between a blow and the verb that tells what it did
NO_BLOWS = FIGHTS | {"protest", "agreement", "arrest", "finding", "finding_bodies", "headquarters", "transfer"}
_AUX = r"(?:(?:have|has|had|also|reportedly|allegedly|later|then|again|on\s+\w+day|yesterday)\s+){0,3}"
_AT = r"(?:\s+(?:on|in|at|near|against|across|targeting|over)\s[^,;:.()]{2,80}?)?\s+"
_PASSIVE = re.compile(r"\b(?:was|were|is|are|be|been|being|got|gets)\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE)
_DONE_BY = re.compile(
    r"(?:\s+(?:that\s+was\s+|which\s+was\s+|reportedly\s+|allegedly\s+)?(?:carried\s+out|launched|triggered|planted|laid|fired|set\s+off|set|detonated|staged|conducted"
    r"|committed|perpetrated|claimed|orchestrated|executed|mounted|unleashed|dropped|thrown|hurled|lobbed|caused|made|initiated|opened))?"
    r"\s+by\s+(?:the\s+|an?\s+|some\s+|several\s+|at\s+least\s+|around\s+|about\s+|over\s+|\w+\s+)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[^,;:.]{0,50}?\b(?:between|involving|pitting)\s+(?:the\s+|an?\s+)?", re.IGNORECASE)
_WITH = re.compile(r"\s+(?:with|against)\s+(?:the\s+|an?\s+|some\s+|several\s+|suspected\s+|\w+\s+)?", re.IGNORECASE)
_AND = re.compile(r"[^;:.]{0,40}?\b(?:and|with|against)\s+(?:the\s+|an?\s+|\w+\s+)?", re.IGNORECASE)


def with_doer_beside(roles: Roles, parsed: ParsedText, telling: Telling, *, lexicon: Lexicon, country: str) -> Roles:
    """Return the roles with who did it by the words beside the deed, where the parse has shown nobody.

    Examples
    --------
    >>> from pipeline.events.actors import load_lexicon
    >>> from pipeline.events.tellings import find_tellings
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "Two jawans died in a blast triggered by Maoists in Sukma."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> telling = find_tellings(parsed, parsed.sentences[0])[0]
    >>> with_doer_beside(Roles(), parsed, telling, lexicon=load_lexicon(), country="IN").perpetrator.name
    'CPI (Maoist): Communist Party of India (Maoist)'
    """
    mere = roles.perpetrator is not None and is_civilian(roles.perpetrator)
    if roles.perpetrator is not None and not mere:
        return roles
    sentence = telling.sentence
    told = find_actors(parsed.text, sentence.start, sentence.end, lexicon=lexicon, country=country)
    armed = [m for m in told if m.actor.inter in ARMED and m.kind not in NO_DOERS]
    if mere:
        doer = next((m.actor for t in telling.verbs for m in armed if _stands_before(parsed.text, m, t)), None)
        return roles if doer is None else Roles(doer, roles.target, roles.target_phrases)
    sides = _sides(parsed.text, telling, armed)
    if sides is not None:
        return _of_sides(roles, *sides)
    deeds = [t for t in telling.triggers if t.form == "noun" or not suffers(parsed, t)]
    found = (m.actor for t in deeds for m in armed if _did(parsed.text, t, m, lexicon))
    passive = (m.actor for t in telling.verbs for m in armed if _is_by(parsed.text, t, m))
    doer = next(found, None) or next(passive, None)
    return roles if doer is None or doer == roles.target else Roles(doer, roles.target, roles.target_phrases)


def _stands_before(text: str, doer: ActorMention, verb: Trigger) -> bool:
    """Whether an actor stands right before a verb: "residents fled after |the gang| stormed it"."""
    beside = doer.kind in {"named", "generic"} and text[doer.end : verb.token.start].isspace()
    return beside and verb.token.tag in {"VBD", "VBP", "VBZ"} and verb.family not in NO_BLOWS | {"harm"}


def _did(text: str, trigger: Trigger, doer: ActorMention, lexicon: Lexicon) -> bool:
    """Whether the words between an actor and a deed leave no other reading than that he did it."""
    if trigger.family in NO_BLOWS or (trigger.form == "verb" and trigger.token.lemma.lower() == "die"):
        return False
    if _is_by(text, trigger, doer):
        return True
    if doer.end > trigger.token.start:
        return False
    between = text[_end_of(text, doer) : trigger.token.start]
    if trigger.form == "noun":
        return _is_weapon(between, lexicon)
    if _PASSIVE.search(text, doer.end, trigger.token.start) or _DONE_BY.match(text, trigger.token.end):
        return False  # the deed was done to him
    return any(_is_weapon(part, lexicon) for part in _before_verb(between))


def _end_of(text: str, doer: ActorMention) -> int:
    """Return where an actor's words end; a blow that is one of them ("junta |airstrikes|") is left out."""
    last = re.compile(r"\s[\w-]+\Z").search(text, doer.start, doer.end)
    is_blow = last is not None and _blow().fullmatch(last[0] + " ") is not None
    return last.start() if last is not None and is_blow else doer.end


def _is_by(text: str, trigger: Trigger, doer: ActorMention) -> bool:
    """Whether "by" or "triggered by" leads from a deed to an actor."""
    after = doer.start >= trigger.token.end and trigger.family not in NO_BLOWS
    return after and _DONE_BY.fullmatch(text, trigger.token.end, doer.start) is not None


def _before_verb(between: str) -> Iterator[str]:
    """Yield what may lie between an actor and a verb, without auxiliaries and without where a blow was."""
    yield re.sub(rf"\s{_AUX}\Z", " ", between)
    blow = _blow().fullmatch(between) if len(between) <= BLOW_REACH else None
    if blow is not None:
        yield blow["weapon"]


@cache
def _blow() -> re.Pattern[str]:
    """Compile "drone strikes on a market": words for a weapon, a blow, where it was."""
    nouns = either(n for n, family in load_tables().nouns.items() if family not in NO_BLOWS)
    return re.compile(rf"(?P<weapon>(?:['’]s?)?\s+(?:[\w-]+\s+){{0,3}}?)(?:{nouns})(?:s|es)?{_AT}{_AUX}", re.IGNORECASE)


def _is_weapon(words: str, lexicon: Lexicon) -> bool:
    """Whether words are nothing, or only say with what: "Israeli |drone| strike", "army |snipers|"."""
    told = re.findall(r"[\w-]+", re.sub(r"\A['’]s?(?=\s)", "", words))
    if re.search(r"[^\w\s’'-]", words) or len(told) > 4:
        return False
    known = lexicon.word_sets["modifiers"] | lexicon.word_sets["tails"]
    return all(w.lower() in known or w.lower().endswith("ly") or instrument_in(w) is not None for w in told)


def _sides(text: str, telling: Telling, armed: Sequence[ActorMention]) -> tuple[Actor, Actor | None] | None:
    """Return the sides of a fight: those that it was "between", or the one that it was "with"."""
    for trigger in (t for t in telling.triggers if t.family in FIGHTS):
        end = trigger.token.end
        after = [m for m in armed if end <= m.start <= end + REACH]
        for one in after:
            if _BETWEEN.fullmatch(text, end, one.start):
                other = next((m for m in after if m.start >= one.end and _AND.fullmatch(text, one.end, m.start)), None)
                return one.actor, other.actor if other else None
            if _WITH.fullmatch(text, end, one.start):
                return one.actor, None
    return None


def _of_sides(roles: Roles, one: Actor, other: Actor | None) -> Roles:
    """Return the roles of a fight; of "rebels died in a clash with the NPA" the rebels are the NPA's."""
    known = roles.target
    if other is not None:
        first, second = (other, one) if known is not None and known.name == one.name else (one, other)
        return Roles(first, known or second, roles.target_phrases)
    if known is None or known.name == one.name:
        return Roles(None, known or one, roles.target_phrases)
    if known.name.startswith("Unidentified") and known.inter == one.inter:
        return Roles(None, one, roles.target_phrases)
    return Roles(one, known, roles.target_phrases)
