"""The places that bear one name, in a few bytes: of each its number and which of its names it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from struct import Struct

Posting = tuple[int, int]  # place, which of its names
_ONE = Struct("<IH")


def packed(postings: Iterable[Posting]) -> bytes | None:
    """Return postings as they are kept; None for none.

    Examples
    --------
    >>> list(unpacked(7, 0, packed([(9, 1)]))), list(unpacked(7, 0, packed([])))
    ([(7, 0), (9, 1)], [(7, 0)])
    """
    return b"".join(_ONE.pack(*posting) for posting in postings) or None


def unpacked(place: int, label: int, others: bytes | None) -> Iterator[Posting]:
    """Yield the first posting, which has columns of its own, and those kept beside it."""
    yield place, label
    if others is not None:
        yield from _ONE.iter_unpack(others)
