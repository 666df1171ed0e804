"""Do two tellings speak of one incident? A score with its reasons, or a reason why not."""

from __future__ import annotations

from dataclasses import dataclass

from gazetteer.models import Place
from pipeline.codes import event_type_of
from pipeline.events.actors import is_civilian
from pipeline.events.kinds import is_unrest, is_violent
from pipeline.events.places import coarseness
from pipeline.models import Actor, Count, Placement, When
from pipeline.toponyms.geodesy import distance_km
from pipeline.toponyms.surroundings import is_within

SAME_KM = 15.0
MOB = "Mob violence"
BLOODY_UNREST = frozenset({"Excessive force against protesters", "Violent demonstration"})
CLASH = "Armed clash"
HANDS = frozenset({"Government regains territory", "Non-state actor overtakes territory"})
DISRUPTED = "Disrupted weapons use"
AIMED = frozenset({"Air/drone strike", "Shelling/artillery/missile attack"})
STOPPED = frozenset({"repel", "intercept"})  # families
GENERIC = frozenset({"attack", "killing", "harm"})  # families
TOWN, DISTRICT = 2, 3  # UCDP where_prec
STATES = frozenset({1, 8})  # ACLED inter codes
ARMED = frozenset({1, 2, 3, 8})


@dataclass(frozen=True, slots=True)
class Verdict:
    """``score`` is None where the two cannot be one incident; ``why`` says so, or lists what agrees."""

    score: float | None
    why: tuple[str, ...] = ()


def no(why: str) -> Verdict:
    """Return the verdict that two tellings differ."""
    return Verdict(None, (why,))


def compare_types(one: str | None, other: str | None, families: tuple[str, str]) -> Verdict:
    """Compare sub-event types; a generic word ("attack"), which has none, agrees with any violence.

    Examples
    --------
    >>> compare_types("Air/drone strike", None, ("strike", "attack")).score
    0.2
    >>> compare_types("Air/drone strike", "Arrests", ("strike", "arrest")).score is None
    True
    """
    if one is not None and one == other:
        return Verdict(0.5, ("same kind of event",))
    return _of_one_matter({one, other}, set(families)) or _of_violence(one, other, set(families))


def _of_one_matter(kinds: set[str | None], families: set[str]) -> Verdict | None:
    """Return the verdict on kinds that go together though they are not both violence, or None."""
    if all(is_unrest(kind) for kind in kinds):
        return Verdict(0.3, ("both of unrest",))
    harmed = "harm" in families and bool(kinds & BLOODY_UNREST)
    if len(kinds) == 2 and None in kinds and (harmed or (MOB in kinds and families & GENERIC)):
        return Verdict(0.2)
    if "raid" in families and (kinds == {None, "Arrests"} or (kinds == {None} and "capture" in families)):
        return Verdict(0.4, ("a raid and whom it caught",))
    if "encounter" in families and "Armed clash" in kinds and any(is_unrest(kind) for kind in kinds):
        return Verdict(0.3, ("what broke out is told of as unrest",))
    if families & STOPPED and kinds & {DISRUPTED} and kinds & AIMED:
        return Verdict(0.3, ("what was stopped is what was fired",))
    return None


def _of_violence(one: str | None, other: str | None, families: set[str]) -> Verdict:
    if not (is_violent(one) and is_violent(other)):
        return no("different kinds of event")
    if one is None or other is None:
        return Verdict(0.2)
    alike = event_type_of(one) == event_type_of(other)
    if families & {"harm", "killing"} and (alike or not {one, other} & HANDS):
        return Verdict(0.2)
    if alike and CLASH in {one, other} and len({one, other} & HANDS) == 1:
        return Verdict(0.2, ("a fight and the place it was for",))
    remote = alike and event_type_of(one) == "Explosions/Remote violence"
    return Verdict(-0.6) if remote else no("different kinds of event")


def compare_dates(one: When | None, other: When | None) -> Verdict:
    """Compare dates; spans that overlap agree.

    Examples
    --------
    >>> from datetime import date
    >>> monday, tuesday = (When(date(2023, 11, n), date(2023, 11, n), 1, 1) for n in (20, 21))
    >>> compare_dates(monday, monday).score, compare_dates(monday, tuesday).why
    (1.0, ('different days (2023-11-20 and 2023-11-21)',))
    """
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
        return Verdict(_same_place(one, other), (f"same place ({first.name})",))
    if is_within(first, second) or is_within(second, first):
        return Verdict(0.7, (f"{first.name} and {second.name}: one lies in the other",))
    if (
        max(coarseness(one), coarseness(other)) <= TOWN
        and distance_km(first.lat, first.lon, second.lat, second.lon) <= SAME_KM
    ):
        return Verdict(0.8, (f"{first.name} and {second.name} are close",))
    if _is_named_like(first, second) or _is_named_like(second, first):
        return Verdict(0.4, (f"{first.name} and {second.name}: a town and its province may bear one name",))
    return no(f"different places ({first.name} and {second.name})")


def _is_named_like(town: Place, place: Place) -> bool:
    """Whether a town bears the name of the province of a wider place, which may be meant by it."""
    wide = place.feature_class == "A" and town.feature_class == "P"
    return wide and town.admin1_id == place.admin1_id != "" and town.name == place.admin1


def _same_place(one: Placement, other: Placement) -> float:
    """Return the score of one place named twice: a wide one says less, and less still with other words beside it.

    "30 km north of Hit" and "Hit" share no more than an anchor.
    """
    if one.relation != other.relation and any(
        p.relation is not None and p.relation.kind != "near" for p in (one, other)
    ):
        return 0.5
    if coarseness(one) <= DISTRICT:
        return 1.5
    return 0.9 if one.relation == other.relation or coarseness(other) <= DISTRICT else 0.5


def compare_actors(
    perpetrators: tuple[Actor | None, Actor | None], targets: tuple[Actor | None, Actor | None]
) -> Verdict:
    """Compare both sides; sides that are swapped are another incident.

    Examples
    --------
    >>> one, other = Actor("Hezbollah", 3), Actor("Military Forces of Israel", 1)
    >>> compare_actors((one, other), (other, one)).why
    ('the sides are swapped',)
    """
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
    """Whether two names cannot stand for one actor; a vague one may stand for any, and so may civilians."""
    if one is None or other is None or one.name == other.name:
        return False
    if {one.name, other.name} & {one.assoc, other.assoc} - {""}:
        return False
    pair = (one, other)
    if any(a.inter in STATES for a in pair) and all(a.inter in ARMED for a in pair):
        return True
    return not any(_is_vague(a) or is_civilian(a) for a in pair)


def _is_vague(actor: Actor) -> bool:
    general = actor.name.startswith("Unidentified") or "-backed" in actor.name
    return actor.inter == 0 or (general and actor.inter in {3, 7})


def compare_counts(one: Count, other: Count) -> Verdict:
    """Compare death or injury counts; equal numbers speak for one incident.

    Examples
    --------
    >>> compare_counts(Count(8, 8, 8), Count(8, 8, 8)).why
    ('same number hurt',)
    """
    if one.best is None or other.best is None:
        return Verdict(0.0)
    if one.best == other.best:
        return Verdict(0.8 if one.best else 0.2, ("same number hurt",) if one.best else ())
    return Verdict(-0.4)
