"""What is wrong with a file that all runs of a user share, and what mends it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from gazetteer.errors import GazetteerError

__all__ = ["unusable"]


def unusable(path: Path, error: sqlite3.Error | OSError) -> GazetteerError:
    """Return the error to raise: a file that others hold is not to be deleted.

    Examples
    --------
    >>> str(unusable(Path("online.sqlite"), OSError("file is not a database")))
    'online.sqlite: cannot be used (file is not a database); delete it or name another'
    """
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says more of it
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return GazetteerError(f"{path}: in use by other runs; wait until they are done and run this again")
    return GazetteerError(f"{path}: cannot be used ({error}); delete it or name another")
