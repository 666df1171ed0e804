"""The folder of a store: locked while in use, its products changed all at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import OutputError, StoreError
from pipeline.store.database import Store
from pipeline.store.lock import locked

__all__ = ["Opened", "begin", "open_store", "publish", "read_store", "store_path"]

_NEW = ".new"  # folder that products are written to before they go to their places


class Opened:
    """A store that is held by this run, and whom it was left behind by, if a run before was cut off."""

    def __init__(self, folder: Path, store: Store, cut_off: str) -> None:
        self.folder = folder
        self.store = store
        self.cut_off = cut_off


def store_path(folder: Path) -> Path:
    """Return where a folder's store lies."""
    return folder / "store.sqlite"


@contextmanager
def open_store(folder: Path, *, since: str, must_exist: bool = False) -> Iterator[Opened]:
    """Hold a folder's store; what a run before had finished, but not put in its places, is put there first.

    Parameters
    ----------
    folder : Path
        Made if missing.
    since : str
        The time, for who comes meanwhile.
    must_exist : bool
        Refuse a folder without a store.

    Raises
    ------
    StoreError
        If another run holds it, or the store is damaged or of another schema.
    """
    if must_exist:
        _refuse_missing(folder)
    _make(folder)
    with locked(folder, since=since) as cut_off:
        store = Store(store_path(folder))
        try:
            _recover(folder, store)
            yield Opened(folder, store, cut_off)
        except OutputError:
            _drop_unfinished(folder, store)
            raise
        finally:
            store.close()


@contextmanager
def read_store(folder: Path) -> Iterator[Store]:
    """Open a folder's store to look at it; others may change it meanwhile."""
    _refuse_missing(folder)
    store = Store(store_path(folder))
    try:
        yield store
    finally:
        store.close()


def begin(folder: Path) -> Path:
    """Return an empty folder for new products."""
    new = folder / _NEW
    shutil.rmtree(new, ignore_errors=True)
    try:
        new.mkdir()
    except OSError as error:
        raise OutputError(f"{new}: cannot be made ({error.strerror}); remove it, or choose another --into") from error
    return new


def refuse_links(folder: Path, new: Path) -> None:
    """Refuse to put products where a symbolic link stands, as its target lies elsewhere."""
    for file in new.iterdir():
        if (folder / file.name).is_symlink():
            raise OutputError(f"{folder / file.name}: is a symbolic link, and sitmap writes through none; remove it")


def publish(folder: Path, store: Store) -> None:
    """Move the finished products to their places, each in one step; the store knows of it until the last is there."""
    new = folder / _NEW
    try:
        for file in sorted(new.iterdir()) if new.is_dir() else ():
            file.replace(folder / file.name)
        if new.is_dir():
            new.rmdir()
    except OSError as error:
        remedy = "free some space or mend its permissions, and run the same again"
        raise OutputError(f"{folder}: products cannot be put there ({error.strerror or error}); {remedy}") from error
    store.published()


def _recover(folder: Path, store: Store) -> None:
    """Finish what a run before had finished all but moving; drop what it had not."""
    if store.finished():
        publish(folder, store)
    else:
        _drop_unfinished(folder, store)


def _drop_unfinished(folder: Path, store: Store) -> None:
    """Remove products of which some could not be written; finished ones are put in their places by the next run."""
    if not store.finished():
        shutil.rmtree(folder / _NEW, ignore_errors=True)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made ({error.strerror}); choose another folder with --into") from error


def _refuse_missing(folder: Path) -> None:
    if not store_path(folder).is_file():
        raise StoreError(f"{folder}: holds no store; make one with `sitmap map PATHS --into {folder}`")
