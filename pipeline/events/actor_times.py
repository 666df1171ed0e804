"""What an actor was at the time: the Taliban are rebels until they take Kabul, a state's forces from then on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from pipeline.events.actor_tables import read_actors
from pipeline.models import Actor

__all__ = ["at_the_time"]


@cache
def _before() -> Mapping[str, tuple[date, int]]:
    """Return, of the actors that were something else once, until which day, and what (ACLED inter code)."""
    rows = ((name, row["before"]) for name, row in read_actors().items() if "before" in row)
    return {name: (earlier["date"], earlier["inter"]) for name, earlier in rows}


def at_the_time(actor: Actor | None, day: date | None) -> Actor | None:
    """Return an actor with the code that it has on a day; without a day that of the table.

    Examples
    --------
    >>> at_the_time(Actor("Taliban", 1, country="AF"), date(2018, 7, 12)).inter
    2
    """
    if actor is None or day is None or actor.name not in _before():
        return actor
    until, inter = _before()[actor.name]
    return replace(actor, inter=inter) if day < until else actor
