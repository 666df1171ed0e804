"""Which kinds of event may be one incident told differently."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipeline.events._words import table


def unlikeness(one: str, other: str) -> float | None:
    """Return how unlike two ACLED sub-event types are, 0 for the same; None where they are never one incident.

    Examples
    --------
    >>> unlikeness("Attack", "Attack"), unlikeness("Attack", "Armed clash"), unlikeness("Attack", "Agreement")
    (0.0, 0.1, None)
    """
    return 0.0 if one == other else _pairs().get(frozenset({one, other}))


@cache
def _pairs() -> Mapping[frozenset[str], float]:
    return {frozenset({one, other}): unlike for one, other, unlike in table("merging")["kinds"]}
