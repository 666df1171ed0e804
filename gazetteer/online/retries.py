"""Which failures of a service are worth asking again after, how often and how long after; the rest is final at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from geopy.adapters import AdapterHTTPError, get_retry_after
from geopy.exc import GeocoderRateLimited, GeocoderTimedOut, GeopyError

from gazetteer.errors import GazetteerError

Answer = TypeVar("Answer")
TRIES = 3
LONGEST_WAIT = 60.0  # seconds; a service that wants to be left alone for longer is given up for this run
_PASSING = frozenset({408, 429, 500, 502, 503, 504})  # statuses that may be over in a moment (RFC 9110, 6585)
_FIRST_PAUSE = 2.0  # seconds, doubled for each further try, where the service does not say


class UnavailableError(GazetteerError):
    """A service gave no answer, however often it was asked as it may be; the name stays unmatched."""


def asked_again(ask: Callable[[], Answer], put_off: Callable[[float], None]) -> Answer:
    """Return what ``ask`` returns; ask again after a failure that may pass, at most :data:`TRIES` times in all.

    Parameters
    ----------
    ask : callable
        One request; it waits for its own turn.
    put_off : callable
        Takes the seconds in which nobody may ask the service.

    Raises
    ------
    UnavailableError
        All tries failed, or the service asked for more than :data:`LONGEST_WAIT`; its cause is the last failure.

    Examples
    --------
    >>> tries = iter([GeocoderTimedOut("slow"), "found"])
    >>> def ask():
    ...     told = next(tries)
    ...     if isinstance(told, Exception):
    ...         raise told
    ...     return told
    >>> waited = []
    >>> asked_again(ask, waited.append), waited
    ('found', [2.0])
    """
    for number, pause in enumerate(_pauses(), start=1):
        try:
            return ask()
        except GeopyError as error:
            if not _may_pass(error):
                raise
            wanted = _wanted(error)
            if pause is None:
                raise UnavailableError(f"asked {number} times") from error
            if wanted is not None and wanted > LONGEST_WAIT:
                raise UnavailableError(f"it asks to be left alone for {wanted:.0f} seconds") from error
            put_off(pause if wanted is None else max(wanted, 0.0))
    raise AssertionError("unreachable: the last pause is None")


def _pauses() -> Iterator[float | None]:
    """Yield how long to wait after each try; None after the last."""
    yield from (_FIRST_PAUSE * 2**number for number in range(TRIES - 1))
    yield None


def _may_pass(error: GeopyError) -> bool:
    cause = error.__cause__
    if isinstance(cause, AdapterHTTPError):
        return cause.status_code in _PASSING
    return isinstance(error, (GeocoderRateLimited, GeocoderTimedOut))


def _wanted(error: GeopyError) -> float | None:
    """Return how many seconds the service asks to wait (Retry-After, as seconds or as a date), if it says."""
    cause = error.__cause__
    own = getattr(error, "retry_after", None)
    told = get_retry_after(cause.headers) if isinstance(cause, AdapterHTTPError) else own
    return None if told is None else float(told)
