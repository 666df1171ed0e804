"""Sources that the user added, kept beside the index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.errors import SourceError

if TYPE_CHECKING:
    from gazetteer.boundaries import Boundaries
    from gazetteer.sources import Progress, SourcePlace


@dataclass(frozen=True, slots=True)
class AddedSource:
    """One source: its key, what kind of file it is and where, and whom to name for it."""

    key: str
    kind: str
    path: Path
    sha256: str
    name: str
    licence: str
    attribution: str
    options: Mapping[str, str]


def added_sources(_index_path: Path) -> tuple[AddedSource, ...]:
    """Return what was added to the index at this path, in the order in which it was added."""
    return ()


def read_added(source: AddedSource, _boundaries: Boundaries, _progress: Progress) -> Iterator[SourcePlace]:
    """Yield the places of an added source."""
    raise SourceError(f"{source.path}: no importer for {source.kind!r}")
