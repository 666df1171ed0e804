"""Places that bear a name, in a few bytes: of each its number and which of its names it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from struct import Struct

Posting = tuple[int, int]  # place, which of its names
POSTING = Struct("<IH")


def packed(postings: Iterable[Posting]) -> bytes:
    """Return postings as they are kept.

    Examples
    --------
    >>> list(unpacked(packed([(7, 0), (9, 1)])))
    [(7, 0), (9, 1)]
    """
    return b"".join(POSTING.pack(*posting) for posting in postings)


def unpacked(kept: bytes) -> Iterator[Posting]:
    """Iterate over the postings that were kept, in their order."""
    return POSTING.iter_unpack(kept)
