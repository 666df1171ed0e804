"""Which files are tables, and from a file to its sheets; what cannot be read is a rejection."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.ingest.limits import DEFAULT_LIMITS, Limits, RefusedError
from pipeline.ingest.read import found_files, suffix_of
from pipeline.ingest.tabular.delimited import read_delimited
from pipeline.ingest.tabular.sheet import Sheet
from pipeline.models import Rejection

#: A file of one of these kinds is a table; .txt, .html, .json and .jsonl are reports, whatever they hold.
TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".xlsx", ".parquet", ".geojson"})


def table_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files under ``paths`` that are tables (each may be .gz), in an order that does not hang on theirs."""
    return [found for found in found_files(paths) if isinstance(found, Path) and suffix_of(found) in TABLE_SUFFIXES]


def read_sheets(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Iterator[Sheet | Rejection]:
    """Yield the tables of a file, or why it cannot be read.

    Parameters
    ----------
    path : Path
        One of :func:`table_files`.
    limits : Limits
    """
    data = read_content(path, limits=limits)
    if isinstance(data, Rejection):
        yield data
    else:
        yield from sheets_in(data, path, limits=limits)


def read_content(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> bytes | Rejection:
    """Return all that a table's file holds, unpacked, or why it cannot be read."""
    printed = _printed(path)
    try:
        return _content(path, printed, limits)
    except RefusedError as error:
        return error.rejection
    except (OSError, EOFError, zlib.error) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        return Rejection(printed, None, f"cannot be read: {why}", "", "check the file")


def sheets_in(data: bytes, path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Iterator[Sheet | Rejection]:
    """Yield the tables in what :func:`read_content` gave of a file; ``path`` tells what kind it is."""
    name = os.fsencode(path.name).decode("utf-8", "replace")
    try:
        yield from _READERS[suffix_of(path)](data, _printed(path), name, limits)
    except RefusedError as error:
        yield error.rejection


def _printed(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")


def _content(path: Path, printed: str, limits: Limits) -> bytes:
    """Return all of a file, unpacked, as far as it is not too large."""
    with gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb") as stream:
        data = stream.read(limits.max_table_bytes + 1)
    if len(data) > limits.max_table_bytes:
        cause = f"larger than {limits.max_table_bytes:,} bytes"
        raise RefusedError(Rejection(printed, None, cause, "", "split it, by year for instance"))
    return data


def _comma(data: bytes, path: str, name: str, limits: Limits) -> list[Sheet]:
    return [read_delimited(data, path, name, limits)]


def _tabs(data: bytes, path: str, name: str, limits: Limits) -> list[Sheet]:
    return [read_delimited(data, path, name, limits, separator="\t")]


def _workbook(data: bytes, path: str, name: str, limits: Limits) -> list[Sheet]:
    from pipeline.ingest.tabular.workbook import read_workbook  # noqa: PLC0415 - only where there is one

    return read_workbook(data, path, name, limits)


def _columnar(data: bytes, path: str, name: str, limits: Limits) -> list[Sheet]:
    from pipeline.ingest.tabular.columnar import read_columnar  # noqa: PLC0415 - as above

    return [read_columnar(data, path, name, limits)]


def _features(data: bytes, path: str, name: str, limits: Limits) -> list[Sheet]:
    from pipeline.ingest.tabular.features import read_features  # noqa: PLC0415 - as above

    return [read_features(data, path, name, limits)]


_READERS: dict[str, Callable[[bytes, str, str, Limits], list[Sheet]]] = {
    ".csv": _comma,
    ".tsv": _tabs,
    ".tab": _tabs,
    ".xlsx": _workbook,
    ".parquet": _columnar,
    ".geojson": _features,
}
