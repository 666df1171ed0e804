"""Flatten the records of a run into its four layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import geopandas as gpd

from pipeline.frames.atlas import Atlas, Places
from pipeline.frames.contract import check_layers
from pipeline.frames.layers import Layers, layer_from_rows
from pipeline.frames.long import LongLayer
from pipeline.frames.rows import Row, area_row, claim_row, event_row, mention_rows
from pipeline.models import Claim, Event, Report

__all__ = ["build_layers", "reading_order"]

_Placed = dict[tuple[str, int, int], tuple[str, ...]]  # the events that a mention placed


def build_layers(
    reports: Iterable[Report], events: Sequence[Event], claims: Sequence[Claim], *, gazetteer: Atlas, long: bool = False
) -> Layers:
    """Flatten records into layers, checked, in an order that does not hang on the order of the input.

    Parameters
    ----------
    reports : iterable of Report
        For the mentions; their own events and claims are not read. Taken one by one.
    events, claims : sequence
        After merging across reports. Taken one by one, where they are not in memory anyway.
    gazetteer : Atlas
        Names, codes and polygons of countries and provinces.
    long : bool
        The mentions may be too many to be held: they become a :class:`LongLayer`, in the order of the reports, which
        must then be that of :func:`reading_order`.

    Returns
    -------
    Layers
        Each sorted by date, then id (mentions: by date, document, offset); rows without a date come last.

    Raises
    ------
    ContractError
        Where a record breaks the contract: coordinates off Earth or swapped, unknown codes, an id that is there twice.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> nowhere = SimpleNamespace(country=None, iso3=None, polygon=None)
    >>> [len(frame) for _, frame in build_layers([], [], [], gazetteer=nowhere).items()]
    [0, 0, 0, 0]
    """
    places, placed, ordered = Places(gazetteer), _Placed(), _by_day(events)
    told = _layer("event", _event_rows(ordered, placed, places=places))
    areas = _layer("area", filter(None, (area_row(event, places=places) for event in ordered)))
    claimed = _layer("claim", (claim_row(claim, places=places) for claim in claims))
    sure = reports if long else sorted(reports, key=lambda r: reading_order(r.article.date, r.article.doc_id))
    named = (row for report in sure for row in mention_rows(report, events_at=placed))
    mentions = LongLayer("mentions", named) if long else layer_from_rows("mentions", named)
    return check_layers(Layers(told, claimed, areas, mentions))


def reading_order(day: date | None, doc_id: str) -> tuple[bool, date, str]:
    """Return a key that sorts reports by their days, those without behind the others."""
    return (*_date_key(day), doc_id)


#: The column that dates a row of each kind.
_DATED_BY: Mapping[str, str] = {"event": "event_date", "claim": "source_date", "area": "event_date"}


def _by_day(events: Sequence[Event]) -> Sequence[Event]:
    """Return events by date, then id; what is read from a file as it is wanted has that order from merging."""
    if not isinstance(events, list | tuple):
        return events
    return sorted(events, key=lambda e: (*_date_key(e.when and e.when.date_start), e.event_id))


def _event_rows(events: Iterable[Event], placed: _Placed, *, places: Places) -> Iterator[Row]:
    """Yield the rows of events, and note which mentions placed them."""
    for event in events:
        for mention in event.mentions:
            known = placed.get(mention, ())
            if event.event_id not in known:
                placed[mention] = tuple(sorted((*known, event.event_id)))
        yield event_row(event, places=places)


def _layer(kind: str, rows: Iterable[Row]) -> gpd.GeoDataFrame:
    """Return a layer by date, then id; rows without a date come last."""
    keys: list[tuple[bool, date, str]] = []

    def noted() -> Iterator[Row]:
        for row in rows:
            keys.append((*_date_key(row[_DATED_BY[kind]]), str(row[f"{kind}_id"])))
            yield row

    frame = layer_from_rows(f"{kind}s", noted())
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return frame if order == list(range(len(keys))) else frame.iloc[order].reset_index(drop=True)


def _date_key(day: object) -> tuple[bool, date]:
    """Return a key that sorts days, None behind them all."""
    return (False, day) if isinstance(day, date) else (True, date.min)
