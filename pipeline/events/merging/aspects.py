"""Are two tellings one incident? Each aspect adds its signs, or says why they cannot be one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pipeline.events.merging.actors import compare_sides
from pipeline.events.merging.days import compare_days, compare_hours
from pipeline.events.merging.evidence import BIAS, Apart, Finding, Sign, weighed, weights
from pipeline.events.merging.kind_pairs import unlikeness
from pipeline.events.merging.numbers import compare_harm
from pipeline.events.merging.tellings import Told
from pipeline.events.merging.where import compare_where
from pipeline.events.merging.wording import compare_people, compare_sentences, compare_things, compare_weapons
from pipeline.models import Reason

Aspect = Callable[[Told, Told], Finding]


def compare(one: Told, other: Told, *, copied: bool = False) -> tuple[float | None, tuple[Reason, ...]]:
    """Return the evidence that two tellings are one incident, with its parts; None where they cannot be one.

    Parameters
    ----------
    one, other : Told
    copied : bool
        Whether a report of the one is a near copy of a report of the other.

    Returns
    -------
    tuple
        The sum in log-odds, and what each aspect added; with None, the one reason against.
    """
    reasons = [Reason(BIAS, weights()[BIAS], "before anything is compared")]
    for name, found in signs_of(one, other, copied=copied):
        if isinstance(found, Apart):
            return None, (Reason(name, 0.0, found.why),)
        if found:
            why = "; ".join(s.why for s in found if s.why) or "nothing told against it"
            reasons.append(Reason(name, round(weighed(found), 2), why))
    return round(sum(r.contribution for r in reasons), 4), tuple(reasons)


def signs_of(one: Told, other: Told, *, copied: bool = False) -> Iterator[tuple[str, Finding]]:
    """Yield what each aspect finds, by its name; after one that holds them apart no other counts."""
    for name, aspect in ASPECTS.items():
        yield name, aspect(one, other)
    if copied:
        yield "copy", (Sign("near_copy", "the reports are near copies"),)


def compare_kinds(one: Told, other: Told) -> Finding:
    """Compare the kind of event: the same, or one that reports use for the other."""
    kinds = (one.event.sub_event_type, other.event.sub_event_type)
    if kinds[0] == kinds[1]:
        return (Sign("kind_same", f"both {kinds[0]}"),)
    unlike, why = unlikeness(*kinds), " and ".join(sorted(kinds))
    if unlike is None:
        return Apart(f"different kinds of event: {why}")
    return (Sign("kind_unlike", f"told as {why}", unlike),)


# In this order, the cheap ones that rule out most pairs first.
ASPECTS: Mapping[str, Aspect] = {
    "kind": compare_kinds,
    "day": compare_days,
    "place": compare_where,
    "actors": compare_sides,
    "time of day": compare_hours,
    "numbers": compare_harm,
    "weapons": compare_weapons,
    "things": compare_things,
    "people": compare_people,
    "wording": compare_sentences,
}
