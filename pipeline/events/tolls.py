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
from pipeline.events.numbers import cardinal_pattern
from pipeline.models import Count

TOLL = re.compile(
    r"\btolls?\b|\bnumber\s+of\s+(?:[\w-]+\s+){0,3}?(?:dead|deaths|killed|those|fatalities|wounded|injur)"
    r"|\bput(?:s|ting)?\s+(?:the|its|their)\s+(?:[\w-]+\s+){0,3}?(?:fatalities|deaths|dead|wounded|injured|injuries)\s+at\s"
    r"|\b(?:gave|gives|giving|given|offered|had)\s+an?\s+(?:much\s+|slightly\s+)?(?:higher|lower|different|smaller|larger|bigger)\s+(?:[\w-]+\s+)?(?:figure|number|count|tally|estimate)\b"
    r"|\b(?:spoke|speaks|speaking|talked|talks)\s+of\s+(?:[\w-]+\s+){1,4}?(?:dead|deaths|killed|fatalities|wounded|injured)\b"
    r"|\b(?:rais|revis|updat)\w*\s+(?:the|that|this|its|their)\s+(?:figure|number|count|total|tally)\s+to\b",
    re.IGNORECASE,
)
#: what a toll of more than one incident is of
WIDER = re.compile(
    r"\b(?:war|conflict|unrest|insurgency|campaign|offensive|crisis|epidemic|overall|nationwide|countrywide|"
    r"months?|years?|weeks?|decades?|days\s+of|protests|clashes\s+since)\b",
    re.IGNORECASE,
)
SOMEBODYS = re.compile(
    r"\b(?:spoke|speaks|talked|put|puts|gave|gives|set|counted|said|says|told|according)\b", re.IGNORECASE
)
PUT = re.compile(r"\b(?:put|puts|gave|gives|counted|spoke|speaks|talked)\b", re.IGNORECASE)
#: by which the figures of a sentence are of what was told, as somebody else puts it
OTHERWISE = re.compile(
    r"\b(?:gave|gives|giving|given|offered|had)\s+an?\s+(?:\w+\s+)?(?:higher|lower|different|smaller|larger|bigger)\s"
    r"|\b(?:spoke|speaks|speaking|talked|talks)\s+of\s|\bput(?:s|ting)?\s+(?:the|its|their)\s+(?:[\w-]+\s+){0,4}?(?:dead|deaths|fatalities|killed|toll|tally)\b",
    re.IGNORECASE,
)
#: "|But| the police |said five persons lost their lives|", "the army, however, said 14 people were killed"
CONTRAST = re.compile(
    r"(?:\A\W*(?:but|however)\b[^.;]{0,120}?|,\s+however,)\s+(?:said|says|confirmed|insisted|maintained|stated)\s+"
    rf"(?:that\s+)?(?:only\s+|just\s+)?{cardinal_pattern()}\s+(?:people|persons|civilians|villagers|residents|victims)\s+"
    r"(?:(?:had|have)\s+)?(?:died|(?:were|been)\s+killed|los\w+\s+their\s+lives|perished)\b(?=\s*(?:[.,]|and\b|\Z))",
    re.IGNORECASE,
)
ROSE = re.compile(
    r"\b(?:rose|risen|rises|climb\w*|increas\w+|rais\w+|bring\w*|brought|now|later|updat\w+|revis\w+)\b", re.IGNORECASE
)
MOST = 1000  # dead or hurt: more are no one incident's
TIMES, MORE = 5, 20  # a toll does not grow by more


def with_toll(drafts: Sequence[Draft], counts: Sequence[CountMention], sentence: str, text: str) -> list[Draft] | None:
    """Return the drafts with the toll that a sentence of ``text`` tells of the last one, or None where it tells none.

    A lower figure by somebody else ("residents put the number of dead at 12") is the lower end.
    """
    otherwise = _speaks_otherwise(sentence)
    told_of = [c for c in counts if c.kind in HURT and not c.subset and c.count.low]
    tolls = [c for c in told_of if c.cumulative or otherwise]
    if not tolls or not (otherwise or is_toll(sentence)):
        return None
    last = _toll_of(drafts)
    beside = [d for d in drafts if last is not None and d.source == last.source and d.status in SAID]
    if last is not None and len(beside) > 1 and otherwise:
        counted = [d for d in beside if d.fatalities.low]
        last = counted[0] if len(counted) == 1 else None
    elif len(beside) > 1:
        return None
    if last is None:
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


def is_put_otherwise(drafts: Sequence[Draft], sentence: str) -> bool:
    """Whether a sentence only puts the toll of what was told otherwise, and tells of no place or day of its own."""
    plain = all(not d.placed and d.when is None and not d.perpetrator for d in drafts if d.status in SAID)
    return plain and _speaks_otherwise(sentence)


def _speaks_otherwise(sentence: str) -> bool:
    """Whether a sentence says in so many words that somebody tells of other figures."""
    if CONTRAST.search(sentence) is not None:
        return WIDER.search(sentence) is None and not is_total(sentence)
    return OTHERWISE.search(sentence) is not None and is_toll(sentence)


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
    put = (PUT.search(sentence) or CONTRAST.search(sentence)) is not None
    apart = bool(before) and put and ROSE.search(sentence) is None
    if low > before and apart and known.qualifier == toll.qualifier == "exact":
        return replace(known, high=toll.high, qualifier="about", text=f"{known.text}; {toll.text}")
    if low >= before:
        return toll
    ranged = known.qualifier == "about" and None not in {known.low, known.high} and put
    lower = (
        SOMEBODYS.search(sentence) is not None and toll.qualifier == "exact" and (known.qualifier == "exact" or ranged)
    )
    return replace(known, low=low, qualifier="about", text=f"{known.text}; {toll.text}") if lower else None
