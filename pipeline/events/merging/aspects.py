"""Are two tellings one incident? Each aspect adds its evidence, or says why they cannot be one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from pipeline.events._words import table
from pipeline.events.compare import Verdict, no
from pipeline.events.merging.actors import compare_sides
from pipeline.events.merging.evidence import weights
from pipeline.events.merging.numbers import compare_harm
from pipeline.events.merging.places import (
    are_spellings,
    compare_filed,
    compare_named,
    compare_places,
    names_in_common,
    place_in,
)
from pipeline.events.merging.tellings import Told
from pipeline.events.merging.words import are_apart
from pipeline.events.places import coarseness
from pipeline.models import Reason, When

LATE, EARLY, MIDNIGHT = 19, 8, 24  # hours
OVERNIGHT = (20, 29)
PROVINCE = 4  # UCDP where_prec
Aspect = Callable[[Told, Told], Verdict]


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
        The sum, and what each aspect added; with None, the one reason against.
    """
    reasons = []
    for name, aspect in ASPECTS.items():
        found = aspect(one, other)
        if found.score is None:
            return None, (Reason(name, 0.0, "; ".join(found.why)),)
        if found.score or found.why:
            reasons.append(Reason(name, round(found.score, 2), "; ".join(found.why) or "nothing told against it"))
    if copied:
        reasons.append(Reason("copy", weights()["near_copy"], "the reports are near copies"))
    return round(sum(r.contribution for r in reasons), 4), tuple(reasons)


def compare_kinds(one: Told, other: Told) -> Verdict:
    """Compare the kind of event: the same, or one that reports use for the other."""
    kinds = (one.event.sub_event_type, other.event.sub_event_type)
    if kinds[0] == kinds[1]:
        return Verdict(weights()["kind_same"], (f"both {kinds[0]}",))
    score = _kind_pairs().get(frozenset(kinds))
    why = f"{' and '.join(sorted(kinds))}"
    return no(f"different kinds of event: {why}") if score is None else Verdict(score, (f"told as {why}",))


@cache
def _kind_pairs() -> Mapping[frozenset[str], float]:
    return {frozenset({one, other}): score for one, other, score in table("merging")["kinds"]}


def compare_days(one: Told, other: Told) -> Verdict:
    """Compare the days; the night between two days belongs to both."""
    first, second = sorted((one, other), key=lambda t: (str(t.event.when and t.event.when.date_start), t.key))
    a, b = first.event.when, second.event.when
    if a is None or b is None:
        return no("no day to compare")
    if a.date_end >= b.date_start and b.date_end >= a.date_start:
        exact = a.date_prec == b.date_prec == 1
        return Verdict(weights()["day_same" if exact else "day_overlaps"], ("same day" if exact else "days overlap",))
    if (b.date_start - a.date_end).days == 1 and _share_a_night(first, second):
        return Verdict(weights()["night_before"], (f"the night from {a.date_end} to {b.date_start}",))
    return no(f"different days ({_told(a)} and {_told(b)})")


def _told(when: When) -> str:
    return str(when.date_start) if when.date_start == when.date_end else f"{when.date_start} to {when.date_end}"


def _share_a_night(first: Told, second: Told) -> bool:
    """Whether the one was late in its day or the other early in the next, and neither says otherwise."""
    late, early = first.sentence.hours, second.sentence.hours
    if late == (OVERNIGHT,) and first.event.when is not None and first.told_on == first.event.when.date_end:
        return False  # "overnight" in a report of that day is the night before
    is_late = any(end > LATE for _, end in late)
    is_early = any(start < EARLY or end > MIDNIGHT for start, end in early)
    return (is_late or not late) and (is_early or not early) and bool(late or early)


def compare_hours(one: Told, other: Told) -> Verdict:
    """Compare times of day where both tell one."""
    first, second = one.sentence.hours, other.sentence.hours
    if not first or not second or _are_a_day_apart(one, other):
        return Verdict(0.0)
    if are_apart(first, second):
        return Verdict(weights()["hour_other"], ("different times of day",))
    return Verdict(weights()["hour_same"], ("same time of day",))


def _are_a_day_apart(one: Told, other: Told) -> bool:
    a, b = one.event.when, other.event.when
    return a is not None and b is not None and (a.date_start > b.date_end or b.date_start > a.date_end)


def compare_where(one: Told, other: Told) -> Verdict:
    """Compare where it was; where no place is linked to a telling, by those that it names, or by its dateline."""
    first, second = one.event.placement, other.event.placement
    for told, place, names in ((one, second, other.named), (other, first, one.named)):
        if told.named:
            return compare_named(told.named, place, names)
    found = compare_places(first, second)
    if found.score is None and _is_misread(one, other):
        return Verdict(weights()["place_misread"], ("one name, read as far apart",))
    if found.score is not None and (both := names_in_common(one.unknown, other.unknown)):
        return Verdict(max(found.score, weights()["place_same_words"]), (f"both name {_list(both)}",))
    if found.score is not None and _names_another(one, other):
        return Verdict(found.score + weights()["place_other_name"], (*found.why, "but a name differs"))
    if found.score is None or found.score > 0 or (place_in(first) and place_in(second)):
        return found
    return compare_filed((one.filed, other.filed), (first, second)) or found


def _names_another(one: Told, other: Told) -> bool:
    """Whether one is told to a province and names a place in it that no gazetteer has, and the other another place."""
    for wide, fine in ((one, other), (other, one)):
        place = place_in(fine.event.placement)
        is_wide = place_in(wide.event.placement) is not None and coarseness(wide.event.placement) >= PROVINCE
        told = fine.unknown or (place is not None and coarseness(fine.event.placement) < PROVINCE)
        if is_wide and wide.unknown and told:
            return True
    return False


def _is_misread(one: Told, other: Told) -> bool:
    """Whether both name one place, but one took it for a namesake in a land of which its report names nothing else."""
    first, second = place_in(one.event.placement), place_in(other.event.placement)
    if first is None or second is None or not are_spellings(one.event.placement, other.event.placement):
        return False
    return any(
        theirs.country in told.lands and mine.country not in told.lands
        for told, mine, theirs in ((one, first, second), (other, second, first))
    )


def compare_weapons(one: Told, other: Told) -> Verdict:
    """Compare what it was done with."""
    first, second = one.sentence.weapons, other.sentence.weapons
    if not first or not second:
        return Verdict(0.0)
    if first & second:
        return Verdict(weights()["weapon_same"], (f"both tell of {_list(first & second)}",))
    if second & one.around.weapons or first & other.around.weapons or _any_pair("weapons_alike", first, second):
        return Verdict(0.0)
    far = _any_pair("weapons_far", first, second)
    return Verdict(weights()["weapon_far" if far else "weapon_other"], (f"{_list(first)} and {_list(second)}",))


def compare_things(one: Told, other: Told) -> Verdict:
    """Compare what was hit, by the words for it."""
    shared = one.around.things & other.around.things
    common = frozenset(table("merging")["things_common"])
    if shared - common:
        return Verdict(weights()["two_things_same" if len(shared) > 1 else "thing_same"], (f"both: {_list(shared)}",))
    if shared:
        return Verdict(weights()["people_same"], (f"both: {_list(shared)}",))
    return _compare_other_things(one.sentence.things, other.sentence.things, common)


def _compare_other_things(one: frozenset[str], other: frozenset[str], common: frozenset[str]) -> Verdict:
    """Compare the words for what was hit where none is shared."""
    rare = bool(one - common and other - common) and not _any_pair("things_alike", one - common, other - common)
    if rare or (len(one) == len(other) == 1 and _any_pair("things_far", one, other)):
        return Verdict(weights()["thing_other"], (f"{_list(one)} and {_list(other)}",))
    return Verdict(0.0)


def compare_people(one: Told, other: Told) -> Verdict:
    """Compare whom it hurt, by the words for them."""
    common = frozenset(table("merging")["people_common"])
    shared = (one.around.people & other.around.people) - common
    first, second = one.sentence.people - common, other.sentence.people - common
    if shared:
        return Verdict(weights()["people_same"], (f"both: {_list(shared)}",))
    if not first or not second or _any_pair("people_alike", first, second):
        return Verdict(0.0)
    return Verdict(weights()["people_other"], (f"{_list(first)} and {_list(second)}",))


def compare_sentences(one: Told, other: Told) -> Verdict:
    """Compare the sentences: one taken over word for word."""
    first, second = (" ".join(t.event.sources[0].sentence.casefold().split()) for t in (one, other))
    return Verdict(weights()["same_sentence"], ("the same sentence",)) if first == second else Verdict(0.0)


def _any_pair(name: str, first: frozenset[str], second: frozenset[str]) -> bool:
    return any(frozenset({a, b}) in _pairs(name) for a in first for b in second)


@cache
def _pairs(name: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in table("merging")[name])


def _list(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))


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
    "sentence": compare_sentences,
}
