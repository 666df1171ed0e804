"""All in this process, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gazetteer.index import Gazetteer
from pipeline.engines.work import Recipe, Task, Worker
from pipeline.store import Packed

__all__ = ["Serial"]


@dataclass(frozen=True, slots=True)
class Serial:
    """Reads with a gazetteer that is open already.

    Parameters
    ----------
    gazetteer : Gazetteer

    Examples
    --------
    >>> with Gazetteer.open() as gazetteer:  # doctest: +SKIP
    ...     kept = list(Serial(gazetteer).read(tasks, recipe))
    """

    gazetteer: Gazetteer
    name: str = "serial"

    def read(self, tasks: Iterable[Task], recipe: Recipe) -> Iterator[Packed]:
        """Yield a report for each task, in order."""
        yield from Worker(recipe, self.gazetteer).read(tasks)
