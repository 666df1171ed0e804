"""Words that point at what was told before, or say that another thing is told now."""

from __future__ import annotations

import re

from pipeline.events.grammar import is_passive, subject
from pipeline.events.tellings import Telling
from pipeline.events.trigger_tables import load_tables
from pipeline.parse import ParsedText, Sentence, Token

ORDINALS = frozenset({"another", "second", "third", "fourth", "other"})
TIMES = frozenset(
    ["day", "night", "morning", "evening", "afternoon", "time", "hour", "week", "month", "year", "period", "moment"]
)
SEPARATE = re.compile(
    r"\W*(?:in\s+(?:an(?:other)?|a)\s+(?:(?:separate|different|second|third|similar|related|unrelated)\s+)?"
    r"(?:incident|development|attack|case|strike|raid|event|clash|operation)|separately|elsewhere|meanwhile|"
    r"on\s+the\s+other\s+hand|in\s+other\s+developments)\b",
    re.IGNORECASE,
)


#: "The attack |came a day after|", "It happened |the same day that|": what is told from there on is another incident
BESIDE_IN_TIME = re.compile(
    r"\W*(?:(?:the|this|that|these|those|it)\b|\w+day[’']s\b)[^.;:]{0,100}?\b"
    r"(?:came|comes|come|happened|occurred|took\s+place|follows|followed|was|were)\s+"
    r"(?:(?:just|only|barely|less\s+than|more\s+than|about|nearly|almost|some)\s+)*(?:an?|the\s+same|[\w-]+)?\s*"
    r"(?:hours?|days?|nights?|weeks?|months?|years?|mornings?|evenings?)\s+(?:after|before|that|as|when|since)\b"
    r"|\W*(?:(?:the|this|that|it)\b|\w+day[’']s\b)[^.;:]{0,60}?\b(?:follow(?:s|ed)|c[oa]mes?\s+after)\s+"
    r"(?:the\s+(?:one|killings?|deaths?)|(?:an?|one|another|two|several)\s+(?:(?:earlier|similar|deadly|separate)\s+)?"
    r"(?:one|attacks?|raids?|bombings?|strikes?|incidents?|ambush(?:es)?|blasts?|explosions?|clash(?:es)?))\b",
    re.IGNORECASE,
)


DIED_LATER = re.compile(
    r"\bof\s+(?:them|those|the\s+(?:injured|wounded|victims))\b(?!\s+an?\b)[^.;]{0,60}?\b(?:died|dies|succumbed)\b(?!\s+(?:on\s+the\s+spot|at\s+the\s+scene|instantly|at\s+once|immediately)\b)"
    r"|\b(?:second|third|fourth|fifth|sixth|seventh)\s+(?:[\w-]+\s+){1,3}?(?:(?:has|had|later|also)\s+)*(?:died|dies|succumbed)\b"
    r"|\bsuccumbed\s+to\s+(?:\w+\s+){0,2}(?:wounds|injuries)\b",
    re.IGNORECASE,
)


def tells_who_died_later(sentence: str) -> bool:
    """Whether a sentence tells that one of those hurt has died: "|one of the wounded died| on Tuesday".

    Examples
    --------
    >>> tells_who_died_later("One of the wounded died on Tuesday."), tells_who_died_later("One of them fled.")
    (True, False)
    """
    return DIED_LATER.search(sentence) is not None


DIED_IN_HOSPITAL = re.compile(
    r"\b(?:died|dies|succumbed|passed\s+away|(?:was|were)\s+(?:pronounced|declared)\s+dead)\b[^.;]{0,60}?"
    r"\b(?:hospitals?|clinic|infirmary|operating\s+table|treatment|treated)\b",
    re.IGNORECASE,
)


def tells_who_died_in_hospital(sentence: str) -> bool:
    """Whether a sentence tells that somebody has died where the wounded are cared for.

    Examples
    --------
    >>> tells_who_died_in_hospital("A corporal died on Saturday while undergoing treatment.")
    True
    """
    return DIED_IN_HOSPITAL.search(sentence) is not None


ONE_DIED = re.compile(r"\b(?:the|his|her)\s+[\w-]+\s+(?:(?:has|had)\s+)?(?:later|since)\s+died\b", re.IGNORECASE)


def tells_who_died_of_those_hurt(sentence: str) -> bool:
    """Whether a sentence tells that one who was told of as hurt has died: "|the boy later died|".

    Examples
    --------
    >>> tells_who_died_of_those_hurt("The boy later died."), tells_who_died_of_those_hurt("He later died.")
    (True, False)
    """
    return ONE_DIED.search(sentence) is not None


def is_beside_in_time(parsed: ParsedText, telling: Telling) -> bool:
    """Whether it only says on which day what the sentence speaks of was: "the same day that |two were killed|"."""
    match = BESIDE_IN_TIME.match(parsed.text, telling.sentence.start, telling.sentence.end)
    return match is not None and all(t.token.start >= match.end() for t in telling.triggers)


def opens_apart(parsed: ParsedText, sentence: Sentence) -> bool:
    """Whether a sentence opens by saying that it tells of another thing: "|In a separate incident|, …"."""
    return SEPARATE.match(parsed.text, sentence.start, sentence.end) is not None


def is_by_pronoun(parsed: ParsedText, verb: Token) -> bool:
    """Whether "it" or "they" did it."""
    doer = subject(parsed, verb)
    return doer is not None and doer.text.lower() in {"it", "they"} and not is_passive(parsed, verb)


def is_by_known(parsed: ParsedText, verb: Token) -> bool:
    """Whether one does it who was told of, by what they are there: "|the gunmen| then set fire to"."""
    doer = subject(parsed, verb)
    known = doer is not None and doer.lemma.lower() in load_tables().known_doers and not is_passive(parsed, verb)
    return (
        known and doer is not None and any(c.text.lower() in {"the", "these", "those"} for c in parsed.children(doer))
    )


def stands_for_another(parsed: ParsedText, telling: Telling) -> bool:
    """Whether what does it is one more of what was told: "|a second one| struck a warehouse"; not who was hurt."""
    blows = [t for t in telling.verbs if t.family != "harm"]
    doers = [c for t in blows for c in parsed.children(t.token) if c.dep in {"nsubj", "nsubjpass"}]
    parts = {
        t.i for t in parsed.tokens_of(telling.sentence) if t.text.lower() == "one" and t.dep in {"nsubj", "nsubjpass"}
    }
    return any(_is_another(parsed, d) and not any(i < d.i - 1 for i in parts) for d in doers)  # not "one … and another"


def _is_another(parsed: ParsedText, doer: Token) -> bool:
    before = {c.text.lower() for c in parsed.children(doer)}
    return doer.text.lower() in {"another", "second", "third"} or (
        doer.text.lower() == "one" and bool(before & ORDINALS)
    )


def is_same(parsed: ParsedText, token: Token) -> bool:
    """Whether a word points at what was told as "the |same| tanker", and not at a day."""
    noun = parsed.tokens[token.head].lemma.lower()
    return token.text.lower() == "same" and noun not in TIMES
