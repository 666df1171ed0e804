"""Count those hurt by other shapes than subject, verb and object: "|among the six whom| raiders killed"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipeline.events._harm_joints import NAME
from pipeline.events._harm_sentence import CountMention, HarmSentence
from pipeline.events._harm_triggers import Trigger
from pipeline.events._quantities import count_words
from pipeline.events._words import either
from pipeline.events.numbers import ORDINALS, cardinal_pattern, parse_number
from pipeline.models import Count

__all__ = ["add_fates", "link_whom"]

_LEAST = 3  # "a second victim" is told of two, but also of another place
ONE = Count(1, 1, 1, "exact")


def add_fates(sentence: HarmSentence) -> None:
    """Add those maimed and those counted by their place in a row; drop things of which only persons are told."""
    _drop_things(sentence)
    _drop_feared(sentence)
    _add_maimed(sentence)
    _count_in_order(sentence)
    _drop_blown_up(sentence)


def _drop_things(sentence: HarmSentence) -> None:
    """Drop what is no person of a word that is told of persons only: "|two Geran-2s| were brought down"."""
    only = {t.start for t in sentence.triggers if "persons" in t.roles}
    words = count_words().nouns

    def stays(mention: CountMention) -> bool:
        return (
            mention.trigger not in only
            or not mention.count.low
            or _is_person(mention.noun, hurt=mention.kind == "injured")
            or _is_named(mention)
        )

    def _is_named(mention: CountMention) -> bool:
        """Whether one is told of as he or she, or by name: "|She| passed away"."""
        noun = mention.noun
        return noun.lower() in _PRONOUNS or (noun == mention.count.text and re.fullmatch(_BY_NAME, noun) is not None)

    def _is_person(noun: str, *, hurt: bool) -> bool:
        return noun.lower() == "own" or (not noun and hurt) or "person" in words.get(noun.lower(), ())

    sentence.mentions[:] = [m for m in sentence.mentions if stays(m)]


_PRONOUNS = frozenset({"he", "she", "him", "her", "himself", "herself"})
_BY_NAME = rf"{NAME}(?:\s{NAME})*"


_FEARED = re.compile(r"\b(?:would|could|might|will)\s+(?:have\s+)?(?:be|been)\s+(?:\w+ly\s+)?\Z", re.IGNORECASE)


def _drop_feared(sentence: HarmSentence) -> None:
    """Drop those of whom it is only feared: "two guards |might have been| grazed"."""
    sentence.mentions[:] = [
        m
        for m in sentence.mentions
        if not _FEARED.search(sentence.text, max(sentence.start, m.trigger - 30), m.trigger)
    ]


@cache
def _whom() -> re.Pattern[str]:
    """Compile those of whom a verb is told behind them: "among |the six| whom the raiders |killed|"."""
    return re.compile(
        rf"\b(?:the|those|of)\s+(?P<count>{cardinal_pattern()})\s+(?:(?!that\b)[\w-]+\s+){{0,3}}?(?:whom|that)\s+(?:[^\s.;:,]+\s+){{1,8}}?\Z",
        re.IGNORECASE,
    )


def link_whom(sentence: HarmSentence, trigger: Trigger) -> bool:
    """Link those whom a verb that ends its clause is told of before it; tell whether there are any."""
    found = _whom().search(sentence.text, max(sentence.start, trigger.start - 120), trigger.start)
    number = parse_number(found["count"]) if found is not None else None
    if found is None or number is None or any(found.start() <= m.start < found.end() for m in sentence.mentions):
        return False
    if "person" not in trigger.roles and not {"killed", "injured"} & set(trigger.kinds):
        return False
    count = replace(number, text=found["count"])
    sentence.mentions += [
        CountMention(*found.span("count"), count, k, "", trigger=trigger.start) for k in trigger.kinds
    ]
    return True


@cache
def _maimed() -> tuple[re.Pattern[str], ...]:
    """Compile "two died and |a nun lost an eye|", "|his foot| had to be amputated", "broke |a guard's| jaw"."""
    limbs = either(count_words().raw["limbs"])
    one = rf"(?P<who>an?\s+[\w-]+(?:\s+(?!an?\b|both\b)[\w-]+)?|(?P<count>{cardinal_pattern()})\s+[\w-]+)"
    gapped = (
        rf"\b(?:los(?:t|e|es|ing)|cost(?:s|ing)?)\s[^.;]{{1,80}}?(?:,\s+(?:and\s+)?|\s+and\s+){one}\s+"
        rf"(?:an?|both|one|two|(?:his|her|their)(?:\s\w+)?)\s+(?:{limbs})\b"
    )
    be = r"(?:had\s+to\s+be|was|were|has\s+been|had\s+been|has\s+had\s+to\s+be)"
    off = r"(?:amputated|severed|crushed|mangled|(?:blown|torn|cut|taken|sliced|shot)\s+(?:off|away))"
    own = rf"\b(?P<who>his|her)\s+(?:(?:left|right|lower)\s+)?(?:{limbs})\s+{be}\s+{off}\b"
    part = rf"(?:{limbs}|{either(count_words().raw['struck'])}|{either(count_words().raw['other_parts'])})"
    broke = (
        r"(?:took|tore|blew|ripped|sever(?:ed|ing)|crush(?:ed|ing)|broke|breaking|fractur(?:ed|ing)|crack(?:ed|ing)"
        r"|shatter(?:ed|ing)|smash(?:ed|ing)|split|mangl(?:ed|ing)|pierc(?:ed|ing)|slash(?:ed|ing)|bloodied)(?:\s+off)?"
    )
    whose = rf"\b{broke}\s+(?P<who>an?\s+(?:[\w-]+\s+){{0,3}}?[\w-]+)[’']s\s+(?:(?:left|right)\s+)?{part}\b"
    return tuple(re.compile(p, re.IGNORECASE) for p in (gapped, own, whose))


def _add_maimed(sentence: HarmSentence) -> None:
    """Add those who lost a limb without a verb of their own."""
    for pattern in _maimed():
        found = pattern.search(sentence.text, sentence.start, sentence.end)
        if found is None or any(m.kind == "injured" and m.start < found.end() for m in sentence.mentions):
            continue
        number = found.groupdict().get("count")
        count = (parse_number(number) if number else None) or ONE
        at = found.start("who")
        mention = CountMention(
            *found.span("who"), replace(count, text=found["who"]), "injured", found["who"], trigger=at
        )
        sentence.mentions.append(mention)


@cache
def _in_order() -> re.Pattern[str]:
    return re.compile(rf"(?:an?|the|yet\s+an?other)\s+(?P<nth>{either(ORDINALS)})\b", re.IGNORECASE)


@cache
def _nth_body() -> re.Pattern[str]:
    """Compile the body that brings the toll up: "|a fifth body| had been pulled out"."""
    found = r"(?:pulled|recovered|found|dug|retrieved|discovered|fished|unearthed|extracted|taken|brought|identified)"
    return re.compile(
        rf"\b(?:an?|the)\s+(?P<nth>{either(ORDINALS)})\s+(?:[a-z]+\s+)?(?:body|corpse)\s+(?:was|had\s+been|has\s+been|were)\s+(?:\w+ly\s+)?{found}\b",
        re.IGNORECASE,
    )


def _count_in_order(sentence: HarmSentence) -> None:
    """Count all whom one that died is told to follow: "|a seventh villager| succumbed" makes seven."""
    dead = [i for i, m in enumerate(sentence.mentions) if m.kind == "killed" and not m.subset and m.count.low]
    if len(dead) == 1:
        mention = sentence.mentions[dead[0]]
        nth = _in_order().match(sentence.text, mention.start, mention.end)
        victim = nth is not None and _VICTIM.match(sentence.text, nth.end()) is not None
        alone = nth is not None and nth.end() >= mention.end and not victim  # "an eighth, the conductor, died"
        if nth is not None and not alone and ORDINALS[nth["nth"].lower()] >= _LEAST and _dies(sentence, mention):
            sentence.mentions[dead[0]] = replace(mention, count=_all(nth))
    body = _nth_body().search(sentence.text, sentence.start, sentence.end)
    if body is not None:
        told = CountMention(*body.span(), _all(body), "killed", "body", cumulative=True, trigger=body.start())
        sentence.mentions.append(told)


_DIES = re.compile(r"died|dies|succumbed|passed\s|perished|was\s+found|lost", re.IGNORECASE)
_VICTIM = re.compile(r"\s+(?:[a-z]+\s+)?(?:victim|fatality|casualty|death|martyr|patient)\b", re.IGNORECASE)


def _dies(sentence: HarmSentence, mention: CountMention) -> bool:
    """Whether one of a row is the last of the dead, not of others told of before: "two fled and a third was killed"."""
    others = any(
        q.count.low and q.count.low > 1 and "person" in q.classes and q.end <= mention.start
        for q in sentence.quantities
    )
    nth = _in_order().match(sentence.text, mention.start)
    victim = nth is not None and _VICTIM.match(sentence.text, nth.end()) is not None
    dies = _DIES.match(sentence.text, mention.trigger) is not None or victim
    return dies and not others


def _all(nth: re.Match[str]) -> Count:
    number = ORDINALS[nth["nth"].lower()]
    return Count(number, number, number, "exact", nth[0])


_BLOWN_UP = re.compile(r"blown\s+up|blew\s+up", re.IGNORECASE)


def _drop_blown_up(sentence: HarmSentence) -> None:
    """Drop those who were "blown up" where it is told besides how many of them died."""
    told = [m for m in sentence.mentions if m.kind == "killed" and not m.subset]
    weak = {m.trigger for m in told if _BLOWN_UP.match(sentence.text, m.trigger)}
    if any(m.trigger not in weak for m in told):
        sentence.mentions[:] = [m for m in sentence.mentions if not (m.kind == "killed" and m.trigger in weak)]
