"""Folders held by a run while it writes in them: a lock that ends with its process, however it ends."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows, where runs must not overlap
    fcntl = None  # type: ignore[assignment]

__all__ = ["alone_in", "held"]


@contextlib.contextmanager
def held(folder: Path) -> Iterator[bool | None]:
    """Hold a folder if that can be, and say whether: False where another holds it or it is gone, None without locks.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as name, held(Path(name)) as first, held(Path(name)) as second:
    ...     first, second
    (True, False)
    """
    with _opened(folder) as handle:
        yield False if handle is None else _taken(handle)


@contextlib.contextmanager
def alone_in(folder: Path, waiting: Callable[[], object]) -> Iterator[None]:
    """Hold a folder; where another run does, say so by ``waiting`` and wait until it is done.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as name, alone_in(Path(name), lambda: print("waiting")):
    ...     print("alone")
    alone
    """
    with _opened(folder) as handle:
        if handle is not None and _taken(handle) is False:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int | None]:
    try:
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        yield None
        return
    try:
        yield handle
    finally:
        os.close(handle)


def _taken(handle: int) -> bool | None:
    if fcntl is None:  # pragma: no cover
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return None
    return True
