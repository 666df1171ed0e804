"""Where events and claims lie between merging and writing: in memory, or in a file that whoever calls hands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar, overload

from pipeline.models import Claim, Event

Record = TypeVar("Record", Event, Claim)


class Shelf(Protocol):
    """Takes records and gives them back, equal to what they were."""

    def put(self, record: Event | Claim) -> int:
        """Take a record; return where it lies."""
        ...

    def get(self, at: int, kind: type[Record]) -> Record:
        """Return the record that lies there."""
        ...


@dataclass(frozen=True, slots=True)
class InMemory:
    """A shelf that is a list.

    Examples
    --------
    >>> InMemory().put(event) # doctest: +SKIP
    0
    """

    records: list[Event | Claim] = field(default_factory=list)

    def put(self, record: Event | Claim) -> int:
        """Take a record; return where it lies."""
        self.records.append(record)
        return len(self.records) - 1

    def get(self, at: int, kind: type[Record]) -> Record:
        """Return the record that lies there."""
        found = self.records[at]
        if not isinstance(found, kind):
            raise TypeError(f"{at}: {type(found).__name__}, not {kind.__name__}")
        return found


@dataclass(frozen=True, slots=True)
class Shelved(Sequence[Record], Generic[Record]):
    """Records in an order, each taken from its shelf when it is wanted.

    Parameters
    ----------
    shelf : Shelf
    kind : type
    places : sequence of int
        Where they lie.
    """

    shelf: Shelf
    kind: type[Record]
    places: Sequence[int] = ()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.places)

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> Shelved[Record]: ...
    def __getitem__(self, at: int | slice) -> Record | Shelved[Record]:
        """Return one, or some of them."""
        if isinstance(at, slice):
            return Shelved(self.shelf, self.kind, self.places[at])
        return self.shelf.get(self.places[at], self.kind)

    def __iter__(self) -> Iterator[Record]:
        """Yield them one by one."""
        return (self.shelf.get(place, self.kind) for place in self.places)
