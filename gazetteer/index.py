"""Open the index; ask it for candidates, places, polygons."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from gazetteer import seal
from gazetteer.adding.record import added_sources
from gazetteer.database import TABLES, Database
from gazetteer.models import Bearer, Candidate, Kind, Place, is_country
from gazetteer.names import fold
from gazetteer.paths import default_index_path
from gazetteer.search import Region, Search
from gazetteer.sphere import Bbox, in_box
from gazetteer.tables import yaml_table
from gazetteer.versions import SCHEMA_VERSION, fingerprint, spelling_version

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from gazetteer.areas import Areas

_LONGEST_NAME = 200
_IS_NAME = "SELECT 1 FROM name WHERE key = ? LIMIT 1"


class Gazetteer:
    """The index, opened for reading.

    Examples
    --------
    >>> gazetteer = Gazetteer.open()  # doctest: +SKIP
    >>> gazetteer.candidates("Jurf as-Sakhr")[0].place.country  # doctest: +SKIP
    'IQ'
    """

    def __init__(self, database: Database, checksum: str) -> None:
        self.path, self.checksum = database.path, checksum
        self._database = database
        self._meta = self._checked_meta()
        self._columns = database.columns(self._meta["layout"])
        self._numbered = lru_cache(maxsize=8_000)(self._columns.place)
        self._search = Search(database, self._columns, self._numbered)
        self._candidates = lru_cache(maxsize=2_000)(self._find)
        self._small: dict[str, dict[str, int]] = {}  # tables of a few hundred rows, read whole when first asked
        self._areas: Areas | None = None
        self._number = lru_cache(maxsize=8_000)(self._find_number)

    @classmethod
    def open(cls, path: Path | str | None = None) -> Self:
        """Open the index at ``path``, or where :func:`gazetteer.paths.default_index_path` says.

        Raises
        ------
        GazetteerMissingError
            There is none.
        GazetteerDamagedError
            It is cut short, altered, or of another version.
        """
        file = Path(path) if path is not None else default_index_path()
        checksum = seal.check(file)
        return cls(Database(file), checksum)

    def close(self) -> None:
        """Close the file."""
        self._columns.close()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def candidates(
        self,
        name: str,
        *,
        limit: int = 50,
        countries: Collection[str] | None = None,
        box: Bbox | None = None,
        fuzzy: bool = False,
    ) -> tuple[Candidate, ...]:
        """List the places that ``name`` may mean: by letters, variants and consonants, and if asked by near spellings.

        Parameters
        ----------
        name : str
            As written, in any script. A name of one letter is found only as it is written.
        limit : int
            At most so many. If neither countries nor a box narrow the search, at most a sixth of them, but eight at
            least, are such as only sound alike.
        countries : collection of str, optional
            ISO 3166-1 alpha-2 codes; only what lies there is looked at.
        box : tuple of float, optional
            (west, south, east, north) in degrees, west exceeding east across the antimeridian; only what lies there.
        fuzzy : bool
            Whether to try spellings one letter off, and names that contain all words of this one, where nothing else is
            found: among all places of the ``countries`` or the ``box``, or else among the 300,000 most prominent.

        Returns
        -------
        tuple of Candidate
            By kind of match, then likeness of the name, then prominence of the place.

        Examples
        --------
        >>> gazetteer = Gazetteer.open()  # doctest: +SKIP
        >>> gazetteer.candidates("Tripoli", countries={"LB"}, limit=1)[0].place.admin1  # doctest: +SKIP
        'North Governorate'
        """
        wanted = None if countries is None else frozenset(countries)
        return self._candidates(_clean(name), limit, wanted, box, fuzzy)

    def _find(
        self,
        name: str,
        limit: int,
        countries: frozenset[str] | None,
        box: Bbox | None,
        fuzzy: bool,  # noqa: FBT001
    ) -> tuple[Candidate, ...]:
        return self._search.find(name, limit, fuzzy=fuzzy, region=Region(countries, box))

    def bearing(self, name: str, *, limit: int = 50, worth: Callable[[Kind], bool]) -> list[Bearer]:
        """Tell what bears ``name`` itself: of the first ``limit``, by prominence, the kinds that are worth it.

        Sooner told than :meth:`candidates`, for the places are not read.

        Examples
        --------
        >>> gazetteer = Gazetteer.open()  # doctest: +SKIP
        >>> gazetteer.bearing("Tripoli", worth=lambda kind: kind.feature_code == "PPLC")  # doctest: +SKIP
        [Bearer(kind=Kind(feature_class='P', feature_code='PPLC', population=1150989), usual='Tripoli')]
        """
        return self._search.bearing(_clean(name), limit, worth)

    def may_have(self, folded: str) -> bool:
        """Whether a folded name may be one of a place, or of a people; if not, it is neither, as is told of most words.

        Examples
        --------
        >>> gazetteer = Gazetteer.open()  # doctest: +SKIP
        >>> gazetteer.may_have("tripoli"), gazetteer.may_have("iraqi")  # doctest: +SKIP
        (True, True)
        """
        return self._columns.sieve.may_hold(folded) or folded in self._table("demonym", "key")

    def place(self, place_id: str) -> Place:
        """Return the place of an id, its own or another source's.

        Raises
        ------
        KeyError
            No place has this id.
        """
        return self._numbered(self._number(place_id))

    def places(self) -> Iterator[Place]:
        """Yield all places by falling prominence."""
        return map(self._columns.place, range(self._columns.count))

    def names_of(self, place_id: str) -> tuple[str, ...]:
        """Return the names of a place, the preferred one first; KeyError if there is none."""
        return tuple(self._columns.labels(self._number(place_id)))

    def sources_of(self, place_id: str) -> tuple[str, ...]:
        """Return the keys of all sources that tell of a place, its own first; KeyError if there is no such place."""
        number = self._number(place_id)
        rows = self._database.rows("SELECT sources FROM told_by WHERE place = ?", (number,))
        return (self._numbered(number).source, *(key for row in rows for key in str(row[0]).split("\n")))

    def source_counts(self) -> dict[str, int]:
        """Return how many places have their point from each source, by its key."""
        return self._columns.source_counts()

    def has_name(self, name: str) -> bool:
        """Whether some place bears this name when folded; of codes, those with a full stop count ("Ky.")."""
        written = _clean(name)
        key = fold(written)
        if len(key) == 1:
            return any(c.match == "exact" for c in self.candidates(written, limit=1))
        return bool(key) and (self._bears(key) or ("." in written and self._bears(written)))

    def _bears(self, key: str) -> bool:
        return self._columns.sieve.may_hold(key) and bool(self._database.rows(_IS_NAME, (key,)))

    def demonym(self, word: str) -> Place | None:
        """Return the place whose people or things are called so ("Iraqi" -> Iraq)."""
        return self._by("demonym", "key", fold(word)) if word[:1].isupper() else None

    def country(self, iso2: str) -> Place | None:
        """Return the country of an ISO 3166-1 alpha-2 code."""
        return self._by("country", "iso2", iso2.upper())

    def _by(self, table: str, column: str, key: str) -> Place | None:
        number = self._table(table, column).get(key)
        return None if number is None else self._numbered(number)

    def _table(self, name: str, column: str) -> dict[str, int]:
        if name not in self._small:
            rows = self._database.rows(f"SELECT {column}, place FROM {name}")  # noqa: S608 - our own words
            self._small[name] = {str(row[0]): int(row[1]) for row in reversed(rows)}
        return self._small[name]

    def iso3(self, iso2: str) -> str:
        """Return the alpha-3 code of an alpha-2 code; empty if there is none."""
        rows = self._database.rows("SELECT iso3 FROM country WHERE iso2 = ?", (iso2.upper(),))
        return str(rows[0][0]) if rows else ""

    def polygon(self, place_id: str) -> BaseGeometry | None:
        """Return the polygon of a place, (lon, lat): as drawn, or the box of what has only that; None for points.

        Raises
        ------
        KeyError
            No place has this id.
        """
        from gazetteer.areas import outline  # noqa: PLC0415 - shapely takes longer to import than a name to look up

        number = self._number(place_id)
        drawn = self._drawn.drawn(number)
        box = self._numbered(number).bbox
        return drawn if drawn is not None or box is None else outline(box)

    def is_drawn(self, place_id: str) -> bool:
        """Whether the polygon of a place is drawn, not merely a box; KeyError if there is no such place."""
        return self._drawn.drawn(self._number(place_id)) is not None

    def admin_at(self, lat: float, lon: float) -> tuple[Place | None, Place | None]:
        """Return the country and first-order division that a point lies in, or within about 5 km of."""
        found = [self._numbered(number) for number in self._drawn.around(lat, lon)]
        country = next(filter(is_country, found), None)
        division = next((p for p in found if p.feature_code.startswith("ADM")), None)
        if division is not None and division.feature_code != "ADM1":
            division = self.place(division.admin1_id) if division.admin1_id else None
        if country is None and division is not None:
            country = self.country(division.country)
        return country, division

    def countries_met(self, shape: BaseGeometry) -> list[Place]:
        """Return the countries and territories that a shape meets, (lon, lat)."""
        numbers = self._drawn.met_by(shape, lambda number: is_country(self._numbered(number)))
        return [self._numbered(number) for number in numbers]

    def places_in(self, box: Bbox, *, limit: int) -> Iterator[tuple[Place, tuple[str, ...]]]:
        """Yield the places in (west, south, east, north) with their names, the most prominent first."""
        for number in self._search.numbers_in(box)[:limit]:
            yield self._numbered(number), tuple(self._columns.labels(number))

    @property
    def _drawn(self) -> Areas:
        if self._areas is None:
            from gazetteer.areas import Areas  # noqa: PLC0415 - as above

            self._areas = Areas(self._database)
        return self._areas

    def within(self, place: Place, container: Place) -> bool:
        """Whether ``place`` is or lies in ``container``, by its codes, else by polygon, else by box."""
        if place.place_id == container.place_id:
            return True
        if container.feature_class == "A":
            if is_country(container) and place.country:
                return place.country == container.country
            if container.feature_code == "ADM1" and place.admin1_id:
                return place.admin1_id == container.place_id
        drawn = self._drawn.drawn(self._number(container.place_id))
        if drawn is not None:
            from gazetteer.areas import contains  # noqa: PLC0415 - as above

            return contains(drawn, place)
        return container.bbox is not None and in_box(place.lat, place.lon, container.bbox)

    def info(self) -> dict[str, object]:
        """Return versions, checksum, counts, sources with licences, and whether it was built from what is there now."""
        added: dict[str, object] = json.loads(self._meta["added"])
        return {
            "path": str(self.path),
            "sha256": self.checksum,
            "schema": self._meta["schema"],
            "fingerprint": self._meta["fingerprint"],
            "current": self._meta["fingerprint"] == fingerprint(added_sources(self.path)),
            "packages": json.loads(self._meta["packages"]),
            "counts": json.loads(self._meta["counts"]),
            "sources": {**yaml_table("sources.yaml"), **added},
        }

    def verify(self) -> None:
        """Check every byte against the checksum, the structure of the file, and its counts.

        Raises
        ------
        GazetteerDamagedError
            Something does not agree.
        """
        seal.check(self.path, thorough=True)
        answer = self._database.one("PRAGMA integrity_check")[0]
        if answer != "ok":
            raise self._database.damaged(f"integrity check: {answer}")
        counts: dict[str, int] = json.loads(self._meta["counts"])
        found = {table: self._database.one(f"SELECT count(*) FROM {table}")[0] for table in TABLES}  # noqa: S608 - ours
        for table, count in {**found, "place": self._columns.count}.items():
            if counts[table] != count:
                raise self._database.damaged(f"table {table} has {count} rows, expected {counts[table]}")

    def _checked_meta(self) -> dict[str, str]:
        meta = {str(key): str(value) for key, value in self._database.rows("SELECT key, value FROM meta")}
        for key, expected in (("schema", SCHEMA_VERSION), ("spelling", spelling_version())):
            if meta.get(key) != expected:
                raise self._database.damaged(f"{key} version: expected {expected}, found {meta.get(key, 'none')}")
        there = {row[0] for row in self._database.rows("SELECT name FROM sqlite_master")}
        if missing := sorted({*TABLES} - there):
            raise self._database.damaged(f"table {missing[0]} is missing")
        return meta

    def _find_number(self, place_id: str) -> int:
        rows = self._database.rows("SELECT place FROM id WHERE id = ?", (place_id,))
        if not rows:
            raise KeyError(place_id)
        return int(rows[0][0])


def _clean(name: str) -> str:
    """Return what can be looked up: nothing of what is no name for its length, and no half of a surrogate pair."""
    if len(name) > _LONGEST_NAME:
        return ""
    return (name if name.isascii() else name.encode("utf-8", "ignore").decode()).strip()
