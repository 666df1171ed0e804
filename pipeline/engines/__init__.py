"""Ways to spread the per-article work: in this process, over processes of this machine, over a cluster.

Whatever does it, the reports are the same bytes and come in the order of the articles.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from gazetteer.index import Gazetteer
from pipeline.engines.processes import Processes
from pipeline.engines.reader import Kept, Reader
from pipeline.engines.serial import Serial
from pipeline.engines.work import Engine, Recipe, Task, Worker
from pipeline.settings import EngineSettings
from pipeline.store import Packed

__all__ = ["Engine", "Kept", "Processes", "Reader", "Recipe", "Serial", "Task", "Worker", "engine_of", "workers_here"]

FEW = 64  # articles that are read before other processes would have loaded their model


def engine_of(asked: EngineSettings, gazetteer: Gazetteer, *, alone: bool = False) -> Engine:
    """Return the engine that a run was asked for.

    Parameters
    ----------
    asked : EngineSettings
    gazetteer : Gazetteer
    alone : bool
        Whether, unless asked for, nothing is spread: a model that is asked for events is asked one thing at a time.

    Raises
    ------
    UsageError
        If what an engine needs is not installed.

    Examples
    --------
    >>> engine_of(EngineSettings("serial"), gazetteer=None).name
    'serial'
    """
    workers = asked.workers or workers_here()
    if asked.name == "serial" or (asked.name == "auto" and (alone or workers == 1)):
        return Serial(gazetteer)
    if asked.name == "spark":
        from pipeline.engines.spark import Spark  # noqa: PLC0415 - only where it is asked for

        return Spark(asked.workers, asked.staging)
    return Processes(workers) if asked.name == "processes" else _ByNumber(Serial(gazetteer), Processes(workers))


def workers_here() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # pragma: no cover - macOS, Windows
        return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _ByNumber:
    """Reads a few articles here, and spreads more."""

    few: Engine
    many: Engine
    name: str = "auto"

    def read(self, tasks: Iterable[Task], recipe: Recipe) -> Iterator[Packed]:
        """Yield a report for each task, in order."""
        waiting = iter(tasks)
        first = list(islice(waiting, FEW))
        engine = self.few if len(first) < FEW else self.many
        return engine.read(chain(first, waiting), recipe)
