"""The sources that a user added: kept in a folder beside the index, read when it is built.

``gazetteer.sqlite.added/sources.json`` says what there is; each source's files lie in a folder of their own, named by
key and checksum.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import structs

from gazetteer.errors import SourceError

# Whoever only looks names up imports this module too, and does not wait for what only reading needs.
if TYPE_CHECKING:
    from gazetteer.building.boundaries import Boundaries
    from gazetteer.sources import Progress, SourcePlace
    from gazetteer.sources.reading import Reading

_VERSION = 1
MANIFEST = "sources.json"


@dataclass(frozen=True, slots=True)
class AddedSource:
    """A source that a user added.

    Parameters
    ----------
    key : str
        What its places name as their source; unique in an index.
    kind : str
        One of ``data/added_kinds.yaml``.
    path : Path
        File, or folder of files, as copied beside the index.
    sha256 : str
        Over names and contents of its files.
    name, licence, attribution : str
        To be shown wherever a place from it is shown; a user's words, so never to be taken for markup.
    options : mapping of str to str
        What else decides how it is read.
    rows, skipped : int
        Places read when it was added, and rows that could not be.
    credits : mapping of str to str
        Key of a source within it (``mine/1``) -> whom to credit.
    """

    key: str
    kind: str
    path: Path
    sha256: str
    name: str
    licence: str
    attribution: str
    options: Mapping[str, str] = field(default_factory=dict)
    rows: int = 0
    skipped: int = 0
    credits: Mapping[str, str] = field(default_factory=dict)


def folder_of(index_path: Path) -> Path:
    """Return the folder beside an index that holds what was added to it.

    Examples
    --------
    >>> folder_of(Path("gazetteer.sqlite")).name
    'gazetteer.sqlite.added'
    """
    return index_path.with_name(f"{index_path.name}.added")


def added_sources(index_path: Path) -> tuple[AddedSource, ...]:
    """Return what was added to the index at ``index_path``, by key; empty if nothing was.

    Raises
    ------
    SourceError
        The record of it is damaged.

    Examples
    --------
    >>> added_sources(Path("no such folder") / "gazetteer.sqlite")
    ()
    """
    folder = folder_of(index_path)
    try:
        content = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise _damaged(folder, error) from error
    try:
        if content["version"] != _VERSION:
            raise _damaged(folder, ValueError(f"version {content['version']}, expected {_VERSION}"))
        return tuple(_from_row(folder, row) for row in content["sources"])
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged(folder, error) from error


def _damaged(folder: Path, error: Exception) -> SourceError:
    return SourceError(
        f"{folder / MANIFEST}: damaged ({error!r}); delete the folder {folder.name} and add the sources again"
    )


def _from_row(folder: Path, row: Mapping[str, Any]) -> AddedSource:
    path = Path(*(part for part in Path(row["path"]).parts if part not in {"..", "/"}))  # never outside the folder
    return AddedSource(**{**row, "path": folder / path})


def record_text(folder: Path, sources: Sequence[AddedSource]) -> str:
    """Return what ``sources.json`` says of ``sources``."""
    rows = [asdict(s) | {"path": s.path.relative_to(folder).as_posix()} for s in sorted(sources, key=lambda s: s.key)]
    return json.dumps({"version": _VERSION, "sources": rows}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def attribution_rows(sources: Sequence[AddedSource]) -> dict[str, dict[str, object]]:
    """Return the rows that ``data/sources.yaml`` would have: key -> name, licence, attribution…, sources within too.

    Examples
    --------
    >>> mine = AddedSource("mine", "table", Path("mine.csv"), "", "Mine", "CC0", "Ann", credits={"mine/1": "Survey 7"})
    >>> {key: row["attribution"] for key, row in attribution_rows([mine]).items()}
    {'mine': 'Ann', 'mine/1': 'Survey 7, through Ann'}
    """
    found: dict[str, dict[str, object]] = {}
    for s in sources:
        row = {"name": s.name, "licence": s.licence, "attribution": s.attribution, "added": True, "kind": s.kind,
               "rows": s.rows, "skipped": s.skipped, "sha256": s.sha256}  # fmt: skip
        found[s.key] = row
        for key, credit in s.credits.items():
            found[key] = {
                "name": s.name,
                "licence": s.licence,
                "attribution": f"{credit}, through {s.attribution}",
                "added": True,
                "within": s.key,
            }
    return found


def read_added(
    source: AddedSource, boundaries: Boundaries, progress: Progress, reading: Reading | None = None
) -> Iterator[SourcePlace]:
    """Yield the places of a source, in the order of its file; nothing is held that grows with it.

    Parameters
    ----------
    source : AddedSource
    boundaries : Boundaries
        Polygons of the divisions of the base, to say which one a place lies in.
    progress : callable
        Told of the bytes read.
    reading : Reading, optional
        Takes what was read and what could not be.

    Raises
    ------
    SourceError
        Its files are gone or cannot be read.
    """
    if not source.path.exists():
        raise SourceError(
            f"{source.path}: the files of the added source {source.key} are gone; "
            f"add it again, or run: sitmap gazetteer remove {source.key}"
        )

    importer = _IMPORTERS.get(source.kind)
    if importer is None:
        raise SourceError(
            f"{source.key}: sources of kind {source.kind!r} are not known; expected {', '.join(_IMPORTERS)}"
        )
    for place in importer(source, boundaries, progress, reading):
        own = place.place.source == source.key or place.place.source in source.credits
        within = place.place.source.startswith(f"{source.key}/")
        yield place if own or within else replace(place, place=structs.replace(place.place, source=source.key))


Importer = Callable[["AddedSource", "Boundaries", "Progress", "Reading | None"], "Iterator[SourcePlace]"]


def _counting(module: str, function: str) -> Importer:
    """Return an importer that is loaded when it is first needed, and that counts its own rows."""

    def read(
        source: AddedSource, boundaries: Boundaries, progress: Progress, reading: Reading | None
    ) -> Iterator[SourcePlace]:
        importer = getattr(import_module(f"gazetteer.sources.{module}"), function)
        yield from importer(source.path, boundaries, progress, key=source.key, reading=reading)

    return read


def _read_whos_on_first(
    source: AddedSource, boundaries: Boundaries, progress: Progress, reading: Reading | None
) -> Iterator[SourcePlace]:
    """Read an archive; its importer logs what it passes over, and here what it yields is counted."""
    importer = import_module("gazetteer.sources.whos_on_first").read_whos_on_first
    for place in importer(source.path, boundaries, progress):
        if reading is not None:
            reading.good()
        yield place


_IMPORTERS: Mapping[str, Importer] = {
    "geonames": _counting("geonames_dump", "read_geonames"),
    "ourairports": _counting("ourairports", "read_ourairports"),
    "table": _counting("table", "read_table"),
    "whosonfirst": _read_whos_on_first,
}
