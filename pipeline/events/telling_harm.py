"""How many were killed and hurt in what one telling tells, from the figures in its part of the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.counts import CountMention, harm
from pipeline.events.marks import has_auxiliary
from pipeline.events.tellings import Telling
from pipeline.models import Count
from pipeline.parse import ParsedText

PERFECT = frozenset({"has", "have"})
MANY = re.compile(r"(?:many|countless|numerous|scores|hundreds|thousands|so\s+many)\b", re.IGNORECASE)


def harm_of(parsed: ParsedText, telling: Telling, counts: Sequence[CountMention]) -> tuple[Count, Count]:
    """Return the dead and the wounded of a telling; none where "many have been killed" over years.

    Examples
    --------
    >>> from pipeline.events.counts import find_counts
    >>> from pipeline.events.tellings import find_tellings
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "The raid killed five civilians and killed three fighters."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> harm_of(parsed, find_tellings(parsed, parsed.sentences[0])[0], find_counts(text))[0].best
    8
    """
    return harm(() if _is_of_years(parsed, telling, counts) else _summed(counts))


def _is_of_years(parsed: ParsedText, telling: Telling, counts: Sequence[CountMention]) -> bool:
    """Whether "many have been killed" is told of no incident but of all the time before."""
    mere = all(t.family == "harm" for t in telling.triggers) or telling.plural
    of_years = mere and has_auxiliary(parsed, telling, PERFECT)
    return of_years and all(MANY.match(c.count.text) is not None for c in counts if not c.subset)


def _summed(counts: Sequence[CountMention]) -> tuple[CountMention, ...]:
    """Let figures for different people in one telling add up: "killed five civilians … and killed three fighters"."""
    plain = [c for c in counts if not c.subset and not c.cumulative and c.count.best]
    out: list[CountMention] = []
    for mention in counts:
        first = next((p for p in plain if p.kind == mention.kind), mention)
        differs = mention in plain and mention.noun and first.noun and mention.noun != first.noun
        out.append(replace(mention, trigger=first.trigger) if differs else mention)
    return tuple(out)
