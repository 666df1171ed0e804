"""GeoNames' alternate names: 16 million rows by number, wanted place by place, so sorted on disk and not in memory."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gazetteer.sources import Progress
from gazetteer.sources.lines import numbered_lines
from gazetteer.sources.reading import Reading, shown

_LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-.*)?|piny)?")  # "", "ar", "zh-Hant"; not "link", "post", "fr_1793"
_CODES = frozenset({"abbr", "faac", "iata", "icao"})  # found only as written
_IDS = {"iata": "iata:", "icao": "oa:", "wkdt": "wd:"}  # ICAO's are those under which the other airports are known
_COLUMNS = (4, 10)  # alternateNamesV2 has 10, its forerunner 8; the first four are the same
_Row = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class MoreNames:
    """What the alternate names add to a place: names, codes found as written, ids of other sources."""

    names: tuple[str, ...] = ()
    verbatim: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


NamesOf = Callable[[int], MoreNames]
NOTHING = MoreNames()


@contextmanager
def alternate_names(
    path: Path | None, holds: Callable[[int], bool], reading: Reading, progress: Progress
) -> Iterator[NamesOf]:
    """Give a function from a GeoNames id to its alternate names; without a file it knows none.

    Parameters
    ----------
    path : Path or None
        ``alternateNamesV2.zip`` or ``.txt``, or that of a country.
    holds : callable
        Whether a GeoNames id is wanted.
    """
    if path is None:
        yield lambda _: NOTHING
        return
    with tempfile.TemporaryDirectory(prefix="names-", dir=path.parent) as folder:
        database = sqlite3.connect(Path(folder) / "names.sqlite")
        try:
            _load(database, _rows(path, holds, reading, progress))
            yield lambda number: _names_of(database, number)
        finally:
            database.close()


def _load(database: sqlite3.Connection, rows: Iterator[_Row]) -> None:
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("CREATE TABLE names (place INTEGER NOT NULL, language TEXT NOT NULL, name TEXT NOT NULL)")
    database.executemany("INSERT INTO names VALUES (?, ?, ?)", rows)
    database.execute("CREATE INDEX of_place ON names (place)")
    database.commit()


def _rows(path: Path, holds: Callable[[int], bool], reading: Reading, progress: Progress) -> Iterator[_Row]:
    seen = Reading()
    for line, raw in numbered_lines(path, progress):
        cells = raw.split(b"\t", 4)
        if len(cells) < _COLUMNS[0] or not cells[1].isdigit():
            seen.skip(f"{path.name} line {line}", f"expected {_COLUMNS[1]} columns, found {shown(raw[:80])}")
            continue
        seen.good()
        if not holds(int(cells[1])):
            continue
        try:
            yield int(cells[1]), cells[2].decode(), cells[3].decode()
        except UnicodeDecodeError:
            seen.rows -= 1
            seen.skip(f"{path.name} line {line}", f"not UTF-8: {shown(cells[3])}")
    seen.check(path.name)
    reading.add_beside(seen)


def _names_of(database: sqlite3.Connection, number: int) -> MoreNames:
    rows = database.execute("SELECT language, name FROM names WHERE place = ? ORDER BY rowid", (number,)).fetchall()
    names = tuple(name for language, name in rows if _LANGUAGE.fullmatch(language))
    codes = tuple(name for language, name in rows if language in _CODES)
    return MoreNames(names, codes, tuple(f"{_IDS[language]}{name}" for language, name in rows if language in _IDS))
