"""One row -> one report of one event, coded as those of the reports are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gazetteer import Gazetteer
from pipeline.events.actors import is_civilian
from pipeline.events.identity import content_id
from pipeline.ingest.tabular import TableRow
from pipeline.models import Actor, Attribute, Event, Rejection, Report, When
from pipeline.rows.harm import count_of
from pipeline.rows.people import actor_of
from pipeline.rows.places import Named
from pipeline.rows.placing import Placed, place_row
from pipeline.rows.timing import doubts_about, when_of
from pipeline.rows.told import Told, doc_id_of, tell
from pipeline.rows.types import Kind, kind_of
from pipeline.settings import TableOptions

# How sure it is that something happened here and then as coded: a coded dataset was checked by people, GDELT by none.
_BASE = {"ucdp": 0.8, "acled": 0.8, "gdelt": 0.4, "plain": 0.65}
_DOUBT = {"flagged": 0.2, "undated": 0.15, "coarse": 0.1, "unplaced": 0.25}
_COARSE = 3  # geo_precision


def report_of(
    row: TableRow, named: Named, *, gazetteer: Gazetteer, options: TableOptions, as_of: date | None
) -> Report | Rejection:
    """Return the report of a row; a rejection where its days run backwards.

    Parameters
    ----------
    row : TableRow
    named : Named
        What its names mean.
    gazetteer : Gazetteer
    options : TableOptions
    as_of : date or None
        Date of collection.
    """
    told = tell(row)
    try:
        when = when_of(row)
    except ValueError as error:
        return row.refuse(str(error), row.text("date_end"), "write the earlier day first")
    placed = place_row(row, named, told.mentions, gazetteer=gazetteer, ignore_coordinates=options.ignore_coordinates)
    country = _country(placed)
    sides = actor_of(row, "1", country=country), actor_of(row, "2", country=country)
    kind = kind_of(row, *sides)
    if kind.sub is None:
        return Report(told.article, placed.resolutions, passed_over=((told.sources[0], "; ".join(kind.notes)),))
    event = _event(row, told, placed, kind, when)
    return Report(told.article, placed.resolutions, (_peopled(event, sides, row, as_of),))


def _event(row: TableRow, told: Told, placed: Placed, kind: Kind, when: When | None) -> Event:
    """Return the event of a row, without who did it to whom."""
    deaths, death_notes = count_of(row, "deaths")
    injured, injured_notes = count_of(row, "injured")
    return Event(
        event_id=content_id("row", doc_id_of(row)),
        status="asserted",
        event_type=kind.event_type,
        sub_event_type=kind.sub or "",
        when=when,
        placement=placed.placement,
        perpetrator=None,
        target=None,
        fatalities=deaths,
        injuries=injured,
        sources=told.sources,
        confidence=_confidence(row, placed, when),
        notes=(*placed.notes, *kind.notes, *death_notes, *injured_notes),
        mentions=tuple((m.doc_id, m.start, m.end) for m in (r.mention for r in placed.resolutions)),
        attributes=_attributes(row),
    )


def _peopled(event: Event, sides: tuple[Actor | None, Actor | None], row: TableRow, as_of: date | None) -> Event:
    first, second = sides
    said = row.text("civilian_targeting").casefold()
    civilians = said not in {"", "false", "0", "no"} or (second is not None and is_civilian(second))
    notes = (*event.notes, *doubts_about(event.when, as_of))
    return replace(event, perpetrator=first, target=second, civilian_targeting=civilians, notes=notes)


def _country(placed: Placed) -> str:
    found = placed.placement.resolution
    return found.place.country if found is not None and found.place is not None else ""


def _confidence(row: TableRow, placed: Placed, when: When | None) -> float:
    """Return 0 to 1; see ``docs/codebook.md``."""
    where = placed.placement
    doubts = {
        "flagged": where.given is not None and bool(where.given.flags),
        "undated": when is None,
        "unplaced": where.geo_precision is None,
        "coarse": where.geo_precision == _COARSE,
    }
    return round(max(0.05, _BASE[row.kind] - sum(_DOUBT[name] for name, holds in doubts.items() if holds)), 2)


def _attributes(row: TableRow) -> tuple[tuple[str, Attribute], ...]:
    """Return all columns of a row, and before them where it stands."""
    own: tuple[tuple[str, Attribute], ...] = (("table", row.kind), ("table_file", row.file), ("table_row", row.number))
    return (*own, *row.attributes)
