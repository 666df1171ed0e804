"""Of those hurt, who died: "seven came in with wounds, |of whom one died|" leaves six hurt, or seven at most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.events._harm_sentence import CountMention
from pipeline.models import Count

__all__ = ["died_of_hurt", "less_by", "without_those_who_died"]

_OF_WHOM = re.compile(r"\bof\s+wh(?:om|ich)\s+(?:at\s+least\s+)?\Z", re.IGNORECASE)
_AFTER = re.compile(r"\s+of\s+(?:whom|them|(?:the|those)\s+(?:wounded|injured|hurt))\b", re.IGNORECASE)


def less_by(hurt: Count, dead: Count) -> Count:
    """Return how many are hurt when so many of them have died: the upper end stays.

    Examples
    --------
    >>> less_by(Count(7, 7, 7, "exact", "seven"), Count(1, 1, 1, "exact", "one"))
    Count(low=6, best=6, high=7, qualifier='about', text='seven')
    """
    died = dead.low or 0
    if not died or not hurt.low or hurt.low < died or hurt.qualifier != "exact":
        return hurt
    return replace(hurt, low=hurt.low - died, best=(hurt.best or hurt.low) - died, qualifier="about")


def without_those_who_died(text: str, mentions: Sequence[CountMention]) -> list[CountMention]:
    """Return the counts of a sentence with those hurt told less by the ones of whom it is said that they died."""
    found = list(mentions)
    for mention in mentions:
        hurt = [i for i, m in enumerate(found) if m.kind == "injured" and not m.subset and m.end <= mention.start]
        if mention.kind == "killed" and hurt and _is_of_them(text, mention):
            found[hurt[-1]] = replace(found[hurt[-1]], count=less_by(found[hurt[-1]].count, mention.count))
    return found


def died_of_hurt(text: str, mentions: Sequence[CountMention]) -> Count:
    """Return how many of the hurt told of before have died by a sentence: "|two| of the wounded have died".

    Examples
    --------
    >>> died_of_hurt("He was hit.", []).low is None
    True
    """
    told = [m.count for m in mentions if m.kind == "killed" and _AFTER.match(text, m.start + len(m.count.text))]
    return told[0] if told else Count()


def _is_of_them(text: str, mention: CountMention) -> bool:
    """Whether a figure is of those told just before: "of whom |one|", "|one| of them"."""
    before = _OF_WHOM.search(text, max(0, mention.start - 24), mention.start) is not None
    return before or _AFTER.match(text, mention.start + len(mention.count.text)) is not None
