"""After all is folded: what a report tells only as background, and what it told first in passing and then in full."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.compare import compare_actors, compare_dates, compare_types
from pipeline.events.drafts import Draft
from pipeline.events.incidents import Incident
from pipeline.events.kinds import is_violent
from pipeline.events.other_matter import frame_of, matter_of
from pipeline.events.passed_over import MONTH, PassedOver
from pipeline.events.places import coarseness
from pipeline.models import Count, Placement, When
from pipeline.toponyms.surroundings import is_within

MADE_UP = frozenset({"fiction", "drill"})  # matters in which nothing happens
PROVINCE = 4  # UCDP where_prec: from here on a place is too wide to be that of an incident told in full
TAKING = frozenset({"abduction", "take", "arrest", "capture"})  # families
OPENING = 2  # sentences that may tell in short what is told in full below
FEWEST = 2  # incidents told below that make what opens a report a summary
SOME_DAYS = 7
TOLD_TWICE = 0.3  # of :func:`compare_types`: from here on two kinds are one incident's


def without_background(incidents: Sequence[Incident]) -> tuple[list[Incident], list[PassedOver]]:
    """Part the incidents of a report from its background: what is told of a month or a year, after what has a day.

    A report that tells of nothing nearer is about what it tells, and so is what opens it.
    """
    about = [i for i in incidents if i.when is not None and i.when.date_prec < MONTH]
    first = min((i.order for i in about), default=None)
    old = [i for i in incidents if first is not None and i.order >= first and _is_of_months(i)]
    why = "background: of a month or more, in a report that gives days"
    return [i for i in incidents if i not in old], [PassedOver(i.best, why) for i in old]


def without_taken_before(incidents: Sequence[Incident]) -> tuple[list[Incident], list[PassedOver]]:
    """Part the incidents of a report from what had been done before to one just told of as killed.

    "A soldier was found shot dead in A. |He had been kidnapped| two days before."
    """
    dead = {i.last for i in incidents if i.best.fatalities.low}
    before = [i for i in incidents if _is_of_one_taken(i.best) and i.order - 1 in dead]
    why = "background: what had been done before to one told of as killed"
    return [i for i in incidents if i not in before], [PassedOver(i.best, why) for i in before]


def _is_of_one_taken(draft: Draft) -> bool:
    """Whether somebody known had been taken, and it is not said where."""
    return draft.family in TAKING and draft.past_perfect and draft.of_known


def without_other_matter(incidents: Sequence[Incident], text: str) -> tuple[list[Incident], list[PassedOver]]:
    """Part the incidents of a report from what a report of sport, fiction or a drill only calls by the words of war."""
    matter = matter_of(text) if incidents else ""
    none = [i for i in incidents if matter in MADE_UP or (matter == "sport" and not i.best.fatalities.low)]
    if not none and (frame := frame_of(text) if incidents else ""):
        matter = frame
        none = [i for i in incidents if i.assumed or (frame == "court" and (i.best.quoted or i.best.in_clause))]
    why = f"the report is about {matter}"
    return [i for i in incidents if i not in none], [PassedOver(i.best, why) for i in none]


def _is_of_months(incident: Incident) -> bool:
    return incident.when is not None and incident.when.date_prec >= MONTH


def told_in_full(incidents: Sequence[Incident], text: str) -> list[Incident]:
    """Let what was told without a place, or of a whole province, give way to the one incident that it can be.

    "Rockets were fired at the north" and, further down, "a salvo was fired at A", which lies there.
    """
    kept = list(incidents)
    for vague in [i for i in incidents if _is_vague(i)]:
        fuller = [i for i in kept if i is not vague and _tells_more(vague, i)]
        if len(fuller) == 1:
            fuller[0].add(vague.best, ("told first in passing",), vague.last, text)
            kept.remove(vague)
    return kept


def without_summaries(incidents: Sequence[Incident]) -> tuple[list[Incident], list[PassedOver]]:
    """Part the incidents of a report from what its opening sums up, where two or more of those are told below.

    "Six soldiers were killed in two attacks in the province of A", and further down each of the two by itself.
    """
    sums = [i for i in incidents if _opens_with_several(i) and sum(_is_one_of(i, o) for o in incidents) >= FEWEST]
    why = "sums up several, each of them told below"
    return [i for i in incidents if i not in sums], [PassedOver(i.best, why) for i in sums]


def _opens_with_several(incident: Incident) -> bool:
    """Whether it stands in the opening, is told once only, and counts over several incidents or of a whole province."""
    best = incident.best
    wide = best.plural and coarseness(best.placement) >= PROVINCE
    return incident.order < OPENING and len({d.order for d in incident.drafts}) == 1 and (best.summed or wide)


def _is_one_of(summary: Incident, other: Incident) -> bool:
    """Whether an incident told below may be one of those summed up: it lies there, of about that day and kind."""
    one, finer = summary.best, other.best
    if other is summary or other.order <= summary.order or not is_violent(finer.sub) or not is_violent(one.sub):
        return False
    inside = (
        one.placement.resolution is None or finer.placement.resolution is None or _holds(one.placement, finer.placement)
    )
    return inside and _near(summary.when, other.when)


def _near(one: When | None, other: When | None) -> bool:
    """Whether one day is no more than some days from another."""
    if one is None or other is None:
        return True
    return abs((one.date_end - other.date_end).days) <= SOME_DAYS


def _is_vague(incident: Incident) -> bool:
    """Whether it is told without any place, or of no more than a province: with nobody hurt, or in the opening."""
    best = incident.best
    if best.placement.resolution is None:
        return True
    unhurt = not best.fatalities.text and not best.injuries.text and best.when is None
    opens = incident.order < OPENING and (incident.assumed or not unhurt)
    return coarseness(best.placement) >= PROVINCE and (unhurt or opens) and not best.plural


def _tells_more(vague: Incident, full: Incident) -> bool:
    """Whether an incident may be what another tells less of: its kind, day and sides agree, its place is finer."""
    one, other = vague.best, full.best
    if coarseness(other.placement) >= PROVINCE or not _holds(one.placement, other.placement):
        return False
    kinds = compare_types(one.sub, other.sub, (one.family, other.family)).score
    days = compare_dates(vague.when, full.when).score
    sides = compare_actors((one.perpetrator, other.perpetrator), (one.target, other.target)).score
    if kinds is None or days is None or sides is None or kinds < TOLD_TWICE:
        return False
    return all(_agree(a, b) for a, b in zip(_harm(vague), _harm(full), strict=True))


def _harm(incident: Incident) -> tuple[Count, Count]:
    return incident.best.fatalities, incident.best.injuries


def _agree(one: Count, other: Count) -> bool:
    """Whether two counts may be one: "23 people" and, in a fuller telling, "at least 20"."""
    if one.best is None or other.best is None or one.best == other.best:
        return True
    more, less = (one, other) if one.best > other.best else (other, one)
    return less.qualifier == "at_least" and less.best is not None and less.best * 2 >= (more.best or 0)


def _holds(wide: Placement, fine: Placement) -> bool:
    """Whether the finer place lies in the wide one, or no wide one is named at all."""
    around = wide.resolution.place if wide.resolution is not None else None
    inside = fine.resolution.place if fine.resolution is not None else None
    if around is None:
        return wide.resolution is None and not wide.description
    return inside is not None and (is_within(inside, around) or around.place_id == inside.place_id)
