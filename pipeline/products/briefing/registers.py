"""The lists behind the figures: claims, sources, names that stayed unplaced, attribution."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from gazetteer.names import fold
from gazetteer.tables import yaml_table
from pipeline.frames import Layers
from pipeline.products.briefing.facts import Period, Selection
from pipeline.products.briefing.incidents import Incident, day_of, links_of, number_of, reason_texts, text_of
from pipeline.products.briefing.region import Region
from pipeline.products.briefing.words import Range, range_phrase, span_phrase, tables

_CONTENT = frozenset({"title", "dateline", "body"})


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A tally or background figure, as its source gives it."""

    kind: str
    measure: str
    count: str
    period: str
    scope: str
    attributed_to: str
    source: str
    links: tuple[str, ...]
    sentence: str


def claim_rows(layers: Layers, selection: Selection, region: Region | None, period: Period | None) -> list[ClaimRow]:
    """Return the claims that stand in the reports of the briefing's incidents, or are about its region and period."""
    frame = layers.claims
    rows = sorted(frame.drop(columns="geometry").to_dict("records"), key=_claim_order)
    if region is None and period is None:
        return [_claim(row) for row in rows]
    documents = _documents(selection)
    return [_claim(row) for row in rows if _is_about(row, documents, region, period)]


def _claim_order(row: Mapping[str, Any]) -> tuple[str, str]:
    """Order claims by type, then by id."""
    return str(row["claim_type"]), str(row["claim_id"])


def _is_about(row: Mapping[str, Any], documents: frozenset[str], region: Region | None, period: Period | None) -> bool:
    """Whether a claim belongs to the briefing: by its report, or by its scope and its dates."""
    if documents & set(_parts(row["doc_id"])):
        return True
    if region is not None:
        scope = {fold(name) for name in _parts(row["scope"])}
        if not scope & {fold(part.name) for part in region.parts}:
            return False
    first = day_of(row["period_start"]) or day_of(row["source_date"])
    last = day_of(row["period_end"]) or day_of(row["source_date"])
    return period is None or (first is not None and last is not None and first <= period[1] and last >= period[0])


def _claim(row: Mapping[str, Any]) -> ClaimRow:
    """Put a row of the claims layer in words."""
    kind = text_of(row["claim_type"])
    return ClaimRow(
        kind=tables()["claim_type"].get(kind, kind),
        measure=text_of(row["measure"]),
        count=range_phrase(Range(*(number_of(row[end]) for end in ("low", "best", "high")))),
        period=_claim_period(row),
        scope="; ".join(_parts(row["scope"])),
        attributed_to=text_of(row["attributed_to"]),
        source=text_of(row["source"]) or text_of(row["doc_id"]),
        links=links_of(text_of(row["source_url"])),
        sentence=text_of(row["source_sentence"]),
    )


def _claim_period(row: Mapping[str, Any]) -> str:
    """Say the days that a claim counts."""
    first, last = day_of(row["period_start"]), day_of(row["period_end"])
    if first and last:
        return span_phrase(first, last)
    if first:
        return f"since {span_phrase(first, first)}"
    return f"until {span_phrase(last, last)}" if last else "not stated"


def _parts(joined: object) -> list[str]:
    """Split a cell that joins several values with semicolons."""
    return [part.strip() for part in text_of(joined).split(";") if part.strip()]


def _documents(selection: Selection) -> frozenset[str]:
    """Return the documents that tell of the briefing's incidents."""
    shown = (*selection.counted, *selection.apart, *selection.possible)
    return frozenset(doc for one in shown for doc in _parts(one.doc_id))


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source: the incidents it tells of, and links to those of its reports that it alone published."""

    name: str
    incidents: tuple[Incident, ...]
    links: tuple[str, ...]


def source_rows(incidents: Iterable[Incident]) -> list[SourceRow]:
    """Group incidents by source, the most used first; one told by two sources stands under both."""
    found: dict[str, list[Incident]] = defaultdict(list)
    for one in incidents:
        for source in dict.fromkeys(_parts(one.source) or ["Source not stated"]):
            found[source].append(one)
    rows = [SourceRow(source, tuple(rows), _own_links(source, rows)) for source, rows in found.items()]
    return sorted(rows, key=lambda row: (-len(row.incidents), row.name))


def _own_links(source: str, incidents: Sequence[Incident]) -> tuple[str, ...]:
    """Return the links of incidents that this source alone tells of: of several, whose is whose is not known."""
    alone = (one for one in incidents if _parts(one.source) in ([], [source]))
    return tuple(dict.fromkeys(link for one in alone for link in one.links))


@dataclass(frozen=True, slots=True)
class UnreadName:
    """A place name that was read in the texts but not put on the map."""

    text: str
    status: str
    times: int
    reason: str
    documents: tuple[str, ...]


def unread_names(layers: Layers, selection: Selection, *, only_shown: bool) -> list[UnreadName]:
    """Return the names of places that stayed ambiguous or unmatched, the most frequent first.

    Parameters
    ----------
    only_shown : bool
        Leave out those in documents that tell of none of the briefing's incidents.
    """
    shown = sorted(_documents(selection)) if only_shown else None
    found: dict[tuple[str, str], _Unread] = {}
    for frame in layers.batches("mentions"):
        chosen = frame["status"].isin(list(tables()["mention_status"])) & frame["block"].isin([*_CONTENT, ""])
        chosen &= frame["kind"].isin(["toponym", "descriptive"])
        if shown is not None:
            chosen &= frame["doc_id"].isin(shown)
        for row in frame.loc[chosen, ["text", "status", "reasons", "doc_id"]].to_dict("records"):
            key = text_of(row["text"]), text_of(row["status"])
            found.setdefault(key, _Unread(text_of(row["reasons"]))).add(text_of(row["doc_id"]))
    names = [_summed(text, status, unread) for (text, status), unread in found.items()]
    return sorted(names, key=lambda one: (-one.times, one.text, one.status))


@dataclass(slots=True)
class _Unread:
    """The mentions of one name: why the first was not put anywhere, how many there are, in which documents."""

    reasons: str
    times: int = 0
    documents: dict[str, None] = field(default_factory=dict)

    def add(self, doc_id: str) -> None:
        """Count one more."""
        self.times += 1
        self.documents[doc_id] = None


def _summed(text: str, status: str, unread: _Unread) -> UnreadName:
    reasons = reason_texts(unread.reasons)
    words = str(tables()["mention_status"][status])
    return UnreadName(text, words, unread.times, reasons[-1] if reasons else "", tuple(unread.documents))


def attributions(layers: Layers) -> list[str]:
    """Return what must be said of the sources of the coordinates, those in use and Natural Earth's outlines."""
    used = {source for cell in layers.events["place_source"] if not pd.isna(cell) for source in _parts(cell)}
    known: Mapping[str, Mapping[str, str]] = yaml_table("sources.yaml")
    named = [row["attribution"] for key, row in known.items() if key in used or key == "natural_earth"]
    return [*dict.fromkeys(named), *sorted(text_of(source) for source in used - set(known))]


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A line of a corrections file and what became of it."""

    where: str
    what: str
    who: str
    note: str
    state: str
    warning: str


def correction_rows(rows: Iterable[Mapping[str, object]]) -> list[CorrectionRow]:
    """Put the corrections of a run in words.

    Examples
    --------
    >>> correction_rows([{"where": "c.csv:2", "kind": "reject", "event_id": "a1", "state": "applied"}])[0].what
    'reject event a1'
    """
    return [_correction(row) for row in rows]


_CORRECTED = ("kind", "event_id", "other_id", "doc_id", "words", "field", "value")


def _correction(row: Mapping[str, object]) -> CorrectionRow:
    told = {name: text_of(row.get(name)) for name in _CORRECTED}
    parts = (
        told["kind"].replace("_", " "),
        told["field"],
        told["event_id"] and f"event {told['event_id']}",
        told["words"] and f"“{told['words']}”",
        told["doc_id"] and f"in {told['doc_id']}",
        (value := told["other_id"] or told["value"]) and f"→ {value}",
    )
    signed = " ".join(filter(None, (text_of(row.get("who")), text_of(row.get("when")))))
    rest = (text_of(row.get(name)) for name in ("note", "state", "warning"))
    return CorrectionRow(text_of(row.get("where")), " ".join(filter(None, parts)), signed, *rest)
