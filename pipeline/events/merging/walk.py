"""Day by day through the tellings: what is compared, and each group as soon as no later day can add to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, dropwhile, takewhile

from pipeline.events.judgements import NO_JUDGEMENTS, Judgements
from pipeline.events.merging.blocking import Pair, day_by_day
from pipeline.events.merging.evidence import threshold
from pipeline.events.merging.groups import Compare, Found, Group, grouped
from pipeline.events.merging.register import NEVER, Register
from pipeline.events.merging.tellings import Told


def groups_by_day(register: Register, compare: Compare, judgements: Judgements) -> Iterator[Group]:
    """Yield the groups of all tellings; held are those of which a later day may still bring another.

    Pairs that do not agree enough join nothing, so that what pairs that do link by no way has no part in each other's
    groups: each such circle is grouped by itself, with the same outcome as all at once.

    Parameters
    ----------
    register : Register
    compare : callable
        Evidence that two tellings are one incident, None where they cannot be.
    judgements : Judgements
    """
    circles = _Circles(register, compare, judgements)
    dated = dropwhile(lambda start: start[0] == NEVER, register.first_days())
    for _, number in takewhile(lambda start: start[0] == NEVER, register.first_days()):
        circles.enter(number)
        yield from circles.leave(number)
    for day in day_by_day(dated, circles.enter):
        for pair in day.pairs:
            circles.compare_pair(pair)
        yield from chain.from_iterable(map(circles.leave, day.over))


@dataclass(slots=True)
class _Circle:
    """Tellings that are linked, those of them that a later day may link to more, and the evidence of the links."""

    members: list[int]
    open: int
    links: dict[Pair, Found] = field(default_factory=dict)


class _Circles:
    """The circles that are not closed yet; a telling that nothing links is in none."""

    def __init__(self, register: Register, compare: Compare, judgements: Judgements) -> None:
        self._register, self._compare = register, compare
        self._judged = _Judged(judgements)
        self._told: dict[int, Told] = {}
        self._of: dict[int, _Circle] = {}
        for ids in judgements.same:
            known = [n for n in map(register.number_of, sorted(ids)) if n >= 0]
            for other in known[1:]:
                self._link(known[0], other)

    def enter(self, number: int) -> Told:
        """Take a telling whose days come."""
        self._told[number] = self._register.telling(number)
        return self._told[number]

    def compare_pair(self, pair: Pair) -> None:
        """Link two tellings that agree enough."""
        one, other = (self._told[number] for number in pair)
        if one.echo and other.echo:
            return  # nobody tells it
        found = self._compare(one, other)
        if found[0] is not None and found[0] >= threshold("needed"):
            self._link(*pair).links[pair] = found

    def _link(self, one: int, other: int) -> _Circle:
        first, second = (self._of.get(n) or _Circle([n], 1) for n in (one, other))
        if first is not second:
            if len(first.members) < len(second.members):
                first, second = second, first
            first.members += second.members
            first.open += second.open
            first.links |= second.links
            self._of |= dict.fromkeys(second.members, first)
        self._of[one] = self._of[other] = first
        return first

    def leave(self, number: int) -> list[Group]:
        """Return the groups of the circle of a telling whose days are over, if it was the last of its circle."""
        circle = self._of.get(number) or _Circle([number], 1)
        circle.open -= 1
        if circle.open:
            return []
        members = sorted(circle.members)
        for member in members:
            self._of.pop(member, None)
        return self._grouped([self._told.pop(member) for member in members], members, circle)

    def _grouped(self, told: Sequence[Told], members: Sequence[int], circle: _Circle) -> list[Group]:
        if len(told) == 1:
            return [Group((told[0],))]
        position = {number: at for at, number in enumerate(members)}
        pairs = {(position[a], position[b]): found for (a, b), found in circle.links.items()}
        keys = {(told[a].key, told[b].key): found for (a, b), found in pairs.items()}

        def compared(one: Told, other: Told) -> Found:
            return keys.get((one.key, other.key)) or self._compare(one, other)

        return grouped(told, sorted(pairs), compared, self._judged.among(one.key for one in told))


class _Judged:
    """Judgements, found by the ids that they name."""

    def __init__(self, judgements: Judgements) -> None:
        self._same, self._different = _by_id(judgements.same), _by_id(judgements.different)

    def among(self, ids: Iterator[str]) -> Judgements:
        """Return what was judged of any of these."""
        known = list(ids)
        same, different = (_about(known, judged) for judged in (self._same, self._different))
        return Judgements(same, different) if same or different else NO_JUDGEMENTS


def _about(ids: Iterable[str], judged: Mapping[str, Sequence[frozenset[str]]]) -> frozenset[frozenset[str]]:
    return frozenset(pair for one in ids for pair in judged.get(one, ()))


def _by_id(judged: frozenset[frozenset[str]]) -> dict[str, list[frozenset[str]]]:
    found: dict[str, list[frozenset[str]]] = {}
    for ids in judged:
        for one in ids:
            found.setdefault(one, []).append(ids)
    return found
