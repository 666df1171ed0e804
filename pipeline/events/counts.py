"""Find how many: counts of those killed, injured, missing, held or displaced, and of attacks, troops and weapons.

A trigger ("killed", "the death of") is linked to the quantities that stand beside it as subject or object; nothing is
counted that stands beside none. A figure that is part of another ("including two children") is kept and marked, and
"no casualties" is a zero while "casualties were being assessed" is a count that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.events._harm_died import died_of_hurt, less_by, without_those_who_died
from pipeline.events._harm_links import CountMention, link_sentence
from pipeline.events._harm_sides import HURTS as HURT
from pipeline.events._harm_triggers import CountKind
from pipeline.events._of_them import dead_of_before
from pipeline.events._quantities import Quantity, find_quantities
from pipeline.models import Count, Qualifier

__all__ = ["HURT", "CountKind", "CountMention", "added_up", "died_of_hurt", "find_counts", "harm", "less_by"]

_LONGEST = 2_000  # characters of a sentence; what is longer is no sentence, and would cost the square of its length
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Lt|Mr|Dr|St|No))(?<!\b(?:Gen|Col|Maj|Sgt|Pvt|Cpl|Mrs|Oct|Nov|Dec|Jan|Feb|Aug|Sep))[.!?][”\"’')]*"
    r"\s+(?=[“\"‘'(]*[A-Z\d])|\n\s*\n"
)


def find_counts(text: str, start: int = 0, end: int | None = None) -> tuple[CountMention, ...]:
    """Find the counts told in ``text[start:end]``, in order.

    "Casualties" without more are both dead and wounded, so one span may come twice, once for each kind.

    Examples
    --------
    >>> [(m.kind, m.count.low, m.noun) for m in find_counts("It killed several fighters and injured eight people.")]
    [('killed', 2, 'fighters'), ('injured', 8, 'people')]
    """
    end = len(text) if end is None else min(end, len(text))
    found: list[CountMention] = []
    for first, last in _sentences(text, max(0, min(start, end)), end):
        quantities = find_quantities(text, first, last)
        linked = without_those_who_died(text, link_sentence(text, first, last, quantities))
        linked = [*linked, *dead_of_before(text, first, last, linked)]
        spans = {(m.start, m.end) for m in linked}
        rest = [q for q in quantities if (q.start, q.end) not in spans]
        found += [*linked, *_tallies(text, [q for q in rest if not (linked and _is_year(text, q))])]
    return tuple(sorted(found, key=lambda m: (m.start, m.end, m.kind)))


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a span, cut where a full stop is followed by a capital."""
    cuts = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
    for cut in (*cuts, end):
        while start < cut:
            yield start, min(start + _LONGEST, cut)
            start = min(start + _LONGEST, cut)


_CLASS_KINDS: tuple[tuple[str, CountKind], ...] = (("attack", "attacks"), ("force", "troops"), ("thing", "other"))


def _tallies(text: str, quantities: Sequence[Quantity]) -> Iterator[CountMention]:
    """Yield counts of attacks, troops and weapons; "900 troops in Syria and 2,500 in Iraq" are two of troops."""
    last: CountMention | None = None
    for quantity in quantities:
        if quantity.single:
            continue
        kind = next((kind for name, kind in _CLASS_KINDS if name in quantity.classes), None)
        if kind is not None:
            last = CountMention(quantity.start, quantity.end, quantity.count, kind, quantity.noun, quantity.part)
            yield last
        elif last is not None and not quantity.noun and _is_elliptic(text, last, quantity):
            yield CountMention(quantity.start, quantity.end, quantity.count, last.kind, last.noun)


_YEAR = re.compile(r"(?:19|20)\d\d\s")


def _is_year(text: str, quantity: Quantity) -> bool:
    """Return whether a figure only says of what year something is: "|2019| Rawa attack: six are killed".

    Of a heading by itself it is not asked: what is counted there tells of no incident.
    """
    return _YEAR.match(text, quantity.start) is not None and not quantity.noun.endswith("s")


def _is_elliptic(text: str, last: CountMention, quantity: Quantity) -> bool:
    """Return whether a bare number leaves out the noun told before it."""
    joined = re.search(r"(?:,|\band|\bplus)\s*(?:another\s+)?\Z", text[last.end : quantity.start]) is not None
    return (
        joined
        and re.match(r"\s+(?:more\s+)?(?:in|on|at|against|from)\b", text[quantity.end : quantity.end + 20]) is not None
    )


def harm(mentions: Iterable[CountMention]) -> tuple[Count, Count]:
    """Return the deaths and the injuries of one event from all that is told of it.

    Figures told together are added ("two soldiers and a civilian"); parts are not. Of totals told apart the last
    running total holds; else they are taken as statements about one number: "at least six" and "nine" agree on nine,
    while five and seven leave low and best at five and high at seven. One person told of beside a larger figure is part
    of it.

    Parameters
    ----------
    mentions : iterable of CountMention
        Those of the sentences that tell of the event.

    Returns
    -------
    tuple of Count
        Fatalities and injuries; an empty ``Count()`` where nothing is told.

    Examples
    --------
    >>> deaths, injuries = harm(find_counts("Two soldiers and a civilian were killed, and casualties may rise."))
    >>> deaths.best, injuries.best
    (3, None)
    """
    told = tuple(mentions)
    return _total([m for m in told if m.kind == "killed"]), _total([m for m in told if m.kind == "injured"])


def _total(mentions: Sequence[CountMention]) -> Count:
    """Return one count from all mentions of a kind; where only parts are told, no fewer than the largest."""
    parts = [m.count for m in mentions if m.subset and m.count.low is not None]
    mentions = [m for m in mentions if not m.subset]
    if parts and not mentions:
        largest = max(parts, key=_least)
        return Count(largest.low, largest.low, None, "at_least", largest.text)
    running = [m for m in mentions if m.cumulative and m.count.low is not None]
    if running:
        return running[-1].count
    sums = _sums(mentions)
    known = [c for c in sums if (c.low, c.high) != (None, None)]
    if not known:
        return replace(Count(), text="; ".join(dict.fromkeys(c.text for c in sums if c.text)))
    if any(_least(c) > 0 for c in known):
        known = [c for c in known if c.high != 0]
    return _reconcile(known)


def _sums(mentions: Sequence[CountMention]) -> list[Count]:
    """Return the figures told together as one each; single persons beside a larger figure are left out."""
    groups: dict[int, dict[tuple[int, int], CountMention]] = {}
    for mention in mentions:
        groups.setdefault(mention.trigger, {})[mention.start, mention.end] = mention
    sums = [added_up([m.count for m in group.values()]) for group in groups.values()]
    single = Count(1, 1, 1, "exact")
    larger = [c for c in sums if replace(c, text="") != single]
    return larger if any(_least(c) > 1 for c in larger) else sums


def added_up(counts: Sequence[Count]) -> Count:
    """Return the sum of figures told together; an open or unknown end stays open.

    Examples
    --------
    >>> added_up([Count(2, 2, 2, "exact", "two"), Count(3, 3, None, "at_least", "at least three")])
    Count(low=5, best=5, high=None, qualifier='at_least', text='two; at least three')
    """
    if len(counts) == 1:
        return counts[0]
    lows = [c.low for c in counts if c.low is not None]
    bests = [c.best for c in counts if c.best is not None]
    highs = [c.high for c in counts if c.high is not None]
    high = sum(highs) if len(highs) == len(counts) else None
    qualifiers = {c.qualifier for c in counts}
    qualifier: Qualifier = (
        counts[0].qualifier if len(qualifiers) == 1 else ("about" if high is not None else "at_least")
    )
    return Count(
        sum(lows) if lows else None, sum(bests) if bests else None, high, qualifier, "; ".join(c.text for c in counts)
    )


def _least(count: Count) -> int:
    """Return the lower bound of a count, 0 where none is told."""
    return count.low or 0


def _reconcile(counts: Sequence[Count]) -> Count:
    """Return one count from several statements about the same number."""
    texts = "; ".join(dict.fromkeys(c.text for c in counts if c.text))
    low = max(_least(c) for c in counts)
    highs = [c.high for c in counts if c.high is not None]
    if not highs or low <= min(highs):
        closest = max(counts, key=lambda c: (_least(c), c.high is not None))
        most = min(highs, default=None)
        best = closest.best if None in (most, closest.best) else min(closest.best or 0, most or 0)
        return replace(closest, best=best, high=most, text=texts)
    least = min(_least(c) for c in counts)
    return Count(least, least, None if len(highs) < len(counts) else max(highs), "about", texts)
