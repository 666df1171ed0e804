"""How many two tellings count: a toll rises from report to report, but it does not fall, nor jump without a word."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.events._words import table
from pipeline.events.compare import Verdict
from pipeline.events.merging.evidence import weights
from pipeline.events.merging.tellings import Told
from pipeline.models import Count

TAKEN = "Abduction/forced disappearance"
INFINITE = 10**9


def compare_harm(one: Told, other: Told) -> Verdict:
    """Compare the dead, the hurt and the held."""
    parts = [
        _compare(one, other, (one.event.fatalities, other.event.fatalities), "dead"),
        _compare(one, other, (one.event.injuries, other.event.injuries), "hurt"),
        _compare(one, other, (_exactly(one.held), _exactly(other.held)), "held"),
        _compare_fates(one, other),
    ]
    return Verdict(sum(p.score or 0.0 for p in parts), tuple(w for p in parts for w in p.why))


def _compare_fates(one: Told, other: Told) -> Verdict:
    """Compare what became of people: those who were killed, and no more is told, are not those who were taken."""
    for first, second in ((one, other), (other, one)):
        killed, taken = (_number(told.event.fatalities) for told in (first, second))
        if killed and not taken and first.held is None and second.event.sub_event_type == TAKEN:
            return Verdict(weights()["killed_and_taken"], ("killed in the one, taken in the other",))
    return Verdict(0.0)


def _exactly(number: int | None) -> Count:
    return Count() if number is None else Count(number, number, number, "exact", str(number))


def _compare(one: Told, other: Told, counts: tuple[Count, Count], what: str) -> Verdict:
    first, second = counts
    a, b = _number(first), _number(second)
    if a is None or b is None:
        return Verdict(0.0)
    if a == b:
        return _equal(a, what)
    return _unequal(one, other, counts, what)


def _number(count: Count) -> int | None:
    return count.best if count.best is not None else count.low


def _equal(number: int, what: str) -> Verdict:
    if not number:
        return Verdict(weights()["none_hurt"], (f"none {what} in both",))
    steps: Mapping[int, float] = table("merging")["weights"]["hurt" if what == "hurt" else "dead"]
    return Verdict(max(score for least, score in steps.items() if number >= least), (f"{number} {what} in both",))


def _unequal(one: Told, other: Told, counts: tuple[Count, Count], what: str) -> Verdict:
    """Return the score of two numbers: overlapping, risen since, or too far apart."""
    w, (low, high) = weights(), sorted(_number(c) or 0 for c in counts)
    why = f"{low} and {high} {what}"
    share = 1.0 if what != "hurt" else 0.5  # the hurt are counted less carefully
    if low == 0:
        return Verdict(w["none_and_some"] * share, (why,))
    if _overlap(*counts):
        return Verdict(w["number_fits"], (f"{why}, which fit",))
    if _has_risen(one, other, counts):
        return Verdict(w["toll_rises"], (f"{why}: the toll rose",))
    far = high > max(2 * low, low + 3)
    return Verdict(w["number_far" if far else "number_other"] * share, (why,))


def _overlap(one: Count, other: Count) -> bool:
    (a, b), (c, d) = ((_least(x), INFINITE if x.high is None else x.high) for x in (one, other))
    return a <= d and c <= b


def _least(count: Count) -> int:
    return count.low if count.low is not None else count.best or 0


def _has_risen(one: Told, other: Told, counts: tuple[Count, Count]) -> bool:
    """Whether the report with the larger number says that the toll rose, or is the later one and not far off."""
    a, b = (_number(c) or 0 for c in counts)
    more, less, high, low = (one, other, a, b) if a > b else (other, one, b, a)
    if more.around.rises:
        return True
    later = more.told_on is not None and less.told_on is not None and more.told_on > less.told_on
    return later and high <= max(2 * low, low + 3)
