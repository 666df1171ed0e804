"""Memory that is no longer used, given back to the system: a C library keeps for itself what it may need again."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Mapping
from functools import cache

__all__ = ["collect", "give_back", "keep_at_hand", "keep_large_apart"]

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3  # glibc's malloc.h: M_TRIM_THRESHOLD and so on
_LARGE = 128 * 1024  # bytes; glibc's own, which it raises for good to up to 32 MB with each larger block that is freed
_MB = 1024 * 1024


def keep_large_apart() -> None:
    """Let each large block have pages of its own, which go when it goes; does nothing without glibc.

    Left to itself, glibc takes blocks from the common heap that are smaller than the largest one ever freed: what is
    small and stays then lies between what was large and went, and its pages can't be given back.

    Examples
    --------
    >>> keep_large_apart()
    """
    _set({_MMAP_THRESHOLD: _LARGE})


def keep_at_hand() -> None:
    """Let what is freed be used again rather than given back, where speed counts and not memory; needs glibc.

    Tables that come and go are else asked of the system each time, page by page.

    Examples
    --------
    >>> keep_at_hand()
    """
    _set({_TRIM_THRESHOLD: 256 * _MB, _TOP_PAD: _MB, _MMAP_THRESHOLD: 32 * _MB})


def give_back() -> None:
    """Give free pages back, also those between pages in use; takes a millisecond, and does nothing without glibc.

    One difficult outline, the rim of Canada, takes 200 MB for a second, which else stay with the process to its end.

    Examples
    --------
    >>> give_back()
    """
    trim = _of_c("malloc_trim", ctypes.c_size_t)
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


def _set(values: Mapping[int, int]) -> None:
    setting = _of_c("mallopt", ctypes.c_int, ctypes.c_int)
    if setting is not None:
        for name, value in values.items():
            setting(name, value)


@cache
def _of_c(name: str, *takes: type) -> Callable[..., int] | None:
    """Return a function of glibc, None where there is another C library."""
    try:
        function = getattr(ctypes.CDLL(None), name)
    except (AttributeError, OSError, TypeError):  # musl, macOS; Windows has no library without a name
        return None
    function.argtypes = takes
    function.restype = ctypes.c_int
    return function  # type: ignore[no-any-return]
