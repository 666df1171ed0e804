"""One telling -> its drafts: what one sentence alone says of an incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.codes import event_type_of
from pipeline.events.actors import Lexicon, find_actors, is_civilian
from pipeline.events.counts import CountMention, find_counts, harm
from pipeline.events.dates import TimeMention, find_times, when_of
from pipeline.events.grammar import CLAUSES, ancestors, token_for
from pipeline.events.places import NOT_SAID, find_places
from pipeline.events.roles import find_roles, is_said_by
from pipeline.events.status import speaker_of, status_of
from pipeline.events.tellings import HARM, Telling, is_habitual, support_verb
from pipeline.events.triggers import instrument_in, load_tables
from pipeline.models import Actor, Article, Count, EventStatus, Placement, Resolution, SourceRef, When
from pipeline.parse import ParsedText, Sentence, Token

BACKGROUND_KINDS = frozenset({"since", "historical", "duration"})
ACTOR_NAMES = frozenset({"named", "state", "state_person", "official", "generic"})
GENERIC = frozenset({"attack", "strike", "harm", "killing", "launch", "land", "explosion", "respond"})


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
        """Return the resolutions inside a sentence that are not part of an actor's name ("Islamic Resistance in |Iraq|")."""
        actors = find_actors(self.parsed.text, sentence.start, sentence.end, lexicon=self.lexicon, country=self.country)
        names = [(a.start, a.end) for a in actors if a.kind in ACTOR_NAMES]
        return tuple(r for r in self.in_sentence(sentence) if not any(s <= r.mention.start and r.mention.end <= e for s, e in names))

    def before(self, offset: int) -> tuple[Resolution, ...]:
        """Return the resolutions before an offset."""
        return tuple(r for r in self.resolutions if r.mention.end <= offset)

    def source(self, sentence: Sentence) -> SourceRef:
        """Return the reference to a sentence."""
        a = self.article
        return SourceRef(a.doc_id, a.text[sentence.start : sentence.end], sentence.start, sentence.end, a.source, a.url, a.date, a.title)


def draft_telling(reading: Reading, telling: Telling, order: int) -> tuple[Draft, ...]:
    """Return the drafts of a telling, the ``order``-th sentence: one, or one a place where places are coordinated."""
    parsed, sentence = reading.parsed, telling.sentence
    placements = find_places(parsed, telling, reading.sites_in(sentence), reading.before(sentence.start)) or (NOT_SAID,)
    country = _country(placements) or reading.country
    roles = find_roles(parsed, telling, lexicon=reading.lexicon, country=country)
    counts = tuple(c for c in find_counts(parsed.text, sentence.start, sentence.end) if _belongs(parsed, telling, c.start, c.end))
    dead, hurt = harm(_summed(counts))
    speaker, speaking = speaker_of(parsed, telling)
    status = status_of(parsed, telling)
    if status == "asserted" and speaking is not None and is_said_by(parsed, speaking, roles.perpetrator, lexicon=reading.lexicon):
        status = "claimed"
    block = reading.article.block_at(sentence.start)
    times = _times(reading, telling)
    base = Draft(
        reading.source(sentence), telling.main.family, sub_type_of(parsed, telling), status,
        roles.perpetrator, roles.target, placements[0], *_when(reading, telling, times),
        dead, hurt, speaker, telling.plural, telling.definite, _is_bare(parsed, telling),
        headline=block is not None and block.kind == "title", habitual=is_habitual(parsed, telling),
        order=order, other=telling.other, past_perfect=_is_past_perfect(parsed, telling), times=times, counts=counts,
    )  # fmt: skip
    if len(placements) == 1:
        return (base,)
    shared = replace(base, fatalities=Count(), injuries=Count(), notes=_shared_note(counts), plural=False)
    return tuple(replace(shared, placement=p) for p in placements)


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


def _shared_note(counts: Sequence[CountMention]) -> tuple[str, ...]:
    words = "; ".join(c.count.text for c in counts if c.kind in {"killed", "injured"})
    return (f"counts are for several places together: {words}",) if words else ()


def _country(placements: Sequence[Placement]) -> str:
    return next((p.resolution.place.country for p in placements if p.resolution and p.resolution.place), "")


def sub_type_of(parsed: ParsedText, telling: Telling) -> str | None:
    """Return the sub-event type that the words themselves give, or None where target or actor must decide."""
    family = load_tables().families[telling.main.family]
    named = instrument_in(" ".join(_left_words(parsed, t.token) for t in telling.nouns))
    if family.sub is not None and telling.main.family not in {"clash", "ambush"}:
        return named if named and telling.main.family == "shelling" else family.sub  # "a drone barrage"
    named = named or instrument_in(telling.text(parsed))
    if named == "gunfire":
        return "Attack" if telling.main.family != "clash" else "Armed clash"
    return named if named and telling.main.family not in {"clash"} else family.sub


def _left_words(parsed: ParsedText, token: Token) -> str:
    left = [c for c in parsed.children(token) if c.i < token.i]
    return " ".join(t.text for t in [*left, token])


def decide_sub_type(family: str, perpetrator: Actor | None, target: Actor | None) -> str:
    """Return the sub-event type of a family whose words do not decide it, by who did it to whom."""
    row = load_tables().families[family]
    if row.sub is not None and not (family == "ambush" and target and is_civilian(target)):
        return row.state if family == "seize" and row.state and perpetrator and perpetrator.inter in {1, 8} else row.sub
    if target is not None and is_civilian(target) and row.civilian:
        return row.civilian
    if perpetrator is not None and perpetrator.inter in {1, 8} and row.state:
        return row.state
    return row.default or "Armed clash"


def is_violent(sub: str | None) -> bool:
    """Whether a sub-event type is violence (generic tellings are)."""
    return sub is None or event_type_of(sub) in {"Battles", "Explosions/Remote violence", "Violence against civilians"}


def _belongs(parsed: ParsedText, telling: Telling, start: int, end: int) -> bool:
    token = token_for(parsed, telling.sentence, start, end)
    return token is not None and token.i in {t.i for t in telling.tokens}


def _times(reading: Reading, telling: Telling) -> tuple[TimeMention, ...]:
    sentence = telling.sentence
    found = find_times(reading.parsed.text, sentence.start, sentence.end, today=reading.today)
    own = tuple(t for t in found if _belongs(reading.parsed, telling, t.start, t.end))
    if own or not found:
        return own
    first = found[0]  # a time that opens the sentence holds for all of it
    opens = first.start - sentence.start <= 3
    return (first,) if opens else ()


def _when(reading: Reading, telling: Telling, times: Sequence[TimeMention]) -> tuple[When | None, When | None, TimeMention | None]:
    """Return (the day of the incident, the day it was told, an anaphoric time), as far as said."""
    own = said = None
    if _begins(reading.parsed, telling):
        return None, None, None
    anaphoric = next((t for t in times if t.kind == "anaphoric"), None)
    for time in times:
        if time.kind in {"absolute", "relative"}:
            when = when_of(time, previous=None, today=reading.today)
            if _is_said_time(reading.parsed, telling, time):
                said = said or when
            else:
                own = own or when
    return own, said, anaphoric


def _is_said_time(parsed: ParsedText, telling: Telling, time: TimeMention) -> bool:
    """Whether a time hangs on the speech verb: "officials said on Tuesday"."""
    token = token_for(parsed, telling.sentence, time.start, time.end)
    if token is None:
        return False
    triggers = {t.token.i for t in telling.triggers}
    for above in ancestors(parsed, token):
        if above.i in triggers:
            return False
        if above.pos in {"VERB", "AUX"}:
            aside = not any(a.i in triggers for a in ancestors(parsed, above)) and not _above(parsed, above, telling)
            return aside or above.lemma.lower() in load_tables().speech or _reports(parsed, above, telling)
    return False


def _above(parsed: ParsedText, verb: Token, telling: Telling) -> bool:
    return any(a.i == verb.i for t in telling.triggers for a in ancestors(parsed, t.token))


def _reports(parsed: ParsedText, verb: Token, telling: Telling) -> bool:
    """Whether the telling stands in a clause below ``verb``: "on Tuesday posted a statement … had been killed"."""
    token, clauses = telling.head, 0
    while token.i != verb.i and token.head != token.i:
        clauses += token.dep in CLAUSES
        token = parsed.tokens[token.head]
    return token.i == verb.i and clauses > 0


def _begins(parsed: ParsedText, telling: Telling) -> bool:
    """Whether the sentence only says when a series began: "The attacks began on October 17"."""
    return telling.plural and parsed.tokens[telling.head.head].lemma.lower() in {"begin", "start"}


def _is_bare(parsed: ParsedText, telling: Telling) -> bool:
    """Whether no verb tells of it: a noun in passing, as in "since the attacks on Israel"."""
    if telling.verbs and telling.nouns and all(t.token.dep in {"relcl", "acl"} for t in telling.verbs):
        return all(support_verb(parsed, t.token) is None for t in telling.nouns)  # "the attack that killed three"
    if telling.verbs:
        hanging = all(t.token.tag == "VBG" and t.token.dep in {"acl", "pcomp", "pobj", "amod", "dobj", "nsubj"} for t in telling.verbs)
        return hanging or (all(t.family in HARM for t in telling.verbs) and not telling.nouns)
    return all(support_verb(parsed, t.token) is None for t in telling.nouns)
