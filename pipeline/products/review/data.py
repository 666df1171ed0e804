"""Layers -> what the review page shows: the events most worth a look, each with its candidates and neighbours."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np

from pipeline.codes import sub_event_types
from pipeline.frames import Layers
from pipeline.models import CORRECTION
from pipeline.products.map.data import mark_of, place_offsets, styles
from pipeline.products.map.words import date_words, day_of, harm_words, place_precision_words
from pipeline.products.review.doubts import Rank, rank_of
from pipeline.products.review.near import Neighbours

__all__ = ["LIMIT", "review_data", "state_of"]

LIMIT: Final = 500  # more than a desk looks at in a day; the page says how many were left out
LEAST_DOUBT: Final = 0.05
Row = dict[str, Any]
_ACCEPTED = re.compile(r"(?:^|; )accepted(?: \(state ([0-9a-f]{16})\))?: set by ")
_STATE_FIELDS = (
    "event_status", "sub_event_type", "date_start", "date_end", "perpetrator", "target", "place_id", "latitude",
    "longitude", "where_prec", "low", "best", "high", "injuries_low", "injuries_best", "injuries_high",
    "source_sentence", "member_ids",
)  # fmt: skip
_SHOWN_FIELDS = (
    "event_id", "event_type", "sub_event_type", "event_status", "perpetrator", "target", "location", "source",
    "source_url", "doc_id", "notes", "source_sentence", "where_description", "confidence_level", "place_id",
    "rel_text", "attributed_to", "date_text", "count_text",
)  # fmt: skip
_STYLES = ("event_types", "other_event_type", "precision_marks")


def review_data(layers: Layers, *, limit: int = LIMIT) -> Row:
    """Return what the page shows, JSON values only.

    Parameters
    ----------
    layers : Layers
        As ``sitmap map`` makes them; any of them may be empty.
    limit : int
        How many events at most, the most doubtful first.
    """
    rows = _rows(layers.events)
    resting = _resting(rows)
    others = [_json_list(row["geo_alternatives"]) for row in rows]
    told = [_json_list(row["disagreements"]) for row in rows]
    ranks = [rank_of(row, others[n], told[n], len(resting[_name(row)])) for n, row in enumerate(rows)]
    doubtful = [n for n, rank in enumerate(ranks) if rank.uncertainty >= LEAST_DOUBT and not _is_reviewed(rows[n])]
    chosen = sorted(doubtful, key=lambda n: (-ranks[n].value, rows[n]["event_id"]))[:limit]
    near = Neighbours(*_places_and_days(rows))
    shown = [
        _event(rows[n], ranks[n], others[n], told[n])
        | {"near": [_neighbour(rows[m], km, days) for m, km, days in near.of(n)], "same": _same(rows[n], resting)}
        for n in chosen
    ]
    return {
        "styles": {name: styles()[name] for name in _STYLES},
        "sub_event_types": list(sub_event_types()),
        "total": len(rows), "reviewed": sum(map(_is_reviewed, rows)), "left_out": len(doubtful) - len(chosen),
        "events": shown,
    }  # fmt: skip


def state_of(row: Mapping[str, Any]) -> str:
    """Return a hash of what an analyst sees of an event: another one says that it has changed since."""
    seen = [str(row[name]) if row[name] is not None else "" for name in _STATE_FIELDS]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=True).encode()).hexdigest()[:16]


def _is_reviewed(row: Row) -> bool:
    """Whether an analyst set the place, or accepted the event as it is now."""
    states = _ACCEPTED.findall(row["corrected"] or "")
    by_hand = any(reason.get("feature") == CORRECTION for reason in _json_list(row["geo_reasons"]))
    return by_hand or "" in states or state_of(row) in states


def _rows(frame: gpd.GeoDataFrame) -> list[Row]:
    """Return the rows as plain values, None for whatever is missing."""
    plain = frame.drop(columns="geometry").astype(object)
    records: list[Row] = plain.where(plain.notna(), None).to_dict("records")
    return records


def _json_list(text: object) -> list[Row]:
    try:
        items = json.loads(str(text or "[]"))
    except ValueError:
        return []
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _name(row: Row) -> tuple[str, str]:
    return str(row["place_id"] or ""), str(row["where_description"] or "").casefold()


def _resting(rows: Sequence[Row]) -> Mapping[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        found[_name(row)].append(row["event_id"])
    found[("", "")] = []  # events whose place is not said have nothing in common
    return found


def _same(row: Row, resting: Mapping[tuple[str, str], list[str]]) -> list[str]:
    return [one for one in resting[_name(row)] if one != row["event_id"]][:200]


def _places_and_days(rows: Sequence[Row]) -> tuple[list[float], list[float], list[float]]:
    starts = [day_of(row["date_start"]) for row in rows]
    days = [float(start.toordinal()) if start else np.nan for start in starts]
    lats = [np.nan if row["latitude"] is None else row["latitude"] for row in rows]
    return days, lats, [np.nan if row["longitude"] is None else row["longitude"] for row in rows]


def _event(row: Row, rank: Rank, others: Sequence[Row], told: Sequence[Row]) -> Row:
    start, end = day_of(row["date_start"]), day_of(row["date_end"])
    return {
        **{name: row[name] if row[name] is not None else "" for name in _SHOWN_FIELDS},
        "state": state_of(row),
        "rank": round(rank.value, 3),
        "uncertainty": round(rank.uncertainty, 3),
        "because": list(rank.why),
        "date": date_words(start, end, row["time_precision"], row["date_prec"]),
        "days": "/".join(dict.fromkeys(str(day) for day in (start, end) if day)),
        "harm": harm_words(row),
        "deaths": _bounds(row["low"], row["best"], row["high"]),
        "injured": _bounds(row["injuries_low"], row["injuries_best"], row["injuries_high"]),
        "where": _where(row["location"], row["admin1"], row["country"]),
        "precision": place_precision_words(row),
        "mark": mark_of(row),
        "point": [row["latitude"], row["longitude"]] if row["latitude"] is not None else None,
        "radius": row["uncertainty_m"],
        "score": row["geo_score"],
        "why": [str(reason["text"]) for reason in _json_list(row["geo_reasons"]) if reason.get("text")],
        "candidates": [made for one in others if (made := _candidate(one))],
        "disagreements": [_differing(one) for one in told],
        "members": _members(row),
        "corrected": row["corrected"] or "",
        "marked": place_offsets(row),
    }


def _bounds(low: int | None, best: int | None, high: int | None) -> str:
    """Return a count as the corrections file writes it; empty where none is known."""
    if best is None and low is None:
        return ""
    if high is None:
        return f"at least {low if low is not None else best}"
    numbers = [n for n in (low, best, high) if n is not None]
    return str(numbers[0]) if len(set(numbers)) == 1 else "/".join(map(str, numbers))


def _where(*parts: str | None) -> str:
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _candidate(item: Row) -> Row | None:
    """Return a runner-up as the page shows it; None where it cannot be named in a correction."""
    lat, lon = item.get("lat"), item.get("lon")
    place_id = str(item.get("place_id") or "")
    if not place_id or place_id.startswith("correction:") or not _is_point(lat, lon):
        return None
    parts = (str(item.get(name) or "") for name in ("name", "admin1", "country"))
    why = item.get("why")
    reasons = [str(text) for text in why] if isinstance(why, list) else []
    return {"id": place_id, "where": _where(*parts), "point": [lat, lon], "score": item.get("score"), "why": reasons}


def _is_point(lat: object, lon: object) -> bool:
    return isinstance(lat, int | float) and isinstance(lon, int | float) and abs(lat) <= 90 and abs(lon) <= 180


def _differing(item: Row) -> str:
    told = item.get("told")
    counted = Counter(str(one.get("value", "")) for one in told if isinstance(one, dict)) if told else {}
    return f"{item.get('aspect', '')}: {' against '.join(counted)}; settled on {item.get('settled', '')}"


def _members(row: Row) -> list[str]:
    ids = [one for one in str(row["member_ids"] or "").split(";") if one]
    return ids if len(ids) > 1 else []


def _neighbour(row: Row, km: float, days: int) -> Row:
    start, end = day_of(row["date_start"]), day_of(row["date_end"])
    return {
        "event_id": row["event_id"], "sub_event_type": row["sub_event_type"] or "", "km": km, "days": days,
        "date": date_words(start, end, row["time_precision"], row["date_prec"]),
        "where": _where(row["location"], row["admin1"]), "source_sentence": row["source_sentence"] or "",
        "source": row["source"] or "",
    }  # fmt: skip
