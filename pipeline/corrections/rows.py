"""Corrections of places, applied to rows of tables: an analyst's word goes before the table's own coordinates."""

from __future__ import annotations

from dataclasses import replace

from pipeline.corrections.edits import moved
from pipeline.corrections.places import PlaceRulings, Ruling
from pipeline.models import Event, Mention, Report, Resolution

__all__ = ["corrected_row"]


def corrected_row(report: Report, rulings: PlaceRulings) -> Report:
    """Return the report of a row with its places as an analyst has them, and its event there.

    Parameters
    ----------
    report : Report
        Of one row: its first name is that of the place, a second that of the area around it.
    rulings : PlaceRulings

    Examples
    --------
    >>> from pipeline.models import Article
    >>> corrected_row(Report(Article("a", "Hit")), PlaceRulings({}, None)).resolutions
    ()
    """
    rules = rulings.on_each(report.article, report.resolutions) if rulings.by_name else []
    if not any(rules):
        return report
    resolutions = rulings.apply(report.article, report.resolutions)
    events = tuple(_moved(event, rules, resolutions, rulings) for event in report.events)
    return replace(report, resolutions=resolutions, events=events)


def _moved(
    event: Event, rules: list[Ruling | None], resolutions: tuple[Resolution, ...], rulings: PlaceRulings
) -> Event:
    """Return the event at the place set for the name that it is put by: that of the place, else that of the area."""
    at = 0 if rules[0] is not None else 1
    rule, found = rules[at], resolutions[at]
    if rule is None or (at and not _is_put_by(event, found.mention)):
        return event
    if rule.place is None:
        return _nowhere(event, found)
    placement = replace(event.placement, resolution=found)
    return moved(replace(event, placement=placement), rule, rulings.gazetteer)


def _is_put_by(event: Event, mention: Mention) -> bool:
    put = event.placement.resolution
    return put is not None and (put.mention.start, put.mention.end) == (mention.start, mention.end)


def _nowhere(event: Event, rejected: Resolution) -> Event:
    """Return an event whose name is no place: it stays where its row's coordinates or area put it, or is nowhere."""
    if event.placement.method == "given" or not _is_put_by(event, rejected.mention):
        return replace(event, corrections=(*event.corrections, rejected.reasons[0].text))
    placement = replace(
        event.placement,
        resolution=rejected,
        footprint=None,
        geo_precision=None,
        where_prec=None,
        method=None,
        reasons=(),
    )
    return replace(event, placement=placement)
