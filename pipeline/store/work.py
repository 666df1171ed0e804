"""What was read in reports, kept beside the products: a run that is cut off goes on, the next reads only what is new.

The file can be deleted at any time.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.store.database import SCHEMA_VERSION, Store

__all__ = ["WORK_FILE", "open_work"]

WORK_FILE = ".sitmap-work.sqlite"
_log = logging.getLogger("sitmap")


class Work(Store):
    """The reports of one run on disk, for itself alone."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, wait=0)
        try:
            self._hold()
        except BaseException:
            self.close()
            raise

    def is_empty(self) -> bool:
        """Whether nothing is kept."""
        with self._mended():
            return self._rows.execute("SELECT 1 FROM report LIMIT 1").fetchone() is None

    def _hold(self) -> None:
        """Take the file for as long as it is open: what another run forgets is not missed in the middle of this one.

        Something is written: SQLite refuses that if another run removed the file after it was opened here.
        """
        unchanged = f"PRAGMA user_version = {SCHEMA_VERSION}"
        with self._mended():
            for statement in ("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", unchanged, "COMMIT"):
                self._rows.execute(statement)

    def _damaged(self, cause: str) -> StoreError:
        return StoreError(
            f"{self.path}: cannot be used ({cause}); free some space if the disk is full, else remove the file and run "
            "the same again"
        )


@contextmanager
def open_work(folder: Path, *, keep: bool) -> Iterator[Work]:
    """Open what was read before for the products of a folder, or a file that nobody sees and that ends with the run.

    The latter is taken where nothing is to be kept, where another run holds the file, or where it cannot be written.

    Parameters
    ----------
    folder : Path
        Made if missing; where nothing comes to lie in it, nothing is left of it.
    keep : bool
        Whether what is read is for later runs too.
    """
    is_new = not folder.exists()
    work = (_kept(folder) if keep else None) or Work(Path())
    try:
        yield work
    finally:
        if work.path.name and work.is_empty():
            _remove(work.path)  # while it is held, so that no other run has begun to fill it
        work.close()
        if is_new:
            with suppress(OSError):  # products are in it
                folder.rmdir()


def _kept(folder: Path) -> Work | None:
    path = folder / WORK_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return None if path.is_symlink() else _opened(path)
    except (OSError, StoreError) as error:
        _log.info("%s: not used: %s", path, error)
        return None


def _opened(path: Path) -> Work:
    """Open a file of work; one that is damaged or of another schema is begun anew, as it can be made again."""
    try:
        return Work(path)
    except StoreError as error:
        cause = error.__cause__
        if isinstance(cause, sqlite3.OperationalError):  # held by another run, or not to be written
            raise
        _log.warning("%s; it is begun anew", error)
        _remove(path)
        return Work(path)


def _remove(path: Path) -> None:
    """Remove a file of work, and its journal, which would be played back."""
    for file in (path, path.with_name(f"{path.name}-journal")):
        file.unlink(missing_ok=True)
