"""Does a telling speak of an incident told before in the report? Their parts are compared, and the scores added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.events.actors import is_civilian
from pipeline.events.added_harm import with_added
from pipeline.events.compare import (
    Verdict,
    compare_actors,
    compare_counts,
    compare_dates,
    compare_places,
    compare_types,
    no,
)
from pipeline.events.counts import CountKind
from pipeline.events.crowd_scenes import FAMILIES as SCENES
from pipeline.events.drafts import OWN_KINDS, Draft
from pipeline.events.incidents import FIGHTS, REBELS, Incident
from pipeline.events.joining import HARM
from pipeline.events.kinds import is_unrest, is_violent
from pipeline.events.passed_over import is_background
from pipeline.events.places import specialises, unknown_name
from pipeline.events.reading import Reading
from pipeline.models import Count, Placement

ELSEWHERE = re.compile(r"\belsewhere\s+in\b", re.IGNORECASE)
#: "|Near Kisik|, a strike destroyed"
OPENS_AT = re.compile(
    r"\W*(?:(?:And|But|Also|Meanwhile|Elsewhere|Separately)[,:]?\s+)?(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside)\s+"
    r"(?:the\s+(?:town|city|village|district|area)\s+of\s+)?"
    r"(?!\w+day\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*[,\s])[A-Z][\w'’-]+,\s"
)
NEEDED = 1.15
NOT_YET = frozenset({"planned", "hypothetical"})  # what may come says nothing of what was
NEEDED_BY_DEFINITE = 0.3
NEEDED_BY_VAGUE = 0.9
NEEDED_BY_HARM = 0.6
NEAR_SENTENCES = 4
ASSUMED_DAYS = 2
WEEK = 6  # days: "the strike" has its day told at last
STRIKES = frozenset({"strike", "airstrike", "attack", "shelling", "explosion", "bombing"})  # families
SAME_SENTENCE = -0.8  # two tellings of one sentence are seldom one incident
SAME_SENTENCE_NESTED = -0.2
ONE_AND_MANY = -0.3
SPECIALISED = 1.2
RIGHT_AFTER = 0.6  # told of those hurt in "the attack" by the next sentence
NESTED = 0.7  # of :func:`compare_places`: from here on one place lies in the other
FOLLOWED = 0.7
FOLLOWING_SENTENCES = 2
LOOSE = frozenset(
    {"harm", "killing", "shooting", "attack", "raid", "clash", "launch", "strike", "land", "arrive", "damage"}
)  # families
OF_UNREST = frozenset({"dispersal", "protest", "riot", "arrest", "capture", "burning", "looting", *SCENES})  # families


@dataclass(frozen=True, slots=True)
class Match:
    """The incident that a telling speaks of, if any, and how it was judged."""

    incident: Incident | None
    verdict: Verdict


def best_match(incidents: Sequence[Incident], draft: Draft, number: int, reading: Reading) -> Match:
    """Return the incident that a draft, the ``number``-th sentence, speaks of; of equal ones the one told last."""
    if draft.apart and not draft.definite:
        incidents = [i for i in incidents if i.last == number]
    if _is_of_the_last(draft) and (near := _told_last(incidents, draft, number)):
        found = _best_of(near, draft, number, reading)
        if found.incident is not None:
            return found
    return _best_of(incidents, draft, number, reading)


def _best_of(incidents: Sequence[Incident], draft: Draft, number: int, reading: Reading) -> Match:
    best = Match(None, Verdict(None))
    for incident in incidents:
        if _is_passing(draft) and draft.order - incident.last > NEAR_SENTENCES:
            continue
        verdict = _verdict(incident, draft, number, reading)
        if _is_better(verdict, incident, best):
            best = Match(incident, verdict)
    if best.incident is None or (best.verdict.score or 0.0) < _needed(draft, best.incident):
        return Match(None, best.verdict)
    return best


def _is_of_the_last(draft: Draft) -> bool:
    """Whether it only says who was hurt, so that it is of what was told last, if it can be of that."""
    points = draft.definite or draft.headline or draft.other or draft.sequel
    return draft.family in HARM and _is_vague(draft) and not points


def _told_last(incidents: Sequence[Incident], draft: Draft, number: int) -> list[Incident]:
    """Return what the sentence before, or this one, tells of in full, and of which no such harm is told yet."""
    last = max((i.last for i in incidents if i.last <= number), default=number)
    told = [i for i in incidents if i.last == last and 0 <= number - last <= 1]
    return [i for i in told if _lacks(i.best, draft) and not _is_aside(i.drafts[-1])]


def _lacks(known: Draft, draft: Draft) -> bool:
    """Whether blood was shed in what is known, and it is not told yet what the draft tells of it."""
    new_dead = not draft.fatalities.low or known.fatalities.low is None
    new_hurt = not draft.injuries.low or known.injuries.low is None
    return is_violent(known.sub) and new_dead and new_hurt


def _is_aside(draft: Draft) -> bool:
    """Whether it is only told in passing, of before."""
    return draft.past_perfect or draft.earlier or draft.habitual or draft.general or draft.headline


def _is_better(verdict: Verdict, incident: Incident, best: Match) -> bool:
    if verdict.score is None or best.incident is None or best.verdict.score is None:
        return verdict.score is not None
    known = best.incident
    return (verdict.score, incident.last, incident.best.placed) > (best.verdict.score, known.last, known.best.placed)


def _is_passing(draft: Draft) -> bool:
    """Whether it is only named in passing, without place or day: what it may mean must stand near."""
    aside = draft.bare or ELSEWHERE.search(draft.source.sentence) is not None  # "elsewhere in the region three …"
    return aside and not draft.definite and not draft.headline and _is_vague(draft)


def _is_vague(draft: Draft) -> bool:
    return not draft.placed and draft.when is None


def _needed(draft: Draft, incident: Incident) -> float:
    """Return the score from which a draft is taken to speak of the incident."""
    if _is_vague(draft) and draft.family == "harm" and draft.order - incident.last <= 1:
        return NEEDED_BY_HARM
    if draft.definite or draft.headline or (draft.goes_on and _is_vague(draft)):
        return NEEDED_BY_DEFINITE
    return NEEDED_BY_VAGUE if _is_vague(draft) else NEEDED


def _verdict(incident: Incident, draft: Draft, number: int, reading: Reading) -> Verdict:
    if draft.status in NOT_YET and incident.best.status not in NOT_YET:
        return no("not said to have happened")
    if not draft.definite and _is_of_its_own(incident.best, draft):
        return no("different kinds of event")
    known, where = incident.best, _compare_places(incident, draft, reading.article.text)
    follows = _follows(incident, draft, number)
    kinds = compare_types(known.sub, draft.sub, (known.family, draft.family))
    if "intercept" in {known.family, draft.family} and known.sub != draft.sub and (where.score or 0.0) < NESTED:
        return no("what was shot down elsewhere")
    parts = [
        Verdict(FOLLOWED) if follows else kinds,
        _compare_dates(incident, draft, reading),
        where,
        _actors(incident, draft, follows=follows),
        *_compare_harm(incident, draft, reading.article.text),
        Verdict(_nearness(number - incident.last) + RIGHT_AFTER * _is_right_after(incident, draft, number)),
        Verdict(
            0.0
            if follows or _adds(incident, draft, reading.article.text)
            else _handicap(incident, draft, number, where)
        ),
    ]
    against = next((p for p in parts if p.score is None), None)
    if against is not None:
        return against
    if draft.other and (where.score or 0.0) < 1.0:
        return no("told as another incident")
    return Verdict(sum(p.score or 0.0 for p in parts), tuple(w for p in parts for w in p.why))


def _opens_elsewhere(known: Draft, draft: Draft) -> bool:
    """Whether a new blow's sentence opens with a name that no gazetteer has: "|Near Kisik|, a strike destroyed"."""
    new = not (draft.definite or draft.headline or draft.placed) and known.order != draft.order
    return new and known.placed and OPENS_AT.match(draft.source.sentence) is not None


def _is_item_elsewhere(known: Draft, draft: Draft) -> bool:
    """Whether a sentence opens with another place and tells of another weapon: "|In Baiji|, a bomb killed two"."""
    own = draft.placed and draft.place != known.place and known.order != draft.order
    told = known.sub is not None and draft.sub is not None and known.sub != draft.sub
    kinds = told and any(all(holds(d.sub) for d in (known, draft)) for holds in (is_violent, is_unrest))
    new = not (draft.definite or draft.headline or draft.goes_on)
    return own and kinds and new and OPENS_AT.match(draft.source.sentence) is not None


def _is_of_the_other_side(known: Draft, draft: Draft) -> bool:
    """Whether attacks on civilians are summed up, and rebels are hit elsewhere, or the other way round."""
    hit, other = known.target, draft.target
    if not known.summed or not draft.placed or hit is None or other is None:
        return False
    return (is_civilian(hit) and other.inter in REBELS) or (is_civilian(other) and hit.inter in REBELS)


def _is_at_a_strange_place(known: Draft, draft: Draft) -> bool:
    """Whether a new blow with its own figures is told at a name that no gazetteer has."""
    strange = draft.names_place and not draft.placed and known.placed and known.order != draft.order
    new = draft.family not in HARM and not (draft.definite or draft.headline or draft.goes_on or draft.by_pronoun)
    pairs = ((known.fatalities, draft.fatalities), (known.injuries, draft.injuries))
    told = [(a, b) for a, b in pairs if a.low and b.low]
    return strange and new and any(a.low != b.low and a.qualifier == b.qualifier == "exact" for a, b in told)


def _is_of_its_own(known: Draft, draft: Draft) -> bool:
    """Whether one is of a kind that is told as such, and the other an attack of no kind: "attacked … abducted"."""
    kinds = {known.sub, draft.sub}
    killed = bool(known.fatalities.low) and known.sub is None and not draft.headline and draft.order != known.order
    more = draft.by_pronoun or " also " in draft.source.sentence or killed
    return more and None in kinds and bool(kinds & OWN_KINDS) and not {known.family, draft.family} & HARM


def _actors(incident: Incident, draft: Draft, *, follows: bool) -> Verdict:
    """Compare both sides; what follows may tell how the other side hit back, and in a fight both lose men."""
    known = incident.best
    found = compare_actors((known.perpetrator, draft.perpetrator), (known.target, draft.target))
    fought = known.family in FIGHTS and draft.family in HARM and draft.perpetrator is None
    return Verdict(0.0) if (follows or fought) and found.score is None else found


def _compare_harm(incident: Incident, draft: Draft, text: str) -> tuple[Verdict, ...]:
    """Compare the dead and the hurt; those told as more speak neither for nor against one incident."""
    known, told = incident.best, [c for d in incident.drafts for c in d.counts]
    kinds: tuple[tuple[CountKind, Count, Count], ...] = (
        ("killed", known.fatalities, draft.fatalities),
        ("injured", known.injuries, draft.injuries),
    )
    return tuple(
        compare_counts(old, new) if with_added(old, told, draft.counts, kind, text) is None else Verdict(0.0)
        for kind, old, new in kinds
    )


def _follows(incident: Incident, draft: Draft, number: int) -> bool:
    """Whether it goes on telling of what the sentences before told: "Police shot two of the attackers dead".

    Right after those who were killed, any blow may say how: "Two died in A. A charge went off beside their car".
    """
    passing = draft.names_place or draft.in_clause or (draft.bare and draft.family not in HARM)
    if (
        not _is_vague(draft)
        or draft.other
        or draft.perfect
        or passing
        or not 0 <= number - incident.last <= FOLLOWING_SENTENCES
    ):
        return False
    if is_unrest(incident.best.sub):
        return draft.family in LOOSE | OF_UNREST
    violent = is_violent(incident.best.sub) and is_violent(draft.sub)
    how = incident.best.family in HARM and incident.best.sub is None and number - incident.last <= 1
    return violent and (draft.family in LOOSE or how) and number > incident.order


def _is_right_after(incident: Incident, draft: Draft, number: int) -> bool:
    """Whether the sentence after an incident tells of those hurt in it: "No one was injured in |the attack|"."""
    told = draft.fatalities.low is not None or draft.injuries.low is not None
    of_it = draft.definite and not draft.past_perfect and not draft.placed and not draft.headline
    return told and of_it and number - incident.last == 1


def _nearness(sentences: int) -> float:
    if sentences <= 1:
        return 0.5
    return 0.25 if sentences <= NEAR_SENTENCES else 0.0


def _adds(incident: Incident, draft: Draft, text: str) -> bool:
    """Whether it only tells of dead of the other side: "four soldiers fell, he said, and |five rebels were killed|"."""
    told = [c for d in incident.drafts for c in d.counts]
    mere = draft.family in HARM and _is_vague(draft) and not draft.other
    return mere and with_added(incident.best.fatalities, told, draft.counts, "killed", text) is not None


def _handicap(incident: Incident, draft: Draft, number: int, where: Verdict) -> float:
    """Return what speaks against two tellings of one sentence, or one of several, being one incident."""
    known, found = incident.best, 0.0
    if incident.last == number and number >= 0 and not draft.definite:
        nested = 0.0 < (where.score or 0.0) < 1.0
        empty = _is_vague(draft) and known.perpetrator == draft.perpetrator  # "and both hit their targets"
        mild = nested or empty or "explosion" in {known.family, draft.family}
        found += SAME_SENTENCE_NESTED if mild else SAME_SENTENCE
    if draft.plural != known.plural and not draft.definite and not draft.goes_on:
        found += ONE_AND_MANY
    return found


def _compare_places(incident: Incident, draft: Draft, text: str) -> Verdict:
    old, new = incident.best.placement, draft.placement
    if _is_of_the_other_side(incident.best, draft):
        return no("others were hit there")
    if _is_at_a_strange_place(incident.best, draft):
        return no("other figures, at a place that no gazetteer has")
    if _is_item_elsewhere(incident.best, draft):
        return no("another kind of blow, at the place with which its sentence opens")
    if _opens_elsewhere(incident.best, draft) or _opens_elsewhere(draft, incident.best):
        return no("opens with another place, that no gazetteer has")
    if _are_two_towns(old, new):
        return no("two towns")
    why = specialises(new, old, text) or specialises(old, new, text)
    return Verdict(SPECIALISED, (why,)) if why else compare_places(old, new)


def _are_two_towns(one: Placement, other: Placement) -> bool:
    """Whether a report names two towns, however close: it would not without need."""
    names = {unknown_name(one), unknown_name(other)}
    if len(names) == 2 and "" not in names:
        return True
    places = [p.resolution.place for p in (one, other) if p.resolution is not None and p.resolution.place is not None]
    return len(places) == 2 and places[0].place_id != places[1].place_id and all(p.feature_class == "P" for p in places)


def _compare_dates(incident: Incident, draft: Draft, reading: Reading) -> Verdict:
    """Compare dates; a day that was only assumed gives way to one within the week."""
    found = compare_dates(incident.when, draft.when)
    if draft.other and found.score != 1.0:
        return no("told as another incident")
    if incident.when is None and is_background(draft, reading.today):
        return no("of weeks before")
    if draft.when is None and draft.said_day is not None and compare_dates(incident.when, draft.said_day).score:
        return Verdict(0.4, ("told on the day",))
    if found.score is None and incident.assumed and incident.when and draft.when:
        apart = abs((incident.when.date_end - draft.when.date_end).days)
        known = draft.definite and draft.family in STRIKES
        return Verdict(0.0) if apart <= (WEEK if known else ASSUMED_DAYS) else found
    return found
