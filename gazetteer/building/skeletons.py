"""Names by their consonants, a row for each set of these: the likeliest anywhere, and all of them by country."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from operator import itemgetter

from gazetteer.spellings import KNOWN, MOST_NAMES, MOST_PLACES, Named, packed_names

_BATCH = 5_000  # sets of consonants
_ROWS = "SELECT key, name, letters, place, label, country FROM waiting.skeleton ORDER BY key, name, place"
_EVERYWHERE = "INSERT INTO main.skeleton VALUES (?, ?, ?, ?, ?)"
_BY_COUNTRY = "INSERT INTO main.skeleton_in VALUES (?, ?, ?, ?, ?)"
Row = tuple[str, str, str, int, int, str]
Everywhere = tuple[str, int, str, str | None, bytes]
InCountry = tuple[str, str, str, str | None, bytes]


def write_skeletons(database: sqlite3.Connection) -> None:
    """Fill both tables from the rows that wait; few of them are in memory at a time."""
    keys = groupby(database.execute(_ROWS), itemgetter(0))
    while batch := [(key, [*rows]) for key, rows in islice(keys, _BATCH)]:
        database.executemany(_EVERYWHERE, (row for key, rows in batch for row in _everywhere(key, rows)))
        database.executemany(_BY_COUNTRY, (row for key, rows in batch for row in _by_country(key, rows)))


def _everywhere(key: str, rows: Iterable[Row]) -> Iterator[Everywhere]:
    """Yield a row of the names of well-known places, and where these are few, one of the next likeliest."""
    named = _named(rows)
    known = bisect_left(named, KNOWN, key=_likeliest)
    for part in named[:known], named[known : max(known, MOST_NAMES)]:
        if part:
            yield (
                key,
                _likeliest(part[0]),
                *packed_names([(name, letters, b[:MOST_PLACES]) for name, letters, b in part]),
            )


def _by_country(key: str, rows: Iterable[Row]) -> Iterator[InCountry]:
    """Yield a row of all names of each country."""
    countries: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        countries[row[5]].append(row)
    return ((key, country, *packed_names(_named(countries[country]))) for country in sorted(countries))


def _named(rows: Iterable[Row]) -> list[Named]:
    """Return each name with its places; the names of the likeliest places come first."""
    named: list[Named] = []
    for name, bearing in groupby(rows, itemgetter(1)):
        first = next(bearing)
        named.append((name, first[2], [(row[3], row[4]) for row in chain((first,), bearing)]))
    return sorted(named, key=lambda one: (_likeliest(one), one[0]))


def _likeliest(named: Named) -> int:
    return named[2][0][0]
