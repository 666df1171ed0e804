"""Made-up events for benchmarks: towns, sentences, reasons and runners-up as many and as long as real ones."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from pipeline.codes import code_of, sub_event_types
from pipeline.frames import Layers, conform_layer, layer_from_rows

Town = tuple[str, str, float, float]  # province, name, latitude, longitude

PROVINCES = ("Aleppo", "Idlib", "Homs", "Hama", "Raqqa", "Hasakah", "Daraa", "Anbar", "Nineveh", "Kirkuk", "Baghdad")
KINDS = ("Military Council", "Brigade", "Police", "Local Committee", "Border Guard")
GROUPS = tuple(f"{kind} of {where}" for kind in KINDS for where in PROVINCES)
SOURCES = ("Wire A", "Wire B", "Wire C", "Daily D")
TEXT = (
    "on the road a convoy was struck near market district hospital after dawn by rockets fired from positions held "
    "witnesses said officials told reporters two vehicles burned houses damaged fighters withdrew towards hills while "
    "shelling continued overnight medics counted wounded among residents who fled checkpoint bridge northern"
)
WORDS = tuple(TEXT.split())
_TO_ITS_END = pd.Timedelta(days=1) - pd.Timedelta(seconds=1)
TOLD_ONE_BY_ONE = 100_000  # above it the map shows no sentences


def made_up(size: int) -> Layers:
    """Return layers of ``size`` made-up events and nothing else, the same for the same size."""
    draw, pick = random.Random(size), np.random.default_rng(size)  # noqa: S311 - figures, not secrets
    precision = pick.choice([1, 2, 3], size, p=[0.55, 0.3, 0.15])
    columns = _what(size, pick) | _where(_towns(size, precision, draw, pick), precision) | _told(size, draw)
    blank = layer_from_rows("events", [])
    points = gpd.points_from_xy(columns["longitude"], columns["latitude"])
    frame = gpd.GeoDataFrame(columns, geometry=points, crs=blank.crs).reindex(columns=blank.columns)
    events = conform_layer(gpd.GeoDataFrame(frame, geometry="geometry", crs=blank.crs), "events")
    return Layers(events, *(layer_from_rows(name, []) for name in ("claims", "areas", "mentions")))


def _towns(size: int, precision: Sequence[int], draw: random.Random, pick: np.random.Generator) -> list[Town]:
    """Return a town for each event, few of them often, around the middle of its province, which stands for the rest."""
    count = max(size // 12, 50)
    middles = {name: (name, name, draw.uniform(32, 36), draw.uniform(37, 44)) for name in PROVINCES}
    towns = [_town(number, middles[draw.choice(PROVINCES)], draw) for number in range(count)]
    found = [towns[int(number)] for number in pick.zipf(1.25, size) % count]
    return [middles[town[0]] if code == 3 else town for town, code in zip(found, precision, strict=True)]


def _town(number: int, province: Town, draw: random.Random) -> Town:
    name, _, lat, lon = province
    return name, f"Town {number}", draw.gauss(lat, 0.5), draw.gauss(lon, 0.6)


def _what(size: int, pick: np.random.Generator) -> dict[str, Any]:
    subs = [sub_event_types()[int(number)] for number in pick.integers(0, 25, size)]
    day = pd.Timestamp("2016-01-01") + pd.to_timedelta(np.sort(pick.integers(0, 2900, size)), unit="D")
    killed = pick.poisson(2, size)
    sides = {name: [GROUPS[n] for n in pick.integers(0, len(GROUPS), size)] for name in ("perpetrator", "target")}
    return {
        "event_status": "asserted",
        **dict.fromkeys(("event_date", "date_start", "date_end"), day),
        "start_time": day.tz_localize("UTC"),
        "end_time": day.tz_localize("UTC") + _TO_ITS_END,
        **dict.fromkeys(("time_precision", "date_prec"), 1),
        **dict.fromkeys(("low", "best", "high"), killed),
        **sides,
        "actor1": sides["perpetrator"],
        "actor2": sides["target"],
        "event_type": [code_of(sub).event_type for sub in subs],
        "sub_event_type": subs,
        "geo_score": pick.uniform(0.4, 1, size).round(3),
        "confidence": pick.uniform(0.3, 1, size).round(2),
        "confidence_level": "moderate",
    }


def _where(towns: Sequence[Town], precision: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "location": [town[1] for town in towns],
        "admin1": [town[0] for town in towns],
        "country": ["Syria" if town[0] in PROVINCES[:7] else "Iraq" for town in towns],
        "latitude": [town[2] for town in towns],
        "longitude": [town[3] for town in towns],
        "geo_precision": precision,
        "where_prec": np.choose(precision - 1, [1, 2, 4]),
        "uncertainty_m": np.choose(precision - 1, [2000, 8000, 90000]),
        "geo_method": "exact",
        "where_description": [f"near {town[1]}" for town in towns],
        "geo_reasons": [_reasons(town) for town in towns],
        "geo_alternatives": [_runners_up(town) for town in towns],
    }


def _reasons(town: Town) -> str:
    texts = (f"the name is the same as {town[1]}", f"{town[0]} is named in the same sentence", "the only one in reach")
    return json.dumps([{"feature": "f", "contribution": 0.4, "text": text} for text in texts])


def _runners_up(town: Town) -> str:
    others = [{"place_id": f"x:{n}", "name": town[1], "admin1": PROVINCES[n], "country": "Syria"} for n in (2, 5)]
    return json.dumps(others)


def _told(size: int, draw: random.Random) -> dict[str, Any]:
    length = 28 if size <= TOLD_ONE_BY_ONE else 0
    sentences = [" ".join(draw.choices(WORDS, k=length)) for _ in range(size)]
    return {
        "event_id": [f"{draw.getrandbits(64):016x}" for _ in range(size)],
        "source": [draw.choice(SOURCES) for _ in range(size)],
        "source_sentence": sentences,
        "source_title": [" ".join(sentence.split()[:8]) for sentence in sentences],
        "source_url": [f"https://example.org/{draw.getrandbits(40):x}" for _ in range(size)],
        "n_sources": 1,
        "doc_id": "made-up",
        "notes": "",
    }
