"""One request a second for the whole application: all processes of a user draw their turns from one file."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from gazetteer.online.shared_files import unusable

SECONDS = 1.0
_SCHEMA = "CREATE TABLE IF NOT EXISTS turn (service TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID"
_LONGEST_QUEUE = 600.0  # a turn farther ahead comes from a clock that was set back


class Pace:
    """Turns at asking a service, at least a second apart.

    A turn is drawn in one write transaction, which SQLite lets only one process have at a time; the waiting is done
    after it, so nobody holds the lock while waiting.

    Parameters
    ----------
    path : Path
        SQLite file that holds the last turn of each service; made where it is missing.
    clock, sleep : callable
        Seconds since 1970, and waiting.

    Raises
    ------
    GazetteerError
        If the file cannot be used.

    Examples
    --------
    >>> import tempfile
    >>> waited = []
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pace = Pace(Path(folder) / "pace.sqlite", clock=lambda: 100.0, sleep=waited.append)
    ...     pace.wait("nominatim")
    ...     pace.wait("nominatim")
    >>> waited
    [0.0, 1.0]
    """

    def __init__(
        self, path: Path, *, clock: Callable[[], float] = time.time, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self.path, self._clock, self._sleep = path, clock, sleep

    def wait(self, service: str) -> None:
        """Wait for the next turn at a service."""
        self._sleep(self._draw(service, _next_turn))

    def put_off(self, service: str, seconds: float) -> None:
        """Let the next turn at a service, of any process, come no sooner than so many seconds from now."""
        self._draw(service, lambda last, now: max(last, now + seconds - SECONDS))

    def _draw(self, service: str, turn_after: Callable[[float, float], float]) -> float:
        """Note a turn, told by the last one and the time now; return how many seconds off it is."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=60, isolation_level=None)) as database:
                database.execute(_SCHEMA)
                database.execute("BEGIN IMMEDIATE")
                rows = database.execute("SELECT at FROM turn WHERE service = ?", (service,)).fetchall()
                now = self._clock()
                turn = turn_after(rows[0][0] if rows else now - SECONDS, now)
                database.execute("INSERT OR REPLACE INTO turn VALUES (?, ?)", (service, turn))
                database.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise unusable(self.path, error) from error
        return max(0.0, turn - now)


def _next_turn(last: float, now: float) -> float:
    return max(now, last + SECONDS) if last - now < _LONGEST_QUEUE else now
