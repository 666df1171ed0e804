"""A checksum at the end of the index, cheap to check when the file has not been touched since.

The trailer holds the SHA-256 of all before it; SQLite ignores it. The nanoseconds of the file's modification time are
set from that hash: a file whose time still says so has not been written to since it was sealed, and opens at once. Any
other file (copied, unpacked, altered) is hashed in full before it is trusted.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from gazetteer.errors import GazetteerDamagedError, GazetteerMissingError

MAGIC = b"\nsitmap-gazetteer sha256 "
TRAILER = len(MAGIC) + 65
REMEDY = "run: sitmap gazetteer build"
_SECOND = 1_000_000_000


def seal(path: Path) -> str:
    """Append the trailer, set the modification time, and return the checksum, which is of what the disk holds."""
    let_go(path)
    digest = _digest(path, path.stat().st_size)
    with path.open("ab") as file:
        file.write(MAGIC + digest.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    _stamp(path, digest)
    return digest


def let_go(path: Path) -> None:
    """Have the system forget what it holds of a file, once that is on the disk; whoever comes next reads it from there.

    What was written lies in the system's memory in small pieces, what was read in large ones. Each piece is mapped by
    itself when it is first touched: of 13 million places a lookup met four of the small ones, and now one.
    """
    if hasattr(os, "posix_fadvise"):  # not everywhere, and only a matter of speed
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def check(path: Path, *, thorough: bool = False) -> str:
    """Return the checksum of a sealed file.

    Raises
    ------
    GazetteerMissingError
        There is no such file.
    GazetteerDamagedError
        The file is cut short or altered.
    """
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            file.seek(max(0, status.st_size - TRAILER))
            trailer = file.read()
    except FileNotFoundError:
        raise GazetteerMissingError(f"{path}: there is no gazetteer index here; {REMEDY}") from None
    except OSError as error:
        raise GazetteerDamagedError(f"{path}: cannot be read ({error.strerror}); {REMEDY}") from error
    if not trailer.startswith(MAGIC) or len(trailer) != TRAILER:
        raise GazetteerDamagedError(
            f"{path}: cut short, or no gazetteer index (expected a checksum at its end); {REMEDY}"
        )
    digest = trailer[len(MAGIC) : -1].decode("ascii", "replace")
    if thorough or status.st_mtime_ns % _SECOND != _nanoseconds(digest):
        found = _digest(path, status.st_size - TRAILER)
        if found != digest:
            raise GazetteerDamagedError(
                f"{path}: altered (expected sha256 {digest[:12]}…, found {found[:12]}…); {REMEDY}"
            )
        _stamp(path, digest)
    return digest


def _nanoseconds(digest: str) -> int:
    return int.from_bytes(hashlib.sha256(digest.encode()).digest()[:8], "big") % _SECOND


def _stamp(path: Path, digest: str) -> None:
    seconds = path.stat().st_mtime_ns // _SECOND
    try:
        os.utime(path, ns=(seconds * _SECOND, seconds * _SECOND + _nanoseconds(digest)))
    except OSError:  # someone else's file: it is hashed at each opening
        return


def _digest(path: Path, size: int) -> str:
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while size > 0 and (block := file.read(min(size, 1 << 20))):
            sha.update(block)
            size -= len(block)
    return sha.hexdigest()
