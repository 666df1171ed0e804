"""Sources -> one versioned, checksummed index: a SQLite database with the columns of the places behind it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import seal
from gazetteer.adding.record import added_sources
from gazetteer.errors import GazetteerError
from gazetteer.paths import default_index_path
from gazetteer.versions import fingerprint

# Whoever only looks names up imports this module too, and does not wait half a second for what only building needs.
if TYPE_CHECKING:
    from gazetteer.building.assembly import Added
    from gazetteer.sources import Progress, SourcePlace


@dataclass(frozen=True, slots=True)
class BuildInfo:
    """What was built: the file, its size and checksum, the fingerprint of its inputs and how much it holds."""

    path: Path
    size: int
    sha256: str
    fingerprint: str
    counts: Mapping[str, int]


def is_current(path: Path | None = None) -> bool:
    """Whether the index at ``path`` is whole and was built from what is installed and added now."""
    path = path or default_index_path()
    try:
        seal.check(path)
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            rows = dict(database.execute("SELECT key, value FROM meta"))
        return rows.get("fingerprint") == fingerprint(added_sources(path))
    except (GazetteerError, sqlite3.Error):
        return False


def build(
    path: Path | None = None,
    *,
    sources: Iterable[SourcePlace] | None = None,
    added: Added | None = None,
    progress: Progress | None = None,
) -> BuildInfo:
    """Build the index at ``path``; the old one stays until the new one is whole.

    Parameters
    ----------
    path : Path, optional
        Where; default :func:`gazetteer.paths.default_index_path`.
    sources : iterable of SourcePlace, optional
        The base, held in memory; default everything installed, and then ``added`` is what the user added to the index.
    added : sequence of (AddedSource, iterable of SourcePlace), optional
        What comes on top, of any length: read once, one place at a time. Default: nothing, where ``sources`` are given.
    progress : callable, optional
        Called with a stage, how many are done and of how many.

    Raises
    ------
    OSError
        The file cannot be written; nothing is left behind.
    SourceError
        A source cannot be used.

    Examples
    --------
    >>> import tempfile
    >>> from gazetteer.models import Place
    >>> from gazetteer.sources import SourcePlace
    >>> hit = SourcePlace(Place("x:1", "Hit", 33.64, 42.83, "P", "PPL", "IQ"), ("هيت",))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     build(Path(folder) / "tiny.sqlite", sources=[hit]).counts["place"]
    1
    """
    from gazetteer.building.assembly import assemble  # noqa: PLC0415 - see above
    from gazetteer.sources import no_progress  # noqa: PLC0415

    path = path or default_index_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{hashlib.sha256(str(path).encode()).hexdigest()[:8]}.part")
    try:
        draft.unlink(missing_ok=True)
        counts, mark = assemble(draft, path, sources, added, progress or no_progress)
        checksum = seal.seal(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return BuildInfo(path, path.stat().st_size, checksum, mark, counts)
