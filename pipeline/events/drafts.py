"""One telling -> its drafts: what one sentence alone says of an incident."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gazetteer.models import Place
from pipeline.events.actor_times import at_the_time
from pipeline.events.counts import CountMention
from pipeline.events.crowd_scenes import FAMILIES as SCENES
from pipeline.events.crowd_sides import with_crowd
from pipeline.events.dates import TimeMention, find_times
from pipeline.events.doers_beside import with_doer_beside
from pipeline.events.generalities import (
    is_by_own_hand,
    is_each_time,
    is_general,
    is_of_known,
    is_of_once,
    is_reputed,
    says_whose,
)
from pipeline.events.grammar import ancestors, first_conjunct
from pipeline.events.hands import kind_of_taking, place_taken, with_side_told
from pipeline.events.itemised import Item, counted_by_place
from pipeline.events.joining import HARM
from pipeline.events.kinds import by_sides, family_of, is_violent, sub_type_of
from pipeline.events.marks import has_auxiliary, is_bare, is_days_before, is_on_civilian_site, is_quoted, names_place
from pipeline.events.places import NOT_SAID, coarseness, find_places, placement_of
from pipeline.events.pointers import (
    is_beside_in_time,
    is_by_known,
    is_by_pronoun,
    is_same,
    opens_apart,
    stands_for_another,
)
from pipeline.events.reading import Reading, Scene
from pipeline.events.roles import Roles, find_roles, is_said_by
from pipeline.events.status import speaker_of, status_of
from pipeline.events.sums import spans_days, tells_of_several
from pipeline.events.telling_harm import harm_of
from pipeline.events.tellings import Telling, find_tellings, is_going_on, is_habitual, shared_anew
from pipeline.events.timing import anaphoric_of, belongs, counted_back, days_of, times_of
from pipeline.events.triggers import load_tables
from pipeline.events.victims import with_those_hurt
from pipeline.models import Actor, Count, EventStatus, Placement, SourceRef, When
from pipeline.parse import ParsedText, Sentence, Token
from pipeline.toponyms.surroundings import is_within

ANSWERS = frozenset({"respond", "harm", "intercept"})  # families
OWN_KINDS = frozenset({"Abduction/forced disappearance", "Sexual violence"})
SAID = frozenset({"asserted", "claimed", "denied"})  # statuses
BLOODLESS = frozenset({"agreement", "headquarters", "transfer", "disarm", "disrupt"})  # families
NO_VICTIMS = BLOODLESS | {
    "crowd_protest",
    "crowd_met",
    "crowd_riot",
    "protest",
    "dispersal",
    "riot",
    "clash",
    "arrest",
    "looting",
    "intercept",
}  # families
OUTER = frozenset({"relcl", "advcl", "acl"})  # deps of clauses that say more of something else
UNCAUSED = frozenset(
    {
        "die",
        "injure",
        "wound",
        "hurt",
        "death",
        "perish",
        "lose",
        "ascend",
        "depart",
        "breathe",
        "come",
        "return",
        "make",
        "survive",
        "pay",
        "fall",
        "be",
        "meet",
        "rise",
        "dead",
        "lie",
        "lay",
        "get",
        "bleed",
        "live",
        "emerge",
        "expire",
        "move",
        "put",
        "carry",
        "bring",
        "lower",
        "commit",
    }
)  # lemmas that say no cause
CIVILIANS = 7  # ACLED inter code
SECTOR = 5  # UCDP where_prec
UPSET = frozenset({"overturn", "capsize", "derail", "skid"})  # lemmas of what befalls a bus or a boat
NEARBY = frozenset({"nearby", "there"})
AND_HURT = re.compile(
    r"\w*(?:\s+(?!and\b|while\b)[\w-]+){0,8}?(?:,\s+(?:according\s+to|as)\s[^,;]{1,60}|,\s+[^,;]{1,40}\s+said)?"
    r"(?:,|,?\s+(?:and|while|whereas|whilst|with))\s+(?:(?:also|the|at\s+least|another)\s+)?",
    re.IGNORECASE,
)
WHEN_STRUCK = re.compile(r"\w+(?:\s+(?:in|near|at|on)\s[^,;]{1,40}?)?\s+(?:when|after|as)\b", re.IGNORECASE)
LATER = re.compile(r"\b(?:hours?|days?|weeks?|months?|years?)\s+(?:after|before|since|following)\b", re.IGNORECASE)
PERFECT = frozenset({"has", "have"})


@dataclass(frozen=True, slots=True)
class Draft:
    """What one sentence says of one incident; ``said_day`` is a date that only says when it was told.

    ``sequel``: one more incident beside the one told; ``in_clause``: told in a clause that says more of something else;
    ``civilian_site``: done to where civilians live, work or meet; ``quoted``: in words that are quoted;
    ``goes_on``: the one who does it was told of: "the gunmen"; ``clause``: the verb that it is coordinated with;
    ``nearby``: near or at what was told before; ``apart``: the sentence opens by saying that it tells of another one;
    ``by_pronoun``: "it" or "they" did it; ``names_place``: it has a name where a place stands; ``mere``: no word says a
    cause; ``earlier``: only days before another; ``perfect``: "have been killed", as tallies are told;
    ``going_on``: "are shelling", told as it goes on; ``general``: as what is so; ``says_whose``: in whose hands a place
    is; ``by_own_hand``: "shot himself"; ``of_known``: done to "him" or "it"; ``summed``: of several incidents;
    ``idiom``: told by no more than a phrase that may be meant otherwise; ``learned``: the kind it is by what was
    learned of its words; ``chance``: how likely it is that, where no word of the tables tells it; ``told_by``: the word
    that does.
    """

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
    sequel: bool = False
    habitual: bool = False
    past_perfect: bool = False
    in_clause: bool = False
    names_place: bool = False
    civilian_site: bool = False
    quoted: bool = False
    goes_on: bool = False
    clause: int = -1
    nearby: bool = False
    apart: bool = False
    by_pronoun: bool = False
    perfect: bool = False
    going_on: bool = False
    earlier: bool = False
    in_court: bool = False
    mere: bool = False
    mishap: bool = False
    summed: bool = False
    general: bool = False
    says_whose: bool = False
    by_own_hand: bool = False
    of_known: bool = False
    idiom: bool = False
    learned: str = ""
    chance: float = 1.0
    told_by: str = ""
    times: tuple[TimeMention, ...] = ()
    counts: tuple[CountMention, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def place(self) -> Place | None:
        """Where the sentence says that it was."""
        return self.placement.resolution.place if self.placement.resolution is not None else None

    @property
    def placed(self) -> bool:
        """Whether the sentence says where."""
        return self.place is not None

    @property
    def country(self) -> str:
        """The country (ISO 2) of the place, empty where there is none."""
        return self.place.country if self.place is not None else ""


def draft_sentence(
    reading: Reading, sentence: Sentence, order: int, counts: Sequence[CountMention]
) -> tuple[Draft, ...]:
    """Return the drafts of all that a sentence tells; ``counts`` are those found in it."""
    parsed = reading.parsed
    tellings = find_tellings(parsed, sentence)
    if not tellings:
        return ()
    said = [t for t in tellings if status_of(parsed, t) in SAID]
    if said and len(said) < len(tellings):
        tellings = (*shared_anew(parsed, sentence, said), *(t for t in tellings if t not in said))
    times = find_times(parsed.text, sentence.start, sentence.end, today=reading.today)
    names = reading.names_in(sentence)
    sites, earlier = reading.sites_in(sentence, names), reading.before(sentence.start)
    words = [(t, w.token) for t in tellings for w in t.triggers]
    owners = {c: t for c in counts for t, w in words if w.start <= c.trigger < w.end}
    page = reading.begins_item(sentence.start), reading.chronicle
    scene = Scene(sentence, order, tuple(counts), times, sites, earlier, names, *page, owners)
    drafts: list[Draft] = []
    for telling in sorted(tellings, key=lambda t: t.triggers[0].token.i):
        drafts += [beside(d, drafts) for d in draft_telling(reading, telling, scene)]
    return _with_harm_in(_placed_by_clause(_placed_together(drafts)))


def _placed_together(drafts: list[Draft]) -> list[Draft]:
    """Give a deed without a place that of the one its verb is coordinated with: "abducted a priest and killed"."""
    said = [d for d in drafts if d.status in SAID and d.clause >= 0]
    placed = {d.clause: d.placement for d in said if d.placed}
    told = {d.clause: d.anaphoric for d in said if d.anaphoric is not None}
    return [_beside(d, placed, told) if d in said else d for d in drafts]


def _placed_by_clause(drafts: list[Draft]) -> list[Draft]:
    """Give a deed without any place that of the clause that says why: "lynched a man after he killed a girl in A"."""
    said = [d for d in drafts if d.status in SAID]
    clauses = [d for d in said if d.placed and d.in_clause]
    placements = {d.place.place_id: d.placement for d in clauses if d.place is not None}
    if len(placements) != 1 or any(d.placed and d not in clauses for d in said):
        return drafts
    there = next(iter(placements.values()))
    why = "no place is said of this; that of the clause beside it is taken"
    near = replace(there, method="relative", description="", reasons=(*there.reasons, why))
    return [replace(d, placement=near) if _is_told_by_clause(d, said) else d for d in drafts]


def _is_told_by_clause(draft: Draft, said: Sequence[Draft]) -> bool:
    """Whether a main clause names no place of its own, and the clause beside it is of no other time."""
    vague = draft.bare or draft.definite or draft.plural or draft.other or draft.names_place or draft.in_clause
    apart = any(d.earlier or d.past_perfect for d in said) or LATER.search(draft.source.sentence) is not None
    return draft in said and draft.placement.resolution is None and not (vague or apart)


def _beside(draft: Draft, placed: Mapping[int, Placement], told: Mapping[int, TimeMention]) -> Draft:
    lacks_day = draft.when is None and draft.anaphoric is None
    return replace(
        draft,
        placement=draft.placement if draft.placement.resolution else placed.get(draft.clause, draft.placement),
        anaphoric=told.get(draft.clause) if lacks_day else draft.anaphoric,
    )


def _with_harm_in(drafts: list[Draft]) -> tuple[Draft, ...]:
    """Give the blow of a sentence what the same sentence tells of harm: "six died when a bomber …"."""
    drafts = _with_both_harms(drafts)
    harmed = [d for d in drafts if d.family in {"harm", "shooting"} and d.status in SAID and _is_mere_harm(d)]
    counted = [d for d in harmed if d.counts and (d.fatalities != Count() or d.injuries != Count())]
    harmed = counted if len(harmed) > 1 else harmed  # "the |death| toll rose to 23 after six |died|"
    mere = harmed[0] if len(harmed) == 1 else None
    blows = [d for d in drafts if d.family not in HARM and d.status in SAID and not d.past_perfect and not d.other]
    blows = [d for d in blows if d is not mere]
    blows = [d for d in blows if d.sub not in OWN_KINDS] if len(blows) > 1 else blows
    blows = _blow_of(harmed, blows) if len(blows) > 1 else blows
    if len(harmed) != 1 or len(blows) != 1 or not _may_be_of(harmed[0], blows[0]):
        return tuple(drafts)
    told, blow = harmed[0], blows[0]
    whole = replace(
        blow,
        placement=blow.placement if blow.placement.resolution is not None else told.placement,
        fatalities=told.fatalities if blow.fatalities == Count() else blow.fatalities,
        injuries=told.injuries if blow.injuries == Count() else blow.injuries,
        target=blow.target or told.target,
        when=blow.when or told.when,
        said_day=blow.said_day or told.said_day,
        times=(*blow.times, *told.times),
        counts=(*blow.counts, *told.counts),
        bare=False,
    )
    return tuple(whole if d is blow else d for d in drafts if d is not told)


def _blow_of(harmed: Sequence[Draft], blows: Sequence[Draft]) -> list[Draft]:
    """Return the blow that hurt them: "two were hurt |when a mine went off|, while B was shelled"."""
    ends = [max(c.trigger for c in d.counts) - d.source.sent_start for d in harmed if d.counts]
    how = len(ends) == 1 and WHEN_STRUCK.match(harmed[0].source.sentence, ends[0]) is not None
    return [d for d in blows if d.in_clause and Count() == d.fatalities == d.injuries][:1] if how else list(blows)


def _with_both_harms(drafts: list[Draft]) -> list[Draft]:
    """Tell the dead and the hurt of one sentence together: "three were shot dead and |an infant injured in A|"."""
    said = [d for d in drafts if d.status in SAID and d.counts and not d.past_perfect]
    dead = [d for d in said if d.injuries == Count() and d.fatalities.low]
    hurt = [d for d in said if d.fatalities == Count() and d.injuries.low and d.family == "harm" and not d.perpetrator]
    if len(dead) != 1 or len(hurt) != 1 or not AND_HURT.fullmatch(_between(dead[0], hurt[0])):
        return drafts
    one, other = dead[0], hurt[0]
    if (one.placed and other.placed) or not _may_be_one_day(one, other):
        return drafts
    whole = replace(
        one,
        placement=one.placement if one.placed else other.placement,
        injuries=other.injuries,
        when=one.when or other.when,
        said_day=one.said_day or other.said_day,
        anaphoric=one.anaphoric or other.anaphoric,
        times=(*one.times, *other.times),
        counts=(*one.counts, *other.counts),
        bare=one.bare and other.bare,
        names_place=one.names_place or other.names_place,
    )
    return [whole if d is one else d for d in drafts if d is not other]


def _may_be_one_day(one: Draft, other: Draft) -> bool:
    return one.when is None or other.when is None or one.when.date_start == other.when.date_start


def _between(one: Draft, other: Draft) -> str:
    """Return the words between the last of the dead and the first of the hurt."""
    text, start = one.source.sentence, one.source.sent_start
    dead = max(n for c in one.counts for n in (c.end, c.trigger)) - start
    return text[dead : min(c.start for c in other.counts) - start]


def _is_mere_harm(draft: Draft) -> bool:
    """Whether it tells of no more than who was hurt, and of nobody who did it."""
    elsewhere = draft.family != "harm" and (draft.placed or draft.when is not None or draft.fatalities == Count())
    named = draft.perpetrator is not None and not (draft.in_clause and draft.perpetrator.inter == CIVILIANS)
    done = named or draft.by_pronoun  # "|they| killed eight and destroyed a house"
    return not done and not draft.perfect and not elsewhere


def _may_be_of(told: Draft, blow: Draft) -> bool:
    """Whether the harm can be that of the blow, which tells of none itself."""
    silent = Count() in {told.fatalities, blow.fatalities} and Count() in {told.injuries, blow.injuries}
    within = told.place is not None and blow.place is not None and is_within(blow.place, told.place)
    there = within or not told.placed or not blow.placed or told.placement == blow.placement
    if blow.placement.resolution is None and told.placed and LATER.search(blow.source.sentence):
        return False
    known = blow.definite and (blow.when is None or not blow.placed)
    return silent and there and not known and is_violent(blow.sub) and _may_be_one_day(told, blow)


def beside(draft: Draft, told: Sequence[Draft]) -> Draft:
    """Give a draft without a place that of what the same sentence tells before; an answer no more than its sector."""
    before = [d for d in told if d.placed and d.status in SAID]
    near = before[0].placement if before else NOT_SAID
    passing = draft.bare and (draft.family not in ANSWERS or draft.sub is None)
    if not before or passing or draft.placement.resolution is not None or any(d.placement != near for d in before):
        return draft
    why = "no place is said of this; taken from what the same sentence tells just before"
    taken = replace(near, method="relative", description="", reasons=(*near.reasons, why))
    if draft.family in ANSWERS:
        taken = replace(taken, geo_precision=3, where_prec=max(SECTOR, near.where_prec or SECTOR))
    return replace(draft, placement=taken)


def draft_telling(reading: Reading, telling: Telling, scene: Scene) -> tuple[Draft, ...]:
    """Return the drafts of a telling: one, or one a place where places are coordinated."""
    parsed, sentence = reading.parsed, telling.sentence
    placements = find_places(parsed, telling, scene.sites, scene.earlier, capital=reading.capital) or (NOT_SAID,)
    placements = tuple(reading.in_its_province(p) if p.resolution is not None else p for p in placements)
    country = _country(placements) or reading.country
    roles = find_roles(parsed, telling, lexicon=reading.lexicon, country=country)
    roles = with_doer_beside(roles, parsed, telling, lexicon=reading.lexicon, country=country)
    roles = with_crowd(roles, telling.main.family, country, reading.lexicon)
    roles = with_side_told(roles, parsed, telling, lexicon=reading.lexicon, country=country)
    if placements == (NOT_SAID,):
        named = names_place(parsed, telling, scene.names)
        placements = (place_taken(parsed.text, telling, roles, scene.earlier, named=named) or NOT_SAID,)
    doer, hit = (at_the_time(actor, reading.today) for actor in (roles.perpetrator, roles.target))
    roles = Roles(doer, hit, roles.target_phrases)
    counts = _with_their_whole([c for c in scene.counts if _is_counted(parsed, telling, scene, c)], scene.counts)
    if telling.main.family not in NO_VICTIMS:
        roles = with_those_hurt(roles, parsed.text, counts, lexicon=reading.lexicon, country=country)
    dead, hurt = (Count(), Count()) if telling.main.family in BLOODLESS else harm_of(parsed, telling, counts)
    speaker, speaking = speaker_of(parsed, telling)
    times = times_of(telling, parsed, scene.times)
    own_day, said_day = days_of(telling, parsed, times, today=reading.today)
    base = Draft(
        source=reading.source(sentence),
        family=family_of(parsed, telling),
        sub=_sub_type(parsed, telling, roles),
        status=_status(reading, telling, speaking, roles.perpetrator),
        perpetrator=roles.perpetrator,
        target=roles.target,
        placement=placements[0],
        when=own_day,
        said_day=said_day,
        anaphoric=anaphoric_of(telling, parsed, times) or counted_back(telling, parsed, scene.times),
        fatalities=dead,
        injuries=hurt,
        attributed_to=speaker,
        plural=telling.plural,
        definite=telling.definite,
        bare=is_bare(parsed, telling, coarseness(placements[0]), scene.order),
        headline=reading.is_headline(sentence),
        order=scene.order,
        other=telling.other,
        sequel=telling.sequel,
        times=times,
        counts=counts,
    )
    base = _marked(base, parsed, telling, scene)
    items = counted_by_place(parsed.text, scene.sites, counts)
    if len(items) > 1 or (items and len(placements) > 1):
        return _one_an_item(base, placements, items, parsed.text)
    return (base,) if len(placements) == 1 else _one_a_place(base, placements)


def _sub_type(parsed: ParsedText, telling: Telling, roles: Roles) -> str | None:
    """Return the sub-event type that the words give, with what the two sides make of it."""
    family, words = telling.main.family, telling.text()
    sub = by_sides(sub_type_of(parsed, telling), family, roles.perpetrator, roles.target, words=words)
    return kind_of_taking(family, sub, words, roles)


def _is_counted(parsed: ParsedText, telling: Telling, scene: Scene, mention: CountMention) -> bool:
    """Whether a figure is a telling's: by where it stands, or by the word that tells of it; not those of a bad name."""
    owner = scene.owners.get(mention, telling)
    of_a_plan = owner is not telling and status_of(parsed, owner) not in SAID | {
        "negated"
    }  # "wanted for the killing of"
    if of_a_plan or (not scene.times and is_reputed(parsed, telling)):
        return False
    return belongs(parsed, telling, mention.start, mention.end) or scene.owners.get(mention) is telling


def _with_their_whole(counts: Sequence[CountMention], told: Sequence[CountMention]) -> tuple[CountMention, ...]:
    """Return the counts without the parts of a figure that another telling has: "two hurt, |one of them| a miner"."""
    wholes = {(c.trigger, c.kind) for c in told if not c.subset and c not in counts}
    return tuple(c for c in counts if not (c.subset and (c.trigger, c.kind) in wholes))


def _marked(draft: Draft, parsed: ParsedText, telling: Telling, scene: Scene) -> Draft:
    """Return the draft with how it is told, by which it may be passed over or joined to what was told before."""
    above = tuple(ancestors(parsed, telling.head))
    counted = any(c.start <= t.token.start < c.end for c in draft.counts for t in telling.triggers)
    is_apart = not draft.placed and is_beside_in_time(parsed, telling)
    surest = max(telling.triggers, key=lambda t: t.chance)
    return replace(
        draft,
        habitual=is_habitual(parsed, telling) or is_of_once(parsed, telling) or is_each_time(parsed, telling),
        summed=tells_of_several(telling.text()) or spans_days(draft.when),
        past_perfect=has_auxiliary(parsed, telling, frozenset({"had"})),
        perfect=has_auxiliary(parsed, telling, PERFECT),
        going_on=is_going_on(parsed, telling),
        in_clause=draft.family not in SCENES
        and any(t.dep in OUTER for t in (above if counted else (telling.head, *above))),  # "|six wounded|"
        nearby=any(t.text.lower() in NEARBY or is_same(parsed, t) for t in telling.tokens),
        civilian_site=is_on_civilian_site(parsed, telling),
        quoted=is_quoted(parsed, telling),
        goes_on=any(is_by_known(parsed, t.token) for t in telling.verbs),
        clause=first_conjunct(parsed, telling.head).i if telling.verbs else -1,
        other=draft.other or stands_for_another(parsed, telling) or is_apart,
        sequel=draft.sequel or stands_for_another(parsed, telling),
        by_pronoun=any(is_by_pronoun(parsed, t.token) for t in telling.verbs),
        apart=opens_apart(parsed, telling.sentence) or scene.is_item,
        in_court=any(t.lemma.lower() in load_tables().court and not _only_guesses(parsed, t) for t in above),
        mere=all(t.family in HARM and t.token.lemma.lower() in UNCAUSED for t in telling.triggers),
        mishap=any(
            (t.pos != "VERB" and t.lemma.lower() in load_tables().mishap) or t.lemma.lower() in UPSET
            for t in telling.tokens
        ),
        earlier=is_days_before(parsed, telling),
        general=not (draft.headline or scene.chronicle or draft.family == "hands")
        and is_general(parsed, telling, draft.order),
        says_whose=says_whose(telling),
        by_own_hand=is_by_own_hand(parsed, telling),
        of_known=is_of_known(parsed, telling),
        idiom=all(t.idiom for t in telling.triggers),
        names_place=names_place(parsed, telling, scene.names),
        learned=next((t.learned for t in (telling.main, *telling.triggers) if t.learned), ""),
        chance=surest.chance,
        told_by=surest.token.text,
    )


def _only_guesses(parsed: ParsedText, word: Token) -> bool:
    """Whether "suspected" only says that it is not sure who did it, whatever the parse makes of it."""
    helped = any(c.dep in {"aux", "auxpass"} for c in parsed.children(word))
    return word.text.lower() == "suspected" and not helped


def _one_an_item(base: Draft, placements: Sequence[Placement], items: Sequence[Item], text: str) -> tuple[Draft, ...]:
    """Return a draft for each place with what is counted there: "killing two in A and three in B"."""
    shared = replace(base, fatalities=Count(), injuries=Count(), plural=False)
    told = {_name(p): p for p in (placement_of(text, i.site) for i in items)} | {_name(p): p for p in placements}
    counted = {i.site.mention.text.lower(): i for i in items}
    return tuple(
        replace(shared, placement=placement, fatalities=counted[key].dead, injuries=counted[key].hurt)
        if key in counted
        else replace(shared, placement=placement)
        for key, placement in told.items()
    )


def _name(placement: Placement) -> str:
    return placement.resolution.mention.text.lower() if placement.resolution else placement.description


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


def _country(placements: Sequence[Placement]) -> str:
    return next((p.resolution.place.country for p in placements if p.resolution and p.resolution.place), "")
