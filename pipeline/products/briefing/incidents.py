"""Read the rows of the events layer into plain records: no pandas beyond this module's edge."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import geopandas as gpd
import pandas as pd

from pipeline.products.briefing.words import Range, plain


@dataclass(frozen=True, slots=True)
class Incident:
    """One row of the events layer: fields named as its columns, ``lat`` and ``lon`` None where it is not placed."""

    event_id: str
    event_status: str
    event_date: date | None
    date_start: date | None
    date_end: date | None
    time_precision: int | None
    event_type: str
    sub_event_type: str
    actor1: str
    actor2: str
    perpetrator: str
    target: str
    location: str
    admin1: str
    country: str
    iso: str
    geo_precision: int | None
    where_prec: int | None
    where_description: str
    uncertainty_m: float | None
    geo_method: str
    geo_reasons: str
    place_source: str
    low: int | None
    best: int | None
    high: int | None
    injuries_low: int | None
    injuries_best: int | None
    injuries_high: int | None
    count_text: str
    source: str
    source_url: str
    source_date: date | None
    n_sources: int | None
    notes: str
    source_sentence: str
    doc_id: str
    attributed_to: str
    confidence_level: str
    geo_flags: str = ""
    corrected: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def deaths(self) -> Range:
        """Deaths as low, best and high."""
        return Range(self.low, self.best, self.high)

    @property
    def injuries(self) -> Range:
        """Injured as low, best and high."""
        return Range(self.injuries_low, self.injuries_best, self.injuries_high)

    @property
    def day(self) -> date | None:
        """The day that it is counted under: ACLED's event date, the first of its span."""
        return self.event_date or self.date_start

    @property
    def is_placed(self) -> bool:
        """Whether it has a point, be it only a representative one."""
        return self.lat is not None

    @property
    def actors(self) -> tuple[str, ...]:
        """Every actor named, each once."""
        names = (self.perpetrator, self.target, self.actor1, self.actor2)
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def links(self) -> tuple[str, ...]:
        """The http and https links among its sources."""
        return links_of(self.source_url)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is placed where it is, or why it is not, as sentences."""
        return reason_texts(self.geo_reasons)


def text_of(value: object) -> str:
    """Return a cell as clean text; empty for a missing one."""
    return "" if _is_missing(value) else plain(value)


def number_of(value: Any) -> int | None:  # noqa: ANN401 - a cell
    """Return a cell as a whole number; None for a missing one."""
    return None if _is_missing(value) else int(value)


def float_of(value: Any) -> float | None:  # noqa: ANN401 - a cell
    """Return a cell as a number; None for a missing one."""
    return None if _is_missing(value) else float(value)


def day_of(value: object) -> date | None:
    """Return a cell as a day; None for a missing one."""
    if _is_missing(value):
        return None
    if isinstance(value, datetime):  # pandas' Timestamp is one, and so a date too: take the day of it
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _is_missing(value: object) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT or NA."""
    return value is None or bool(pd.isna(value))  # type: ignore[call-overload]


_READERS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {"str": text_of, "int | None": number_of, "float | None": float_of, "date | None": day_of}
)


def read_incidents(events: gpd.GeoDataFrame) -> tuple[Incident, ...]:
    """Read the events layer, ordered by date and then by id.

    Parameters
    ----------
    events : GeoDataFrame
        Columns as in ``pipeline/data/fields.yaml``; points in (lon, lat), or none.

    Returns
    -------
    tuple of Incident
        Undated ones last.
    """
    rows = (_incident(row) for row in events.to_dict("records"))
    return tuple(sorted(rows, key=lambda one: (one.day or date.max, one.event_id)))


def _incident(row: Mapping[str, Any]) -> Incident:
    """Read one row, its point taken from the geometry: a row without one is not placed, whatever its columns say."""
    point = row["geometry"]
    placed = point is not None and not point.is_empty
    named = {one.name: _READERS[str(one.type)](row[one.name]) for one in fields(Incident) if one.name in row}
    return Incident(**named, lat=point.y if placed else None, lon=point.x if placed else None)


def links_of(urls: str) -> tuple[str, ...]:
    """Return those of several addresses, parted by spaces, that are http or https with a host.

    Examples
    --------
    >>> links_of("https://example.org/a javascript:alert(1) data:text/html,x")
    ('https://example.org/a',)
    """
    return tuple(dict.fromkeys(url for url in urls.split() if _is_web(url)))


def _is_web(url: str) -> bool:
    """Whether an address is http or https and names a host."""
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket that opens no IPv6 address
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def reason_texts(reasons: str) -> tuple[str, ...]:
    """Return the sentences in a column of reasons (JSON text: list of {feature, contribution, text})."""
    try:
        rows = json.loads(reasons or "[]")
    except (ValueError, RecursionError):
        return (reasons,)
    if not isinstance(rows, list):
        return (reasons,)
    return tuple(filter(None, (plain(row.get("text", "")) if isinstance(row, dict) else plain(row) for row in rows)))


def ids_of(incidents: Iterable[Incident]) -> tuple[str, ...]:
    """Return the ids of incidents, in order."""
    return tuple(one.event_id for one in incidents)
