"""An incident of one report: its tellings, and what they know together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pipeline.events.added_harm import one_of_row, with_added, with_one_side
from pipeline.events.assumed import of_the_saying
from pipeline.events.compare import CLASH
from pipeline.events.compare import HANDS as CHANGES
from pipeline.events.counts import added_up, less_by
from pipeline.events.drafts import SAID, Draft
from pipeline.events.kinds import graver, is_unrest
from pipeline.events.numbers import find_numbers
from pipeline.events.places import NOT_SAID, coarseness, specialises
from pipeline.events.tolls import brought_up, is_toll
from pipeline.models import Actor, Count, Placement, When

STATE, CIVILIANS = 1, 7  # ACLED inter codes
ARMED = frozenset({1, 2, 3, 4, 8})
REBELS = frozenset({2, 3, 4})
FIGHTS = frozenset({"clash", "encounter", "ambush"})  # families
HANDS = frozenset({"seize", "conquer", "occupation", "enter", "fall", "expel", "vacate", "transfer"})  # families
THROWN = frozenset({"Remote explosive/landmine/IED", "Grenade"})
ASSAULTS = frozenset({"attack", "raid", "ambush", "shooting"})  # families
WEAK_FAMILIES = frozenset({"harm", "killing", "respond", "launch", "land", "arrive"})
HAD_CLAIMED = re.compile(r"\bhad\s+(?:also\s+|earlier\s+)?claimed\s+(?:an?|one|two|three|several)\s", re.IGNORECASE)
PROVINCE = 4  # UCDP where_prec: from here on a place is too wide to be that of one incident among several


@dataclass(slots=True)
class Incident:
    """The tellings of one incident in one report, the fullest first; what it knows is filled from them.

    ``order`` and ``last`` are the numbers of the first and the last sentence that tell of it; ``assumed`` says that its
    day is not in the text, ``itemised`` that others, its items, stand for it.
    """

    drafts: list[Draft]
    best: Draft
    when: When | None
    order: int
    last: int
    itemised: bool = False
    assumed: bool = False
    reasons: list[str] = field(default_factory=list)

    @property
    def told_when(self) -> When | None:
        """Its day, or that on which it was told."""
        return self.when or of_the_saying(self.best.said_day)

    @property
    def surest(self) -> Draft:
        """The telling whose words most surely tell of it."""
        return max(self.drafts, key=lambda d: d.chance)

    def add(self, draft: Draft, why: tuple[str, ...], number: int, text: str) -> None:
        """Take in one more telling, the ``number``-th sentence, for the reasons ``why``."""
        if draft.when is not None and draft.when.date_prec >= 4 and self.when is not None:
            draft = replace(draft, when=None)  # "this month" says no more than what is known
        self.reasons += [w for w in why if w not in self.reasons]
        dead, hurt = self._added(draft, text)
        self.drafts.append(draft)
        best = _combine(self.best, draft, text)
        self.best = replace(best, fatalities=dead or best.fatalities, injuries=hurt or best.injuries)
        self.when = self.best.when or self.when or of_the_saying(draft.said_day)
        self.assumed = self.assumed and self.best.when is None
        self.last = max(self.last, number)

    def takes_harm(self, draft: Draft, text: str) -> None:
        """Take the dead and hurt of a telling that goes with it: "five attackers were killed and two held"."""
        known = self.best
        dead, hurt = self._added(draft, text)
        self.best = replace(
            known,
            fatalities=dead or (draft.fatalities if known.fatalities.low is None else known.fatalities),
            injuries=hurt or (draft.injuries if known.injuries.low is None else known.injuries),
        )

    def adds_dead(self, draft: Draft, number: int, *, of_hurt: bool) -> None:
        """Take in those who have died since: they add to the dead; those ``of_hurt`` are hurt at most."""
        known = self.best.fatalities
        dead = added_up([known, one_of_row(draft.fatalities)]) if known.low else draft.fatalities
        hurt = draft.injuries if self.best.injuries.low is None else self.best.injuries
        self.best = replace(
            self.best, fatalities=dead, injuries=less_by(hurt, one_of_row(draft.fatalities)) if of_hurt else hurt
        )
        self.drafts.append(draft)
        self.last = max(self.last, number)

    def takes_off_hurt(self, dead: Count) -> None:
        """Take in that so many of the hurt have died, whom a toll counts already."""
        self.best = replace(self.best, injuries=less_by(self.best.injuries, dead))

    def _added(self, draft: Draft, text: str) -> tuple[Count | None, Count | None]:
        """Return the dead and hurt where a telling tells of more: "two attackers |were also killed|"."""
        elsewhere = draft.place is not None and draft.place != self.best.place
        if draft.headline or draft.status == "claimed" or elsewhere:
            return None, None
        tolls = [c for c in draft.counts if c.kind == "killed" and c.cumulative and c.count.low]
        told = [c for d in self.drafts for c in d.counts]
        if tolls and draft.placement.resolution is None and is_toll(draft.source.sentence):
            known = self.best.fatalities
            one_side = with_one_side(known, told, tolls[-1], text)
            return one_side or brought_up(known, tolls[-1].count, draft.source.sentence), None
        dead = with_added(self.best.fatalities, told, draft.counts, "killed", text)
        hurt = with_added(self.best.injuries, told, draft.counts, "injured", text)
        return dead, hurt

    def item(self, draft: Draft, number: int) -> Incident:
        """Return one of the incidents that this one sums up; this one then gives way to its items."""
        self.itemised = True
        child = _inherit(draft, self)
        why = f"“{_short(self.best.source.sentence)}” tells of several; this is one of them"
        return Incident([child, *self.drafts], child, child.when or self.when, number, number, reasons=[why])

    def sums_up(self, draft: Draft) -> bool:
        """Whether the draft is one item of this summary: the summary is plural and lies coarser."""
        if not self.best.plural or draft.plural or not draft.placed:
            return False
        width = coarseness(self.best.placement)
        return width >= PROVINCE and width > coarseness(draft.placement)


def _inherit(draft: Draft, parent: Incident) -> Draft:
    """Return an item with what only its summary says."""
    known = parent.best
    return replace(
        draft,
        perpetrator=draft.perpetrator or known.perpetrator,
        target=draft.target or known.target,
        sub=draft.sub or known.sub,
        when=draft.when or parent.when,
        attributed_to=draft.attributed_to or known.attributed_to,
        plural=False,
        definite=False,
    )


def _combine(known: Draft, new: Draft, text: str) -> Draft:
    """Return what two tellings know together; the source sentence is that of the one that places it best."""
    finer = _is_finer(known, new, text)
    crossed = _are_crossed(known, new)
    hits_back = crossed or _hits_back(known, new)
    if crossed and (new.when is not None or new.placed):
        new = replace(new, fatalities=Count(), injuries=Count())  # a fight of their own, told beside
    full = not known.bare and not new.bare and known.placed and new.placed
    return replace(
        known,
        source=new.source if finer and not new.headline else known.source,
        placement=_placement(known, new, text) if finer else known.placement,
        sub=_unrest(known, new) if known.sub and is_unrest(known.sub) else _sub(known, new),
        family=_family(known, new),
        perpetrator=known.perpetrator if hits_back else _doer(known, new),
        target=known.target if hits_back else _hit(known, new),
        when=_finer_day(known.when, new.when),
        said_day=known.said_day or new.said_day,
        fatalities=_told(known, new, known.fatalities, new.fatalities, disagree=full),
        injuries=_told(known, new, known.injuries, new.injuries, disagree=full),
        attributed_to=known.attributed_to or new.attributed_to,
        plural=known.plural and (new.plural or new.definite or not finer),
        status="asserted" if "asserted" in {known.status, new.status} else known.status,
        notes=(*known.notes, *new.notes),
    )


def _hits_back(known: Draft, new: Draft) -> bool:
    """Whether the new telling is of soldiers or police who answered those who did it, at the same place."""
    vague = not new.placed and new.when is None
    return vague and known.perpetrator is not None and _is_state(new.perpetrator) and not _is_state(known.perpetrator)


def _are_crossed(known: Draft, new: Draft) -> bool:
    """Whether those who were hit are now told to hit others: "a bomb hit police … troops killed eight militants"."""
    hit, doer, others = known.target, new.perpetrator, new.target
    if hit is None or doer is None or others is None or known.perpetrator is not None:
        return False
    one_state = _is_state(hit) and _is_state(doer) and hit.country == doer.country
    return one_state and others.inter in REBELS and not {known.family, new.family} & FIGHTS


def _is_state(actor: Actor | None) -> bool:
    return actor is not None and actor.inter == STATE


def _is_finer(known: Draft, new: Draft, text: str) -> bool:
    """Whether the new telling places the incident better."""
    if specialises(new.placement, known.placement, text):
        return True
    if not new.placed or not known.placed:
        return new.placed
    widths = coarseness(new.placement), coarseness(known.placement)
    return widths[0] < widths[1] or (widths[0] == widths[1] and _reach(new.placement) < _reach(known.placement) / 2)


def _reach(placement: Placement) -> float:
    """Return how far from its point a place may be, in metres."""
    return placement.footprint.uncertainty_m if placement.footprint is not None else 0.0


def _placement(known: Draft, new: Draft, text: str) -> Placement:
    why = specialises(new.placement, known.placement, text)
    if why:
        return replace(new.placement, reasons=(*new.placement.reasons, why))
    return new.placement if new.placed else NOT_SAID


def _unrest(known: Draft, new: Draft) -> str | None:
    """Return what unrest is when more is told of it; what is said not to have happened adds nothing."""
    return graver(known.sub or "", new.sub, new.family) if new.status in SAID else known.sub


def _sub(known: Draft, new: Draft) -> str | None:
    """Return the kind; a headline, which may sum up several, never makes a change of hands of what the body tells."""
    thrown = new.family == "launch" and new.sub in THROWN and known.family in ASSAULTS
    if known.sub is None and new.sub == "Arrests" and (known.fatalities.low or known.family != "raid"):
        return None  # a raid in which men died was more than an arrest
    if known.sub is None and known.family in ASSAULTS and _hurts_those_who_came(known, new):
        return CLASH  # "police stormed the camp … an officer was wounded by a charge"
    if known.family == "encounter" and is_unrest(new.sub):
        return new.sub  # "confrontations broke out … young men threw stones"
    if known.sub is None and (thrown or (new.headline and new.family in HANDS)):
        return None  # "stormed the station … threw explosives": how it was done, not what it was
    if known.sub == CLASH and new.sub in CHANGES and not new.headline:
        return new.sub  # "there was fierce fighting before the troops had the village"
    return known.sub or new.sub


def _hurts_those_who_came(known: Draft, new: Draft) -> bool:
    """Whether it is told how a state's men who raided were met: who they hit, and with what, is told already."""
    hit = _is_state(new.target) and new.perpetrator is None and new.family in {"harm", "shooting", "explosion"}
    answered = new.perpetrator is not None and not _is_state(new.perpetrator) and new.family != "clash"
    return _is_state(known.perpetrator) and (hit or answered)


def _family(known: Draft, new: Draft) -> str:
    """Return the family that says more of the kind of event."""
    fought = known.target is not None and known.target.inter in ARMED and not _is_state(known.perpetrator)
    caught = known.family == "raid" and new.family == "capture" and not known.fatalities.low and not fought
    if caught or (known.sub is None and (_sub(known, new) is not None or known.family in WEAK_FAMILIES)):
        return new.family
    return known.family


def _finer_day(known: When | None, new: When | None) -> When | None:
    if known is None or (new is not None and new.date_prec < known.date_prec):
        return new
    return known


def _doer(known: Draft, new: Draft) -> Actor | None:
    """Return who did it; "a man in a vest" gives way to the armed actor that it is told of next."""
    if new.habitual or _is_another_blow(known, new):
        return known.perpetrator  # "the group, which is fighting to …, has claimed scores of attacks"
    mere = known.perpetrator is not None and known.perpetrator.inter == CIVILIANS and not is_unrest(known.sub)
    armed = new.perpetrator is not None and new.perpetrator.inter in ARMED
    return new.perpetrator if mere and armed else _fuller(known.perpetrator, new.perpetrator, known.target)


def _is_another_blow(known: Draft, new: Draft) -> bool:
    """Whether a deed done before is one with another weapon: "had claimed |a drone attack|", told of a missile."""
    earlier = new.past_perfect or HAD_CLAIMED.search(new.source.sentence) is not None
    return earlier and not new.definite and None not in {known.sub, new.sub} and known.sub != new.sub


def _hit(known: Draft, new: Draft) -> Actor | None:
    """Return who was hit; "attacked a village, mainly |targeting the VDP|" was aimed at those."""
    beside = known.source == new.source and known.target is not None and known.target.inter == CIVILIANS
    if beside and new.target is not None and new.target.inter in ARMED and new.target != known.perpetrator:
        return new.target
    return _fuller(known.target, new.target, known.perpetrator)


def _fuller(known: Actor | None, new: Actor | None, other: Actor | None) -> Actor | None:
    """Return the actor that is known better: one with a code before one without, a name before "Unidentified".

    Who is known to stand on the ``other`` side does not come to this one: "one soldier of theirs was hurt, too".
    """
    if new is not None and other is not None and new.name == other.name:
        return known
    if known is None or new is None:
        return known or new
    coded = known.inter == 0 and new.inter != 0
    named = known.name.startswith("Unidentified") and not new.name.startswith("Unidentified")
    return new if coded or named else known


def _told(known: Draft, new: Draft, old: Count, more: Count, *, disagree: bool) -> Count:
    """Return the count; what only those who did it say ("it killed 25 apostates") is no more than the upper end.

    A headline, which may sum up several or be of the hour before, gives way to what the report itself counts.
    """
    if known.summed != new.summed and old.low is not None and more.low is not None and not new.headline:
        return more if known.summed else old  # of several attacks, and of one of them
    open_ended = old.qualifier == "several" or old.qualifier == more.qualifier == "at_least"  # "at least eight now"
    if new.headline and not known.headline and old.low is not None and not open_ended:
        return old
    is_claim = new.status == "claimed" or (new.by_pronoun and (new.past_perfect or new.perfect))
    if known.status == "claimed" and new.status == "asserted" and more.low and more.low < (old.best or 0):
        return replace(more, high=old.best, qualifier="about", text=f"{more.text}; {old.text}")  # "the army said five"
    boasted = is_claim and known.status != "claimed" and old.best and (more.best or 0) > old.best
    return replace(old, high=more.best) if boasted else _larger(old, more, disagree=disagree)


def _larger(known: Count, new: Count, *, disagree: bool) -> Count:
    """Return the larger count; where two full tellings ``disagree``, the range of both."""
    if new.low is None and new.best is None:
        return known
    if known.low is None and known.best is None:
        return new
    more, less = (new, known) if (new.best or new.low or 0) > (known.best or known.low or 0) else (known, new)
    exact = more.qualifier == less.qualifier == "exact" and not _is_one_of_them(less)
    if disagree and less.low and more.low != less.low and exact:
        return replace(more, low=less.low, qualifier="about", text=f"{known.text}; {new.text}")
    return more


def _is_one_of_them(count: Count) -> bool:
    """Whether one person is told of without a number: some one of those counted elsewhere."""
    return count.best == 1 and not find_numbers(count.text)


def _short(sentence: str, length: int = 60) -> str:
    return sentence if len(sentence) <= length else sentence[: length - 1].rsplit(" ", 1)[0] + "…"
