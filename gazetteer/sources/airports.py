"""Airfields from airportsdata: bases (AIRB), airports with an IATA code, so with flights (AIRP), strips (AIRF)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import airportsdata

from gazetteer.building.boundaries import Boundaries, admin1_of
from gazetteer.models import Place
from gazetteer.names import announced_features, fold, without_generics
from gazetteer.sources import SourcePlace

_MILITARY = re.compile(
    r"\b(air ?base|air force|afb|military|naval|raf|army|aaf|air station|marine corps|air reserve)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z]{3,4}")

Row = Mapping[str, Any]


def read_airports(boundaries: Boundaries) -> list[SourcePlace]:
    """Read airfields that have a name."""
    rows = [row for _, row in sorted(airportsdata.load("ICAO").items()) if row["name"]]
    divisions = boundaries.locate([r["lat"] for r in rows], [r["lon"] for r in rows])
    return [
        _airport(row, admin1_of(division) if division and division.country == row["country"] else ("", ""))
        for row, division in zip(rows, divisions, strict=True)
    ]


def _airport(row: Row, admin1: tuple[str, str]) -> SourcePlace:
    military = bool(_MILITARY.search(row["name"]))
    place = Place(
        place_id=f"oa:{row['icao']}",
        name=row["name"],
        lat=row["lat"],
        lon=row["lon"],
        feature_class="S",
        feature_code="AIRB" if military else "AIRP" if row["iata"] else "AIRF",
        country=row["country"],
        admin1=admin1[0],
        admin1_id=admin1[1],
        uncertainty_m=2_000.0,
        source="airports",
    )
    codes = tuple(c for c in (row["icao"], row["iata"]) if _CODE.fullmatch(c))
    return SourcePlace(place, tuple(_names(row, military=military)), codes)


def _names(row: Row, *, military: bool) -> Iterator[str]:
    """Yield short names of what news may name: bases, and airports with flights to them; never the bare town."""
    city = fold(row["city"])
    if not (military or row["iata"]):
        return
    for short in without_generics(row["name"]):
        if military and short != city:
            yield short.title()
        rest = short.removeprefix(f"{city} ").removesuffix(f" {city}")
        if city and rest not in {short, city} and len(rest) > 4 and not announced_features(f"x {rest}"):
            yield rest.title()
            yield f"{rest.title()} airport"
    if city and row["iata"]:
        yield f"{row['city']} {'air base' if military else 'airport'}"
