"""Flatten the records of a run into its four layers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pipeline.frames.atlas import Atlas, Places
from pipeline.frames.contract import check_layers
from pipeline.frames.layers import Layers, layer_from_rows
from pipeline.frames.rows import Row, area_row, claim_row, event_row, mention_rows
from pipeline.models import Claim, Event, Report

__all__ = ["build_layers"]


def build_layers(
    reports: Iterable[Report], events: Sequence[Event], claims: Sequence[Claim], *, gazetteer: Atlas
) -> Layers:
    """Flatten records into layers, checked, in an order that does not hang on the order of the input.

    Parameters
    ----------
    reports : iterable of Report
        For the mentions; their own events and claims are not read. Taken one by one.
    events, claims : sequence
        After merging across reports.
    gazetteer : Atlas
        Names, codes and polygons of countries and provinces.

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
    places = Places(gazetteer)
    areas = [row for event in events if (row := area_row(event, places=places))]
    layers = Layers(
        events=layer_from_rows("events", _sorted([event_row(event, places=places) for event in events], "event")),
        claims=layer_from_rows("claims", _sorted([claim_row(claim, places=places) for claim in claims], "claim")),
        areas=layer_from_rows("areas", _sorted(areas, "area")),
        mentions=layer_from_rows("mentions", _mentions(reports, events)),
    )
    return check_layers(layers)


#: The column that dates a row of each kind.
_DATED_BY: Mapping[str, str] = {"event": "event_date", "claim": "source_date", "area": "event_date"}


def _sorted(rows: Sequence[Row], kind: str) -> list[Row]:
    """Return rows by date, then id; those without a date last."""
    return sorted(rows, key=lambda row: (*_date_key(row[_DATED_BY[kind]]), str(row[f"{kind}_id"])))


def _date_key(day: object) -> tuple[bool, date]:
    """Return a key that sorts days, None behind them all."""
    return (False, day) if isinstance(day, date) else (True, date.min)


def _mentions(reports: Iterable[Report], events: Sequence[Event]) -> list[Row]:
    """Return the mentions of all reports in the order of reading, each with the events that it placed."""
    events_at: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    for event in events:
        for mention in event.mentions:
            events_at[mention].add(event.event_id)
    linked = {mention: sorted(ids) for mention, ids in events_at.items()}
    made = (
        ((*_date_key(report.article.date), report.article.doc_id), mention_rows(report, events_at=linked))
        for report in reports
    )
    return [row for _, rows in sorted(made, key=lambda of_report: of_report[0]) for row in rows]
