"""Paths -> articles and rejections, one at a time, in an order that does not depend on how the paths were given."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import stat
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from io import BufferedReader
from pathlib import Path

from pipeline.ingest import json_text
from pipeline.ingest.beside import with_note
from pipeline.ingest.decode import decode
from pipeline.ingest.html import read_page
from pipeline.ingest.known import Known
from pipeline.ingest.limits import DEFAULT_LIMITS, Limits, RefusedError, shown
from pipeline.ingest.records import About, article_from_record, article_from_text
from pipeline.ingest.text import clean
from pipeline.models import Article, Rejection

Read = Article | Rejection
Stream = BufferedReader | gzip.GzipFile
_CHUNK = 1 << 20  # bytes

#: What tells about a folder of reports and is none itself; a file given by name is read or refused all the same.
_NOTES = re.compile(r"(?i)(?:readme|licen[cs]e|changelog)(?:\.(?:md|rst|txt))?|corrections\.(?:csv|ya?ml)")


def read_articles(
    paths: Sequence[Path], *, limits: Limits = DEFAULT_LIMITS, apart: Collection[str] = ()
) -> Iterator[Article | Rejection]:
    """Read every article under ``paths``; yield what cannot be read as a Rejection, and go on.

    Parameters
    ----------
    paths : sequence of Path
        Files (.txt, .html, .htm, .json, .jsonl; each also .gz) and folders, which are walked; hidden files are skipped.
    limits : Limits
    apart : collection of str
        Kinds of file that another reader takes (``.csv``): they are passed by.

    Yields
    ------
    Article or Rejection
        Ordered by path within the folder given, then by line. A report met again, word for word and with the same
        title, source, link and day, is a Rejection; another text under a ``doc_id`` that is taken gets one of its own.

    Examples
    --------
    >>> list(read_articles([]))
    []
    """
    return _once(read_each(paths, limits=limits, apart=apart))


def read_each(
    paths: Sequence[Path], *, limits: Limits = DEFAULT_LIMITS, apart: Collection[str] = ()
) -> Iterator[Article | Rejection]:
    """Read every article as its file has it, in the same order: copies and names that are taken stay as they are."""
    return (item for found in found_files(paths) if not _is_apart(found, apart) for item in _read(found, limits))


def _is_apart(found: Path | Rejection, apart: Collection[str]) -> bool:
    return isinstance(found, Path) and suffix_of(found) in apart


def found_files(paths: Sequence[Path]) -> Iterator[Path | Rejection]:
    """Yield the files under ``paths`` in an order that does not hang on how they were given, and what is missing."""
    found: dict[Path, tuple[str, str, Path]] = {}
    missing: list[Rejection] = []
    for path in paths:
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            missing.append(Rejection(_printed(path), None, _why(error), "", "check the path"))
            continue
        for inner in _walk(path, missing) if is_folder else (path,):
            relative = inner.relative_to(path).as_posix() if is_folder else path.name
            found.setdefault(inner.resolve(), (relative, inner.as_posix(), inner))
    yield from sorted(missing, key=lambda rejection: rejection.path)
    yield from (path for _, _, path in sorted(found.values()))


def _walk(folder: Path, failed: list[Rejection]) -> Iterator[Path]:
    def note(error: OSError) -> None:
        failed.append(Rejection(str(error.filename), None, _why(error), "", "check its permissions"))

    for here, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(here, name) for name in names if not name.startswith(".") and not _NOTES.fullmatch(name))


def _read(found: Path | Rejection, limits: Limits) -> Iterator[Read]:
    if isinstance(found, Rejection):
        yield found
        return
    path = _printed(found)
    reader = _READERS.get(suffix_of(found))
    if reader is None:
        yield Rejection(path, None, "not a kind of file that is read", found.suffix, _KINDS)
        return
    if not found.is_file():
        yield Rejection(path, None, "not a regular file", "", "give a file or a folder")
        return
    try:
        with _open(found) as stream:
            yield from reader(found, stream, limits)
    except RefusedError as error:
        yield error.rejection
    except (OSError, EOFError, zlib.error) as error:
        cause = "damaged archive" if _is_gzip(found) and not _denied(error) else "cannot be read"
        yield Rejection(path, None, f"{cause}: {_why(error)}", "", "check the file")


def _printed(path: Path) -> str:
    """Return the path as text that can be written anywhere; a name need not be UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def _denied(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno is not None


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _is_gzip(path: Path) -> bool:
    return path.suffix.lower() == ".gz"


def suffix_of(path: Path) -> str:
    """Return the ending that says what a file is, in lower case; that of a .gz file is the one before it.

    Examples
    --------
    >>> suffix_of(Path("events.CSV.gz"))
    '.csv'
    """
    return Path(path.stem if _is_gzip(path) else path.name).suffix.lower()


def _stem(path: Path) -> str:
    """Return the doc_id that a file's name gives."""
    return clean(Path(path.stem).stem if _is_gzip(path) else path.stem).text


def _open(path: Path) -> Stream:
    return gzip.open(path, "rb") if _is_gzip(path) else path.open("rb")


def _whole(path: Path, stream: Stream, most: int) -> bytes:
    data = stream.read(most + 1)
    if len(data) > most:
        cause = f"larger than {most:,} bytes"
        raise RefusedError(Rejection(_printed(path), None, cause, "", "split it, or use .jsonl, one article a line"))
    return data


def _read_text(path: Path, stream: Stream, limits: Limits) -> Iterator[Read]:
    decoded = decode(_whole(path, stream, limits.max_bytes))
    about = with_note(About(path=_printed(path), notes=decoded.notes), path)
    yield article_from_text(decoded.text, doc_id=_stem(path), about=about, limits=limits)


def _read_html(path: Path, stream: Stream, limits: Limits) -> Iterator[Read]:
    decoded = decode(_whole(path, stream, limits.max_html_bytes), html=True)
    page = read_page(decoded.text, path=_printed(path), limits=limits)
    about = About(
        page.title,
        page.url,
        page.source,
        page.date,
        path=_printed(path),
        notes=(*decoded.notes, *page.notes),
        offsets=page.offsets,
    )
    yield article_from_text(page.text, doc_id=_stem(path), about=with_note(about, path), limits=limits)


def _read_json(path: Path, stream: Stream, limits: Limits) -> Iterator[Read]:
    decoded = decode(_whole(path, stream, limits.max_bytes))
    for line, value in json_text.values(decoded.text, max_depth=limits.max_depth):
        yield _record(value, path, line, limits)


def _read_jsonl(path: Path, stream: Stream, limits: Limits) -> Iterator[Read]:
    for number, data in _lines(path, stream, limits):
        if isinstance(data, Rejection):
            yield data
        elif data.strip():
            for _, value in json_text.values(decode(data).text, max_depth=limits.max_depth):
                yield _record(value, path, number, limits)


def _lines(path: Path, stream: Stream, limits: Limits) -> Iterator[tuple[int, bytes | Rejection]]:
    """Yield numbered lines; one that is too long is told of and skipped, piece by piece."""
    total, number = 0, 0
    while line := stream.readline(limits.max_bytes + 1):
        number, total = number + 1, total + len(line)
        if len(line) > limits.max_bytes:
            yield (
                number,
                Rejection(_printed(path), number, f"a line of more than {limits.max_bytes:,} bytes", "", _LINES),
            )
            while line and not line.endswith(b"\n") and total <= limits.max_decompressed_bytes:
                line = stream.readline(_CHUNK)
                total += len(line)
        else:
            yield number, line
        if _is_gzip(path) and total > limits.max_decompressed_bytes:
            cause = f"expands to more than {limits.max_decompressed_bytes:,} bytes"
            yield number, Rejection(_printed(path), number, cause, "", "split it; what came before is kept")
            return


def _record(value: object, path: Path, line: int, limits: Limits) -> Read:
    if isinstance(value, json_text.JsonFault):
        return Rejection(_printed(path), line, value.cause, "", "mend this record; the others were read")
    if not isinstance(value, dict):
        return Rejection(_printed(path), line, "a record must be an object", shown(value), '{"doc_id": …, "text": …}')
    if value.get("type") == "FeatureCollection":
        remedy = "name it .geojson to have it read as a table of events"
        return Rejection(_printed(path), line, "GeoJSON, not an article", shown(value), remedy)
    try:
        return article_from_record(value, path=_printed(path), line=line, limits=limits)
    except RefusedError as error:
        return error.rejection


def _once(items: Iterable[Read]) -> Iterator[Read]:
    """Let each report through once, and each ``doc_id`` for one text."""
    with Known() as known:
        for item in items:
            if isinstance(item, Rejection):
                yield item
                continue
            digest = article_digest(item)
            if (name := known.name_of(digest)) is not None:
                remedy = f"none needed; see {name}"
                yield Rejection(item.path, item.line, "the same report again; counted once", item.doc_id, remedy)
                continue
            unique = item if not known.is_taken(item.doc_id) else _renamed(item, digest)
            known.add(digest, unique.doc_id)
            yield unique


def article_digest(article: Article) -> str:
    """Return the hash of what makes a report itself: text, title, link, source and day."""
    parts = (article.text, article.title, article.url, article.source, str(article.date))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _renamed(article: Article, digest: str) -> Article:
    note = f"doc_id {article.doc_id!r} is another report's; this one is told apart by its content"
    return replace(article, doc_id=f"{article.doc_id}-{digest[:8]}", notes=(*article.notes, note))


_KINDS = "save it as .txt, .html, .json or .jsonl (each may be .gz)"
_LINES = "one article a line"
_READERS: dict[str, Callable[[Path, Stream, Limits], Iterator[Read]]] = {
    ".txt": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".json": _read_json,
    ".jsonl": _read_jsonl,
}
