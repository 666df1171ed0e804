"""Which ranker judges what: each corpus by one that never saw it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from pipeline.toponyms import Ranker

LEARNED = "pipeline.toponyms.learned"


@dataclass(frozen=True, slots=True)
class Judge:
    """A ranker and what to call it; ``ranker`` None is the one that resolving takes by itself."""

    name: str
    ranker: Ranker | None = None

    def options(self) -> dict[str, Any]:
        """Return what to hand to :func:`pipeline.geoparse.geoparse_file`."""
        return {} if self.ranker is None else {"ranker": self.ranker}


def judge_of(corpus: str | None) -> Judge:
    """Return the ranker that was trained without ``corpus``, or the one that ships for None.

    Where no learned ranker is installed, it is the plain weighted one, whose weights were set by hand (docs/accuracy.md
    says on what).

    Examples
    --------
    >>> judge_of("LGL").name  # doctest: +SKIP
    'LearnedRanker without LGL'
    """
    try:
        learned = import_module(LEARNED)
    except ModuleNotFoundError:
        return Judge("WeightedRanker")
    ranker = learned.load_ranker(without=corpus)
    kind = type(ranker).__name__
    return Judge(kind if corpus is None or kind == "WeightedRanker" else f"{kind} without {corpus}", ranker)
