"""The tables and columns of an index, written place by place."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import shapely
from msgspec import structs

from gazetteer.building.arranging import arrange, by_sound_and_name
from gazetteer.building.skeletons import write_skeletons
from gazetteer.columns import ColumnWriter
from gazetteer.database import TABLES
from gazetteer.models import Place
from gazetteer.names import MIN_SKELETON, core_words, fold, sounds
from gazetteer.sources import SourcePlace
from gazetteer.squares import square_of
from gazetteer.tables import DATA, csv_rows, transliterated_countries

# side names that are words or nothing when folded: "IN", "Miss.", "P.R."
_AS_WRITTEN = re.compile(r"[A-Z]{2,4}|[A-Z][A-Za-z]{1,4}\.|(?:[A-Z]\.)+[A-Z]?")
_MAX_NAME = 80  # longer ones are descriptions
_BATCH = 50_000  # rows
_PAGE = 16_384  # bytes: a hundred names of the same consonants and their places fit into one
_WORDS_BYTES = 1 << 25  # of words in memory before they are written
_CACHE_KB = 65_536  # for sorting; what does not fit goes to temporary files
# Rows that have to be sorted wait in a database of their own, which is then removed.
_WAITING = """
CREATE TABLE waiting.id (id TEXT, claim INTEGER, place INTEGER);
CREATE TABLE waiting.name (key TEXT, place INTEGER, label INTEGER, country TEXT);
CREATE TABLE waiting.skeleton (key TEXT, place INTEGER, name TEXT, letters TEXT, label INTEGER, country TEXT);
CREATE TABLE waiting.square (square INTEGER, place INTEGER);
CREATE TABLE waiting.drawn (place INTEGER, code TEXT, admin1 TEXT, west REAL, south REAL, east REAL, north REAL);
"""
# A place's own id (claim 0) comes before another's claim to it. Divisions finer than the first order say where a point
# lies only where the first-order division above them is not drawn.
_SORTED = {
    "name": "INSERT INTO main.name SELECT key, place, label, country FROM waiting.name ORDER BY key, place",
    "id": "INSERT OR IGNORE INTO main.id SELECT id, place FROM waiting.id ORDER BY id, claim, place",
    "square": "INSERT INTO main.square SELECT square, place FROM waiting.square ORDER BY square, place",
    "divides": """INSERT INTO main.divides SELECT place, west, south, east, north FROM waiting.drawn AS d
      WHERE code GLOB 'PCL*' OR code GLOB 'TER*' OR code = 'ADM1' OR (code GLOB 'ADM*' AND admin1 != '' AND NOT EXISTS (
        SELECT 1 FROM main.id JOIN waiting.drawn AS above USING (place) WHERE main.id.id = d.admin1))
      ORDER BY place""",
}
_Row = tuple[object, ...]


class IndexWriter:
    """Write an index of at ``most`` so many places to ``path``; what else it needs on disk goes when it is closed."""

    def __init__(self, path: Path, most: int) -> None:
        self._waiting = path.with_name(f"{path.name}.waiting")
        self._waiting.unlink(missing_ok=True)
        self._path, self._columns = path, ColumnWriter(path, most)
        self._database = sqlite3.connect(path)
        self._rows: defaultdict[str, list[_Row]] = defaultdict(list)
        self._count = 0
        self._open()

    def _open(self) -> None:
        for pragma in (f"page_size = {_PAGE}", "journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KB}"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("ATTACH ? AS waiting", (str(self._waiting),))
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):
            self._database.execute(f"PRAGMA waiting.{pragma}")
        self._database.executescript((DATA / "schema.sql").read_text("utf-8") + _WAITING)
        self._database.execute("INSERT INTO phrase(phrase, rank) VALUES ('hashsize', ?)", (_WORDS_BYTES,))

    def close(self) -> None:
        """Let go of all files, and remove those that only writing needs."""
        self._database.close()
        self._columns.discard()
        self._waiting.unlink(missing_ok=True)

    def add(self, source: SourcePlace) -> None:
        """Write the next place; places come by falling prominence."""
        number, place = self._count, _tidy(source.place)
        self._count += 1
        keys = keys_of(place.name, source)
        labels = list(dict.fromkeys((place.name, *keys.values())))
        romanised = place.country in transliterated_countries() or place.source == "overlay"
        self._columns.add(place, labels, keys)
        self._put("waiting.name", ((key, number, labels.index(label), place.country) for key, label in keys.items()))
        self._put("phrase (rowid, words)", _phrase_rows(number, keys))
        if romanised:
            self._put("waiting.skeleton", _skeleton_rows(number, keys, labels, place.country))
        self._put("waiting.id", _id_rows(number, place.place_id, source.also))
        self._put("waiting.square", [(square_of(place.lat, place.lon), number)])
        self._put_rare(number, place, source)

    def _put_rare(self, number: int, place: Place, source: SourcePlace) -> None:
        if source.other_sources:
            self._put("told_by", [(number, "\n".join(map(_line, source.other_sources)))])
        if place.country and f"iso:{place.country}" in source.also:
            self._put("country", [(place.country, source.verbatim[0] if source.verbatim else "", number)])
        if source.geometry is not None:
            self._put("area", [(number, shapely.to_wkb(source.geometry))])
            self._put("waiting.drawn", [(number, place.feature_code, place.admin1_id, *source.geometry.bounds)])

    def _put(self, table: str, rows: Iterable[_Row]) -> None:
        waiting = self._rows[table]
        waiting.extend(rows)
        if len(waiting) >= _BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        rows = self._rows.pop(table, [])
        if rows:
            holes = ", ".join("?" * len(rows[0]))
            self._database.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({holes})", rows)  # noqa: S608 - our tables

    def sort(self) -> Iterator[str]:
        """Fill the tables whose rows come in another order than the places; yield the name of each before."""
        for table in list(self._rows):
            self._flush(table)
        yield "skeleton"  # this and the names come first, for the first 2 GB are read where the system holds them
        write_skeletons(self._database)
        for table, statement in _SORTED.items():
            yield table
            self._database.execute(statement)
        self._demonyms()

    def _demonyms(self) -> None:
        for row in csv_rows(DATA / "demonyms.csv"):
            self._database.execute(
                "INSERT OR REPLACE INTO demonym SELECT ?, place FROM main.id WHERE id = ?",
                (fold(row["word"]), row["place"]),
            )

    def finish(self, told: Mapping[str, object]) -> dict[str, int]:
        """Write the meta table, put the columns behind the database, and return how many rows each table has.

        Before, the places are laid beside those that share their consonants.
        """
        counts = {"place": self._count}
        for table in TABLES:
            counts[table] = self._database.execute(f"SELECT count(*) FROM main.{table}").fetchone()[0]  # noqa: S608
        meta = {**told, "counts": counts, "layout": asdict(self._columns.layout())}
        rows = [(k, v if isinstance(v, str) else json.dumps(v, sort_keys=True)) for k, v in sorted(meta.items())]
        self._database.executemany("INSERT INTO meta VALUES (?, ?)", rows)
        self._database.commit()
        order = by_sound_and_name(self._database, self._count)
        self._database.close()
        arrange(self._columns.flushed("starts"), self._columns.flushed("places"), order)
        self._columns.append_to(self._path)
        return counts


def _line(text: str) -> str:
    """Return a text as it can be kept: one line, single spaces, and no half of a surrogate pair."""
    line = " ".join(text.split())
    return line if line.isascii() else line.encode("utf-8", "ignore").decode()


def _tidy(place: Place) -> Place:
    texts = (place.place_id, place.name, place.admin1, place.admin1_id, place.admin2)
    tidy = tuple(map(_line, texts))
    if tidy == texts:
        return place
    return structs.replace(place, place_id=tidy[0], name=tidy[1], admin1=tidy[2], admin1_id=tidy[3], admin2=tidy[4])


def keys_of(name: str, source: SourcePlace) -> dict[str, str]:
    """Map each key of a place to the label it was made from; that of its preferred name comes first."""
    keys: dict[str, str] = {}
    for i, other in enumerate((name, *source.names)):
        label = _line(other)
        key = label if i and _AS_WRITTEN.fullmatch(label) else fold(label)
        if key and len(label) <= _MAX_NAME:
            keys.setdefault(key, label)
    for code in map(_line, source.verbatim):
        keys.setdefault(code, code)
    return keys


def _phrase_rows(number: int, keys: Iterable[str]) -> Iterator[_Row]:
    words = dict.fromkeys(word for key in keys if " " in key for word in key.split())
    if words:
        yield number, " ".join(words)


def _skeleton_rows(number: int, keys: Mapping[str, str], labels: Sequence[str], country: str) -> Iterator[_Row]:
    for key, label in keys.items():
        bones = "" if _AS_WRITTEN.fullmatch(label) else sounds(key)
        if len(bones) >= MIN_SKELETON:
            yield bones, number, key, "".join(core_words(key)), labels.index(label), country


def _id_rows(number: int, place_id: str, also: Iterable[str]) -> Iterator[_Row]:
    yield place_id, 0, number
    yield from ((_line(other), 1, number) for other in also)
