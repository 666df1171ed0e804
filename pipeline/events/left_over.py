"""Whose the dead and hurt of a sentence are that no telling has: "a car was rammed into a gate; |seven died|"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.counts import HURT, CountMention, harm
from pipeline.events.drafts import BLOODLESS, SAID, Draft
from pipeline.events.joining import HARM
from pipeline.models import Count

__all__ = ["with_left_over"]

_OF_WAR = 500  # dead or hurt: so many are no one incident's that a sentence tells of in passing
_CLAUSE = re.compile(r"[,;:.]|\b(?:and|but|while|when|after|before|although|though)\b", re.IGNORECASE)
#: where and when else they were hurt: "two died |in Kirkuk|", "five |last week|"
_ELSEWHERE = re.compile(
    r"\b(?:in|at|near|outside|around|across|over|from)\s+(?:the\s+(?:\w+\s+)?(?:town|village|city|province|district)\b|[A-Z])"
    r"|\b(?:last|previous|earlier|since|past|before|ago|yesterday|nationwide|elsewhere|another|separate(?:ly)?|second)\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:19|20)\d\d\b"
)
_UNSURE = re.compile(
    r"\b(?:if|could|might|would|may|threat\w*|warn\w*|plan\w*|risk|fear\w*|never|not)\b", re.IGNORECASE
)


def with_left_over(
    drafts: Sequence[Draft], counts: Sequence[CountMention], claimed: Sequence[CountMention], text: str
) -> list[Draft]:
    """Return the drafts of one sentence, its one blow with the dead and hurt that none of them has.

    Parameters
    ----------
    drafts : sequence of Draft
        All that the sentence tells.
    counts, claimed : sequence of CountMention
        The figures of the sentence, and those that are totals of more than one incident.
    text : str
        The report.
    """
    blow = _sole_blow(drafts)
    held = {(c.start, c.kind) for d in drafts for c in (*d.counts, *claimed)}
    free = [c for c in counts if c.kind in HURT and (c.start, c.kind) not in held and not c.cumulative]
    if (
        blow is None
        or not free
        or any(d.fatalities != Count() or d.injuries != Count() for d in drafts if d is not blow)
    ):
        return list(drafts)
    start, end = blow.source.sent_start, blow.source.sent_start + len(blow.source.sentence)
    mine = [c for c in free if _may_be_of(c, text, start, end)]
    dead, hurt = harm(mine)
    whole = replace(
        blow,
        fatalities=blow.fatalities if blow.fatalities != Count() else dead,
        injuries=blow.injuries if blow.injuries != Count() else hurt,
        counts=(*blow.counts, *mine),
    )
    return [whole if d is blow else d for d in drafts] if mine else list(drafts)


def _sole_blow(drafts: Sequence[Draft]) -> Draft | None:
    """Return the one deed of a sentence, beside what only says more of it in a clause."""
    told = [d for d in drafts if d.status in SAID and d.family not in BLOODLESS]
    if len(told) > 1:
        told = [d for d in told if not (d.in_clause and d.when is None and not d.placed)]
    blow = told[0] if len(told) == 1 else None
    vague = (
        blow is None
        or blow.family in HARM
        or blow.habitual
        or blow.general
        or blow.earlier
        or blow.summed
        or blow.plural
    )
    return None if vague else blow


def _may_be_of(mention: CountMention, text: str, start: int, end: int) -> bool:
    """Whether what is told of those counted names no other place or time, and is no fear or plan."""
    begin = max((m.end() for m in _CLAUSE.finditer(text, start, mention.start)), default=start)
    after = max(mention.end, mention.trigger)
    stop = _CLAUSE.search(text, after, end)
    clause = text[begin : stop.start() if stop else end]
    few = (mention.count.low or 0) < _OF_WAR
    return few and _ELSEWHERE.search(clause) is None and _UNSURE.search(clause) is None
