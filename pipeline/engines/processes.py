"""Several processes of this machine: each loads the model once and maps the same gazetteer.

Each process is a pool of one, so that of one that dies it is known what it was reading. All are started anew (spawn),
never forked, so that no lock, handle or thread of this process is copied half-way.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from multiprocessing.connection import Connection
from typing import NoReturn

from gazetteer.index import Gazetteer
from pipeline.engines.work import Recipe, Task, Worker
from pipeline.errors import EngineError
from pipeline.store import Packed

__all__ = ["BATCH", "Processes"]

BATCH = 16  # articles that travel together: few enough to name when their process dies
_FULL = 2  # batches of one process: the one it reads, and the next, so that it never waits
_AHEAD = 6  # batches a process that may be ready before their turn comes: what bounds the memory


@dataclass(frozen=True, slots=True)
class Processes:
    """Reads with ``workers`` processes.

    Parameters
    ----------
    workers : int
    batch : int
        Articles that are handed to a process at a time.

    Raises
    ------
    EngineError
        While reading, if a process dies: names the articles that it held.

    Examples
    --------
    >>> kept = list(Processes(2).read(tasks, recipe))  # doctest: +SKIP
    """

    workers: int
    batch: int = BATCH
    name: str = "processes"

    def read(self, tasks: Iterable[Task], recipe: Recipe) -> Iterator[Packed]:
        """Yield a report for each task, in order; where reading stops early, so do the processes."""
        with _crew(self.workers, recipe) as seats:
            window: deque[_Batch] = deque()
            for some in _batches(tasks, self.batch):
                window.append(min(seats, key=_Seat.load).take(some))
                while len(window) >= _AHEAD * len(seats) or all(seat.load() >= _FULL for seat in seats):
                    wait([one.future for one in window if not one.future.done()], return_when=FIRST_COMPLETED)
                    while window and window[0].future.done():
                        yield from window.popleft().reports()
            while window:
                yield from window.popleft().reports()


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    """Tasks that a process was given, and what comes of them."""

    tasks: Sequence[Task]
    future: Future[list[Packed]]
    seat: _Seat

    def reports(self) -> list[Packed]:
        """Return the reports, once they are there."""
        try:
            return self.future.result()
        except BrokenProcessPool as error:
            raise self.seat.lost() from error


@dataclass(slots=True, eq=False)
class _Seat:
    """A process, which starts with its first batch, and the batches that it was given."""

    pool: ProcessPoolExecutor
    recipe: Recipe
    given: deque[_Batch] = field(default_factory=deque)

    def load(self) -> int:
        """Return how many batches it has that are not done."""
        while self.given and self.given[0].future.done() and not self.given[0].future.exception():
            self.given.popleft()
        return len(self.given)

    def take(self, tasks: Sequence[Task]) -> _Batch:
        """Give the process another batch."""
        try:
            with _interrupts_held_back():
                future = self.pool.submit(_read, self.recipe, tasks)
        except BrokenProcessPool as error:
            raise self.lost() from error
        made = _Batch(tasks, future, self)
        self.given.append(made)
        return made

    def lost(self) -> EngineError:
        """Return the error that says what a process held when it died: the first batch that it did not finish."""
        self.load()
        held = self.given[0].tasks if self.given else ()
        names = ", ".join(task.article.doc_id for task in held)
        return EngineError(
            f"a worker process died while it held {len(held)} articles: {names}; what was read before is kept, so run "
            "the same again, with fewer --workers if memory ran out; if it dies there again, leave these articles out"
        )


@contextmanager
def _crew(workers: int, recipe: Recipe) -> Iterator[list[_Seat]]:
    """Give the processes; they end when they are done, or at once if the work is broken off."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a processor each: threads would only wait for each other
    context = multiprocessing.get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    seats = [
        _Seat(ProcessPoolExecutor(1, context, initializer=_begin, initargs=(theirs,)), recipe) for _ in range(workers)
    ]
    try:
        yield seats
        _dismiss(seats)
    finally:
        ours.close()  # whoever still works ends with it
        _dismiss(seats)
        theirs.close()


def _dismiss(seats: Iterable[_Seat]) -> None:
    for seat in seats:
        seat.pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: this one hears it, and ends them."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _batches(tasks: Iterable[Task], size: int) -> Iterator[tuple[Task, ...]]:
    iterator = iter(tasks)
    while some := tuple(islice(iterator, size)):
        yield some


# ---- in the other process --------------------------------------------------------------------------------------------


def _begin(parent: Connection) -> None:
    """End with the parent, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Connection) -> NoReturn:
    with suppress(EOFError, OSError):
        parent.recv_bytes()  # nothing ever comes: it returns when the other end is closed
    os._exit(1)


def _read(recipe: Recipe, tasks: Sequence[Task]) -> list[Packed]:
    return list(_worker(recipe).read(tasks))


@cache
def _worker(recipe: Recipe) -> Worker:
    """Return the tools of this process; the gazetteer stays open until it ends."""
    return Worker(recipe, Gazetteer.open(recipe.gazetteer))
