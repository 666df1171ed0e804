"""One telling -> its drafts: what one sentence alone says of an incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.events.actors import Lexicon, find_actors
from pipeline.events.counts import CountMention, find_counts, harm
from pipeline.events.dates import TimeMention
from pipeline.events.joining import HARM
from pipeline.events.kinds import sub_type_of
from pipeline.events.places import NOT_SAID, find_places
from pipeline.events.roles import find_roles, is_said_by
from pipeline.events.status import speaker_of, status_of
from pipeline.events.tellings import Telling, is_habitual, support_verb
from pipeline.events.timing import anaphoric_of, belongs, days_of, times_of
from pipeline.models import Actor, Article, Count, EventStatus, Placement, Resolution, SourceRef, When
from pipeline.parse import ParsedText, Sentence, Token

ACTOR_NAMES = frozenset({"named", "state", "state_person", "official", "generic"})
HANGING = frozenset({"acl", "pcomp", "pobj", "amod", "dobj", "nsubj"})


@dataclass(frozen=True, slots=True)
class Draft:
    """What one sentence says of one incident; ``said_day`` is a date that only says when it was told."""

    source: SourceRef
    family: str
    sub: str | None
    status: EventStatus
    perpetrator: Actor | None
    target: Actor | None
    placement: Placement
    when: When | None
    said_day: When | None
    anaphoric: TimeMention | None
    fatalities: Count
    injuries: Count
    attributed_to: str
    plural: bool
    definite: bool
    bare: bool
    headline: bool = False
    order: int = 0
    other: bool = False
    habitual: bool = False
    past_perfect: bool = False
    times: tuple[TimeMention, ...] = ()
    counts: tuple[CountMention, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def placed(self) -> bool:
        """Whether the sentence says where."""
        return self.placement.resolution is not None and self.placement.resolution.place is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """What is needed to read one article: its text, parse, places, today, and the lexicon of actors."""

    article: Article
    parsed: ParsedText
    resolutions: tuple[Resolution, ...]
    today: date | None
    lexicon: Lexicon
    country: str = ""

    def in_sentence(self, sentence: Sentence) -> tuple[Resolution, ...]:
        """Return the resolutions inside a sentence."""
        return tuple(r for r in self.resolutions if sentence.start <= r.mention.start < sentence.end)

    def sites_in(self, sentence: Sentence) -> tuple[Resolution, ...]:
        """Return the resolutions inside a sentence that are no part of an actor's name ("Resistance in |Iraq|")."""
        actors = find_actors(self.parsed.text, sentence.start, sentence.end, lexicon=self.lexicon, country=self.country)
        names = [(a.start, a.end) for a in actors if a.kind in ACTOR_NAMES]
        return tuple(
            r
            for r in self.in_sentence(sentence)
            if not any(s <= r.mention.start and r.mention.end <= e for s, e in names)
        )

    def before(self, offset: int) -> tuple[Resolution, ...]:
        """Return the resolutions before an offset."""
        return tuple(r for r in self.resolutions if r.mention.end <= offset)

    def is_headline(self, sentence: Sentence) -> bool:
        """Return whether a sentence stands in the title."""
        block = self.article.block_at(sentence.start)
        return block is not None and block.kind == "title"

    def source(self, sentence: Sentence) -> SourceRef:
        """Return the reference to a sentence."""
        a = self.article
        return SourceRef(
            a.doc_id,
            a.text[sentence.start : sentence.end],
            sentence.start,
            sentence.end,
            a.source,
            a.url,
            a.date,
            a.title,
        )


def draft_telling(reading: Reading, telling: Telling, order: int) -> tuple[Draft, ...]:
    """Return the drafts of a telling, the ``order``-th sentence: one, or one a place where places are coordinated."""
    parsed, sentence = reading.parsed, telling.sentence
    placements = find_places(parsed, telling, reading.sites_in(sentence), reading.before(sentence.start)) or (NOT_SAID,)
    country = _country(placements) or reading.country
    roles = find_roles(parsed, telling, lexicon=reading.lexicon, country=country)
    found = find_counts(parsed.text, sentence.start, sentence.end)
    counts = tuple(c for c in found if belongs(parsed, telling, c.start, c.end))
    dead, hurt = harm(_summed(counts))
    speaker, speaking = speaker_of(parsed, telling)
    times = times_of(telling, parsed, today=reading.today)
    own_day, said_day = days_of(telling, parsed, times, today=reading.today)
    base = Draft(
        source=reading.source(sentence),
        family=telling.main.family,
        sub=sub_type_of(parsed, telling),
        status=_status(reading, telling, speaking, roles.perpetrator),
        perpetrator=roles.perpetrator,
        target=roles.target,
        placement=placements[0],
        when=own_day,
        said_day=said_day,
        anaphoric=anaphoric_of(telling, parsed, times),
        fatalities=dead,
        injuries=hurt,
        attributed_to=speaker,
        plural=telling.plural,
        definite=telling.definite,
        bare=_is_bare(parsed, telling),
        headline=reading.is_headline(sentence),
        order=order,
        other=telling.other,
        habitual=is_habitual(parsed, telling),
        past_perfect=_is_past_perfect(parsed, telling),
        times=times,
        counts=counts,
    )
    return (base,) if len(placements) == 1 else _one_a_place(base, placements)


def _one_a_place(base: Draft, placements: Sequence[Placement]) -> tuple[Draft, ...]:
    """Return a draft for each place; what is counted for all of them is counted at none, and noted."""
    words = "; ".join(c.count.text for c in base.counts if c.kind in {"killed", "injured"})
    notes = (f"counts are for several places together: {words}",) if words else ()
    shared = replace(base, fatalities=Count(), injuries=Count(), notes=notes, plural=False)
    return tuple(replace(shared, placement=p) for p in placements)


def _status(reading: Reading, telling: Telling, speaking: Token | None, perpetrator: Actor | None) -> EventStatus:
    """Return the status; what only the one who did it says is claimed."""
    status = status_of(reading.parsed, telling)
    if status != "asserted" or speaking is None:
        return status
    own = is_said_by(reading.parsed, speaking, perpetrator, lexicon=reading.lexicon)
    return "claimed" if own else "asserted"


def _summed(counts: Sequence[CountMention]) -> tuple[CountMention, ...]:
    """Let figures for different people in one telling add up: "killed five civilians … and killed three fighters"."""
    plain = [c for c in counts if not c.subset and not c.cumulative and c.count.best]
    out = []
    for mention in counts:
        first = next((p for p in plain if p.kind == mention.kind), mention)
        differs = mention in plain and mention.noun and first.noun and mention.noun != first.noun
        out.append(replace(mention, trigger=first.trigger) if differs else mention)
    return tuple(out)


def _is_past_perfect(parsed: ParsedText, telling: Telling) -> bool:
    return any(c.dep == "aux" and c.text.lower() == "had" for t in telling.verbs for c in parsed.children(t.token))


def _country(placements: Sequence[Placement]) -> str:
    return next((p.resolution.place.country for p in placements if p.resolution and p.resolution.place), "")


def _is_bare(parsed: ParsedText, telling: Telling) -> bool:
    """Whether no verb tells of it: a noun in passing, as in "since the attacks on Israel"."""
    verbs = telling.verbs
    if telling.nouns and all(t.token.dep in {"relcl", "acl"} for t in verbs):  # "the attack that killed three"; no verb
        return all(support_verb(parsed, t.token) is None for t in telling.nouns)
    if all(t.token.tag == "VBG" and t.token.dep in HANGING for t in verbs):
        return True
    return not telling.nouns and all(t.family in HARM for t in verbs)
