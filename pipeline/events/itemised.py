"""Counts told place by place in one sentence: "killing two in A and three in B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.events._quantities import find_quantities
from pipeline.events.counts import HURT, CountMention, harm
from pipeline.models import Count, Resolution

#: What may stand between a figure and the place it is counted at.
TO_PLACE = re.compile(
    r"\s*(?:of\s+(?:them|those|the\s+(?:dead|victims))\s+)?(?:(?:more|others?|people|persons|dead|killed|wounded|injured|hurt|were|was|have|had|been|died|perished|lost\s+their\s+lives)\s+){0,4}"
    r"(?:in|at|near|outside|around)\s+(?:the\s+)?(?:[a-z]+\s+){0,2}(?:of\s+)?(?:the\s+)?"
)
#: What joins what else is counted there: "|two were killed and| four wounded in A".
JOINED = re.compile(
    r"\s*(?:(?:people|others?|more|were|was|have|been|dead|killed|wounded|injured|hurt|died)\s*){0,4}(?:,\s+(?:and\s+)?|\s?and\s+)",
    re.IGNORECASE,
)
LEAST_WORDS = 3  # of a figure without a noun: "and two in"


@dataclass(frozen=True, slots=True)
class Item:
    """A place and how many were hurt there."""

    site: Resolution
    dead: Count
    hurt: Count


def counted_by_place(text: str, sites: Sequence[Resolution], counts: Sequence[CountMention]) -> tuple[Item, ...]:
    """Return what is counted right before the name of a place, in order of the text.

    A figure without a word of harm takes that of the figure before: "three were wounded in A and two in B".
    """
    told = [c for c in counts if c.kind in HURT]
    named = [s for s in sites if s.place is not None]
    if not told or len(named) < 2:
        return ()
    items: list[Item] = []
    for site in named:
        mentions = _counted_at(text, site, told)
        if mentions:
            items.append(Item(site, *harm(mentions)))
    return tuple(items) if len({i.site.place.place_id for i in items if i.site.place}) == len(items) else ()


def _with_joined(text: str, near: list[CountMention], told: Sequence[CountMention]) -> list[CountMention]:
    """Return the figures at a place with those of the other kind told right before them."""
    for mention in sorted((c for c in told if c.end <= near[0].start), key=lambda c: -c.start):
        if any(c.kind == mention.kind for c in near) or not JOINED.fullmatch(text, mention.end, near[0].start):
            break
        near = [mention, *near]
    return near


def _counted_at(text: str, site: Resolution, told: Sequence[CountMention]) -> list[CountMention]:
    """Return the counts that stand right before a place, those told together with them included."""
    start = site.mention.start
    near = [c for c in told if c.end <= start and TO_PLACE.fullmatch(text, c.end, start)]
    if near:
        return _with_joined(text, near, told)
    before = [c for c in told if c.end <= start]
    last = max((c for c in before), key=lambda c: c.end, default=None)
    if last is None:
        return []
    for quantity in reversed(find_quantities(text, last.end, start)):
        if not quantity.single and TO_PLACE.fullmatch(text, quantity.end, start):
            return [replace(last, start=quantity.start, end=quantity.end, count=quantity.count, subset=False)]
    return []
