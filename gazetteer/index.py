"""Open the index; ask it for candidates, places, polygons."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Self, cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gazetteer import seal
from gazetteer.added import added_sources
from gazetteer.build import SCHEMA_VERSION, fingerprint, spelling_version
from gazetteer.errors import GazetteerDamagedError
from gazetteer.geometry import Bbox, in_box
from gazetteer.models import Candidate, MatchKind, Place
from gazetteer.names import fold, is_latin, similarity, skeleton, variants, without_generics
from gazetteer.near_spellings import near_spellings
from gazetteer.paths import default_index_path
from gazetteer.prominence import prominence
from gazetteer.tables import yaml_table

_ROWS = 400  # read for one key: places come by falling prominence, so these are the likeliest
_SKELETON_ALONE = 0.55  # likeness asked of a name that shares only its consonants with the query,
_SKELETON_BESIDE = 0.88  # and where places bear the query itself
_FUZZY = 0.75
_LONGEST_NAME = 200
_COAST = 0.05  # degrees
_KINDS: tuple[MatchKind, ...] = ("exact", "variant", "skeleton", "fuzzy")
_PLACE = """number, place_id, name, lat, lon, feature_class, feature_code, country, admin1, admin1_id, admin2,
  population, uncertainty_m, west, south, east, north, source"""
_BY_NUMBER = f"SELECT {_PLACE} FROM place WHERE number = ?"  # noqa: S608 - our own words
_BY_KEY = """SELECT k.key, k.label, l.lines, p.* FROM {table} k JOIN place p ON p.number = k.place
  JOIN labels l ON l.place = k.place WHERE k.key = ? ORDER BY k.place LIMIT ?"""
_IN_BOX = """SELECT l.lines, p.* FROM place p JOIN labels l ON l.place = p.number
  WHERE p.lat BETWEEN ? AND ? AND p.lon BETWEEN ? AND ? ORDER BY p.number LIMIT ?"""
_Row = tuple[object, ...]


class Gazetteer:
    """The index, opened for reading.

    Examples
    --------
    >>> gazetteer = Gazetteer.open()  # doctest: +SKIP
    >>> gazetteer.candidates("Jurf as-Sakhr")[0].place.country  # doctest: +SKIP
    'IQ'
    """

    def __init__(self, database: sqlite3.Connection, path: Path, checksum: str) -> None:
        self.path, self.checksum = path, checksum
        self._database = database
        self._by_key = lru_cache(maxsize=20_000)(self._read_candidates)
        self._polygon = lru_cache(maxsize=64)(self._read_polygon)
        self._areas: tuple[list[int], np.ndarray] | None = None
        self._meta: dict[str, str] = {}

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
        uri = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        gazetteer = cls(sqlite3.connect(uri, uri=True, check_same_thread=False), file, checksum)
        gazetteer._check_version()
        return gazetteer

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def candidates(
        self, name: str, *, limit: int = 50, countries: Collection[str] | None = None, fuzzy: bool = False
    ) -> tuple[Candidate, ...]:
        """List the places that ``name`` may mean: by letters, variants and consonants, and if asked by near spellings.

        Parameters
        ----------
        name : str
            As written, in any script.
        limit : int
            At most so many.
        countries : collection of str, optional
            ISO 3166-1 alpha-2 codes to keep.
        fuzzy : bool
            Whether to try spellings one letter off where nothing else is found.

        Returns
        -------
        tuple of Candidate
            By kind of match, then likeness of the name, then prominence of the place.
        """
        found = self._by_key(_clean(name), fuzzy)
        if countries is not None:
            found = tuple(c for c in found if c.place.country in countries)
        return found[:limit]

    def place(self, place_id: str) -> Place:
        """Return the place of an id, its own or another source's.

        Raises
        ------
        KeyError
            No place has this id.
        """
        return self._numbered(self._number(place_id))

    def names_of(self, place_id: str) -> tuple[str, ...]:
        """Return the names of a place, the preferred one first; KeyError if there is none."""
        lines = self._one("SELECT lines FROM labels WHERE place = ?", self._number(place_id))[0]
        return tuple(str(lines).split("\n"))

    def sources_of(self, place_id: str) -> tuple[str, ...]:
        """Return the keys of the sources that know a place, first the one of its point; KeyError if there is none."""
        return (self.place(place_id).source,)

    def source_counts(self) -> dict[str, int]:
        """Return how many places have their point from each source, by its key."""
        rows = self._rows("SELECT source, count(*) FROM place GROUP BY source ORDER BY source")
        return {str(key): int(str(count)) for key, count in rows}

    def has_name(self, name: str) -> bool:
        """Whether some place bears this name when folded; of codes, those with a full stop count ("Ky.")."""
        written = _clean(name)
        keys = (fold(written), written if "." in written else "")
        return any(self._rows("SELECT 1 FROM name WHERE key = ? LIMIT 1", key) for key in keys if key)

    def demonym(self, word: str) -> Place | None:
        """Return the place whose people or things are called so ("Iraqi" -> Iraq)."""
        rows = self._rows("SELECT place FROM demonym WHERE key = ?", fold(word)) if word[:1].isupper() else []
        return self._numbered(rows[0][0]) if rows else None

    def country(self, iso2: str) -> Place | None:
        """Return the country of an ISO 3166-1 alpha-2 code."""
        rows = self._rows("SELECT place FROM country WHERE iso2 = ?", iso2.upper())
        return self._numbered(rows[0][0]) if rows else None

    def iso3(self, iso2: str) -> str:
        """Return the alpha-3 code of an alpha-2 code; empty if there is none."""
        rows = self._rows("SELECT iso3 FROM country WHERE iso2 = ?", iso2.upper())
        return str(rows[0][0]) if rows else ""

    def polygon(self, place_id: str) -> BaseGeometry | None:
        """Return the polygon of a place, (lon, lat): as drawn, or the box of what has only that; None for points.

        Raises
        ------
        KeyError
            No place has this id.
        """
        number = self._number(place_id)
        drawn = self._polygon(number)
        box = self._numbered(number).bbox
        if drawn is not None or box is None:
            return drawn
        if box[0] > box[2]:
            return shapely.MultiPolygon(
                [shapely.box(box[0], box[1], 180, box[3]), shapely.box(-180, box[1], box[2], box[3])]
            )
        return shapely.box(*box)

    def is_drawn(self, place_id: str) -> bool:
        """Whether the polygon of a place is drawn, not merely a box; KeyError if there is no such place."""
        return self._polygon(self._number(place_id)) is not None

    def admin_at(self, lat: float, lon: float) -> tuple[Place | None, Place | None]:
        """Return the country and first-order division that a point lies in, or within about 5 km of."""
        found = self._areas_at(lat, lon)
        country = next((p for p in found if p.feature_code[:3] in {"PCL", "TER"}), None)
        division = next((p for p in found if p.feature_code.startswith("ADM")), None)
        if division is not None and division.feature_code != "ADM1":
            division = self.place(division.admin1_id) if division.admin1_id else None
        if country is None and division is not None:
            country = self.country(division.country)
        return country, division

    def places_in(self, box: Bbox, *, limit: int) -> Iterator[tuple[Place, tuple[str, ...]]]:
        """Yield the places in (west, south, east, north) with their names, the most prominent first."""
        west, south, east, north = box
        rows = self._rows(_IN_BOX, south, north, west, east, limit)
        for lines, *row in rows:
            yield _place(tuple(row)), tuple(str(lines).split("\n"))

    def within(self, place: Place, container: Place) -> bool:
        """Whether ``place`` is or lies in ``container``, by its codes, else by polygon, else by box."""
        if place.place_id == container.place_id:
            return True
        if container.feature_class == "A":
            if container.feature_code[:3] in {"PCL", "TER"} and place.country:
                return place.country == container.country
            if container.feature_code == "ADM1" and place.admin1_id:
                return place.admin1_id == container.place_id
        drawn = self._polygon(self._number(container.place_id))
        if drawn is not None:
            return bool(shapely.contains_xy(drawn, place.lon, place.lat))
        return container.bbox is not None and in_box(place.lat, place.lon, container.bbox)

    def info(self) -> dict[str, object]:
        """Return versions, checksum, counts, sources with licences, and whether it was built from what is installed."""
        return {
            "path": str(self.path),
            "sha256": self.checksum,
            "schema": self._meta["schema"],
            "fingerprint": self._meta["fingerprint"],
            "current": self._meta["fingerprint"] == fingerprint(added_sources(self.path)),
            "packages": json.loads(self._meta["packages"]),
            "counts": json.loads(self._meta["counts"]),
            "sources": {**yaml_table("sources.yaml"), **json.loads(self._meta.get("added", "{}"))},
        }

    def verify(self) -> None:
        """Check every byte against the checksum, the structure of the file, and its counts.

        Raises
        ------
        GazetteerDamagedError
            Something does not agree.
        """
        seal.check(self.path, thorough=True)
        answer = self._one("PRAGMA integrity_check")[0]
        if answer != "ok":
            raise self._damaged(f"integrity check: {answer}")
        for table, count in json.loads(self._meta["counts"]).items():
            found = self._one(f"SELECT count(*) FROM {table}")[0]  # noqa: S608 - names from our own meta table
            if found != count:
                raise self._damaged(f"table {table} has {found} rows, expected {count}")

    def _check_version(self) -> None:
        self._meta = {str(key): str(value) for key, value in self._rows("SELECT key, value FROM meta")}
        for key, expected in (("schema", SCHEMA_VERSION), ("spelling", spelling_version())):
            if self._meta.get(key) != expected:
                raise self._damaged(f"{key} version: expected {expected}, found {self._meta.get(key, 'none')}")

    def _damaged(self, what: str) -> GazetteerDamagedError:
        return GazetteerDamagedError(f"{self.path}: {what}; {seal.REMEDY}")

    def _rows(self, sql: str, *values: object) -> list[_Row]:
        try:
            return self._database.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged(str(error)) from error

    def _one(self, sql: str, *values: object) -> _Row:
        rows = self._rows(sql, *values)
        if not rows:
            raise self._damaged("a row is missing")
        return rows[0]

    def _number(self, place_id: str) -> int:
        rows = self._rows("SELECT place FROM id WHERE id = ?", place_id)
        if not rows:
            raise KeyError(place_id)
        return int(str(rows[0][0]))

    def _numbered(self, number: object) -> Place:
        return _place(self._one(_BY_NUMBER, number))

    def _read_candidates(self, name: str, fuzzy: bool) -> tuple[Candidate, ...]:  # noqa: FBT001 - cached by position
        found: dict[str, Candidate] = {}
        self._add(found, self._named(name, "exact", (fold(name), name)))
        self._add(found, self._named(name, "variant", variants(name)))
        floor = _SKELETON_BESIDE if found else _SKELETON_ALONE
        self._add(found, (c for c in self._skeletal(name, "skeleton") if c.name_score >= floor))
        if fuzzy and not found:
            self._add(found, (c for c in self._near(name) if c.name_score >= _FUZZY))
        return tuple(sorted(found.values(), key=_order))

    @staticmethod
    def _add(found: dict[str, Candidate], more: Iterable[Candidate]) -> None:
        for candidate in more:
            known = found.get(candidate.place.place_id)
            if known is None or (candidate.match == known.match and candidate.name_score > known.name_score):
                found[candidate.place.place_id] = candidate

    def _by(self, table: str, keys: Iterable[str]) -> Iterator[tuple[Place, str]]:
        """Yield each place filed under the keys, with the label that put it there."""
        sql = _BY_KEY.format(table=table)
        for key in dict.fromkeys(keys):
            for _, label, lines, *row in self._rows(sql, key, _ROWS) if key else ():
                yield _place(tuple(row)), str(lines).split("\n")[int(str(label))]

    def _named(self, name: str, kind: MatchKind, keys: Iterable[str]) -> Iterator[Candidate]:
        for place, label in self._by("name", keys):
            yield Candidate(place, label, kind, 1.0 if kind == "exact" else max(0.85, 0.95 * similarity(name, label)))

    def _skeletal(self, name: str, kind: MatchKind) -> Iterator[Candidate]:
        """Yield places of the same consonants, or for ``fuzzy`` one off; Latin queries meet Latin labels only."""
        for form in (fold(name), *without_generics(name)):
            bones = skeleton(form)
            keys = (bones,) if kind == "skeleton" else near_spellings(bones)
            for place, label in self._by("skeleton", keys):
                if is_latin(label) or not is_latin(form):
                    yield Candidate(place, label, kind, similarity(form, label))

    def _near(self, name: str) -> Iterator[Candidate]:
        """Yield places one letter off, or one consonant off."""
        for place, label in self._by("name", near_spellings(fold(name))):
            yield Candidate(place, label, "fuzzy", similarity(name, label))
        yield from self._skeletal(name, "fuzzy")

    def _read_polygon(self, number: int) -> BaseGeometry | None:
        rows = self._rows("SELECT wkb FROM area WHERE place = ?", number)
        if not rows:
            return None
        polygon: BaseGeometry = shapely.from_wkb(cast("bytes", rows[0][0]))
        shapely.prepare(polygon)
        return polygon

    def _areas_at(self, lat: float, lon: float) -> list[Place]:
        """Return the areas that hold a point, or lie within 5 km of it where none does; the smallest first."""
        if self._areas is None:
            rows = self._rows(
                "SELECT place, west, south, east, north FROM area WHERE code != 'ADM2' OR place NOT IN ("
                "SELECT number FROM place WHERE source = 'us_counties')"
            )
            self._areas = [int(str(r[0])) for r in rows], np.array([r[1:] for r in rows], dtype=float).reshape(-1, 4)
        numbers, boxes = self._areas
        near = (boxes[:, 0] <= lon + _COAST) & (lon - _COAST <= boxes[:, 2])
        near &= (boxes[:, 1] <= lat + _COAST) & (lat - _COAST <= boxes[:, 3])
        point = shapely.Point(lon, lat)
        away = {numbers[i]: float(shapely.distance(self._polygon(numbers[i]), point)) for i in np.flatnonzero(near)}
        closest = sorted((d, -n) for n, d in away.items() if d <= _COAST)
        return [self._numbered(-n) for _, n in closest]


def _clean(name: str) -> str:
    """Return what can be looked up: nothing of what is no name for its length, and no half of a surrogate pair."""
    return name.encode("utf-8", "ignore").decode().strip() if len(name) <= _LONGEST_NAME else ""


def _order(candidate: Candidate) -> tuple[int, float, float, str]:
    kind = _KINDS.index(candidate.match)
    return kind, -candidate.name_score, -prominence(candidate.place), candidate.place.place_id


def _place(row: _Row) -> Place:
    values: Sequence[Any] = row
    box = None if values[13] is None else (values[13], values[14], values[15], values[16])
    fields = (*values[1:13], box, values[17])
    return Place(*fields)
