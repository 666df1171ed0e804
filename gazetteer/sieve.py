"""A sieve of names: most of what no place is called is told apart without a look at the names themselves.

One bit a name, at its checksum. A bit that is not set says that no place bears the name; of the names that nobody bears
about a tenth meet a bit that another has set, and are then looked up for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from mmap import mmap
from zlib import crc32

BITS = 32  # a place; they have three to four names each
_LEAST = 1 << 10


class SieveWriter:
    """Put names into a sieve.

    Parameters
    ----------
    places : int
        About how many places will be named: 4 bytes are taken for each.
    """

    def __init__(self, places: int) -> None:
        self.bits = bytearray(max(places * BITS, _LEAST) // 8)
        self._most = 8 * len(self.bits)

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return len(self.bits)

    def add(self, names: Iterable[str]) -> None:
        """Let some names through."""
        for name in names:
            at = crc32(name.encode()) % self._most
            self.bits[at >> 3] |= 1 << (at & 7)


class Sieve:
    """The sieve of an index, where it lies in the mapped file.

    Parameters
    ----------
    data : mmap or bytes
    start, size : int
        Of the sieve in it, in bytes.

    Examples
    --------
    >>> writer = SieveWriter(places=2)
    >>> writer.add(["hit", "haditha"])
    >>> sieve = Sieve(bytes(writer.bits), 0, writer.size)
    >>> sieve.may_hold("hit"), sieve.may_hold("haditha"), sieve.may_hold("hatra")
    (True, True, False)
    """

    def __init__(self, data: mmap | bytes, start: int, size: int) -> None:
        self._data, self._start, self._most = data, start, 8 * size

    def may_hold(self, name: str) -> bool:
        """Whether a name can be one of those put in; if not, it surely is none."""
        at = crc32(name.encode()) % self._most
        return bool(self._data[self._start + (at >> 3)] >> (at & 7) & 1)

    def sifted(self, names: Iterable[str]) -> list[str]:
        """Return those of some names that can be."""
        return [name for name in names if self.may_hold(name)]
