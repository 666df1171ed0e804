"""Article, parse and resolutions -> events and claims. ``Extractor`` is the protocol; this one reads by rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pipeline.events.actors import Lexicon, load_lexicon
from pipeline.events.blame import as_claimed, tells_anew, with_blamed, with_owned_up
from pipeline.events.claims import casualty_scope, make_claim, ordinal_tallies, tally_counts, with_period
from pipeline.events.coding import code_event
from pipeline.events.confidence import what_lacks, without_weak
from pipeline.events.counts import HURT, CountMention, find_counts
from pipeline.events.dates import find_times, reference_date
from pipeline.events.drafts import BLOODLESS, SAID, Draft, draft_sentence
from pipeline.events.echoes import echoes_of
from pipeline.events.fold import fold
from pipeline.events.incidents import Incident
from pipeline.events.left_over import with_left_over
from pipeline.events.listing import listed_parts
from pipeline.events.of_the_country import with_country_of_place
from pipeline.events.passed_over import Dropped, PassedOver
from pipeline.events.places import coarseness
from pipeline.events.posts import without_people_at_posts
from pipeline.events.reading import CLOSED, Reading, reading_of
from pipeline.events.sole_rebels import with_sole_rebels
from pipeline.events.sole_striker import with_sole_striker
from pipeline.events.sole_telling import sole_telling
from pipeline.events.told_after import with_day_told_after, with_harm_told_after
from pipeline.events.tolls import is_put_otherwise, with_toll
from pipeline.models import Article, Claim, Event, Resolution
from pipeline.parse import ParsedText, Sentence

HARMS = frozenset({"deaths", "injured"})  # measures of claims
HARM_SENTENCES = 2  # so far back what a sentence without an incident tells of those hurt may belong
FAR_SENTENCES = 5
FAR_CHARS = 900  # so far back stands what somebody else puts otherwise
LEAST_WORDS = 5
LONG_CHARS = 40
A_DAY, DISTRICT = 1, 3  # UCDP date_prec, where_prec


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an article tells: events, claims, and the tellings passed over with the reason.

    ``echoes`` are those of the last that may find their event in another report.
    """

    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    passed_over: tuple[PassedOver | Dropped, ...] = ()
    echoes: tuple[Event, ...] = ()


class Extractor(Protocol):
    """Reads the events of one article; knows no other article."""

    def extract(
        self, article: Article, parsed: ParsedText, resolutions: Sequence[Resolution], *, as_of: date | None
    ) -> Extraction:
        """Return what the article tells."""
        ...


class RuleExtractor:
    """Read events from the dependency parse with the tables of ``data/triggers.yaml``.

    Examples
    --------
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "Gunmen shelled soldiers on 20 November 2023, killing three."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> told = RuleExtractor().extract(Article("a", text), parsed, (), as_of=None)
    >>> [(e.sub_event_type, str(e.when.date_start), e.fatalities.best) for e in told.events]
    [('Shelling/artillery/missile attack', '2023-11-20', 3)]
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or load_lexicon()

    def extract(
        self, article: Article, parsed: ParsedText, resolutions: Sequence[Resolution], *, as_of: date | None
    ) -> Extraction:
        """Return what the article tells."""
        today = reference_date(article, as_of=as_of)
        reading = reading_of(article, parsed, resolutions, today.day, self.lexicon)
        drafts: list[Draft] = []
        claims: list[Claim] = []
        tallied, order = False, 0
        for sentence, is_body in _sentences(article, parsed):
            counts = find_counts(parsed.text, sentence.start, sentence.end)
            told, made = self._sentence(reading, sentence, counts, order, tallied=tallied)
            told = as_claimed(told, drafts, parsed.text[sentence.start : sentence.end])
            silent = all(d.status not in SAID or d.family in BLOODLESS for d in told)
            if is_put_otherwise(told, parsed.text[sentence.start : sentence.end]):
                drafts, told, made = _as_put_otherwise(reading, sentence, drafts, (told, made, counts))
            elif silent and drafts and 0 <= order - drafts[-1].order <= _reach(drafts):
                drafts, made = _with_harm(reading, sentence, drafts, made, counts)
            if silent and drafts:
                drafts = with_day_told_after(drafts, reading, sentence, order)
            told = with_blamed(told, parsed, sentence, order, lexicon=self.lexicon, country=reading.country)
            drafts = with_owned_up(drafts, told, order)
            if not any(tells_anew(d) for d in told):
                drafts = with_blamed(drafts, parsed, sentence, order, lexicon=self.lexicon, country=reading.country)
            tallied = bool(made) or (tallied and not told)
            order += is_body
            drafts += told
            claims += made
        incidents, passed = fold(reading, drafts)
        spoken_of = echoes_of(reading, passed)
        if not incidents and (incidents := sole_telling(spoken_of, today.day, article.text)):
            spoken_of = [i for i in spoken_of if i not in incidents]
        incidents = without_people_at_posts(with_country_of_place(incidents, self.lexicon))
        incidents = with_sole_rebels(incidents, reading)
        incidents = with_sole_striker(incidents, reading)
        incidents, weak = without_weak(incidents)
        events = _coded(incidents, today.reasons)
        counted = {c.claim_id: c for c in casualty_scope(with_period(claims, reading))}
        echoes = _coded((*weak, *spoken_of), today.reasons)
        full = {_incident(e) for e in events.values()}
        apart = tuple(e for key, e in echoes.items() if key not in events and _incident(e) not in full)
        passed += [PassedOver(i.best, what_lacks(i)) for i in weak]
        return Extraction(tuple(events.values()), tuple(counted.values()), tuple(passed), apart)

    def _sentence(
        self, reading: Reading, sentence: Sentence, counts: Sequence[CountMention], order: int, *, tallied: bool
    ) -> tuple[list[Draft], list[Claim]]:
        text = reading.parsed.text
        drafts = draft_sentence(reading, sentence, order, counts)
        tallies = tally_counts(counts, text[sentence.start : sentence.end], drafts, tallied=tallied)
        told = (*tallies, *ordinal_tallies(text, sentence.start, sentence.end))
        times = find_times(text, sentence.start, sentence.end, today=reading.today) if told else ()
        speaker = next((d.attributed_to for d in drafts if d.attributed_to), "")
        claims = [make_claim(reading, sentence, c, times, speaker) for c in told]
        kept = [d for d in drafts if not _is_told_as_tally(d, tallies)]
        return with_left_over(kept, counts, tallies, text), claims


def _as_put_otherwise(
    reading: Reading,
    sentence: Sentence,
    drafts: list[Draft],
    told: tuple[list[Draft], list[Claim], Sequence[CountMention]],
) -> tuple[list[Draft], list[Draft], list[Claim]]:
    """Return the drafts with the toll as somebody else puts it, and what the sentence then tells besides."""
    told_of, made, counts = told
    near = bool(drafts) and sentence.start - drafts[-1].source.sent_start <= FAR_CHARS
    text = reading.parsed.text
    tolled = with_toll(drafts, counts, text[sentence.start : sentence.end], text) if near else None
    if tolled is None:
        return drafts, told_of, made
    rest = [d for d in told_of if not (d.fatalities.low or d.injuries.low)]
    return tolled, rest, [c for c in made if c.measure not in HARMS]


def _with_harm(
    reading: Reading, sentence: Sentence, drafts: list[Draft], made: list[Claim], counts: Sequence[CountMention]
) -> tuple[list[Draft], list[Claim]]:
    """Return the drafts with what a sentence that tells of no incident adds to the last, and the claims left of it."""
    text = reading.parsed.text
    tolled = with_toll(drafts, counts, text[sentence.start : sentence.end], text)
    if tolled is not None:
        return tolled, [c for c in made if c.measure not in HARMS]
    return (drafts if made else with_harm_told_after(drafts, counts, reading)), made


def _coded(incidents: Iterable[Incident], reasons: Sequence[str]) -> dict[str, Event]:
    """Return the events of incidents by id: a sentence told twice, once."""
    return {event.event_id: event for event in (code_event(incident, reasons) for incident in incidents)}


def _incident(event: Event) -> tuple[str, str, date | None]:
    """Return kind, place and day of an event: what is spoken of and told in full by one report is no second one."""
    found = event.placement.resolution
    place = found.place.place_id if found is not None and found.place is not None else event.event_id
    return event.sub_event_type, place, event.when.date_start if event.when is not None else None


def _sentences(article: Article, parsed: ParsedText) -> Iterator[tuple[Sentence, bool]]:
    """Yield the sentences to read, and whether each stands in the body; boilerplate and datelines are left out.

    Of a sentence that a page tells twice, above the story and in it, the last one is read.
    """
    last = {parsed.text[s.start : s.end].strip(): s.start for s in parsed.sentences}
    for sentence in parsed.sentences:
        block, words = article.block_at(sentence.start), parsed.text[sentence.start : sentence.end].strip()
        repeated = len(words) >= LONG_CHARS and last[words] != sentence.start
        if not repeated and (block is None or (block.is_content and block.kind != "dateline")):
            for part in listed_parts(parsed, sentence):
                yield part, (block is None or block.kind == "body") and _says_something(parsed, part)


def _says_something(parsed: ParsedText, sentence: Sentence) -> bool:
    """Whether a sentence is more than what a page puts around a report: an hour, a count of comments, a byline."""
    words = parsed.text[sentence.start : sentence.end].rstrip()
    return words.endswith(CLOSED) or sum(t.text.isalpha() for t in parsed.tokens_of(sentence)) >= LEAST_WORDS


def _reach(drafts: Sequence[Draft]) -> int:
    """Return how many sentences back harm may belong to what was told: farther, if that is one thing only."""
    told = {d.source.sent_start for d in drafts if d.status in SAID and not d.headline}
    return HARM_SENTENCES if len(told) > 1 else FAR_SENTENCES


def _is_of_one_blow(draft: Draft) -> bool:
    """Whether so many raids are of one day and one place: "launched 15 raids on the airport on Tuesday"."""
    placed = draft.placed and coarseness(draft.placement) <= DISTRICT
    return placed and draft.when is not None and draft.when.date_prec == A_DAY


def _is_told_as_tally(draft: Draft, tallies: Sequence[CountMention]) -> bool:
    """Whether a draft only repeats what the sentence counts: its harm is a total, or it is the thing counted."""
    if not tallies:
        return False
    mine = {(c.start, c.end) for c in draft.counts}
    if any(t.kind == "attacks" and (t.start, t.end) in mine for t in tallies):
        return not _is_of_one_blow(draft)
    if draft.when is not None:
        return False
    harm_is_total = any((t.start, t.end) in mine and t.kind in HURT for t in tallies)
    return draft.plural or (harm_is_total and draft.definite)
