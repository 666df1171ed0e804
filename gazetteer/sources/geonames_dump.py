"""GeoNames' dumps: ``CC.zip`` or ``allCountries.zip``, with alternate names, codes and hierarchy where they are given.

Tab separated, 19 columns, no quoting, UTF-8 (readme.txt of GeoNames' export folder).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from gazetteer.building.boundaries import Boundaries, admin1_of
from gazetteer.errors import SourceError
from gazetteer.models import Place
from gazetteer.sources import Progress, SourcePlace
from gazetteer.sources.geonames_codes import (
    Codes,
    Provinces,
    district_above,
    read_codes,
    read_hierarchy,
    survey,
)
from gazetteer.sources.geonames_names import NamesOf, alternate_names
from gazetteer.sources.lines import numbered_lines
from gazetteer.sources.reading import Reading, degrees, shown
from gazetteer.tables import feature_row

_COLUMNS = 19
_CLASSES = frozenset(("", *"AHLPRSTUV"))
_BATCH = 5000
_MOST_PEOPLE = 10**10
_MACHINE = re.compile(r"[a-z][a-z' -]*")  # GeoNames' own letter-by-letter romanisations: "bghdad", "ba ge da"
_COUNTRY = re.compile(r"(?:[A-Z]{2})?")
_DUMP = re.compile(r"(?:[A-Z]{2}|allCountries|no-country|null|cities\d+)\.(?:zip|txt)")
_NAMES = re.compile(r"alternateNames(?:V2)?\.(?:zip|txt)|alternatenames-[A-Z]{2}\.zip")


class Row(NamedTuple):
    """The columns of a dump that are used."""

    number: int
    name: str
    names: tuple[str, ...]
    lat: float
    lon: float
    feature_class: str
    feature_code: str
    country: str
    admin1: str
    admin2: str
    population: int


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a folder that are GeoNames'; a single file is a dump."""

    dumps: tuple[Path, ...]
    names: Path | None = None
    hierarchy: Path | None = None
    codes: tuple[Path, ...] = ()


def geonames_files(path: Path) -> Files:
    """Say which files of a folder are what, by the names that GeoNames gives them.

    Raises
    ------
    SourceError
        There is no dump among them.
    """
    if path.is_file():
        return Files((path,))
    found = sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else []
    dumps = _one_each(p for p in found if _DUMP.fullmatch(p.name))
    if not dumps:
        raise SourceError(f"{path}: no GeoNames dump here; expected a file such as SY.zip or allCountries.zip")
    names = [p for p in found if _NAMES.fullmatch(p.name)]
    hierarchy = [p for p in found if p.stem == "hierarchy"]
    codes = (p for p in found if p.name in {"admin1CodesASCII.txt", "admin2Codes.txt"})
    return Files(dumps, names[-1] if names else None, hierarchy[-1] if hierarchy else None, tuple(codes))


def _one_each(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Of SY.txt and SY.zip take one."""
    return tuple({path.stem: path for path in paths}.values())


def read_geonames(
    path: Path, boundaries: Boundaries, progress: Progress, *, key: str = "geonames", reading: Reading | None = None
) -> Iterator[SourcePlace]:
    r"""Yield the places of a dump, of all feature classes, in the file's order.

    Parameters
    ----------
    path : Path
        A dump, or a folder with one and what belongs to it: see :func:`geonames_files`.
    boundaries : Boundaries
        For the first-order division: by its code, else by the polygon around the point.
    key : str
        Source that the places name.
    reading : Reading, optional
        Takes what was read and what could not be.

    Raises
    ------
    SourceError
        A file cannot be read, or more than a small share of its rows.

    Examples
    --------
    >>> import tempfile
    >>> from gazetteer.sources import no_progress
    >>> cells = ["98182", "Baghdad", "Baghdad", "بغداد,bghdad", "33.34", "44.40", "P", "PPLC", "IQ", *[""] * 10]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "IQ.txt"
    ...     _ = file.write_text("\t".join(cells), encoding="utf-8")
    ...     [p.place.place_id for p in read_geonames(file, Boundaries(()), no_progress)]
    ['gn:98182']
    """
    reading = reading if reading is not None else Reading()
    files = geonames_files(path)
    codes = survey(files.dumps, progress)
    for table in files.codes:
        read_codes(codes, table, reading)
    parents = read_hierarchy(files.hierarchy) if files.hierarchy else {}
    build = _Builder(codes, parents, boundaries, key)
    with alternate_names(files.names, codes.holds, reading, progress) as names_of:
        for dump in files.dumps:
            rows = _rows(dump, reading, progress)
            while batch := tuple(islice(rows, _BATCH)):
                yield from build.places(batch, names_of)
    reading.check(path.name)


def _rows(dump: Path, reading: Reading, progress: Progress) -> Iterator[Row]:
    for number, line in numbered_lines(dump, progress):
        if not line:
            continue
        try:
            row = parse_row(line)
        except ValueError as error:
            reading.skip(f"{dump.name} line {number}", str(error))
            continue
        reading.good()
        yield row


def parse_row(line: bytes) -> Row:
    """Return the columns of a line.

    Raises
    ------
    ValueError
        It is no row of a dump; the message says why.
    """
    try:
        cells = line.decode("utf-8").split("\t")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start + 1}") from None
    if len(cells) != _COLUMNS:
        raise ValueError(f"expected {_COLUMNS} columns separated by tabs, found {len(cells)}")
    name = cells[1].strip()
    if not name:
        raise ValueError("no name")
    if cells[6] not in _CLASSES:
        raise ValueError(f"feature class is {shown(cells[6])}, not one of A H L P R S T U V")
    if not _COUNTRY.fullmatch(cells[8]):
        raise ValueError(f"country is {shown(cells[8])}, not two capital letters")
    lat, lon = degrees(cells[4], "latitude", 90), degrees(cells[5], "longitude", 180)
    number, people = _whole(cells[0], "id"), _whole(cells[14] or "0", "population")
    names = tuple(n for n in (cells[2], *cells[3].split(",")) if n and n != name and not _MACHINE.fullmatch(n))
    return Row(number, name, names, lat, lon, cells[6], cells[7], cells[8], cells[10], cells[11], people)


def _whole(text: str, what: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 11 and int(text) < _MOST_PEOPLE):
        raise ValueError(f"{what} is {shown(text)}, not a whole number")
    return int(text)


class _Builder:
    """Rows -> places, in their divisions, with all that the other files say of them."""

    def __init__(self, codes: Codes, parents: dict[int, int], boundaries: Boundaries, key: str) -> None:
        self._codes, self._parents, self._boundaries, self._key = codes, parents, boundaries, key
        self._provinces = Provinces(codes, boundaries)

    def places(self, rows: tuple[Row, ...], names_of: NamesOf) -> Iterator[SourcePlace]:
        """Yield the places of rows; those whose code says nothing are located by polygon, all at once."""
        admin1 = [self._by_code(row) for row in rows]
        lost = [i for i, found in enumerate(admin1) if found is None]
        around = self._boundaries.locate([rows[i].lat for i in lost], [rows[i].lon for i in lost])
        for i, division in zip(lost, around, strict=True):
            same = division is not None and division.country == rows[i].country
            admin1[i] = admin1_of(division) if same else ("", "")
        for row, found in zip(rows, admin1, strict=True):
            yield self._place(row, found or ("", ""), names_of)

    def _by_code(self, row: Row) -> tuple[str, str] | None:
        """Return the division of a row by its code; a country and a province are in none."""
        if row.feature_class == "A" and (row.feature_code == "ADM1" or row.feature_code.startswith("PCL")):
            return "", ""
        if not row.country:
            return "", ""
        return self._provinces.of(f"{row.country}.{row.admin1}") if row.admin1 not in {"", "00"} else None

    def _place(self, row: Row, admin1: tuple[str, str], names_of: NamesOf) -> SourcePlace:
        more = names_of(row.number)
        place = Place(
            place_id=f"gn:{row.number}",
            name=row.name,
            lat=row.lat,
            lon=row.lon,
            feature_class=row.feature_class,
            feature_code=row.feature_code,
            country=row.country,
            admin1=admin1[0],
            admin1_id=admin1[1],
            admin2=self._district(row),
            population=row.population,
            uncertainty_m=feature_row(row.feature_class, row.feature_code)["uncertainty_m"],
            source=self._key,
        )
        names = tuple(dict.fromkeys((*row.names, *more.names)))
        return SourcePlace(place, names, more.verbatim, None, more.also)

    def _district(self, row: Row) -> str:
        """Return the name of the second-order division: by code, else by the hierarchy; a division has none above."""
        if row.feature_class == "A" and row.feature_code in {"ADM1", "ADM2", "PCLI"}:
            return ""
        by_code = self._codes.districts.get(f"{row.country}.{row.admin1}.{row.admin2}") if row.admin2 else None
        return by_code or district_above(row.number, self._parents, self._codes)
