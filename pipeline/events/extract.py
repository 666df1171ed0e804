"""Article, parse and resolutions -> events and claims. ``Extractor`` is the protocol; this one reads by rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from pipeline.codes import event_type_of
from pipeline.events.actors import Lexicon, inter_in, is_civilian, load_lexicon
from pipeline.events.claims import casualty_scope, make_claim, tally_counts, with_period
from pipeline.events.counts import CountMention, find_counts, harm
from pipeline.events.dates import find_times, reference_date
from pipeline.events.drafts import Draft, Reading, decide_sub_type, draft_telling
from pipeline.events.fold import Incident, PassedOver, fold
from pipeline.events.identity import content_id
from pipeline.events.tellings import find_tellings
from pipeline.models import Actor, Article, Claim, Event, Resolution
from pipeline.parse import ParsedText, Sentence


#: How much a sure resolution says of where the event was, by UCDP where_prec: a province says less than a town.
SURENESS_BY_WHERE_PREC = {1: 1.0, 2: 0.9, 3: 0.8, 4: 0.6, 5: 0.4, 6: 0.3, 7: 0.4}


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an article tells: events, claims, and the tellings passed over with the reason."""

    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()


class Extractor(Protocol):
    """Reads the events of one article; knows no other article."""

    def extract(self, article: Article, parsed: ParsedText, resolutions: Sequence[Resolution], *, as_of: date | None) -> Extraction:
        """Return what the article tells."""
        ...


class RuleExtractor:
    """Read events from the dependency parse with the tables of ``data/triggers.yaml``."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or load_lexicon()

    def extract(self, article: Article, parsed: ParsedText, resolutions: Sequence[Resolution], *, as_of: date | None) -> Extraction:
        """Return what the article tells."""
        today = reference_date(article, as_of=as_of)
        reading = Reading(article, parsed, tuple(resolutions), today.day, self.lexicon, _main_country(resolutions))
        drafts: list[Draft] = []
        claims: list[Claim] = []
        tallied, order = False, 0
        for sentence in parsed.sentences:
            block = article.block_at(sentence.start)
            if block is not None and (not block.is_content or block.kind == "dateline"):
                continue
            told, made = self._sentence(reading, sentence, order, tallied=tallied)
            order += block is None or block.kind == "body"
            tallied = bool(made) or (tallied and not told)
            if not told and drafts and drafts[-1].order == order - 1 - (block is None or block.kind == "body"):
                drafts = _with_harm_told_after(drafts, find_counts(parsed.text, sentence.start, sentence.end))
            drafts += told
            claims += made
        incidents, passed = fold(reading, drafts, article.text)
        events = [_event(reading, i, today.reasons) for i in incidents]
        return Extraction(tuple(_distinct(events)), casualty_scope(with_period(claims, reading)), tuple(passed))

    def _sentence(self, reading: Reading, sentence: Sentence, order: int, *, tallied: bool) -> tuple[list[Draft], list[Claim]]:
        text = reading.parsed.text
        drafts: list[Draft] = []
        for telling in find_tellings(reading.parsed, sentence):
            drafts += [_beside(d, drafts) for d in draft_telling(reading, telling, order)]
        counts = find_counts(text, sentence.start, sentence.end)
        tallies = tally_counts(counts, text[sentence.start : sentence.end], drafts, tallied)
        times = find_times(text, sentence.start, sentence.end, today=reading.today) if tallies else ()
        speaker = next((d.attributed_to for d in drafts if d.attributed_to), "")
        claims = [make_claim(reading, sentence, c, times, speaker) for c in tallies]
        return [d for d in drafts if not _is_told_as_tally(d, tallies)], claims


def _with_harm_told_after(drafts: list[Draft], counts: Sequence[CountMention]) -> list[Draft]:
    """Give the incident of the sentence before what a short sentence adds: "No casualties were reported."."""
    nobody = [c for c in counts if c.kind in {"killed", "injured"} and c.count.high == 0]
    if not nobody:
        return drafts
    dead, hurt = harm(nobody)
    source = drafts[-1].source
    return [
        replace(d, fatalities=dead if d.fatalities.low is None else d.fatalities, injuries=hurt if d.injuries.low is None else d.injuries)
        if d.source == source else d for d in drafts
    ]  # fmt: skip


def _beside(draft: Draft, told: Sequence[Draft]) -> Draft:
    """Give an answer told without a place the place of what it answers, in the same sentence, as no more than a sector."""
    before = [d for d in told if d.placed]
    if draft.placed or draft.family not in {"respond", "harm", "intercept"} or len(before) != 1:
        return draft
    near = before[0].placement
    why = "no place is said of this; taken from what the same sentence tells just before"
    coarse = replace(near, geo_precision=3, where_prec=max(5, near.where_prec or 5), method="relative", description="", reasons=(*near.reasons, why))
    return replace(draft, placement=coarse)


def _is_told_as_tally(draft: Draft, tallies: Sequence[CountMention]) -> bool:
    """Whether a draft only repeats what the sentence counts: its harm is a total, or it is the thing counted."""
    if not tallies:
        return False
    mine = {(c.start, c.end) for c in draft.counts}
    if any(t.kind == "attacks" and (t.start, t.end) in mine for t in tallies):
        return True
    if draft.when is not None:
        return False
    harm_is_total = any((t.start, t.end) in mine and t.kind in {"killed", "injured"} for t in tallies)
    return draft.plural or (harm_is_total and draft.definite)


def _main_country(resolutions: Sequence[Resolution]) -> str:
    """Return the country (ISO 2) most of the article's places lie in, datelines and modifiers aside."""
    named = Counter(
        r.place.country for r in resolutions
        if r.place and r.place.country and r.mention.kind == "toponym" and "dateline" not in r.mention.cues
        and not any(c.startswith(("attributive", "boilerplate")) for c in r.mention.cues)
    )  # fmt: skip
    return min(named, key=lambda c: (-named[c], c)) if named else ""


def _event(reading: Reading, incident: Incident, today_reasons: Sequence[str]) -> Event:
    best = incident.best
    when = incident.when or best.said_day
    sub = best.sub or decide_sub_type(best.family, best.perpetrator, best.target)
    place = best.placement.resolution.place if best.placement.resolution else None
    country = place.country if place else ""
    perpetrator, target = _coded(best.perpetrator, country), _coded(best.target, country)
    if when is not None and when.text and today_reasons:
        when = replace(when, reasons=(*when.reasons, *(r for r in today_reasons if r not in when.reasons)))
    sources = _sources(incident)
    event_id = content_id(when.date_start if when else "", sub, place.place_id if place else best.placement.description,
                          perpetrator.name if perpetrator else "", target.name if target else "", best.source.sentence)  # fmt: skip
    return Event(
        event_id, best.status if best.status in {"claimed", "denied"} else "asserted", event_type_of(sub), sub, when, best.placement,
        perpetrator, target, best.fatalities, best.injuries, sources, best.attributed_to,
        target is not None and is_civilian(target), confidence_of(incident, sub_known=best.sub is not None, dated=when is not None),
        _notes(incident), _mentions(incident),
    )  # fmt: skip


def _coded(actor: Actor | None, country: str) -> Actor | None:
    return None if actor is None else replace(actor, inter=inter_in(actor, country))


def _sources(incident: Incident) -> tuple:  # type: ignore[type-arg]
    first = incident.best.source
    return (first,)


def _notes(incident: Incident) -> tuple[str, ...]:
    told = len({d.source.sent_start for d in incident.drafts})
    notes = list(dict.fromkeys(n for d in incident.drafts for n in d.notes))
    if told > 1:
        notes.append(f"told in {told} sentences of the report: " + "; ".join(dict.fromkeys(incident.reasons)))
    if incident.best.plural:
        notes.append("the report tells of several incidents as one")
    return tuple(notes)


def _mentions(incident: Incident) -> tuple[tuple[str, int, int], ...]:
    found = {
        (d.source.doc_id, d.placement.resolution.mention.start, d.placement.resolution.mention.end)
        for d in incident.drafts if d.placement.resolution is not None
    }  # fmt: skip
    return tuple(sorted(found))


def confidence_of(incident: Incident, *, sub_known: bool, dated: bool) -> float:
    """Return 0 to 1: how far the coding rests on the text, not on defaults. See ``docs/codebook.md``."""
    best, resolution = incident.best, incident.best.placement.resolution
    placed = resolution.score if resolution is not None and resolution.place is not None else 0.0
    placed *= SURENESS_BY_WHERE_PREC.get(best.placement.where_prec or 0, 0.0) * (1.0 if best.placement.description else 0.5)
    retold = len({d.source.sent_start for d in incident.drafts}) > 1
    score = 0.05 + 0.3 * placed + 0.12 * dated + 0.1 * (dated and not incident.assumed) + 0.1 * sub_known
    score += 0.08 * (best.perpetrator is not None) + 0.05 * (best.target is not None) + 0.05 * retold - 0.1 * best.plural
    return round(max(0.05, min(0.95, score)), 2)


def _distinct(events: Sequence[Event]) -> list[Event]:
    """Drop events with the same id: two sentences, word for word alike."""
    return list({e.event_id: e for e in events}.values())
