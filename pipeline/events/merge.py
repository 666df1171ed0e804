"""Across articles: the same incident told by several reports becomes one event with all its sources."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from pipeline.events.compare import Verdict, compare_actors, compare_places
from pipeline.events.identity import content_id
from pipeline.events.judgements import NO_JUDGEMENTS, Judgements
from pipeline.models import Article, Claim, Count, Event, Report

SHINGLE_WORDS = 5
NEAR_COPY = 0.5  # share of shingles in common above which two reports are one text, edited
NEEDED = 1.4
NEEDED_IN_COPIES = 0.6


def merge_reports(
    reports: Sequence[Report], *, judgements: Judgements = NO_JUDGEMENTS
) -> tuple[tuple[Event, ...], tuple[Claim, ...]]:
    """Return the events and claims of all reports, each once, sorted by day and id.

    The order of reports does not matter. Two events of one article are never joined, and pairs are only compared
    within a day of each other, unless ``judgements`` say so.
    """
    ordered = sorted(reports, key=lambda r: (str(r.article.date or ""), _body(r.article), r.article.doc_id))
    copies = near_copies([r.article for r in ordered])
    rows = [(event, report.article.doc_id) for report in ordered for event in report.events]
    groups: list[list[tuple[Event, str]]] = []
    by_day: dict[object, list[int]] = defaultdict(list)
    for event, doc_id in rows:
        best, score = None, 0.0
        for number in sorted({n for day in _days(event) for n in by_day[day]}):
            if judgements.parts([event.event_id], [e.event_id for e, _ in groups[number]]):
                continue
            found = _verdict(groups[number], event, doc_id, copies)
            if found is not None and found > score:
                best, score = number, found
        if best is None:
            groups.append([(event, doc_id)])
            best = len(groups) - 1
        else:
            groups[best].append((event, doc_id))
        for day in _days(event):
            by_day[day] = sorted({*by_day[day], best})
    members = _judged_same([[e for e, _ in g] for g in groups], judgements)
    events = sorted(map(_joined, members), key=_order)
    return tuple(events), _joined_claims(ordered)


def _judged_same(groups: list[list[Event]], judgements: Judgements) -> list[list[Event]]:
    """Return the groups with those joined that were judged the same; two judged different keep theirs apart."""
    for pair in sorted(judgements.same, key=sorted):
        named = [g for g in groups if pair & {e.event_id for e in g}]
        ids = [[e.event_id for e in g] for g in named]
        if len(named) > 1 and not any(judgements.parts(a, b) for i, a in enumerate(ids) for b in ids[i + 1 :]):
            groups = [g for g in groups if g not in named] + [[e for g in named for e in g]]
    return groups


def _days(event: Event) -> list[object]:
    if event.when is None:
        return [None]
    day = event.when.date_start
    return [day + timedelta(days=n) for n in (-1, 0, 1)]


def _order(event: Event) -> tuple[str, str]:
    return (str(event.when.date_start) if event.when else "9999", event.event_id)


def _verdict(
    group: Sequence[tuple[Event, str]], event: Event, doc_id: str, copies: set[frozenset[str]]
) -> float | None:
    if any(other == doc_id for _, other in group):
        return None
    copied = any(frozenset({other, doc_id}) in copies for _, other in group)
    verdict = compare_events(group[0][0], event)
    if verdict.score is None:
        return None
    return verdict.score if verdict.score >= (NEEDED_IN_COPIES if copied else NEEDED) else None


def compare_events(one: Event, other: Event) -> Verdict:
    """Return how far two events of different reports agree; score None where they cannot be one."""
    if one.sub_event_type != other.sub_event_type:
        return Verdict(None, ("different kinds of event",))
    if one.when is None or other.when is None:
        return Verdict(None, ("no day to compare",))
    same_day = one.when.date_start <= other.when.date_end and other.when.date_start <= one.when.date_end
    if not same_day:
        return Verdict(None, ("different days",))
    places = compare_places(one.placement, other.placement)
    actors = compare_actors((one.perpetrator, other.perpetrator), (one.target, other.target))
    if places.score is None or actors.score is None:
        return Verdict(None, places.why + actors.why)
    counts = -0.5 if _conflict(one.fatalities, other.fatalities) else 0.0
    exact = one.when.date_prec == other.when.date_prec == 1
    score = (0.5 if exact else 0.1) + places.score + actors.score + counts
    return Verdict(score, ("same kind of event", "same day", *places.why, *actors.why))


def _conflict(one: Count, other: Count) -> bool:
    """Whether two numbers are too far apart to be two reports of one incident."""
    if one.best is None or other.best is None:
        return False
    low, high = sorted((one.best, other.best))
    return high > max(2 * low, low + 3)


def _joined(events: Sequence[Event]) -> Event:
    """Return one event from several reports of it: the surest leads, ranges widen, every source is kept."""
    if len(events) == 1:
        return events[0]
    lead = min(events, key=lambda e: (e.placement.where_prec or 9, -e.confidence, e.event_id))
    sources = tuple(dict.fromkeys([*lead.sources, *(s for e in events for s in e.sources)]))
    dead, dead_note = _range([e.fatalities for e in events], "deaths")
    hurt, hurt_note = _range([e.injuries for e in events], "injured")
    told = (n for e in events for n in e.notes)
    notes = dict.fromkeys(filter(None, (*told, f"merged from {len(events)} reports", dead_note, hurt_note)))
    return replace(
        lead,
        event_id=min(e.event_id for e in events),
        member_ids=tuple(sorted({e.event_id for e in events})),
        sources=sources,
        fatalities=dead,
        injuries=hurt,
        perpetrator=next((e.perpetrator for e in (lead, *events) if e.perpetrator), None),
        target=next((e.target for e in (lead, *events) if e.target), None),
        confidence=round(min(0.97, max(e.confidence for e in events) + 0.05 * (len(events) - 1)), 2),
        notes=tuple(notes),
        mentions=tuple(sorted({m for e in events for m in e.mentions})),
    )


def _range(counts: Sequence[Count], what: str) -> tuple[Count, str]:
    """Return the range over reports that disagree, and a note that says so."""
    said = [c for c in counts if c.best is not None or c.low is not None]
    if not said:
        return counts[0], ""
    lows, highs = [c.low for c in said if c.low is not None], [c.high for c in said]
    best = sorted(c.best for c in said if c.best is not None)
    high = None if any(h is None for h in highs) else max(h for h in highs if h is not None)
    joined = replace(said[0], low=min(lows, default=None), best=best[len(best) // 2] if best else None, high=high)
    differ = len({(c.low, c.best, c.high) for c in said}) > 1
    words = ", ".join(dict.fromkeys(c.text for c in said if c.text))
    return (joined, f"reports disagree on {what}: {words}") if differ else (said[0], "")


def _joined_claims(reports: Sequence[Report]) -> tuple[Claim, ...]:
    found: dict[str, Claim] = {}
    for claim in (c for r in reports for c in r.claims):
        known = found.get(claim.claim_id)
        found[claim.claim_id] = replace(known, sources=(*known.sources, *claim.sources)) if known else claim
    return tuple(found[key] for key in sorted(found))


def near_copies(articles: Sequence[Article]) -> set[frozenset[str]]:
    """Return pairs of doc_ids whose texts share at least half of their five-word runs (Jaccard).

    Examples
    --------
    >>> text = "Rockets hit a depot outside the old town on Monday"
    >>> found = near_copies([Article("a", text), Article("b", text + " night"), Article("c", "Talks went on in Amman")])
    >>> [sorted(pair) for pair in found]
    [['a', 'b']]
    """
    shingles = {a.doc_id: _shingles(_body(a)) for a in articles}
    homes: dict[int, list[str]] = defaultdict(list)
    for doc_id, found in shingles.items():
        for shingle in found:
            homes[shingle].append(doc_id)
    shared: dict[frozenset[str], int] = defaultdict(int)
    for docs in homes.values():
        for i, one in enumerate(docs[:20]):  # a phrase that very many reports share says nothing
            for other in docs[i + 1 : 20]:
                shared[frozenset({one, other})] += 1
    return {pair for pair, n in shared.items() if len(pair) == 2 and n / _union(shingles, pair, n) >= NEAR_COPY}


def _union(shingles: dict[str, set[int]], pair: frozenset[str], n: int) -> int:
    return sum(len(shingles[d]) for d in pair) - n


def _body(article: Article) -> str:
    return " ".join(article.text[b.start : b.end] for b in article.blocks if b.kind == "body") or article.text


def _shingles(text: str) -> set[int]:
    words = re.findall(r"\w+", text.lower())
    runs = (" ".join(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1)))
    return {int(content_id(run), 16) for run in runs}
