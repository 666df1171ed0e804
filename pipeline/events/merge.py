"""Across articles: the same incident told by several reports becomes one event with all its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.events.judgements import NO_JUDGEMENTS, Judgements
from pipeline.events.merging.aspects import compare
from pipeline.events.merging.blocking import blocked_pairs
from pipeline.events.merging.copies import Copies
from pipeline.events.merging.groups import Found, grouped
from pipeline.events.merging.joined import joined
from pipeline.events.merging.tellings import Told, body_of, tellings_of
from pipeline.models import Claim, Event, Report


def merge_reports(
    reports: Sequence[Report], *, judgements: Judgements = NO_JUDGEMENTS
) -> tuple[tuple[Event, ...], tuple[Claim, ...]]:
    """Return the events and claims of all reports, each once, sorted by day and id.

    Neither the order of the reports nor how often one is given matters. Two events of one article are never joined,
    unless a judgement says so. An echo of a report joins the event that another report tells, or none and is dropped.

    Parameters
    ----------
    reports : sequence of Report
    judgements : Judgements
        What an analyst decided: overrules the evidence. Where it contradicts itself, events stay apart.

    Examples
    --------
    >>> merge_reports([])
    ((), ())
    """
    known = {r.article.doc_id: r for r in reports}
    ordered = sorted(known.values(), key=lambda r: (str(r.article.date or ""), body_of(r.article), r.article.doc_id))
    tellings = tellings_of(ordered)
    copies = Copies(r.article for r in ordered)

    def compared(one: Told, other: Told) -> Found:
        score, reasons = compare(one, other)
        if score is None or not copies.any_of(one.docs, other.docs):
            return score, reasons
        return compare(one, other, copied=True)

    groups = grouped(tellings, blocked_pairs(tellings), compared, judgements)
    told = (group for group in groups if not all(telling.echo for telling in group.tellings))
    return tuple(sorted(map(joined, told), key=_order)), _joined_claims(ordered)


def _order(event: Event) -> tuple[str, str]:
    return (str(event.when.date_start) if event.when else "9999", event.event_id)


def _joined_claims(reports: Sequence[Report]) -> tuple[Claim, ...]:
    found: dict[str, Claim] = {}
    for claim in (c for r in reports for c in r.claims):
        known = found.get(claim.claim_id)
        found[claim.claim_id] = replace(known, sources=(*known.sources, *claim.sources)) if known else claim
    return tuple(found[key] for key in sorted(found))
