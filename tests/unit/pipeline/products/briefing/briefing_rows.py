"""Layers made by hand: a few weeks of incidents in two countries, with every kind of precision and status."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import shapely

from pipeline.codes import event_type_of
from pipeline.fields import layer_spec
from pipeline.frames import Layers, layer_from_rows

_EMPTY = {"str": "", "json": "[]", "bool": False}
VERSIONS = {"sitmap": "0.1.0", "gazetteer": "1 (abcdef)"}
ANBAR = shapely.box(39.0, 31.0, 43.5, 35.0)


def row(layer: str, geometry: shapely.Geometry | None = None, **values: Any) -> dict[str, Any]:
    """A row with every column of its layer."""
    spec = layer_spec(layer)
    unknown = set(values) - set(spec.columns)
    if unknown:
        raise KeyError(unknown)
    return {f.name: values.get(f.name, _EMPTY.get(f.type)) for f in spec.fields} | {"geometry": geometry}


def event(number: int, day: str | None, place: str, **values: Any) -> dict[str, Any]:
    """An event with sensible defaults, placed by name."""
    location, admin1, country, lon, lat, geo_precision, where_prec, method = PLACES[place]
    first = date.fromisoformat(day) if day else None
    sub = values.setdefault("sub_event_type", "Air/drone strike")
    defaults = {
        "event_id": f"e{number:02}",
        "event_status": "asserted",
        "event_date": first,
        "date_start": first,
        "date_end": first,
        "start_time": datetime.combine(first, datetime.min.time()) if first else None,
        "time_precision": 1 if first else None,
        "event_type": event_type_of(sub),
        "location": location,
        "admin1": admin1,
        "country": country,
        "latitude": lat,
        "longitude": lon,
        "geo_precision": geo_precision,
        "where_prec": where_prec,
        "geo_method": method,
        "uncertainty_m": {1: 2000.0, 2: 25_000.0}.get(where_prec),
        "place_source": "geonames" if lat is not None else "",
        "source": "Example Wire",
        "source_url": f"https://example.org/{number}",
        "n_sources": 1,
        "source_sentence": f"Sentence number {number} tells of it.",
        "doc_id": f"d{number}",
        "confidence": 0.8,
        "confidence_level": "high",
    }
    point = None if lat is None else shapely.Point(lon, lat)
    return row("events", point, **(defaults | values))


PLACES: Mapping[str, tuple[Any, ...]] = {
    "asad": ("Ain al-Asad", "Anbar", "Iraq", 42.4412, 33.7856, 1, 1, "exact"),
    "jurf": ("Jurf al-Sakhar", "Babil", "Iraq", 44.19, 32.87, 2, 2, "fuzzy"),
    "anbar": ("Anbar", "Anbar", "Iraq", 41.2, 33.0, 3, 4, "admin"),
    "iraq": ("Iraq", "", "Iraq", 43.7, 33.1, 3, 6, "country"),
    "tanf": ("Al-Tanf", "Homs", "Syria", 38.657, 33.4895, 1, 1, "exact"),
    "erbil": ("Erbil", "Erbil", "Iraq", 44.009, 36.191, 1, 1, "exact"),
    "omar": ("Al-Omar oil field", "Deir ez-Zor", "Syria", 40.57, 35.1, 1, 1, "exact"),
    "nowhere": ("", "", "", None, None, None, None, ""),
}
MILITIA = {"perpetrator": "Islamic Resistance in Iraq", "actor1": "Islamic Resistance in Iraq"}
US = {"perpetrator": "Military Forces of the United States", "actor1": "Military Forces of the United States"}
AT_US = {"target": "Military Forces of the United States", "actor2": "Military Forces of the United States"}
AT_KH = {"target": "Kata'ib Hezbollah", "actor2": "Kata'ib Hezbollah"}
SHELLING = {"sub_event_type": "Shelling/artillery/missile attack"}


def exactly(kind: str, number: int, high: int | str | None = "same") -> dict[str, Any]:
    """Deaths or injuries: a number, with an upper limit of its own or none."""
    prefix = "" if kind == "deaths" else "injuries_"
    return {f"{prefix}low": number, f"{prefix}best": number, f"{prefix}high": number if high == "same" else high}


def hurt(number: int, high: int | str | None = "same") -> dict[str, Any]:
    """Injured."""
    return exactly("injuries", number, high)


def killed(number: int, high: int | str | None = "same") -> dict[str, Any]:
    """Deaths."""
    return exactly("deaths", number, high)


def event_rows() -> list[dict[str, Any]]:
    """Eighteen events; the last week of full data is 20 to 26 November 2023."""
    week = {"date_end": date(2023, 11, 5), "time_precision": 2}
    reason = json.dumps([{"feature": "name", "contribution": 0, "text": "no place of that name is known"}])
    return [
        event(1, "2023-10-18", "asad", **MILITIA, **AT_US, **hurt(4)),
        event(2, "2023-10-18", "tanf", **MILITIA, **AT_US, **hurt(20, None)),
        event(3, "2023-10-19", "omar", **MILITIA, **AT_US),
        event(4, "2023-10-26", "erbil", **MILITIA, **AT_US, event_status="claimed"),
        event(5, "2023-10-31", "asad", **MILITIA, **AT_US, **SHELLING),
        event(6, "2023-11-01", "omar", **MILITIA, **AT_US, **week),
        event(7, "2023-11-08", "omar", **US, **killed(9, None)),
        event(8, "2023-11-14", "asad", **MILITIA, **AT_US, event_status="claimed", confidence_level="low"),
        event(9, "2023-11-17", "erbil", **MILITIA, **AT_US, **hurt(0)),
        event(10, "2023-11-20", "asad", **MILITIA, **AT_US, **SHELLING, **hurt(8), count_text="eight injuries"),
        event(11, "2023-11-20", "iraq", **US, low=2, best=3, confidence_level="moderate"),
        event(12, "2023-11-21", "anbar", **US, **AT_KH, where_description="near Al Anbar"),
        event(13, "2023-11-21", "jurf", **US, **AT_KH, source="Example Wire; Daily Sample", n_sources=2),
        event(14, "2023-11-23", "nowhere", where_description="Xyzzy", geo_reasons=reason, **killed(1)),
        event(15, None, "tanf", sub_event_type="Armed clash", actor1="A side", actor2="B side"),
        event(16, "2023-11-22", "erbil", **MILITIA, event_status="denied", **killed(50)),
        event(17, "2023-11-24", "asad", event_status="planned"),
        event(18, "2023-11-24", "jurf", event_status="negated", **killed(7)),
    ]


def claim_rows() -> list[dict[str, Any]]:
    """One tally."""
    text = "Officials spoke of 66 attacks."
    values = {"low": 66, "best": 66, "high": 66, "qualifier": "exact", "period_start": date(2023, 10, 17)}
    return [
        row(
            "claims",
            claim_id="c1",
            claim_type="count",
            measure="attacks",
            source_sentence=text,
            doc_id="d10",
            scope="Iraq; Syria",
            **values,
        )
    ]


def layers_of(events: Iterable[Mapping[str, Any]], claims: Iterable[Mapping[str, Any]] = (), **more: Any) -> Layers:
    """Layers from rows."""
    areas = more.get(
        "areas",
        [row("areas", ANBAR, area_id="e12 province", event_id="e12", kind="province", geo_precision=3, where_prec=4)],
    )
    return Layers(
        events=layer_from_rows("events", list(events)),
        claims=layer_from_rows("claims", list(claims)),
        areas=layer_from_rows("areas", list(areas)),
        mentions=layer_from_rows("mentions", list(more.get("mentions", []))),
    )


def mention_rows() -> list[dict[str, Any]]:
    """A name that no place has, twice, and one that stands in boilerplate."""
    reasons = json.dumps([{"feature": "name", "contribution": 0, "text": "no place has this name"}])
    common = {"text": "Xyzzy", "kind": "toponym", "status": "unmatched", "reasons": reasons, "doc_id": "d14"}
    return [
        row("mentions", mention_id="m1", block="body", **common),
        row("mentions", mention_id="m2", block="body", **common),
        row("mentions", mention_id="m3", block="biography", **(common | {"text": "Karachi"})),
    ]
