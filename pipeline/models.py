"""The records that flow through the pipeline: frozen, slotted, no I/O, no pandas.

Offsets are into ``Article.text``; ``article.text[m.start:m.end] == m.text`` always holds.
Records of which a report makes hundreds are structs and not dataclasses, as in :mod:`gazetteer.models`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from msgspec import Struct
from shapely.geometry.base import BaseGeometry

from gazetteer.models import Place

BlockKind = Literal[
    "title", "dateline", "body", "byline", "biography", "related", "licence", "comment", "metadata", "caption"
]
MentionStatus = Literal["resolved", "ambiguous", "unmatched", "rejected"]
MentionKind = Literal["toponym", "demonym", "metonym", "descriptive"]
GeoMethod = Literal["exact", "fuzzy", "relative", "admin", "country", "given"]
Attribute = str | int | float | bool | date | None
EventStatus = Literal["asserted", "claimed", "denied", "planned", "hypothetical", "negated"]
ClaimType = Literal["count", "casualty_total", "force_level", "historical"]
Qualifier = Literal["exact", "at_least", "at_most", "about", "several", "unknown"]


CORRECTION = "correction"  #: the feature of a :class:`Reason` that an analyst set


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that could not be used: where, what was seen, why, and what to do about it."""

    path: str
    line: int | None
    cause: str
    value: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the text that plays one part; everything but ``title``, ``dateline`` and ``body`` is boilerplate."""

    start: int
    end: int
    kind: BlockKind
    reason: str = ""

    @property
    def is_content(self) -> bool:
        """Whether events may be read from this block."""
        return self.kind in {"title", "dateline", "body"}


@dataclass(frozen=True, slots=True)
class Dateline:
    """``WASHINGTON/BAGHDAD, Nov 21 (Reuters) -``: offsets, places as (start, end), month and day as written."""

    start: int
    end: int
    places: tuple[tuple[int, int], ...] = ()
    month: int | None = None
    day: int | None = None
    year: int | None = None
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One report as its reader sees it.

    ``source_offsets`` maps back to the file as decoded: pairs (offset in ``text``, offset in the source) where the
    difference changes, ascending; see :func:`pipeline.ingest.text.to_source`.
    """

    doc_id: str
    text: str
    title: str = ""
    url: str = ""
    source: str = ""
    date: date | None = None
    path: str = ""
    line: int | None = None
    blocks: tuple[Block, ...] = ()
    dateline: Dateline | None = None
    source_offsets: tuple[tuple[int, int], ...] = ((0, 0),)
    notes: tuple[str, ...] = ()

    def block_at(self, offset: int) -> Block | None:
        """Return the block that covers ``offset``, if any."""
        return next((b for b in self.blocks if b.start <= offset < b.end), None)


class Reason(Struct, frozen=True, gc=False):
    """One step of why: the feature, what it added to the score, and a sentence for a person."""

    feature: str
    contribution: float
    text: str


@dataclass(frozen=True, slots=True)
class SpatialRelation:
    """``30 km south of Baghdad``: how something stands to an anchor place, or to several ("between Hit and Haditha").

    Parameters
    ----------
    kind : str
        near, direction, part, inside, outskirts, countryside, coast (the sea off a place), shore, bank, border,
        between, midway or road.
    text : str
        The words with the anchors, as they stand in the report between ``start`` and ``end``, white space made single.
    start, end : int
        Offsets of those words. Like ``text`` left out of comparisons: two reports may say the same.
    anchor_text : str
        The anchor as written; the first where there are several.
    bearing : float or None
        Degrees from north, seen from the anchor.
    distance_km, slack_km : float or None
        Kilometres from the anchor, and half the range where one is said ("20 to 30 km": 25 and 5).
    other_anchors : tuple of str
        The anchors after the first, as written.
    """

    kind: str
    text: str = field(compare=False)
    start: int = field(compare=False)
    end: int = field(compare=False)
    anchor_text: str = ""
    bearing: float | None = None
    distance_km: float | None = None
    slack_km: float | None = None
    other_anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in the text; ``likelihood`` is the chance that it is one at all, 1 where that was not judged."""

    doc_id: str
    start: int
    end: int
    text: str
    kind: MentionKind = "toponym"
    label: str = ""
    recognizer: str = ""
    relation: SpatialRelation | None = None
    cues: tuple[str, ...] = ()
    likelihood: float = 1.0


@dataclass(frozen=True, slots=True)
class Footprint:
    """Where something may lie: a representative point, a radius in metres, and a polygon (lon, lat) if there is one."""

    lat: float
    lon: float
    uncertainty_m: float
    geometry: BaseGeometry | None = None


class Alternative(Struct, frozen=True, gc=False):
    """A runner-up: the place, its score 0 to 1 and why it was not taken."""

    place: Place
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention was taken to mean, how surely, why, and what else it could have been."""

    mention: Mention
    status: MentionStatus
    place: Place | None = None
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    footprint: Footprint | None = None
    geo_precision: int | None = None
    where_prec: int | None = None
    method: GeoMethod | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who: canonical name, ACLED ``inter`` code (0 unknown), associated actor, the words of the text."""

    name: str
    inter: int = 0
    assoc: str = ""
    text: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many: low, best, high (None: not said), the qualifier and the words."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    qualifier: Qualifier = "unknown"
    text: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A date or a span with its precision: ``time_precision`` ACLED 1-3, ``date_prec`` UCDP 1-5."""

    date_start: date
    date_end: date
    time_precision: int
    date_prec: int
    text: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """A doubt about coordinates that a table gives: a code, and a sentence for a person."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """How coordinates that a table gives stand to the place that it names: kilometres apart, and what is doubtful."""

    km: float | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an event is put: one resolution (or none), the footprint drawn, codes and the words.

    ``given`` is there where a table gave coordinates.
    """

    resolution: Resolution | None
    footprint: Footprint | None
    geo_precision: int | None
    where_prec: int | None
    method: GeoMethod | None
    description: str = ""
    relation: SpatialRelation | None = None
    reasons: tuple[str, ...] = ()
    given: Given | None = None


@dataclass(frozen=True, slots=True)
class SourceRef:
    """The sentence an event or a claim came from."""

    doc_id: str
    sentence: str
    sent_start: int
    sent_end: int
    source: str = ""
    url: str = ""
    date: date | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where the reports of one event differ: in what, the range or the choice made, and what each of them says.

    ``told`` holds each value, as text, with the documents that give it.
    """

    aspect: str
    settled: str
    told: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One discrete incident. Field names follow ACLED and UCDP; see ``docs/codebook.md``.

    ``member_ids`` are the ids of the tellings, one a report, that were joined into this event (the smallest is its own
    id); ``merge_score`` and ``merge_reasons`` are those of the weakest link between them, None and empty where one
    report tells it. ``corrections`` says what an analyst set, and where that is written. ``attributes`` are all columns
    of the row of a table that it was read from; they become columns ``src_…``.
    """

    event_id: str
    status: EventStatus
    event_type: str
    sub_event_type: str
    when: When | None
    placement: Placement
    perpetrator: Actor | None
    target: Actor | None
    fatalities: Count
    injuries: Count
    sources: tuple[SourceRef, ...]
    attributed_to: str = ""
    civilian_targeting: bool = False
    confidence: float = 0.5
    notes: tuple[str, ...] = ()
    mentions: tuple[tuple[str, int, int], ...] = ()
    member_ids: tuple[str, ...] = ()
    merge_score: float | None = None
    merge_reasons: tuple[Reason, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    corrections: tuple[str, ...] = ()
    attributes: tuple[tuple[str, Attribute], ...] = ()

    @property
    def all_ids(self) -> tuple[str, ...]:
        """Every id that the event goes by or went by, its own first."""
        return tuple(dict.fromkeys((self.event_id, *self.member_ids)))


@dataclass(frozen=True, slots=True)
class Claim:
    """A tally or background figure: never summed with events."""

    claim_id: str
    claim_type: ClaimType
    measure: str
    count: Count
    sources: tuple[SourceRef, ...]
    period_start: date | None = None
    period_end: date | None = None
    scope: tuple[Resolution, ...] = ()
    attributed_to: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that the work on one article made; ``passed_over`` are tellings that became no event, with the reason.

    ``echoes`` are those of them that may find their event in another report: see ``pipeline/events/echoes.py``.
    ``failure`` is what went wrong in sitmap itself, where nothing else could be made of the article.
    """

    article: Article
    resolutions: tuple[Resolution, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    passed_over: tuple[tuple[SourceRef, str], ...] = ()
    failure: str = ""
    echoes: tuple[Event, ...] = ()
