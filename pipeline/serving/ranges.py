"""Which bytes of a file a request asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Part", "UnsatisfiableError", "part_asked"]

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class UnsatisfiableError(ValueError):
    """No byte of the file lies in the range."""


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes of a file, from the first to before the end."""

    start: int
    end: int

    def __len__(self) -> int:
        """How many."""
        return self.end - self.start


def part_asked(header: str | None, size: int) -> Part | None:
    """Read a Range header; None is the whole file, as for any header that this server does not know.

    Several ranges at once are one of those: the standard lets a server answer them with the whole file.

    Parameters
    ----------
    header : str or None
    size : int
        Of the file, in bytes.

    Raises
    ------
    UnsatisfiableError
        If the range lies behind the end of the file, or is of no bytes.

    Examples
    --------
    >>> part_asked("bytes=2-3", 10), part_asked("bytes=-4", 10)
    (Part(start=2, end=4), Part(start=6, end=10))
    """
    found = _RANGE.fullmatch(header or "")
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        part = Part(max(size - int(last), 0), size)
    else:
        part = Part(int(first), min(int(last) + 1, size) if last else size)
        if last and int(last) < int(first):
            return None  # no range at all, says the standard
    if part.start >= part.end:
        raise UnsatisfiableError(f"{header}: the file has {size:,} bytes")
    return part
