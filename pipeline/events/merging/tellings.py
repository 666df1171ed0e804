"""What is compared: each event of each article once, with the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gazetteer.models import Place
from pipeline.events._words import fold
from pipeline.events.counts import find_counts
from pipeline.events.merging.words import Words, words_of
from pipeline.models import Article, Event, Report, Resolution

REACH = 500  # characters read on after the sentence that tells of an event, up to the next event's
MOST_NAMED = 3
LEAD = 1_200  # of a report of one event, so much is read
CAPITAL = "PPLC"
HELD = ("abducted", "detained", "missing")
TAKING = re.compile(r"abduct|kidnap|seiz|detain|arrest|captur|missing|hostage|took|taken|round|held", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of an event: the event, the documents that have it word for word, and its words.

    ``sentence`` are the words of the sentence that states it, ``around`` those of what follows too; ``held`` how many
    were taken, where that is told. ``named`` are the places that its sentence names, or a short report of one event,
    for where none is linked to it; ``filed`` the towns of its dateline, where it names none. ``lands`` are the
    countries of all places that the report names but that of the event itself, ``unknown`` the names that are in no
    gazetteer.
    """

    event: Event
    docs: frozenset[str]
    members: tuple[Event, ...]
    told_on: date | None
    sentence: Words
    around: Words
    held: int | None = None
    named: tuple[Place, ...] = ()
    filed: tuple[Place, ...] = ()
    lands: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """The id of the event."""
        return self.event.event_id


def tellings_of(reports: Sequence[Report]) -> list[Told]:
    """Return the tellings of all reports, those word for word alike as one; sorted by id."""
    found: dict[str, list[Told]] = {}
    for report in reports:
        starts = sorted(e.sources[0].sent_start for e in report.events)
        for event in report.events:
            told = _told(event, report.article, starts)
            found.setdefault(event.event_id, []).append(_with_names(told, report, alone=len(starts) == 1))
    return [_as_one(found[key]) for key in sorted(found)]


def _told(event: Event, article: Article, starts: Sequence[int]) -> Told:
    source = event.sources[0]
    counts = find_counts(source.sentence) if TAKING.search(source.sentence) else ()
    held = next((c.count.best for c in counts if c.kind in HELD), None)
    around = words_of(_around(article, source.sent_start, source.sent_end, starts))
    sentence = words_of(source.sentence)
    if not sentence.hours and len(starts) == 1:
        sentence = replace(sentence, hours=around.hours)
    return Told(event, frozenset({source.doc_id}), (event,), article.date, sentence, around, held)


def _with_names(told: Told, report: Report, *, alone: bool) -> Told:
    """Return a telling with the places that its report names, as far as they may say where it was."""
    own = told.event.placement.resolution
    lands = {r.place.country for r in report.resolutions if r.place and (own is None or r.mention != own.mention)}
    told = replace(told, lands=frozenset(lands - {""}), unknown=_unknown(report, told.event, alone=alone))
    if own is not None and own.place is not None:
        return told
    named = () if own is not None else _named(report, told.event, alone=alone)
    return replace(told, named=named, filed=_filed(report) if alone and not named else ())


def _unknown(report: Report, event: Event, *, alone: bool) -> frozenset[str]:
    """Return the names of the event's sentence, or of a short report of one event, that no gazetteer has."""
    source = event.sources[0]
    names = [r.mention for r in report.resolutions if r.place is None and r.mention.kind == "toponym"]
    near = [m for m in names if alone or source.sent_start <= m.start < source.sent_end]
    return frozenset(fold(m.text) for m in near if "dateline" not in m.cues)


def _filed(report: Report) -> tuple[Place, ...]:
    """Return the town of the dateline; a capital is where the bureau is."""
    places = [r.place for r in report.resolutions if "dateline" in r.mention.cues and r.place is not None]
    towns = [p for p in places if p.feature_class == "P" and p.feature_code != CAPITAL]
    return tuple(dict.fromkeys(towns))[:MOST_NAMED]


def _named(report: Report, event: Event, *, alone: bool) -> tuple[Place, ...]:
    """Return the places that the sentence of an event names, or else, where no other is told, its report."""
    source, towns = event.sources[0], [r for r in report.resolutions if _is_local(r)]
    inside = [r.place for r in towns if source.sent_start <= r.mention.start < source.sent_end]
    return tuple(filter(None, inside or ([r.place for r in towns] if alone else [])))[:MOST_NAMED]


def _is_local(resolution: Resolution) -> bool:
    """Whether a name stands for a place narrower than a country, and not for where the report was written."""
    place, aside = resolution.place, {"dateline"} & set(resolution.mention.cues)
    return (
        place is not None
        and not place.feature_code.startswith("PCL")
        and resolution.mention.kind == "toponym"
        and not aside
    )


def _around(article: Article, start: int, end: int, starts: Sequence[int]) -> str:
    """Return the text that may speak of an event: its sentence and on to the next event's, or all of a short report."""
    if len(starts) == 1:
        return body_of(article)[:LEAD] + " " + article.text[start:end]
    following = next((s for s in starts if s > start), len(article.text))
    return article.text[start : max(end, min(following, end + REACH))]


def _as_one(copies: Sequence[Told]) -> Told:
    first = min(copies, key=lambda t: (str(t.told_on or "9999"), min(t.docs)))
    members = tuple(t.event for t in sorted(copies, key=lambda t: (str(t.told_on or ""), min(t.docs))))
    return replace(first, docs=frozenset(d for t in copies for d in t.docs), members=members)


def body_of(article: Article) -> str:
    """Return the body of an article, or all of its text where no parts are known."""
    return " ".join(article.text[b.start : b.end] for b in article.blocks if b.kind == "body") or article.text
