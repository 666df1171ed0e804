"""From pairs to groups: the best pairs first, and none into a group that one of its members speaks against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from pipeline.events.judgements import Judgements
from pipeline.events.merging.evidence import threshold
from pipeline.events.merging.places import is_nested
from pipeline.events.merging.tellings import Told
from pipeline.events.places import coarseness
from pipeline.models import Reason

Found = tuple[float | None, tuple[Reason, ...]]
Compare = Callable[[Told, Told], Found]
JUDGED = Reason("correction", 0.0, "joined by a correction")


@dataclass(frozen=True, slots=True)
class Group:
    """The tellings of one incident, sorted by id, and the weakest link that holds them: its score and reasons."""

    tellings: tuple[Told, ...]
    score: float | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def is_of_echoes(self) -> bool:
        """Whether nobody tells it: reports only speak of it as known."""
        return all(told.echo for told in self.tellings)


def grouped(
    tellings: Sequence[Told], pairs: Iterable[tuple[int, int]], compare: Compare, judgements: Judgements
) -> list[Group]:
    """Return the groups; their order and their members do not depend on the order of the tellings.

    Parameters
    ----------
    tellings : sequence of Told
        Each id once, sorted by it.
    pairs : iterable of (int, int)
        The positions to compare.
    compare : callable
        Evidence that two tellings are one incident, None where they cannot be.
    judgements : Judgements
        Overrule it: what is one is joined whatever the evidence, what is not never is, which is the stronger.
    """
    work = _Grouping(tellings, compare, judgements)
    work.obey()
    for one, other in work.ranked(pairs):
        work.join_if_fit(one, other)
    return work.groups()


@dataclass(slots=True)
class _Grouping:
    tellings: Sequence[Told]
    compare: Compare
    judgements: Judgements
    scores: dict[tuple[int, int], Found] = field(default_factory=dict)
    home: list[int] = field(default_factory=list)
    members: dict[int, list[int]] = field(default_factory=dict)
    apart: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    judged: list[int] = field(default_factory=list)  # by telling, the first of those that judgements hold to be one

    def __post_init__(self) -> None:
        self.home = list(range(len(self.tellings)))
        self.members = {n: [n] for n in self.home}
        position = {told.key: n for n, told in enumerate(self.tellings)}
        for ids in self.judgements.different:
            for one, other in combinations([position[i] for i in ids if i in position], 2):
                self.apart[one].add(other)
                self.apart[other].add(one)

    def obey(self) -> None:
        """Join what is judged to be one, unless it is also judged not to be."""
        position = {told.key: n for n, told in enumerate(self.tellings)}
        for ids in sorted(sorted(ids) for ids in self.judgements.same):
            known = [position[i] for i in ids if i in position]
            for other in known[1:]:
                self.scores[_ordered(known[0], other)] = (None, (JUDGED,))
                if not self._are_judged_apart(known[0], other):
                    self._join(known[0], other)
        self.judged = list(self.home)

    def ranked(self, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the pairs that agree enough, the best first, those of echoes last; of equal ones by their ids."""
        scored = [(self.found(*pair)[0], pair) for pair in pairs if self._echoes(pair) < 2]
        fit = [(score, pair) for score, pair in scored if score is not None and score >= threshold("needed")]
        unsure = self._without_rivals({pair: score for score, pair in fit})
        ordered = sorted(fit, key=lambda f: (self._echoes(f[1]), -f[0], f[1]))
        return [pair for _, pair in ordered if pair not in unsure]

    def _echoes(self, pair: tuple[int, int]) -> int:
        """Return how many of two tellings only speak of it as known: such a one joins what another tells in full."""
        return sum(self.tellings[n].echo for n in pair)

    def _without_rivals(self, fit: Mapping[tuple[int, int], float]) -> set[tuple[int, int]]:
        """Return the pairs of a wide telling and a finer one that another, unlike the first, fits about as well."""
        finer: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for (a, b), score in fit.items():
            if is_nested(self.tellings[a].event.placement, self.tellings[b].event.placement):
                wide = max(a, b, key=lambda n: (coarseness(self.tellings[n].event.placement), n))
                fine = b if wide == a else a
                if not self.tellings[fine].echo:  # what is only spoken of is no rival
                    finer[wide].append((score, fine))
        return {_ordered(wide, n) for wide, found in finer.items() for n in self._contested(found)}

    def _contested(self, found: list[tuple[float, int]]) -> list[int]:
        """Return the finer tellings none of which is clearly the one meant."""
        best, first = max(found, key=lambda f: (f[0], -f[1]))
        rivals = [
            n for score, n in found
            if n != first and score > best - threshold("rival_margin") and not self._may_be_one(first, n)
        ]  # fmt: skip
        return [n for _, n in found] if rivals else []

    def _may_be_one(self, one: int, other: int) -> bool:
        if self.judged[one] == self.judged[other]:
            return True
        score = self.found(one, other)[0]
        shared = self.tellings[one].docs & self.tellings[other].docs
        return not shared and score is not None and score >= threshold("needed")

    def found(self, one: int, other: int) -> Found:
        """Return the evidence for a pair, worked out once."""
        pair = _ordered(one, other)
        if pair not in self.scores:
            self.scores[pair] = self.compare(self.tellings[pair[0]], self.tellings[pair[1]])
        return self.scores[pair]

    def join_if_fit(self, one: int, other: int) -> None:
        """Join the groups of two tellings, unless any two of their members are of one report or too unlike."""
        if self.home[one] == self.home[other]:
            return
        left, right = self.members[self.home[one]], self.members[self.home[other]]
        if self._docs(left) & self._docs(right) or self._are_judged_apart(one, other):
            return
        if all(self._agree(a, b) for a, b in product(self._units(left), self._units(right))):
            self._join(one, other)

    def _units(self, group: Iterable[int]) -> list[list[int]]:
        """Return the members of a group; those that a judgement joined count as one, however unlike they are."""
        units: dict[int, list[int]] = defaultdict(list)
        for n in group:
            units[self.judged[n]].append(n)
        return list(units.values())

    def _docs(self, group: Iterable[int]) -> set[str]:
        return {d for n in group for d in self.tellings[n].docs}

    def _agree(self, one: Iterable[int], other: Iterable[int]) -> bool:
        """Whether some telling of the one agrees with some of the other."""
        return any(_is_enough(self.found(a, b)[0]) for a, b in product(one, other))

    def _are_judged_apart(self, one: int, other: int) -> bool:
        right = set(self.members[self.home[other]])
        return any(self.apart[n] & right for n in self.members[self.home[one]] if n in self.apart)

    def _join(self, one: int, other: int) -> None:
        left, right = sorted((self.home[one], self.home[other]))
        if left == right:
            return
        for n in self.members[right]:
            self.home[n] = left
        self.members[left] = sorted(self.members[left] + self.members.pop(right))

    def groups(self) -> list[Group]:
        """Return the groups, by the id of their first member."""
        return [self._group(self.members[n]) for n in sorted(self.members)]

    def _group(self, members: list[int]) -> Group:
        tellings = tuple(self.tellings[n] for n in members)
        if len(members) == 1:
            return Group(tellings)
        links = [max((self._link(n, m) for m in members if m != n), key=lambda f: _strength(f[0])) for n in members]
        weakest = min(links, key=lambda f: (_strength(f[0]), str(f[1])))
        return Group(tellings, weakest[0], weakest[1])

    def _link(self, one: int, other: int) -> Found:
        """Return the evidence for a pair of one group; what only a correction holds has no score."""
        score, reasons = self.found(one, other)
        return (score, reasons) if _is_enough(score) else (None, (JUDGED,))


def _is_enough(score: float | None) -> bool:
    """Whether two tellings agree well enough to be in one row."""
    return score is not None and score >= threshold("least_in_group")


def _strength(score: float | None) -> float:
    return float("-inf") if score is None else score


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
