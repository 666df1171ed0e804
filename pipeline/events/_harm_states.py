"""Link the number right before a state or a noun: "three dead", "12 members of the guard killed", "no injuries"."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.events._harm_joints import LISTED
from pipeline.events._harm_sentence import HarmSentence, counts_persons
from pipeline.events._harm_triggers import Trigger
from pipeline.events._quantities import Quantity
from pipeline.models import Count

__all__ = ["link_state"]

_BESIDE = re.compile(
    r"\s+(?:(?:others?|more|people|\w+ly|been|were|feared|reported|believed|presumed|confirmed|left|civilian|combat|serious|minor|military)\s+)?",
    re.IGNORECASE,
)


#: "12 members |of the guard and the police| killed in a clash": what a participle may be told of in a headline
_OF_WHOM = re.compile(
    r"\s+(?:of|from|in|with|belonging\s+to)\s(?:(?!\b(?:was|were|is|are|has|have|had|by|after|when|who|that|which|said|to)\b)[^,;:.]){1,70}?\s+(?:were\s+)?"
)
_THEN = re.compile(
    r"\s*(?:[,.;\n]|--|\Z)|\s+[-–—]|\s+(?:in|by|as|at|near|when|after|during|on|and|while|outside|inside|amid|over|due|across)\b",
    re.IGNORECASE,
)
#: "left 30 fighters| of the front and |eight soldiers dead"
_LISTED_OF = re.compile(rf"(?:\s+(?:of|from)\s[^,;:.]{{1,40}}?)?{LISTED.pattern}")
_ASIDE = re.compile(
    r",\s+(?:including|among\s+them|most(?:ly)?|some|all)\s[^,;:]{1,60},\s+|\s+including\s[^,;:.]{1,60}?\s+",
    re.IGNORECASE,
)


def link_state(sentence: HarmSentence, trigger: Trigger) -> bool:
    """Link the number right before a state or a noun: "three dead", "eight injuries", "no casualties or injuries"."""
    for quantity in reversed([q for q in sentence.quantities if q.end <= trigger.start]):
        if quantity.part:
            continue  # "five people, |including a boy|, hospitalized"
        gap = quantity.end, trigger.start
        beside = _BESIDE.fullmatch(sentence.text, *gap) or _ASIDE.fullmatch(sentence.text, *gap)
        beside = beside or _is_told_of_some(sentence, trigger, quantity)
        if (
            beside
            and (sentence.free(quantity) or quantity.count.high == 0)
            and (counts_persons(quantity) or "thing" not in quantity.classes)
        ):
            sentence.add(*_as_noun(sentence, trigger, quantity))
            _link_listed(sentence, trigger, quantity)
            return True
        break
    return _share_zero(sentence, trigger)


def _is_told_of_some(sentence: HarmSentence, trigger: Trigger, quantity: Quantity) -> re.Match[str] | None:
    """Match what stands between a number of a group and a participle that ends the clause."""
    plural = not quantity.single and (quantity.count.low or 0) > 1 and "person" in quantity.classes
    ends = "states" in trigger.roles and _THEN.match(sentence.text, trigger.end, sentence.end)
    if not plural or not ends or sentence.trigger_between(quantity.end, trigger.start):
        return None
    return _OF_WHOM.fullmatch(sentence.text, quantity.end, trigger.start)


def _link_listed(sentence: HarmSentence, trigger: Trigger, last: Quantity) -> None:
    """Link what is listed before the one right at a state: "left |a nurse| and five patients dead"."""
    if "states" not in trigger.roles or last.count.high == 0 or "person" not in last.classes:
        return
    for quantity in reversed([q for q in sentence.quantities if q.end <= last.start]):
        listed = _LISTED_OF.fullmatch(sentence.text, quantity.end, last.start) is not None
        people = "person" in quantity.classes or quantity.noun.isupper()  # "|11 VDP| and four drivers dead"
        if not listed or quantity.part or not people or not sentence.free(quantity):
            break
        sentence.add(trigger, quantity)
        last = quantity
    _link_him(sentence, trigger, last)


_HIM_AND = re.compile(r"\b(?P<one>him(?:self)?|her(?:self)?)\s+and\s+\Z", re.IGNORECASE)


def _link_him(sentence: HarmSentence, trigger: Trigger, last: Quantity) -> None:
    """Link the one told of before others at a state: "leaving |him| and four companions dead"."""
    him = _HIM_AND.search(sentence.text, max(sentence.start, last.start - 14), last.start)
    if him is not None:
        one = Count(1, 1, 1, "exact", him["one"])
        sentence.add(trigger, Quantity(*him.span("one"), one, him["one"], frozenset({"person"}), single=True))


def _as_noun(sentence: HarmSentence, trigger: Trigger, quantity: Quantity) -> tuple[Trigger, Quantity]:
    """Return both with the trigger as the noun counted ("eight injuries"); dead and wounded together are not split."""
    if "nouns" not in trigger.roles or (quantity.classes and quantity.count.high != 0):
        return trigger, quantity
    if len(trigger.kinds) > 1 and quantity.count.high != 0:
        trigger = replace(trigger, kinds=("other",))
    return trigger, replace(quantity, end=trigger.end, noun=sentence.text[trigger.start : trigger.end])


def _share_zero(sentence: HarmSentence, trigger: Trigger) -> bool:
    """Extend "no deaths" over "or injuries"."""
    zeros = [m for m in sentence.mentions if m.count.high == 0 and m.end <= trigger.start]
    if not zeros or not re.fullmatch(
        r"\s*\w*\s*(?:,|or|and|nor)\s+(?:\w+\s+)?", sentence.text[_last_end(sentence, trigger) : trigger.start]
    ):
        return False
    zero = zeros[-1]
    sentence.add(trigger, Quantity(zero.start, zero.end, zero.count, zero.noun))
    return True


def _last_end(sentence: HarmSentence, trigger: Trigger) -> int:
    """Return where the trigger before this one ends."""
    return max((t.end for t in sentence.triggers if t.end <= trigger.start), default=sentence.start)
