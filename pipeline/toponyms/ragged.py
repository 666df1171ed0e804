"""Things of several reports in one array, those of a report side by side: numpy called for each would cost the most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from pipeline.toponyms.readings import Floats, Ints


@dataclass(frozen=True, slots=True)
class Ragged:
    """How many things there are of each report (or whatever else they belong to), and where they begin."""

    sizes: Ints
    begins: Ints

    @classmethod
    def of(cls, sizes: Sequence[int] | Ints) -> Self:
        """Return the layout of so many things of each.

        >>> Ragged.of([2, 0, 3]).begins.tolist()
        [0, 2, 2]
        """
        many = np.asarray(sizes, dtype=np.int64)
        return cls(many, many.cumsum() - many)

    @classmethod
    def counted(cls, owners: Ints, most: int) -> Self:
        """Return the layout of things by the number of what each belongs to, ascending and below ``most``."""
        return cls.of(np.bincount(owners, minlength=most))

    @property
    def owners(self) -> Ints:
        """The number of what each thing belongs to.

        >>> Ragged.of([2, 0, 3]).owners.tolist()
        [0, 0, 2, 2, 2]
        """
        return np.arange(len(self.sizes)).repeat(self.sizes)

    @property
    def within(self) -> Ints:
        """The how manieth of its owner's each thing is.

        >>> Ragged.of([2, 0, 3]).within.tolist()
        [0, 1, 0, 1, 2]
        """
        return np.arange(int(self.sizes.sum())) - self.begins.repeat(self.sizes)

    def slices(self) -> tuple[slice, ...]:
        """Return where the things of each are."""
        ends = (self.begins + self.sizes).tolist()
        return tuple(map(slice, self.begins.tolist(), ends))


def each_with(owners: Ints, others: Ragged) -> tuple[Ints, Ints]:
    """Return pairs of the things of ``owners`` with the others of the same owner, thing after thing.

    >>> one, other = each_with(np.array([0, 0, 2]), Ragged.of([2, 1, 1]))
    >>> one.tolist(), other.tolist()
    ([0, 0, 1, 1, 2], [0, 1, 0, 1, 3])
    """
    many = others.sizes[owners]
    one = np.arange(len(owners)).repeat(many)
    other = np.arange(len(one)) + (others.begins[owners] - many.cumsum() + many).repeat(many)
    return one, other


def highest(values: Floats, cells: Ints, count: int) -> Floats:
    """Return (..., count): the highest value of each cell, 0 where there is none; equal ``cells`` stand together.

    >>> highest(np.array([0.2, 0.5, 0.1]), np.array([0, 0, 2]), 4).tolist()
    [0.5, 0.0, 0.1, 0.0]
    """
    found = np.zeros((*values.shape[:-1], count), values.dtype)
    if len(cells):
        begins = np.ones(len(cells), dtype=bool)
        np.not_equal(cells[1:], cells[:-1], out=begins[1:])
        starts = np.flatnonzero(begins)
        found[..., cells[starts]] = np.maximum.reduceat(values, starts, axis=-1)
    return found
