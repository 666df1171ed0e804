"""One record, one row: what each column of the layers is read from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time

import shapely

from pipeline import codes
from pipeline.errors import ContractError
from pipeline.fields import SOURCE_PREFIX
from pipeline.frames import where
from pipeline.frames.atlas import Places
from pipeline.frames.shapes import rfc7946_polygon
from pipeline.models import Actor, Claim, Event, Report, Resolution, SourceRef, When

__all__ = ["Row", "area_row", "claim_row", "event_row", "mention_rows"]

Row = dict[str, object]

_LAST_SECOND = time(23, 59, 59)
_SENTENCE_EDGE = re.compile(r"(?<!\b[A-Z]\.)(?<=[.!?])[\"”’)]*\s+(?=[A-Z\"“‘(])|\n+")
_SENTENCE_REACH = 500  # characters looked at on each side of a mention
_LINK_SCHEMES = ("http://", "https://")


def event_row(event: Event, *, places: Places) -> Row:
    """Return the events row of one event; one that could not be placed has a null geometry."""
    words = where.place_words(event)
    return {
        "event_id": event.event_id,
        "event_status": event.status,
        **_when(event.when),
        **_what(event),
        **_who(event.perpetrator, event.target),
        **where.where_columns(event, places=places),
        **_harm(event),
        **_told(event.sources),
        "place_start": words[0] if words else None,
        "place_end": words[1] if words else None,
        "n_sources": len({source.doc_id for source in event.sources}),
        "notes": _join(event.notes, "; "),
        **_merging(event),
        "attributed_to": event.attributed_to,
        "confidence": event.confidence,
        "confidence_level": codes.confidence_level(event.confidence),
        **{f"{SOURCE_PREFIX}{name}": value for name, value in event.attributes},
    }


def _merging(event: Event) -> Row:
    """Return the columns that say what was joined, how surely, and where the reports differ."""
    told = [
        {"aspect": d.aspect, "settled": d.settled,
         "told": [{"value": value, "doc_ids": list(docs)} for value, docs in d.told]}
        for d in event.disagreements
    ]  # fmt: skip
    return {
        "member_ids": _join(event.member_ids or (event.event_id,), ";"),
        "merge_score": event.merge_score,
        "merge_reasons": where.reasons_json(event.merge_reasons),
        "disagreements": json.dumps(told, ensure_ascii=False),
        "corrected": _join(where.corrections_of(event), "; "),
    }


def area_row(event: Event, *, places: Places) -> Row | None:
    """Return the areas row of one event: its footprint, or the circle of its uncertainty; None if it was not placed."""
    point, placement = where.event_point(event), event.placement
    shape = where.event_shape(event, point, places=places) if point else None
    if shape is None:
        return None
    kind = where.area_kind_of(event)
    span = _when(event.when)
    return {
        "area_id": f"{event.event_id}:{kind}",
        "event_id": event.event_id,
        "kind": kind,
        "name": where.location_of(event),
        "geo_precision": placement.geo_precision,
        "where_prec": placement.where_prec,
        "uncertainty_m": where.uncertainty_of(event),
        "event_type": event.event_type,
        "sub_event_type": event.sub_event_type,
        "event_date": span["event_date"],
        "start_time": span["start_time"],
        "end_time": span["end_time"],
        "geometry": shape,
    }


def claim_row(claim: Claim, *, places: Places) -> Row:
    """Return the claims row of one claim; its geometry is what it is about, or null."""
    shapes = [shape for resolution in claim.scope if (shape := where.resolution_shape(resolution, places=places))]
    told = _told(claim.sources)
    shared = ("source_sentence", "sent_start", "sent_end", "doc_id", "source", "source_url", "source_date")
    return {
        "claim_id": claim.claim_id,
        "claim_type": claim.claim_type,
        "measure": claim.measure,
        "low": claim.count.low,
        "best": claim.count.best,
        "high": claim.count.high,
        "qualifier": claim.count.qualifier,
        "period_start": claim.period_start,
        "period_end": claim.period_end,
        "scope": _join((r.place.name if r.place else r.mention.text for r in claim.scope), ";"),
        "attributed_to": claim.attributed_to,
        **{column: told[column] for column in shared},
        "geometry": rfc7946_polygon(shapely.union_all(shapes)) if shapes else None,
    }


def mention_rows(report: Report, *, events_at: Mapping[tuple[str, int, int], Sequence[str]]) -> list[Row]:
    """Return the mentions rows of one report; ``events_at`` says which events a mention (doc_id, start, end) placed."""
    return [_mention_row(report, resolution, events_at=events_at) for resolution in report.resolutions]


def _mention_row(
    report: Report, resolution: Resolution, *, events_at: Mapping[tuple[str, int, int], Sequence[str]]
) -> Row:
    """Return the row of one mention."""
    mention, place = resolution.mention, resolution.place
    block = report.article.block_at(mention.start)
    return {
        "mention_id": f"{mention.doc_id}:{mention.start}-{mention.end}",
        "event_id": _join(events_at.get((mention.doc_id, mention.start, mention.end), ()), ";"),
        "doc_id": mention.doc_id,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "kind": mention.kind,
        "status": resolution.status,
        "place_id": place.place_id if place else "",
        "name": place.name if place else "",
        "feature_class": place.feature_class if place else "",
        "feature_code": place.feature_code if place else "",
        "admin1": place.admin1 if place else "",
        "country": place.country if place else "",
        "score": resolution.score if place else None,
        "geo_precision": resolution.geo_precision,
        "where_prec": resolution.where_prec,
        "uncertainty_m": resolution.footprint.uncertainty_m if resolution.footprint else None,
        "reasons": where.reasons_json(resolution.reasons),
        "alternatives": where.alternatives_json(resolution.alternatives),
        "block": block.kind if block else "",
        "sentence": _sentence(report.article.text, mention.start, mention.end),
        "geometry": where.mention_point(resolution),
    }


def _when(when: When | None) -> Row:
    """Return the columns of time; whole days where no hour is known."""
    if when is None:
        empty = ("event_date", "date_start", "date_end", "start_time", "end_time", "time_precision", "date_prec")
        return dict.fromkeys(empty) | {"date_text": "", "date_reasons": ""}
    return {
        "event_date": when.date_start,
        "date_start": when.date_start,
        "date_end": when.date_end,
        "start_time": datetime.combine(when.date_start, time.min, UTC),
        "end_time": datetime.combine(when.date_end, _LAST_SECOND, UTC),
        "time_precision": when.time_precision,
        "date_prec": when.date_prec,
        "date_text": when.text,
        "date_reasons": _join(when.reasons, "; "),
    }


def _what(event: Event) -> Row:
    """Return the columns of what happened, in ACLED's and PLOVER's terms."""
    code = codes.code_of(event.sub_event_type)
    if event.event_type != code.event_type:
        raise ContractError(
            f"event {event.event_id}: {event.sub_event_type!r} is of type {code.event_type!r}, not {event.event_type!r}"
        )
    return {
        "disorder_type": code.disorder_type,
        "event_type": event.event_type,
        "sub_event_type": event.sub_event_type,
        "civilian_targeting": event.civilian_targeting,
        "plover_type": code.plover_type,
        "plover_mode": code.plover_mode,
    }


def _who(perpetrator: Actor | None, target: Actor | None) -> Row:
    """Return the columns of the actors: undirected as in ACLED, and directed."""
    first, second = perpetrator or Actor(""), target or Actor("")
    return {
        "actor1": first.name,
        "assoc_actor_1": first.assoc,
        "inter1": first.inter,
        "actor2": second.name,
        "assoc_actor_2": second.assoc,
        "inter2": second.inter,
        "interaction": codes.interaction(first.inter, second.inter),
        "perpetrator": first.name,
        "target": second.name,
    }


def _harm(event: Event) -> Row:
    """Return the columns of deaths and injuries; empty where the text gives none."""
    deaths, injured = event.fatalities, event.injuries
    stated = deaths if deaths.qualifier != "unknown" or deaths.low is not None else injured
    return {
        "fatalities": codes.fatalities_of(deaths),
        "low": deaths.low,
        "best": deaths.best,
        "high": deaths.high,
        "injuries_low": injured.low,
        "injuries_best": injured.best,
        "injuries_high": injured.high,
        "count_text": _join((deaths.text, injured.text), "; "),
        "count_qualifier": stated.qualifier,
    }


def _told(sources: Sequence[SourceRef]) -> Row:
    """Return the columns of who told it; the sentence and its offsets are the first source's."""
    if not sources:
        raise ContractError("an event or claim without a source cannot be shown; give it the sentence it came from")
    first = sources[0]
    return {
        "source": _join((source.source for source in sources), ";"),
        "source_scale": _join((codes.source_scale_of(source.source) for source in sources), "-"),
        "source_url": _join((_link(source.url) for source in sources), " "),
        "source_date": min((source.date for source in sources if source.date), default=None),
        "source_title": first.title,
        "source_sentence": first.sentence,
        "sent_start": first.sent_start,
        "sent_end": first.sent_end,
        "doc_id": _join((source.doc_id for source in sources), ";"),
    }


def _link(url: str) -> str:
    """Return a link that may be followed, blanks encoded; empty for any other scheme."""
    link = "%20".join(url.split())
    return link if link.lower().startswith(_LINK_SCHEMES) else ""


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around a mention, at most ``_SENTENCE_REACH`` characters to each side."""
    before, after = max(0, start - _SENTENCE_REACH), min(len(text), end + _SENTENCE_REACH)
    edges = [edge.end() for edge in _SENTENCE_EDGE.finditer(text, before, start)]
    following = _SENTENCE_EDGE.search(text, end, after)
    return text[edges[-1] if edges else before : following.start() if following else after].strip()


def _join(values: Iterable[str], separator: str) -> str:
    """Join what is not empty, each once, in order."""
    return separator.join(dict.fromkeys(value for value in values if value))
