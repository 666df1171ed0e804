"""How many two tellings count: a toll rises from report to report, but it does not fall, nor jump without a word."""

from __future__ import annotations

from pipeline.events.merging.evidence import Finding, Sign
from pipeline.events.merging.tellings import Told
from pipeline.models import Count

TAKEN = "Abduction/forced disappearance"
INFINITE = 10**9
#: the larger, the more seldom a number is counted twice by chance
CHANCE = ((40, 2.2), (20, 1.9), (10, 1.6), (3, 1.0), (1, 0.6))
LESS_SURE = 0.5  # the hurt are counted less carefully
CLOSE_SHARE = 0.15
FAR = frozenset({"toll_first_far", "toll_later_far"})
DIFFER = FAR | {
    "number_far",
    "number_claimed",
    "number_other",
}  # where the dead agree, the hurt need not: they are counted later
DISTINCT_FIGURE = 10
MOST_FIGURES = 2


def compare_harm(one: Told, other: Told) -> Finding:
    """Compare the dead, the hurt and the held, and the other numbers told."""
    dead = _compare(one, other, (one.dead, other.dead), "dead")
    hurt = _compare(one, other, (one.hurt, other.hurt), "hurt")
    return (
        *dead,
        *(s for s in hurt if not (dead and s.name in DIFFER and dead[0].name not in DIFFER)),
        *_compare(one, other, (_exactly(one.held), _exactly(other.held)), "held"),
        *_compare_fates(one, other),
        *_compare_figures(one, other),
        *_compare_ages(one, other),
    )


def _compare_fates(one: Told, other: Told) -> tuple[Sign, ...]:
    """Compare what became of people: those who were killed, and no more is told, are not those who were taken."""
    for first, second in ((one, other), (other, one)):
        killed, taken = (_number(told.dead) for told in (first, second))
        is_taking = second.event.sub_event_type == TAKEN
        if killed and is_taking and killed in {value for value, _ in second.details.figures}:
            return (Sign("number_quoted", f"{killed} were taken and killed"),)
        if killed and not taken and first.held is None and is_taking:
            return (Sign("killed_and_taken", "killed in the one, taken in the other"),)
        if _tells(first, dead=True, hurt=False) and _tells(second, dead=False, hurt=True):
            return (Sign("killed_and_hurt", "killed in the one, hurt in the other"),)
    return ()


def _tells(told: Told, *, dead: bool, hurt: bool) -> bool:
    """Whether a telling counts dead, and hurt, and no others."""
    return (bool(_number(told.dead)), bool(_number(told.hurt))) == (dead, hurt)


def _exactly(number: int | None) -> Count:
    return Count() if number is None else Count(number, number, number, "exact", str(number))


def _compare(one: Told, other: Told, counts: tuple[Count, Count], what: str) -> tuple[Sign, ...]:
    a, b = map(_number, counts)
    if a is None or b is None:
        return ()
    if a == b:
        return _equal(a, what)
    return _unequal(one, other, counts, what)


def _number(count: Count) -> int | None:
    return count.best if count.best is not None else count.low


def _equal(number: int, what: str) -> tuple[Sign, ...]:
    if not number:
        return (Sign("none_hurt", f"none {what} in both"),)
    share = next(share for least, share in CHANCE if number >= least)
    return (Sign("hurt_same" if what == "hurt" else "number_same", f"{number} {what} in both", share),)


def _unequal(one: Told, other: Told, counts: tuple[Count, Count], what: str) -> tuple[Sign, ...]:
    """Return the sign of two numbers: overlapping, risen since, or too far apart."""
    low, high = sorted(_number(c) or 0 for c in counts)
    why, share = f"{low} and {high} {what}", 1.0 if what != "hurt" else LESS_SURE
    if low == 0:
        return (Sign("none_and_some", why, share),)
    if _overlap(*counts):
        return (Sign("number_open" if _is_far(low, high) else "number_fits", f"{why}, which fit", share),)
    if what == "dead" and _is_quoted(one, other):
        return (Sign("number_quoted", f"{why}, but one report tells both numbers"),)
    more, less = (one, other) if (_number(counts[0]) or 0) > (_number(counts[1]) or 0) else (other, one)
    risen = _risen(more, less, far=_is_far(low, high))
    if risen:
        return (Sign(risen, f"{why}: the later report has more", share if risen in FAR else 1.0),)
    if high - low <= CLOSE_SHARE * high:
        return (Sign("number_close", why),)
    return (_differing(one, other, why, share, far=_is_far(low, high)),)


def _differing(one: Told, other: Told, why: str, share: float, *, far: bool) -> Sign:
    """Return the sign of two numbers of which neither can be the other."""
    if far and one.around.claims != other.around.claims:
        return Sign("number_claimed", f"{why}, the one by a side's own claim", share)
    return Sign("number_far" if far else "number_other", why, share)


def _risen(more: Told, less: Told, *, far: bool) -> str:
    """Return the sign of a toll that has risen: said to, or told later and larger; empty where it has not."""
    if more.around.rises:
        return "toll_said_to_rise"
    if more.told_on is None or less.told_on is None or more.told_on <= less.told_on:
        return ""
    if not far:
        return "toll_rises"
    when = less.event.when
    first = when is not None and less.told_on <= when.date_start < more.told_on
    return "toll_first_far" if first else "toll_later_far"


def _is_far(low: int, high: int) -> bool:
    return high > max(2 * low, low + 3)


def _overlap(one: Count, other: Count) -> bool:
    (a, b), (c, d) = ((_least(x), INFINITE if x.high is None else x.high) for x in (one, other))
    return a <= d and c <= b


def _least(count: Count) -> int:
    return count.low if count.low is not None else count.best or 0


def _is_quoted(one: Told, other: Told) -> bool:
    """Whether the report of one toll tells the other toll too: the claim of the one side beside what officials say."""
    return any(
        (number := _number(mine.dead)) is not None and number in {value for value, _ in theirs.details.figures}
        for mine, theirs in ((one, other), (other, one))
    )


def _compare_figures(one: Told, other: Told) -> tuple[Sign, ...]:
    """Compare the numbers told beside the harm: "some 3,000 head of cattle", "eleven children"."""
    harm = {_number(c) for t in (one, other) for c in (t.dead, t.hurt)} | {one.held, other.held}
    first, second = ({f for f in t.details.figures if f[0] not in harm} for t in (one, other))
    large = {v for v, _ in first if v >= DISTINCT_FIGURE} & {v for v, _ in second if v >= DISTINCT_FIGURE}
    shared = {v for v, _ in first & second} | large
    if not shared:
        return ()
    why = f"both tell of {', '.join(map(str, sorted(shared)))}"
    return (Sign("figure_same", why, float(min(len(shared), MOST_FIGURES))),)


def _compare_ages(one: Told, other: Told) -> tuple[Sign, ...]:
    """Compare the ages of those named."""
    first, second = one.details.ages, other.details.ages
    if first & second:
        return (Sign("age_same", f"both tell of one aged {min(first & second)}"),)
    if first and second:
        return (Sign("age_other", f"aged {min(first)} and {min(second)}"),)
    return ()
