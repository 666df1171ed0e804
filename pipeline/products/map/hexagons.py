"""Too many events for one page: counts by hexagon (H3), month and type, with what that leaves out said aloud."""

from __future__ import annotations

import math
from typing import Any, Final

import geopandas as gpd
import h3.api.basic_int as h3
import numpy as np
import pandas as pd

from pipeline.products.map.words import span_words
from pipeline.products.points.order import TILES, fingerprint

__all__ = ["TOO_MANY", "aggregated"]

#: More events than this are not drawn one by one.
TOO_MANY: Final = 100_000
_MOST_ROWS: Final = 100_000
_FINEST, _COARSEST = 6, 1  # H3 resolutions: hexagons of 36 km2 and of 610,000 km2
_FINE = 5  # hexagons of 250 km2, 30 pixels wide at zoom 8
_EPOCH = pd.Timestamp("1970-01-01")
_DAY = pd.Timedelta(days=1)
_TEXTS: Final = ("event_type", "event_status", "country", "admin1", "location")
_BY: Final = ["cell", "month", "event_type", "event_status", "mark", "where_prec", "country", "admin1", "location"]


def aggregated(events: gpd.GeoDataFrame) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return counts of events as rows of the map, and the summary that says what they are.

    Exact and near places are counted in the finest hexagons that keep the page small; events known to a province or a
    country keep its name and its point. A hexagon's point is the mean of all points in it, whatever their month.

    Parameters
    ----------
    events : GeoDataFrame
        With the columns of ``pipeline/data/fields.yaml``.

    Examples
    --------
    >>> rows, about = aggregated(layers.events)  # doctest: +SKIP
    >>> rows[0]["n"], about["aggregated"]  # doctest: +SKIP
    (312, '1,000,000 events are counted by hexagons of about 36 km² and by month …')
    """
    table = _columns(events)
    for resolution in range(_FINEST, _COARSEST - 1, -1):
        counts = _counts(table, resolution)
        if len(counts) <= _MOST_ROWS:
            break
    rows = [_row({str(name): value for name, value in record.items()}) for record in counts.to_dict("records")]
    about = _about(events, table, h3.average_hexagon_area(resolution, "km^2"))
    return rows, about | {"points": _points(events, resolution)}


def _columns(events: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the columns that are counted by; "" and -1 where nothing is known, so that no row falls out."""
    points = events.geometry
    start = events["date_start"].fillna(events["event_date"])
    end = events["date_end"].fillna(start)
    coarse = events["geo_precision"].map({1: "exact", 2: "near"}).astype(object).fillna("area")
    country = (events["geo_method"] == "country") | (events["where_prec"] == 6).fillna(False)  # noqa: FBT003
    texts = {name: events[name].fillna("").astype(object) for name in _TEXTS}
    return pd.DataFrame(
        texts
        | {
            "lon": points.x.round(5),
            "lat": points.y.round(5),
            "mark": np.where(country, "country", coarse),
            "where_prec": events["where_prec"].astype("float64").fillna(-1).astype(int),
            "start": start,
            "end": end,
            "month": start.dt.year.mul(12).add(start.dt.month - 1).fillna(-1).astype(int),
            "low": events["low"].astype("float64"),
            "injuries_low": events["injuries_low"].astype("float64"),
        }
    )


def _counts(table: pd.DataFrame, resolution: int) -> pd.DataFrame:
    """Return one row for all that shares hexagon or coarse place, month, type, status and precision."""
    fine = table["mark"].isin(("exact", "near")) & table["lat"].notna()
    places = table.loc[fine, ["lon", "lat"]].drop_duplicates()
    cell = {(lon, lat): h3.latlng_to_cell(lat, lon, resolution) for lon, lat in places.itertuples(index=False)}
    points = zip(table["lon"], table["lat"], strict=True)
    cells = [cell[at] if inside else 0 for at, inside in zip(points, fine, strict=True)]
    keyed = table.assign(
        cell=cells,
        location=table["location"].where(~fine, ""),
        where_prec=table["where_prec"].where(~fine, -1),
        mark=table["mark"].where(~fine, "near"),
    )
    grouped = _at_one_point(keyed).groupby(_BY, sort=True, dropna=False)
    counts = grouped.agg(
        n=("mark", "size"), lon=("lon", "first"), lat=("lat", "first"), start=("start", "min"), end=("end", "max")
    )
    sums = {name: grouped[name].sum(min_count=1) for name in ("low", "injuries_low")}
    return counts.assign(**sums).reset_index().sort_values(["start", *_BY], na_position="last")


def _at_one_point(keyed: pd.DataFrame) -> pd.DataFrame:
    """Give all that is counted in a hexagon, or under a coarse place's name, the mean of its points.

    A mean for each month and type would be as many places for the page to draw as there are counts.
    """
    means = keyed.groupby(["cell", "location", "admin1", "country"], dropna=False)[["lon", "lat"]].transform("mean")
    within = keyed.groupby("cell")[["lon", "lat"]].transform("mean")
    return keyed.assign(**{name: within[name].where(keyed["cell"] != 0, means[name]) for name in ("lon", "lat")})


def _row(record: dict[str, Any]) -> dict[str, Any]:
    """Return one count as a row of the map."""
    dated = record["start"] is not None and not pd.isna(record["start"])
    placed = not pd.isna(record["lat"])
    in_hexagon = record["cell"] != 0
    texts = {name: record[name] for name in ("event_type", "event_status", "mark", "country", "admin1")}
    return texts | {
        "event_id": f"{record['cell']:x}.{record['month']}.{'.'.join(str(record[name]) for name in _BY[2:])}",
        "location": f"hexagon around {record['lat']:.2f}, {record['lon']:.2f}" if in_hexagon else record["location"],
        "where_prec": record["where_prec"] if record["where_prec"] >= 0 else None,
        "from": (record["start"] - _EPOCH) // _DAY if dated else None,
        "to": (record["end"] - _EPOCH) // _DAY if dated else None,
        "date": span_words(record["start"].date(), record["end"].date()) if dated else "date not stated",
        "harm": _harm(record["low"], record["injuries_low"]),
        "precision": "counted in a hexagon" if in_hexagon else "province, sector or country only",
        "lon": round(record["lon"], 4) if placed else None,
        "lat": round(record["lat"], 4) if placed else None,
        "low": None if pd.isna(record["low"]) else int(record["low"]),
        "injuries_low": None if pd.isna(record["injuries_low"]) else int(record["injuries_low"]),
        "n": int(record["n"]),
    }


def _harm(killed: float, injured: float) -> str:
    counts = ((killed, "killed"), (injured, "injured"))
    said = [f"at least {number:,.0f} {what}" for number, what in counts if not math.isnan(number)]
    return "; ".join(said) + " (sum of the lowest counts stated)" if said else "not stated"


def _points(events: gpd.GeoDataFrame, resolution: int) -> dict[str, Any]:
    """Return where the points are, and from which zoom on they tell more than the hexagons do."""
    return {"file": TILES, "fingerprint": fingerprint(events), "from": 8 if resolution >= _FINE else 7}


def _about(events: gpd.GeoDataFrame, table: pd.DataFrame, area: float) -> dict[str, Any]:
    dated = table["start"].notna()
    period = span_words(table["start"].min().date(), table["end"].max().date()) if dated.any() else ""
    return {
        "events": len(events),
        "placed": int(table["lat"].notna().sum()),
        "coarse": int((table["lat"].notna() & ~table["mark"].isin(("exact", "near"))).sum()),
        "reports": len(set(events["doc_id"].dropna().unique())),
        "period": period,
        "aggregated": f"{len(events):,} events are too many to show one by one: they are counted by hexagons of about "
        f"{area:,.0f} km² and by month, type and status. Single events, actors, sources and sentences are in "
        "events.parquet and events.gpkg.",
    }
