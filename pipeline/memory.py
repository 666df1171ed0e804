"""Memory that is no longer used, given back to the system: a C library keeps for itself what it may need again."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from functools import cache

__all__ = ["collect", "give_back"]


def give_back() -> None:
    """Give free pages back, also those between pages in use; takes a millisecond, and does nothing without glibc.

    One difficult outline, the rim of Canada, takes 200 MB for a second, which else stay with the process to its end.

    Examples
    --------
    >>> give_back()
    """
    trim = _trim()
    if trim is not None:
        trim(0)


def collect() -> None:
    """Let go of what is only held by itself, such as a language model, and give its pages back; half a second.

    Examples
    --------
    >>> collect()
    """
    gc.collect()
    give_back()


@cache
def _trim() -> Callable[[int], int] | None:
    """Return glibc's ``malloc_trim``, None where there is another C library."""
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # musl, macOS; Windows has no library without a name
        return None
    trim.argtypes = (ctypes.c_size_t,)
    trim.restype = ctypes.c_int
    return trim
