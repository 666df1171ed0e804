"""These two are one event, these two are two: judgements for merging, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from pipeline.corrections.records import Correction, Outcome
from pipeline.corrections.subjects import named_ids
from pipeline.events.judgements import Judgements
from pipeline.models import Event

__all__ = ["JudgedPairs", "judge_pairs"]

_Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class JudgedPairs:
    """For each pair of article-level ids the correction that decides it; those overruled, agreeing, about nothing."""

    decided: dict[_Pair, Correction]
    overruled: dict[Correction, Correction]
    agreed: tuple[Correction, ...] = ()
    silent: tuple[Correction, ...] = ()

    @property
    def judgements(self) -> Judgements:
        """What merging is to heed."""
        same = frozenset(pair for pair, one in self.decided.items() if one.kind == "merge")
        return Judgements(same, frozenset(self.decided) - same)

    def marked(self, event: Event) -> Event:
        """Return an event with what was said of the pairs that it is a part of."""
        ids = set(event.all_ids)
        told = [
            f"{'joined with' if one.kind == 'merge' else 'kept apart from'} {_other(pair, event)}: {one.mark}"
            for pair, one in sorted(self.decided.items(), key=lambda row: sorted(row[0]))
            if (pair <= ids if one.kind == "merge" else pair & ids)
        ]
        return replace(event, corrections=tuple(dict.fromkeys((*event.corrections, *told))))

    def outcomes(self, events: Iterable[Event]) -> tuple[Outcome, ...]:
        """Return what became of each correction in the merged events."""
        groups = [set(event.all_ids) for event in events]
        pairs: dict[Correction, list[_Pair]] = {}
        for pair, one in self.decided.items():
            pairs.setdefault(one, []).append(pair)
        return (
            *(_outcome(one, mine, groups) for one, mine in pairs.items()),
            *(Outcome(one, "overruled", 1, f"{by.where} says otherwise of {one.about or 'the two'}")
              for one, by in self.overruled.items() if one not in pairs),
            *(Outcome(one, "applied", 1) for one in self.agreed if one not in pairs),
            *(Outcome(one, "matches nothing") for one in self.silent),
        )  # fmt: skip


def judge_pairs(corrections: Iterable[Correction], events: Sequence[Event]) -> JudgedPairs:
    """Return what was said of pairs of events; of two lines on a pair the later decides.

    Parameters
    ----------
    corrections : iterable of Correction
        Those of other kinds are passed over.
    events : sequence of Event
        Of all articles, before merging.
    """
    decided: dict[_Pair, Correction] = {}
    overruled: dict[Correction, Correction] = {}
    agreed, silent = [], []
    for one in (c for c in corrections if c.kind in {"merge", "split"}):
        pairs = [frozenset(p) for p in product(*named_ids(one, events)) if len(set(p)) == len(p)]
        for pair in pairs:
            before = decided.get(pair)
            if before is not None and before.kind == one.kind:
                agreed.append(one)
                continue
            if before is not None:
                overruled[before] = one
            decided[pair] = one
        if not pairs:
            silent.append(one)
    return JudgedPairs(decided, overruled, tuple(agreed), tuple(silent))


def _other(pair: _Pair, event: Event) -> str:
    others = sorted(pair - {event.event_id}) or sorted(pair)
    return others[0]


def _outcome(one: Correction, pairs: Sequence[_Pair], groups: Sequence[set[str]]) -> Outcome:
    joined = sum(1 for pair in pairs if any(pair <= group for group in groups))
    kept = joined if one.kind == "merge" else len(pairs) - joined
    if kept == len(pairs):
        return Outcome(one, "applied", kept)
    return Outcome(one, "overruled", kept, "other lines on the same events say otherwise")
