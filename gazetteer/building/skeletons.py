"""Names by their consonants: each with the likeliest of its places, anywhere and country by country."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from gazetteer.postings import Posting, packed

MOST_PLACES = 400  # of a name, where no country narrows the search
_BATCH = 20_000  # rows
_ROWS = "SELECT key, name, letters, place, label, country FROM waiting.skeleton ORDER BY key, name, place"
_EVERYWHERE = "INSERT INTO main.skeleton VALUES (?, ?, ?, ?, ?, ?)"
_BY_COUNTRY = "INSERT INTO main.skeleton_in VALUES (?, ?, ?, ?, ?, ?, ?)"
Row = tuple[str, str, str, int, int, str]
Everywhere = tuple[str, int, str, str, int, bytes | None]
InCountry = tuple[str, str, int, str, str, int, bytes | None]


def write_skeletons(database: sqlite3.Connection) -> None:
    """Fill both tables from the rows that wait; few of them are in memory at a time."""
    everywhere: list[Everywhere] = []
    by_country: list[InCountry] = []
    for _, rows in groupby(database.execute(_ROWS), itemgetter(0)):
        more = _of_one_key(list(rows))
        everywhere += more[0]
        by_country += more[1]
        if len(everywhere) >= _BATCH:
            _flush(database, everywhere, by_country)
    _flush(database, everywhere, by_country)


def _flush(database: sqlite3.Connection, everywhere: list[Everywhere], by_country: list[InCountry]) -> None:
    database.executemany(_EVERYWHERE, everywhere)
    database.executemany(_BY_COUNTRY, by_country)
    everywhere.clear()
    by_country.clear()


def _of_one_key(rows: list[Row]) -> tuple[list[Everywhere], list[InCountry]]:
    """Return the rows of both tables for one set of consonants, in the order in which they are kept."""
    everywhere: list[Everywhere] = []
    by_country: list[InCountry] = []
    for name, told in groupby(rows, itemgetter(1)):
        bearing = list(told)
        key, _, letters, place, label, country = bearing[0]
        if len(bearing) == 1:  # as most are
            everywhere.append((key, place, name, letters, label, None))
            by_country.append((key, country, place, name, letters, label, None))
            continue
        everywhere.append((key, place, name, letters, label, packed(_postings(bearing[1:MOST_PLACES]))))
        for country, there in _countries(bearing):
            _, _, _, place, label, _ = there[0]
            by_country.append((key, country, place, name, letters, label, packed(_postings(there[1:]))))
    return sorted(everywhere, key=itemgetter(1, 2)), sorted(by_country, key=itemgetter(1, 2, 3))


def _postings(rows: Iterable[Row]) -> Iterator[Posting]:
    return ((place, label) for _, _, _, place, label, _ in rows)


def _countries(rows: Iterable[Row]) -> Iterable[tuple[str, list[Row]]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[5]].append(row)
    return found.items()
