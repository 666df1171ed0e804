"""One run at a time in a folder: a lock that ends with its process, and a note of who holds it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import StoreError

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows, where runs must not overlap
    fcntl = None  # type: ignore[assignment]

__all__ = ["locked"]

_NAME = "store.lock"


@contextmanager
def locked(folder: Path, *, since: str) -> Iterator[str]:
    """Hold the folder; the system lets go of the lock when the process ends, however it ends.

    Yields who held the lock before and never let go of it: a note that is still there without a lock is of a run that
    was killed. Empty where there is none.

    Parameters
    ----------
    folder : Path
    since : str
        The time, for the message that another run gets.

    Raises
    ------
    StoreError
        If another run holds it: says which, and since when.
    """
    handle = _opened(folder / _NAME)
    try:
        _take(handle, folder)
        cut_off = _holder(_noted(handle))  # only now: before, it may be the note of a run that is about to end
        _note(handle, since)
        try:
            yield cut_off
        finally:
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be locked ({error.strerror}); choose a folder that you may write to"
        ) from error


def _take(handle: int, folder: Path) -> None:
    if fcntl is None:  # pragma: no cover
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = _holder(_noted(handle)) or "another run"
        raise StoreError(f"{folder}: in use by {holder}; wait until it is done and run this again") from None


def _noted(handle: int) -> bytes:
    return os.pread(handle, 4096, 0)


def _note(handle: int, since: str) -> None:
    told = json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since})
    os.ftruncate(handle, 0)
    os.pwrite(handle, told.encode(), 0)


def _holder(content: bytes) -> str:
    """Return who a note is of, in words; empty where it holds none."""
    try:
        told = json.loads(content)
        return f"process {int(told['pid'])} on {told['host']} since {told['since']}"
    except (ValueError, TypeError, KeyError):
        return ""
