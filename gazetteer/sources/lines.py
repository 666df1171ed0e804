"""Lines of a text file, or of the one in a zip: streamed, and bounded in length and in what a zip may unpack to."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from gazetteer.errors import SourceError
from gazetteer.sources import Progress, no_progress

LONGEST_LINE = 1 << 16  # GeoNames' longest column has 10,000 characters
_MOST_UNPACKED = 32 << 30  # allCountries.txt has 1.7 GB
_MOST_RATIO = 100  # text packs to a quarter; deflate can do a thousandth, and then it is a bomb
_SMALL = 1 << 20
_BESIDE = frozenset({"readme.txt", "iso-languagecodes.txt"})  # what GeoNames packs beside the data
_BOM = b"\xef\xbb\xbf"
_TELL_EVERY = 20_000


def numbered_lines(path: Path, progress: Progress = no_progress) -> Iterator[tuple[int, bytes]]:
    """Yield (number from 1, line without its end) of a text file, or of the text in a zip.

    A line longer than ``LONGEST_LINE`` comes cut to that length; a byte order mark is dropped.

    Raises
    ------
    SourceError
        The file cannot be read, is no zip, or unpacks to far more than text would.
    """
    try:
        with _opened(path) as (stream, size):
            done = 0
            for number, line in enumerate(_bounded(stream), start=1):
                done += len(line)
                if number % _TELL_EVERY == 1:
                    progress(f"reading {path.name}", min(done, size), size)
                yield number, (line.removeprefix(_BOM) if number == 1 else line).rstrip(b"\r\n")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"{path}: damaged, or not a zip that can be read ({error}); get it again") from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror or error})") from error


def _bounded(stream: IO[bytes]) -> Iterator[bytes]:
    while line := stream.readline(LONGEST_LINE):
        yield line
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):  # what is over is not kept
            rest = stream.readline(LONGEST_LINE)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """Open the text, with its size in bytes."""
    if path.suffix.lower() != ".zip":
        with path.open("rb") as file:
            yield file, path.stat().st_size
        return
    with zipfile.ZipFile(path) as archive:
        member = _member(archive, path)
        with archive.open(member) as raw:
            yield io.BufferedReader(raw, 1 << 18), member.file_size  # type: ignore[type-var]  # it is raw enough


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """Return the member that holds the data: named like the zip, or the only text."""
    texts = [m for m in archive.infolist() if m.filename.lower().endswith(".txt") and m.filename not in _BESIDE]
    named = [m for m in texts if Path(m.filename).stem == path.stem]
    found = named or texts
    if len(found) != 1:
        names = ", ".join(m.filename for m in archive.infolist()[:5]) or "nothing"
        raise SourceError(f"{path}: expected {path.stem}.txt in it, found {names}")
    member = found[0]
    if member.file_size > min(_MOST_UNPACKED, _MOST_RATIO * member.compress_size + _SMALL):
        raise SourceError(
            f"{path}: {member.filename} would unpack from {member.compress_size:,} to {member.file_size:,} bytes, "
            "which no text does; get the file from its publisher"
        )
    return member
