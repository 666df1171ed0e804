"""The project's own places: installations, crossings, fields, seas, regions, and towns that the other sources lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import structs

from gazetteer.building.boundaries import Boundaries, admin1_of
from gazetteer.errors import SourceError
from gazetteer.models import Place
from gazetteer.names import fold
from gazetteer.sources import SourcePlace
from gazetteer.tables import DATA, csv_rows, feature_row

OVERLAY = DATA / "overlay.csv"
Row = Mapping[str, str]


def read_overlay(
    admin1: Sequence[SourcePlace] = (), boundaries: Boundaries | None = None, path: Path = OVERLAY
) -> list[SourcePlace]:
    """Read the overlay; admin1 as named, or from the polygon around the point where none is.

    Raises
    ------
    SourceError
        A cell cannot be read; the message names file, line and column.
    """
    named = {(p.place.country, fold(n)): p.place for p in reversed(admin1) for n in (*p.names, p.place.name)}
    places = [_overlay_place(row, f"{path.name} line {line}") for line, row in enumerate(csv_rows(path), start=2)]
    around: list[Place | None] = [None] * len(places)
    if boundaries:
        around = boundaries.locate([p.place.lat for p in places], [p.place.lon for p in places])
    return [_in_division(p, named, division) for p, division in zip(places, around, strict=True)]


def _in_division(source: SourcePlace, named: Mapping[tuple[str, str], Place], around: Place | None) -> SourcePlace:
    place = source.place
    division = named.get((place.country, fold(place.admin1)))
    if division is None and around is not None and around.country == place.country and place.bbox is None:
        division = around
    name, number = admin1_of(division)
    return replace(source, place=structs.replace(place, admin1=name or place.admin1, admin1_id=number))


def _number(row: Row, column: str, where: str, default: float | None = None) -> float:
    try:
        return float(row[column]) if row[column] or default is None else default
    except ValueError:
        raise SourceError(f"{where}: {column} is {row[column]!r}, not a number") from None


def _box(row: Row, where: str) -> tuple[float, float, float, float] | None:
    cells = row["bbox"].split()
    if not cells:
        return None
    try:
        west, south, east, north = map(float, cells)
    except ValueError:
        raise SourceError(f"{where}: bbox is {row['bbox']!r}, not 'west south east north'") from None
    return west, south, east, north


def _overlay_place(row: Row, where: str) -> SourcePlace:
    feature = (row["feature_class"], row["feature_code"])
    place = Place(
        place_id=row["place_id"],
        name=row["name"],
        lat=_number(row, "lat", where),
        lon=_number(row, "lon", where),
        feature_class=feature[0],
        feature_code=feature[1],
        country=row["country"],
        admin1=row["admin1"],
        population=int(_number(row, "population", where, 0)),
        uncertainty_m=_number(row, "uncertainty_m", where, feature_row(*feature)["uncertainty_m"]),
        bbox=_box(row, where),
        source="overlay",
    )
    return SourcePlace(place, tuple(a.strip() for a in row["aliases"].split("|") if a.strip()))
