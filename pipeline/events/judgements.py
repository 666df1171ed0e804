"""What a person has said of pairs of tellings, which overrules any score."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judgements:
    """Pairs of ids of article-level events that are one event, and pairs that are two.

    Parameters
    ----------
    same, different : frozenset of frozenset of str
        A pair stands in one of them at most.

    Examples
    --------
    >>> judged = Judgements(different=frozenset({frozenset({"a", "b"})}))
    >>> judged.parts(["a", "c"], ["b"]), judged.parts(["a"], ["c"])
    (True, False)
    """

    same: frozenset[frozenset[str]] = frozenset()
    different: frozenset[frozenset[str]] = frozenset()

    def parts(self, one: Collection[str], other: Collection[str]) -> bool:
        """Whether some pair across two groups of ids was judged different, so that they must not be one event."""
        return any(frozenset({a, b}) in self.different for a in one for b in other) if self.different else False


NO_JUDGEMENTS = Judgements()
