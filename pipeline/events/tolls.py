"""The toll of the incident told just before, brought up to date: "The death toll |rose to 23| on Tuesday"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.added_harm import with_one_side
from pipeline.events.claims import is_total
from pipeline.events.counts import HURT, CountMention
from pipeline.events.drafts import BLOODLESS, SAID, Draft
from pipeline.events.joining import HARM
from pipeline.models import Count

TOLL = re.compile(
    r"\btolls?\b|\bnumber\s+of\s+(?:[\w-]+\s+){0,3}?(?:dead|deaths|killed|those|fatalities|wounded|injur)"
    r"|\bput(?:s|ting)?\s+(?:the|its|their)\s+(?:[\w-]+\s+){0,3}?(?:fatalities|deaths|dead|wounded|injured|injuries)\s+at\s"
    r"|\b(?:rais|revis|updat)\w*\s+(?:the|that|this|its|their)\s+(?:figure|number|count|total|tally)\s+to\b",
    re.IGNORECASE,
)
#: what a toll of more than one incident is of
WIDER = re.compile(
    r"\b(?:war|conflict|unrest|insurgency|campaign|offensive|crisis|epidemic|overall|nationwide|countrywide|"
    r"months?|years?|weeks?|decades?|days\s+of|protests|clashes\s+since)\b",
    re.IGNORECASE,
)
SOMEBODYS = re.compile(r"\b(?:put|puts|gave|gives|set|counted|said|says|told|according)\b", re.IGNORECASE)
PUT = re.compile(r"\b(?:put|puts|gave|gives|counted)\b", re.IGNORECASE)
ROSE = re.compile(
    r"\b(?:rose|risen|rises|climb\w*|increas\w+|rais\w+|bring\w*|brought|now|later|updat\w+|revis\w+)\b", re.IGNORECASE
)
MOST = 1000  # dead or hurt: more are no one incident's
TIMES, MORE = 5, 20  # a toll does not grow by more


def with_toll(drafts: Sequence[Draft], counts: Sequence[CountMention], sentence: str, text: str) -> list[Draft] | None:
    """Return the drafts with the toll that a sentence of ``text`` tells of the last one, or None where it tells none.

    A lower figure by somebody else ("residents put the number of dead at 12") is the lower end.
    """
    tolls = [c for c in counts if c.kind in HURT and c.cumulative and not c.subset and c.count.low]
    if not tolls or not is_toll(sentence):
        return None
    last = _toll_of(drafts)
    if last is None or sum(d.source == last.source and d.status in SAID for d in drafts) > 1:
        return None
    told = last
    for toll in tolls:
        name = "fatalities" if toll.kind == "killed" else "injuries"
        known = told.fatalities if toll.kind == "killed" else told.injuries
        one_side = with_one_side(known, last.counts, toll, text)
        count = one_side or brought_up(known, toll.count, sentence)
        if count is None:
            return None
        told = replace(told, fatalities=count) if name == "fatalities" else replace(told, injuries=count)
    return [told if d is last else d for d in drafts]


def _toll_of(drafts: Sequence[Draft]) -> Draft | None:
    """Return the incident told last, by the telling that counts its dead or hurt: not by "others died in a house"."""
    told = [d for d in drafts if d.status in SAID and d.family not in BLOODLESS]
    last = told[-1] if told else None
    while told and told[-1].family in HARM and not (told[-1].fatalities.low or told[-1].injuries.low):
        told.pop()
    return told[-1] if told else last


def is_toll(sentence: str) -> bool:
    """Whether a sentence speaks of the toll of an incident, not of a war or of a long time.

    Examples
    --------
    >>> is_toll("The death toll rose to 12."), is_toll("The death toll in a year of war rose to 12,000.")
    (True, False)
    """
    return TOLL.search(sentence) is not None and WIDER.search(sentence) is None and not is_total(sentence)


def brought_up(known: Count, toll: Count, sentence: str) -> Count | None:
    """Return what a toll makes of what is known, or None where it is not of the same incident.

    Examples
    --------
    >>> seven = Count(7, 7, 7, "exact")
    >>> brought_up(Count(12, 12, 12, "exact"), seven, "The ministry put the number of dead at seven.").low
    7
    """
    low, before = toll.low or 0, known.low or known.high or 0
    if low > (before * TIMES + MORE if before else MOST):
        return None
    apart = bool(before) and PUT.search(sentence) is not None and ROSE.search(sentence) is None
    if low > before and apart and known.qualifier == toll.qualifier == "exact":
        return replace(known, high=toll.high, qualifier="about", text=f"{known.text}; {toll.text}")
    if low >= before:
        return toll
    lower = SOMEBODYS.search(sentence) is not None and known.qualifier == toll.qualifier == "exact"
    return replace(known, low=low, qualifier="about", text=f"{known.text}; {toll.text}") if lower else None
