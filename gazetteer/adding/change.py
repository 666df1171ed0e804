"""Add a source to an index and take one away: all of it or nothing, the index built anew."""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gazetteer.adding.download import Limits, download
from gazetteer.adding.record import MANIFEST, AddedSource, added_sources, folder_of, read_added, record_text
from gazetteer.adding.wanted import Wanted
from gazetteer.build import BuildInfo, build
from gazetteer.building.boundaries import Boundaries
from gazetteer.errors import SourceError
from gazetteer.paths import default_index_path
from gazetteer.sources import Progress, no_progress
from gazetteer.sources.geonames_dump import geonames_files
from gazetteer.sources.reading import Reading

_DOWNLOADS = "downloads"
fcntl: Any = importlib.import_module("fcntl") if os.name == "posix" else None


@dataclass(frozen=True, slots=True)
class Addition:
    """What was added: the sources, what came of reading each, and the index built with them."""

    sources: tuple[AddedSource, ...]
    readings: tuple[Reading, ...]
    built: BuildInfo


def add_sources(
    wanted: Sequence[Wanted],
    index_path: Path | None = None,
    *,
    limits: Limits | None = None,
    progress: Progress = no_progress,
) -> Addition:
    """Copy or download sources beside the index, read them through, and build the index with them.

    A source of a key that is there already is replaced. If anything fails, nothing changes but that a download that
    was cut off is taken up again the next time.

    Parameters
    ----------
    wanted : sequence of Wanted
        From :func:`gazetteer.adding.wanted.wanted_sources`.
    index_path : Path, optional
        Default :func:`gazetteer.paths.default_index_path`.

    Raises
    ------
    SourceError
        A file cannot be had or read.
    """
    index = index_path or default_index_path()
    folder = folder_of(index)
    with _alone(index.parent):
        before = added_sources(index)
        with _staging(folder) as staging:
            _download(wanted, folder / _DOWNLOADS, limits, progress)
            read = [_staged(one, staging, folder / _DOWNLOADS, progress) for one in wanted]
            fresh = [_settled(source, staging, folder) for source, _ in read]
        keys = {source.key for source in fresh}
        built = _build_with([*(s for s in before if s.key not in keys), *fresh], before, index, progress)
    return Addition(tuple(fresh), tuple(reading for _, reading in read), built)


def remove_source(key: str, index_path: Path | None = None, *, progress: Progress = no_progress) -> BuildInfo:
    """Take a source away and build the index without it.

    Raises
    ------
    SourceError
        No source has this key.
    """
    index = index_path or default_index_path()
    with _alone(index.parent):
        before = added_sources(index)
        if key not in {s.key for s in before}:
            known = ", ".join(s.key for s in before) or "none was added"
            raise SourceError(f"{key}: no added source has this key; there are: {known}")
        return _build_with([s for s in before if s.key != key], before, index, progress)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep others from adding and removing meanwhile, where the system can."""
    folder.mkdir(parents=True, exist_ok=True)
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, folder)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SourceError(f"{folder}: another sitmap is changing the sources; run this again when it is done") from None


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="staging-", dir=folder) as staging:
            yield Path(staging)
    finally:
        _remove_empty(folder)


def _remove_empty(folder: Path) -> None:
    for empty in (*(folder / _DOWNLOADS).glob("*/"), folder / _DOWNLOADS, folder):
        if empty.is_dir() and not any(empty.iterdir()):
            empty.rmdir()


def _download(wanted: Sequence[Wanted], downloads: Path, limits: Limits | None, progress: Progress) -> None:
    """Download what is not here yet; what came stays until all has come."""
    for one in wanted:
        for url, name in one.downloads:
            if not (downloads / one.key / name).exists():
                download(url, downloads / one.key / name, limits=limits, progress=progress)


def _staged(one: Wanted, staging: Path, downloads: Path, progress: Progress) -> tuple[AddedSource, Reading]:
    """Bring the files of a source together and read them through: what is wrong shows before anything changes."""
    home = staging / one.key
    home.mkdir()
    for _, name in one.downloads:
        shutil.move(downloads / one.key / name, home / name)
    shutil.rmtree(downloads / one.key, ignore_errors=True)
    for file in _local_files(one):
        progress(f"copying {file.name}", 0, 1)
        _copy(file, home / file.name)
    files = sorted(home.iterdir())
    path = home if one.kind == "geonames" else files[0]
    source = AddedSource(one.key, one.kind, path, _checksum(files), one.name, one.licence, one.attribution)
    reading = Reading()
    rows = sum(1 for _ in read_added(source, Boundaries(()), progress, reading))
    skipped = reading.bad + reading.bad_beside
    return replace(source, rows=rows, skipped=skipped, credits=dict(reading.credits)), reading


def _local_files(one: Wanted) -> list[Path]:
    """Return the files of a source that is here: of a folder, those that are GeoNames'."""
    if one.path is None:
        return []
    if one.path.is_file():
        return [one.path]
    found = geonames_files(one.path)
    return [*found.dumps, *found.codes, *(p for p in (found.names, found.hierarchy) if p)]


def _copy(file: Path, to: Path) -> None:
    try:
        shutil.copyfile(file, to)
    except OSError as error:
        raise SourceError(f"{file}: cannot be copied to {to.parent} ({error.strerror or error})") from error


def _checksum(files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            total.update(f"{path.name}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return total.hexdigest()


def _settled(source: AddedSource, staging: Path, folder: Path) -> AddedSource:
    """Move the files of a source to the folder of their checksum."""
    home = folder / f"{source.key}-{source.sha256[:12]}"
    if home.exists():  # the same files as before
        shutil.rmtree(home)
    shutil.move(staging / source.key, home)
    within = source.path.relative_to(staging / source.key)
    return replace(source, path=home / within)


def _build_with(
    sources: Sequence[AddedSource], before: Sequence[AddedSource], index: Path, progress: Progress
) -> BuildInfo:
    """Record the sources and build; if that fails, record what was before. Files that no record names are removed."""
    folder = folder_of(index)
    _record(folder, sources)
    try:
        built = build(index, progress=progress)
    except BaseException:  # Ctrl-C too
        _record(folder, before)
        _sweep(folder, before)
        raise
    _sweep(folder, sources)
    return built


def _record(folder: Path, sources: Sequence[AddedSource]) -> None:
    manifest = folder / MANIFEST
    if not sources:
        manifest.unlink(missing_ok=True)
        return
    draft = manifest.with_suffix(".part")
    with draft.open("w", encoding="utf-8") as file:
        file.write(record_text(folder, sources))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(manifest)


def _sweep(folder: Path, sources: Sequence[AddedSource]) -> None:
    """Remove the folders of sources that are no longer there."""
    kept = {source.path.relative_to(folder).parts[0] for source in sources}
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_dir() and entry.name not in {*kept, _DOWNLOADS}:
            shutil.rmtree(entry, ignore_errors=True)
    _remove_empty(folder)
