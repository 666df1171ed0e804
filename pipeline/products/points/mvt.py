"""One Mapbox Vector Tile of points (version 2 of the format), a whole tile at a time in arrays.

Libraries write a tile feature by feature in Python, or choose themselves what to drop from a full one. A layer of
points is nothing but unsigned numbers of variable length one after another, which numpy can write at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.products.points.order import EXTENT, Ints

__all__ = ["Numbers", "Texts", "point_tile"]

_LENGTHS: Final = (1 << 7, 1 << 14, 1 << 21, 1 << 28)
_POINT: Final = 1
_MOVE_TO_ONE: Final = 9


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of text: for each feature the number of its value, -1 for none."""

    codes: Ints
    values: Sequence[str]

    def told(self) -> tuple[Ints, list[bytes]]:
        """Return the numbers of the values that this tile has, and these as messages."""
        used, local = np.unique(self.codes, return_inverse=True)
        gone = int(bool(used.size) and used[0] < 0)
        return local - gone, [_field(1, self.values[code].encode()) for code in used[gone:].tolist()]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of whole numbers; ``missing`` where there is none."""

    values: Ints
    missing: int = -1

    def told(self) -> tuple[Ints, list[bytes]]:
        """As for :class:`Texts`."""
        used, local = np.unique(self.values, return_inverse=True)
        there = used != self.missing
        renumbered = np.where(there, np.cumsum(there) - 1, -1)
        return renumbered[local], [_number(value) for value in used[there].tolist()]


def point_tile(x: Ints, y: Ints, ids: Ints, columns: Mapping[str, Texts | Numbers]) -> bytes:
    """Return a tile with one layer ``events``.

    Parameters
    ----------
    x, y : array
        Steps from the tile's upper left corner, below ``EXTENT``.
    ids : array
        The id of each feature, -1 for none.
    columns : mapping
        The properties by name.

    Examples
    --------
    >>> one = np.array([0])
    >>> point_tile(one, one, one, {"mark": Texts(one, ["near"])}).hex()[:24]
    '1a2a78020a066576656e7473'
    """
    tags, keys, values = [], b"", b""
    said = 0
    for number, (name, column) in enumerate(columns.items()):
        local, told = column.told()
        tags.append((np.full_like(local, number), np.where(local < 0, -1, local + said)))
        keys += _field(3, name.encode())
        values += b"".join(_field(4, value) for value in told)
        said += len(told)
    layer = b"\x78\x02" + _field(1, b"events") + _features(x, y, ids, tags) + keys + values
    return _field(3, layer + b"\x28" + _varint(EXTENT))


def _features(x: Ints, y: Ints, ids: Ints, tags: Sequence[tuple[Ints, Ints]]) -> bytes:
    """Return all features as one row of numbers each: their lengths first, -1 for what is left out."""
    tagged = np.stack([number for key, value in tags for number in (np.where(value < 0, -1, key), value)], axis=1)
    count = len(x)
    geometry = np.stack([np.full(count, _MOVE_TO_ONE), 2 * x, 2 * y], axis=1)
    named = np.stack([np.where(ids < 0, -1, 0x08), ids], axis=1)
    tag_bytes, point_bytes = _sizes(tagged).sum(axis=1), _sizes(geometry).sum(axis=1)
    kind, shape = _beside(0x18, np.full(count, _POINT)), _beside(0x22, point_bytes)
    whole = np.concatenate((named, _beside(0x12, tag_bytes), tagged, kind, shape, geometry), axis=1)
    numbers = np.concatenate((_beside(0x12, _sizes(whole).sum(axis=1)), whole), axis=1)
    return _varints(numbers[numbers >= 0])


def _beside(tag: int, values: Ints) -> Ints:
    return np.stack([np.full(len(values), tag), values], axis=1).astype(np.int64)


def _sizes(numbers: Ints) -> Ints:
    """Return how many bytes each number takes; none for what is left out."""
    sizes = np.where(numbers < 0, 0, 1)
    for limit in _LENGTHS:
        sizes += numbers >= limit
    return sizes


def _varints(numbers: Ints) -> bytes:
    """Write numbers below 2**35 seven bits a byte, the lowest first, all but the last with the high bit set."""
    sizes = _sizes(numbers)
    ends = np.cumsum(sizes)
    written: npt.NDArray[np.uint8] = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    for byte in range(len(_LENGTHS) + 1):
        which = sizes > byte
        more = np.where(sizes[which] > byte + 1, 0x80, 0)
        written[ends[which] - sizes[which] + byte] = (numbers[which] >> (7 * byte)) & 0x7F | more
    return written.tobytes()


def _varint(number: int) -> bytes:
    parts = bytearray()
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    parts.append(number)
    return bytes(parts)


def _field(number: int, content: bytes) -> bytes:
    return bytes((number << 3 | 2,)) + _varint(len(content)) + content


def _number(value: int) -> bytes:
    """Return a value: unsigned, or zigzag where it is below zero (a day before 1970)."""
    return b"\x28" + _varint(value) if value >= 0 else b"\x30" + _varint(-2 * value - 1)
