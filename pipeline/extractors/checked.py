"""From what a model tells to an event: borne out by the article, placed by our resolver, or dropped with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.codes import event_type_of
from pipeline.events.actors import Lexicon, canonical, inter_in, is_civilian
from pipeline.events.counts import find_counts, harm
from pipeline.events.dates import find_times, when_of
from pipeline.events.identity import content_id
from pipeline.events.places import NOT_SAID, placement_of
from pipeline.extractors.answer import Told
from pipeline.models import Actor, Article, Count, Event, Mention, Placement, Resolution, SourceRef, When

Resolve = Callable[[Article, Sequence[Mention]], Sequence[Resolution]]
HAPPENED = frozenset({"asserted", "claimed", "denied"})
LONGEST_SPAN = 366  # days
OLDEST = 3 * 366  # days before the report; what is older is background
# How much a sure resolution says of where the event was, by UCDP where_prec: a province says less than a town.
SURENESS_BY_WHERE_PREC = {1: 1.0, 2: 0.9, 3: 0.8, 4: 0.6, 5: 0.4, 6: 0.3, 7: 0.4}
MOST_CONFIDENCE = 0.7  # a model's reading, which nobody checked


class DroppedError(Exception):
    """An event of the answer that the article does not bear out; the message says why, in our words."""

    def __init__(self, why: str, source: SourceRef | None = None) -> None:
        super().__init__(why)
        self.source = source


@dataclass(frozen=True, slots=True)
class Checker:
    """Bears out what a model tells of one article.

    Parameters
    ----------
    article : Article
    resolutions : tuple of Resolution
        Of the places that were recognized.
    resolve : callable
        Resolves mentions of the article; for places that only the model saw.
    today : date or None
        The report's own day.
    lexicon : Lexicon
    """

    article: Article
    resolutions: tuple[Resolution, ...]
    resolve: Resolve
    today: date | None
    lexicon: Lexicon

    def event_of(self, told: Told, note: str) -> Event:
        """Return the event.

        Raises
        ------
        DroppedError
            The sentence is not in the article, or it tells of nothing that happened, or not who, where or when.
        """
        source = self._source(told)
        if told.status not in HAPPENED:
            raise DroppedError(f"{told.status}: it is not said to have happened", source)
        placement, when = self._placement(told, source), self._when(told, source)
        sides = [self._actor(words, placement) for words in (told.perpetrator, told.target)]
        if placement.resolution is None and when is None and sides == [None, None]:
            raise DroppedError("says neither who, nor where, nor when", source)
        counts, doubts = self._harm(told, source)
        return Event(
            event_id=_id(source, told.sub_event_type, when, placement, sides),
            status=told.status,
            event_type=event_type_of(told.sub_event_type),
            sub_event_type=told.sub_event_type,
            when=when,
            placement=placement,
            perpetrator=sides[0],
            target=sides[1],
            fatalities=counts[0],
            injuries=counts[1],
            sources=(source,),
            attributed_to=self._verbatim(told.attributed_to),
            civilian_targeting=sides[1] is not None and is_civilian(sides[1]),
            confidence=_confidence(placement, when, sides),
            notes=(note, *doubts),
            mentions=self._mentions(placement),
        )

    def _source(self, told: Told) -> SourceRef:
        """Return where the sentence stands; white space may differ, no letter may."""
        found = _find(told.sentence, self.article.text)
        if found is None:
            raise DroppedError("the sentence given for it does not stand in the article")
        start, end = found
        block = self.article.block_at(start)
        a = self.article
        source = SourceRef(a.doc_id, a.text[start:end], start, end, a.source, a.url, a.date, a.title)
        if block is not None and (not block.is_content or end > block.end):
            raise DroppedError("the sentence given for it stands in no part that tells of events", source)
        return source

    def _placement(self, told: Told, source: SourceRef) -> Placement:
        span = None if told.place is None else self._near(told.place, source)
        if span is None:
            return NOT_SAID
        known = [r for r in self.resolutions if r.mention.start < span[1] and span[0] < r.mention.end]
        found = max(known, key=lambda r: (r.place is not None, _shared(r, span))) if known else self._resolved(span)
        return placement_of(self.article.text, found)

    def _resolved(self, span: tuple[int, int]) -> Resolution:
        """Return what a name means that only the model saw: read beside all others of the article."""
        mention = Mention(self.article.doc_id, *span, self.article.text[slice(*span)], recognizer="extractor")
        mentions = sorted([*(r.mention for r in self.resolutions), mention], key=lambda m: (m.start, m.end))
        resolved = self.resolve(self.article, mentions)
        return next(r for r in resolved if r.mention == mention)

    def _near(self, words: str, source: SourceRef) -> tuple[int, int] | None:
        """Return where words stand: in the sentence, else first in the article; None where they do not."""
        inside = _find(words, source.sentence)
        if inside is not None:
            return inside[0] + source.sent_start, inside[1] + source.sent_start
        return _find(words, self.article.text)

    def _verbatim(self, words: str | None) -> str:
        """Return words as the article has them, or nothing where it does not."""
        found = None if words is None else _find(words, self.article.text)
        return "" if found is None else " ".join(self.article.text[slice(*found)].split())

    def _actor(self, words: str | None, placement: Placement) -> Actor | None:
        """Return the actor that words of the article mean, by our lexicon."""
        told = self._verbatim(words)
        if not told:
            return None
        place = placement.resolution.place if placement.resolution else None
        country = place.country if place else ""
        actor = canonical(told, lexicon=self.lexicon, country=country)
        return replace(actor, inter=inter_in(actor, country))

    def _when(self, told: Told, source: SourceRef) -> When | None:
        """Return the day that our own reading of the words gives, else the model's where it can be."""
        span = None if told.date_text is None else self._near(told.date_text, source)
        if span is not None:
            times = find_times(self.article.text, *span, today=self.today)
            read = next((w for t in times if (w := when_of(t, today=self.today)) is not None), None)
            if read is not None:
                return read
        first, last = told.date, told.date_end or told.date
        if first is None or last is None or not self._may_be(first, last):
            return None
        days = (last - first).days
        text = "" if span is None else self.article.text[slice(*span)]
        return When(first, last, 1 if days < 1 else 2 if days < 8 else 3, _date_prec(days), text,
                    ("the day is the extractor's reading",))  # fmt: skip

    def _may_be(self, first: date, last: date) -> bool:
        """Whether a span of days is one, and neither in the future nor long ago."""
        if not 0 <= (last - first).days <= LONGEST_SPAN:
            return False
        return self.today is None or timedelta(-1) <= self.today - last <= timedelta(OLDEST)

    def _harm(self, told: Told, source: SourceRef) -> tuple[tuple[Count, Count], tuple[str, ...]]:
        """Return the counts that the sentence bears out, and a note for each that it does not."""
        mentions = find_counts(source.sentence)
        told_here = {n for m in mentions for n in (m.count.low, m.count.best, m.count.high) if n is not None}
        counts, doubts = [], []
        for name, number, read in zip(
            ("deaths", "injuries"), (told.deaths, told.injuries), harm(mentions), strict=True
        ):
            if number is None:
                counts.append(Count())
            elif number in {read.low, read.best, read.high}:
                counts.append(read)
            elif number in told_here:
                counts.append(Count(number, number, number, "unknown", str(number)))
            else:
                counts.append(Count())
                doubts.append(f"the extractor's number of {name} is not in the sentence and was dropped")
        return (counts[0], counts[1]), tuple(doubts)

    def _mentions(self, placement: Placement) -> tuple[tuple[str, int, int], ...]:
        found = placement.resolution
        return () if found is None else ((self.article.doc_id, found.mention.start, found.mention.end),)


def _find(words: str, text: str) -> tuple[int, int] | None:
    """Return where words stand in a text, letter for letter; white space counts as one space."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    edge = r"(?<!\w)" if re.match(r"\w", words.strip()) else ""
    found = re.search(f"{edge}{pattern}", text) if pattern else None
    return found.span() if found else None


def _shared(resolution: Resolution, span: tuple[int, int]) -> int:
    return min(span[1], resolution.mention.end) - max(span[0], resolution.mention.start)


def _date_prec(days: int) -> int:
    """Return UCDP's precision of a span."""
    return next((prec for prec, most in ((1, 0), (2, 5), (3, 7), (4, 31)) if days <= most), 5)


def _id(source: SourceRef, sub: str, when: When | None, placement: Placement, sides: Sequence[Actor | None]) -> str:
    place = placement.resolution.place if placement.resolution else None
    where = place.place_id if place else placement.description
    names = (actor.name if actor else "" for actor in sides)
    return content_id(when.date_start if when else "", sub, where, *names, source.sentence)


def _confidence(placement: Placement, when: When | None, sides: Sequence[Actor | None]) -> float:
    """Return 0 to 1: points for what is known, set once, with a ceiling."""
    found = placement.resolution
    placed = found.score * SURENESS_BY_WHERE_PREC.get(placement.where_prec or 0, 0.0) if found and found.place else 0.0
    score = (
        0.15 + 0.3 * placed + 0.2 * (when is not None) + 0.08 * (sides[0] is not None) + 0.05 * (sides[1] is not None)
    )
    return round(min(MOST_CONFIDENCE, score), 2)
