"""What an analyst has decided of pairs of events: these are one, those are not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judgements:
    """Sets of article-level event ids that are one event, and sets no two of which are one.

    Examples
    --------
    >>> Judgements(same=frozenset({frozenset({"a", "b"})})).different
    frozenset()
    """

    same: frozenset[frozenset[str]] = frozenset()
    different: frozenset[frozenset[str]] = frozenset()


NO_JUDGEMENTS = Judgements()
