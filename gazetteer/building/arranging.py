"""Places that share consonants are laid beside each other, so that what a search finds lies on few pages.

Their numbers stay what they are, by prominence; only where each lies in the file changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from io import RawIOBase
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gazetteer.spellings import postings_of

Numbers = NDArray[np.intp]
Starts = NDArray[np.uint64]
_POSTING = np.dtype([("place", "<u4"), ("label", "<u2")])
_START = np.dtype("<u8")
_BATCH = 1 << 16  # places
_ROWS = "SELECT names, places FROM main.skeleton_in ORDER BY key, country"


def by_consonants(database: sqlite3.Connection, count: int) -> Numbers:
    """Return the numbers of all places in the order in which they are to lie.

    A place lies where the first of its names does; those that are not found by consonants come last, by prominence.
    """
    told = bytearray()
    for names, places in database.execute(_ROWS):
        told += postings_of(names, places)
    numbers = np.frombuffer(told, _POSTING)["place"]
    first = np.full(count, len(numbers), np.uint32)
    first[numbers[::-1]] = np.arange(len(numbers), dtype=np.uint32)[::-1]  # what is set last stays
    return np.argsort(first, kind="stable")


def arrange(starts: Path, places: Path, order: Numbers) -> None:
    """Lay the places of a file in another order, and say in the file of their starts where each is now."""
    begins = np.fromfile(starts, _START)
    if not len(begins):
        return
    ends = np.append(begins[1:], np.array([places.stat().st_size], _START))
    draft = places.with_name(f"{places.name}.arranged")
    try:
        _copy(
            places, draft, ((begins[some], ends[some]) for some in np.split(order, range(_BATCH, len(order), _BATCH)))
        )
        sizes = (ends - begins)[order]
        begins[order] = np.cumsum(sizes) - sizes
        begins.tofile(starts)
        draft.replace(places)
    finally:
        draft.unlink(missing_ok=True)


def _copy(places: Path, draft: Path, batches: Iterable[tuple[Starts, Starts]]) -> None:
    """Write pieces of one file to another, some at a time, each told by where it begins and ends.

    They are read and not mapped: of 13 million places all pages would count as this process's memory, 1.4 GB.
    """
    with places.open("rb", buffering=0) as file, draft.open("wb") as laid:
        for begins, ends in batches:
            pieces = zip(begins.tolist(), (ends - begins).tolist(), strict=True)
            laid.write(b"".join([_piece(file, begin, size) for begin, size in pieces]))


def _piece(file: RawIOBase, begin: int, size: int) -> bytes:
    file.seek(begin)
    return file.read(size) or b""
