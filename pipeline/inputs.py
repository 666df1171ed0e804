"""The reports of a run as they are read, one by one; what was refused and which files it was is noted on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from pipeline.errors import InputError
from pipeline.ingest import read_articles
from pipeline.ingest.tabular import TABLE_SUFFIXES
from pipeline.models import Article, Rejection
from pipeline.rows import RowsRead

__all__ = ["Inputs", "paths_of", "refuse_missing"]

_KINDS = (
    "reports (.txt, .html, .json, .jsonl), tables of events (.csv, .tsv, .xlsx, .parquet, .geojson) or a folder of them"
)
_NO_TABLES = RowsRead()
_TOLD = 3  # causes that are told where nothing could be read


class Inputs:
    """The articles of some paths.

    Parameters
    ----------
    paths : iterable of Path
    tables : RowsRead
        What was read in the tables among them.

    Raises
    ------
    InputError
        If a path does not exist, or nothing can be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a.txt").write_text("Rockets hit a depot.")
    ...     [article.doc_id for article in Inputs([Path(folder)]).articles]
    ['a']
    """

    def __init__(self, paths: Iterable[Path], tables: RowsRead = _NO_TABLES) -> None:
        paths = tuple(paths)
        refuse_missing(paths)
        self._tables = tables
        self._refused: list[Rejection] = []
        self._files: set[str] = set()
        found = self._found(paths)
        first = next(found, None)
        self.is_empty = first is None
        if first is None and not tables.rows:
            raise self._nothing(paths)
        self.articles: Iterator[Article] = chain([] if first is None else [first], found)

    @property
    def rejections(self) -> list[Rejection]:
        """The inputs refused so far, then those of the tables."""
        return [*self._refused, *self._tables.rejections]

    @property
    def paths(self) -> list[Path]:
        """The files that were read or refused so far, each once."""
        return paths_of(self._files, self.rejections)

    def _found(self, paths: tuple[Path, ...]) -> Iterator[Article]:
        for item in read_articles(paths, apart=TABLE_SUFFIXES):
            if isinstance(item, Rejection):
                self._refused.append(item)
            else:
                self._files.add(item.path)
                yield item

    def _nothing(self, paths: tuple[Path, ...]) -> InputError:
        told = (": ".join(filter(None, (r.path, r.cause, r.value, r.remedy))) for r in self.rejections[:_TOLD])
        causes = "; ".join(told) or "the folder holds no reports"
        return InputError(f"{', '.join(map(str, paths))}: no report could be read ({causes}); give {_KINDS}")


def refuse_missing(paths: Iterable[Path]) -> None:
    """Raise InputError for the first path that does not exist."""
    missing = next((p for p in paths if not p.exists()), None)
    if missing is not None:
        raise InputError(f"{missing}: no such file or folder; give {_KINDS}")


def paths_of(files: Iterable[str], rejections: Iterable[Rejection]) -> list[Path]:
    """Return the files that were read or refused, each once."""
    paths = {*files, *(rejection.path for rejection in rejections)}
    return sorted(Path(path) for path in paths if path)
