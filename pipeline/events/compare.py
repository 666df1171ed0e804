"""Do two tellings speak of one incident? A score with its reasons, or a reason why not."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.codes import event_type_of
from pipeline.events.actors import is_civilian
from pipeline.events.drafts import GENERIC, is_violent
from pipeline.models import Actor, Count, Placement, When
from pipeline.toponyms.features import is_within
from pipeline.toponyms.geodesy import distance_km

SAME_KM = 15.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """``score`` is None where the two cannot be one incident; ``why`` says so, or lists what agrees."""

    score: float | None
    why: tuple[str, ...] = ()


def no(why: str) -> Verdict:
    """Return the verdict that two tellings differ."""
    return Verdict(None, (why,))


def compare_types(one: str | None, other: str | None, families: tuple[str, str]) -> Verdict:
    """Compare sub-event types; a generic word ("attack") agrees with any violence."""
    if one is not None and one == other:
        return Verdict(0.5, ("same kind of event",))
    if not (is_violent(one) and is_violent(other)):
        return no("different kinds of event")
    if one is None or other is None or set(families) & {"harm", "killing"}:
        return Verdict(0.2)
    remote = event_type_of(one) == event_type_of(other) == "Explosions/Remote violence"
    return Verdict(-0.6) if remote else no("different kinds of event")


def compare_dates(one: When | None, other: When | None) -> Verdict:
    """Compare dates; spans that overlap agree."""
    if one is None or other is None:
        return Verdict(0.0)
    if one.date_start > other.date_end or other.date_start > one.date_end:
        return no(f"different days ({one.date_start} and {other.date_start})")
    return Verdict(1.0 if one.date_prec == other.date_prec == 1 else 0.4, ("same day",))


def compare_places(one: Placement, other: Placement) -> Verdict:
    """Compare places: the same, one inside the other, or apart."""
    first, second = (p.resolution.place if p.resolution else None for p in (one, other))
    if first is None or second is None:
        return Verdict(0.0)
    if first.place_id == second.place_id:
        same_words = one.relation == other.relation or (one.where_prec or 9) <= 3 or (other.where_prec or 9) <= 3
        return Verdict(1.5 if (one.where_prec or 9) <= 3 else 0.9 if same_words else 0.5, (f"same place ({first.name})",))
    if is_within(first, second) or is_within(second, first):
        return Verdict(0.7, (f"{first.name} and {second.name}: one lies in the other",))
    if max(one.where_prec or 9, other.where_prec or 9) <= 2 and distance_km(first.lat, first.lon, second.lat, second.lon) <= SAME_KM:
        return Verdict(0.8, (f"{first.name} and {second.name} are close",))
    return no(f"different places ({first.name} and {second.name})")


def compare_actors(perpetrators: tuple[Actor | None, Actor | None], targets: tuple[Actor | None, Actor | None]) -> Verdict:
    """Compare both sides; sides that are swapped are another incident."""
    (p, q), (t, u) = perpetrators, targets
    if (_same(p, u) or _same(q, t)) and not _same(p, q):
        return no("the sides are swapped")
    if _differ(p, q):
        return no("different perpetrators")
    if _differ(t, u):
        return Verdict(-0.3)
    return Verdict(0.5 * _same(p, q) + 0.5 * _same(t, u), ("same actors",) if _same(p, q) or _same(t, u) else ())


def _same(one: Actor | None, other: Actor | None) -> bool:
    return one is not None and other is not None and one.name == other.name


def _differ(one: Actor | None, other: Actor | None) -> bool:
    if one is None or other is None or one.name == other.name:
        return False
    if {one.name, other.name} & {one.assoc, other.assoc} - {""}:
        return False
    if any(a.inter in {1, 8} for a in (one, other)) and all(a.inter in {1, 2, 3, 8} for a in (one, other)):
        return True
    vague = any(a.inter in {0, 3, 7} and (a.name.startswith("Unidentified") or "-backed" in a.name or a.inter == 0) for a in (one, other))
    return not vague and not (is_civilian(one) or is_civilian(other))


def compare_counts(one: Count, other: Count) -> Verdict:
    """Compare death or injury counts; equal numbers speak for one incident."""
    if one.best is None or other.best is None:
        return Verdict(0.0)
    if one.best == other.best:
        return Verdict(0.8 if one.best else 0.2, ("same number hurt",) if one.best else ())
    return Verdict(-0.4)


def is_generic(family: str) -> bool:
    """Whether a trigger family leaves the kind of event open."""
    return family in GENERIC
