"""Reports read by an engine, or taken from what was read before; kept as they come, and not in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, overload

from pipeline.corrections import PlaceRulings
from pipeline.engines.work import Engine, Recipe, Task
from pipeline.errors import StoreError
from pipeline.ingest import article_digest
from pipeline.models import Report
from pipeline.store import Fingerprint, Held, Outline, Packed, Store
from pipeline.store.keys import Keys, key_of

__all__ = ["Kept", "Reader"]

_Read = TypeVar("_Read", Report, Outline)
_BATCH = 20  # reports kept at a time: what a run that is cut off may lose


@dataclass(frozen=True, slots=True)
class Kept(Sequence[Report]):
    """Reports that lie in a store, each taken from there when it is wanted.

    Parameters
    ----------
    store : Store
    keys : sequence of str
    """

    store: Store
    keys: Sequence[str] = ()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Report: ...
    @overload
    def __getitem__(self, at: slice) -> Kept: ...
    def __getitem__(self, at: int | slice) -> Report | Kept:
        """Return one, or some of them."""
        return Kept(self.store, self.keys[at]) if isinstance(at, slice) else self._report(self.keys[at])

    def __iter__(self) -> Iterator[Report]:
        """Yield them one by one."""
        return map(self._report, self.keys)

    def outlines(self) -> Iterator[Outline]:
        """Yield of each no more than which article it is and what was passed over, which is quickly read."""
        return (self._there(self.store.outline(key)) for key in self.keys)

    def _report(self, key: str) -> Report:
        """Return a report; one read now is the very record that a later run finds."""
        return self._there(self.store.report(key))

    def _there(self, found: _Read | None) -> _Read:
        if found is None:
            raise StoreError(f"{self.store.path}: what was just written is not there; is the disk whole?")
        return found


@dataclass(slots=True)
class Reader:
    """Reads reports, or takes what was read of them before.

    Parameters
    ----------
    store : Store
        Where they are kept, and were.
    engine : Engine
    recipe : Recipe
    fingerprint : Fingerprint
        Of what reads.
    rulings : PlaceRulings
        Of the recipe's corrections.
    shown : callable
        Shows the progress of what passes through it.
    keys : Keys
        What the reports that were asked for last are kept under.
    """

    store: Store
    engine: Engine
    recipe: Recipe
    fingerprint: Fingerprint
    rulings: PlaceRulings
    shown: Callable[[Iterable[Packed]], Iterable[Packed]] = iter
    keys: Keys = field(default_factory=Keys)
    done: int = 0

    def reports(self, held: Iterable[Held]) -> Kept:
        """Return what is in each report, in order, those of corrected places as corrected.

        Parameters
        ----------
        held : iterable of Held
            Taken one by one.
        """
        days: list[date | None] = []
        self.keys = plain = Keys()

        def tasks() -> Iterator[tuple[str, Task]]:
            for one in held:
                key = key_of(one, self.fingerprint)
                plain.append(key)
                days.append(one.as_of)
                yield key, Task(key, one.digest, one.article, one.as_of)

        self._read(tasks())
        if not self.rulings.by_name:
            return Kept(self.store, plain)
        ruled = dict(self._touched(plain, days))
        self._read(ruled.values())
        self.keys = Keys((*plain, *(key for key, _ in ruled.values())))
        return Kept(self.store, Keys(ruled[key][0] if key in ruled else key for key in plain))

    def _touched(self, keys: Sequence[str], days: Sequence[date | None]) -> Iterator[tuple[str, tuple[str, Task]]]:
        """Yield, by its plain key, the key and the task of each report that corrections of places change."""
        for key, report, day in zip(keys, Kept(self.store, keys), days, strict=True):
            by = self.rulings.touching(report.article, report.resolutions)
            if by:
                digest = article_digest(report.article)
                again = key_of(Held(report.article, digest, day), self.fingerprint, by)
                yield key, (again, Task(again, digest, report.article, day, ruled=True))

    def _read(self, tasks: Iterable[tuple[str, Task]]) -> None:
        """Read what is not kept yet, and keep it as it comes."""
        batch: list[Packed] = []
        try:
            for packed in self.shown(self.engine.read(self._missing(tasks), self.recipe)):
                self.done += 1
                batch.append(packed)
                if len(batch) == _BATCH:
                    self.store.keep(batch)
                    batch = []
        finally:  # a run that fails has not read in vain
            self.store.keep(batch)

    def _missing(self, tasks: Iterable[tuple[str, Task]]) -> Iterator[Task]:
        return (task for key, task in tasks if not self.store.has_report(key))
