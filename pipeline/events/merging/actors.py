"""Who two tellings say it was: one actor, one part of another, a vague word for it, or another."""

from __future__ import annotations

from typing import Literal

from pipeline.events.actors import is_civilian
from pipeline.events.kinds import is_unrest
from pipeline.events.merging.evidence import Apart, Finding, Sign
from pipeline.events.merging.tellings import Told
from pipeline.models import Actor

Bond = Literal["same", "unnamed", "related", "open", "other"]
STATES, CROWDS = frozenset({1, 8}), frozenset({5, 6})  # ACLED inter codes
FORCES = ("Military Forces", "Police Forces", "Government")
ARMED = frozenset({1, 2, 3, 8})
UNKNOWN_ARMY = "Unidentified Military Forces"


def bond(one: Actor | None, other: Actor | None) -> Bond:
    """Return how two actors stand to each other; "open" where one may stand for the other, or is not told.

    Examples
    --------
    >>> bond(Actor("Islamic State", 2), Actor("Unidentified Armed Group (Iraq)", 3))
    'open'
    >>> bond(Actor("Military Forces of Iran", 1, country="IR"), Actor("Quds Force", 8, country="IR"))
    'related'
    """
    if one is None or other is None:
        return "open"
    if one.name == other.name:
        return "unnamed" if is_vague(one) else "same"
    if {one.name, other.name} & {one.assoc, other.assoc} - {""} or _of_one_state(one, other):
        return "related"
    if _are_crowd_and_force(one, other) or _may_be_its_army(one, other):
        return "open"
    if all(a.inter in ARMED for a in (one, other)) and any(_is_force_of_a_state(a) for a in (one, other)):
        return "other"
    return "open" if any(is_vague(a) or is_civilian(a) for a in (one, other)) else "other"


def is_vague(actor: Actor) -> bool:
    """Whether an actor is no more than a kind of actor."""
    return actor.inter == 0 or actor.name.startswith("Unidentified") or "-backed" in actor.name


def _are_crowd_and_force(one: Actor, other: Actor) -> bool:
    """Whether one is a crowd, the other the state's: a protest is told by who marched or who broke it up."""
    return any(a.inter in CROWDS and b.inter in STATES for a, b in ((one, other), (other, one)))


def _may_be_its_army(one: Actor, other: Actor) -> bool:
    """Whether an army of no country that was said may be that of a state: "a military jet"."""
    return any(a.name.startswith(UNKNOWN_ARMY) and b.inter in STATES for a, b in ((one, other), (other, one)))


def _is_force_of_a_state(actor: Actor) -> bool:
    """Whether an actor is a state's army or police, which no report calls gunmen; the Taliban in power may be."""
    return actor.inter in STATES and actor.name.startswith(FORCES)


def _of_one_state(one: Actor, other: Actor) -> bool:
    return one.inter in STATES and other.inter in STATES and one.country == other.country != ""


def compare_sides(one: Told, other: Told) -> Finding:
    """Compare who did it; whom it was done to is a hint: one report names the base, the next the dead."""
    (p, t), (q, u) = ((e.perpetrator, e.target) for e in (one.event, other.event))
    if _is_mutual(one) or _is_mutual(other):
        return _compare_mutual((p, t), (q, u))
    swapped = _are_one_side(p, u) or _are_one_side(q, t)
    if swapped and not _are_unrest(one, other) and "same" not in {bond(p, q), bond(t, u)}:
        return Apart("the sides are swapped")
    found = bond(p, q)
    why = {"same": "same perpetrator", "related": "related perpetrators", "other": "different perpetrators"}
    sign = () if found == "open" else (Sign(f"perpetrator_{found}", why.get(found, "")),)
    return (*sign, *_compare_targets(t, u))


def _are_unrest(one: Told, other: Told) -> bool:
    """Whether both are a protest or a riot, which is told by those who marched or by those who broke it up."""
    return is_unrest(one.event.sub_event_type) and is_unrest(other.event.sub_event_type)


def _are_one_side(one: Actor | None, other: Actor | None) -> bool:
    """Whether an actor of the one is that of the other; civilians of one country are many."""
    return one is not None and bond(one, other) == "same" and not is_civilian(one)


def _compare_targets(one: Actor | None, other: Actor | None) -> tuple[Sign, ...]:
    found = bond(one, other)
    if found == "same" and one is not None:
        return (Sign("target_civilians" if is_civilian(one) else "target_same", "same target"),)
    if found in {"related", "unnamed"}:
        return (Sign("target_related", "related targets" if found == "related" else "same kind of target"),)
    if found == "open" and one is not None and other is not None and _is_one_armed(one, other):
        return (Sign("target_armed_or_not", "fighters in the one, civilians in the other"),)
    return (Sign("target_other", "different targets"),) if found == "other" else ()


def _is_one_armed(one: Actor, other: Actor) -> bool:
    return any(is_civilian(a) and b.inter in ARMED for a, b in ((one, other), (other, one)))


def _is_mutual(told: Told) -> bool:
    return told.event.sub_event_type == "Armed clash" and told.sentence.mutual


def _compare_mutual(one: tuple[Actor | None, ...], other: tuple[Actor | None, ...]) -> tuple[Sign, ...]:
    """Compare the sides of a clash, in which either may be named first."""
    straight, crossed = ([bond(a, b) for a, b in zip(one, side, strict=True)] for side in (other, other[::-1]))
    bonds = min(straight, crossed, key=lambda found: (found.count("other"), -found.count("same")))
    if "other" in bonds:
        return (Sign("sides_other", "different sides"),)
    armed = [a is not None and not is_civilian(a) for a in one]
    told = tuple(Sign(f"perpetrator_{b}", "same sides") for b, a in zip(bonds, armed, strict=True) if b != "open" and a)
    is_crossed = bonds is crossed and crossed == ["same", "same"] and "same" not in straight
    return (
        (*told, Sign("sides_crossed", "who did it in the one is whom it was done to in the other"))
        if is_crossed
        else told
    )
