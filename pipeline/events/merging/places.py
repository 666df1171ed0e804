"""Where two tellings say it was: one place, one inside the other, close by, or apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from shapely.geometry import Point

from gazetteer.models import Place
from gazetteer.names import similarity, skeleton
from pipeline.events._words import fold, table
from pipeline.events.merging.evidence import Apart, Finding, Sign, first_guesses, weighed
from pipeline.events.merging.spellings import ALIKE
from pipeline.events.merging.tellings import AT_THE_PLACE
from pipeline.events.places import coarseness
from pipeline.models import Placement
from pipeline.toponyms.geodesy import distance_km
from pipeline.toponyms.surroundings import is_within

CLOSE_KM, NEAR_KM, BESIDE_KM = 5.0, 15.0, 30.0
#: by where_prec, how far what lies outside of a wide place may still be meant by it: borders are known by few
REACH_KM = {3: 30.0, 4: 40.0, 5: 30.0}
TOWN, DISTRICT, COUNTRY = 2, 3, 6  # UCDP where_prec
OTHER_READINGS = 3
HOLDERS = {2: "town", 3: "district", 4: "province", 5: "sector", 6: "country"}  # by where_prec
SURE = 0.9  # a place as sure as this has no other reading


def compare_filed(
    filed: tuple[Sequence[Place], Sequence[Place]], placements: tuple[Placement, Placement]
) -> tuple[Sign, ...]:
    """Compare by the datelines of local reports, the last thing that may say where; empty where they say nothing."""
    (first, second), (one, other) = filed, placements
    for towns, place in ((first, place_in(other)), (second, place_in(one))):
        for town in towns:
            if place is not None and _is_at(town, place):
                return (Sign("place_filed", f"one was filed from {town.name}"),)
    if first and second:
        alike = any(_is_at(a, b) for a, b in product(first, second))
        return (Sign("place_filed" if alike else "place_filed_apart", "as the datelines have it"),)
    return ()


def _is_at(town: Place, place: Place) -> bool:
    """Whether a town is a place of no more than a district, or at it."""
    near = distance_km(town.lat, town.lon, place.lat, place.lon) <= NEAR_KM or is_within(town, place)
    return near and (place.feature_class == "P" or place.feature_code.startswith("ADM2"))


def are_spellings(one: Placement, other: Placement) -> bool:
    """Whether two names as written may be one in two transliterations."""
    bones = {skeleton(p.resolution.mention.text) if p.resolution else "" for p in (one, other)}
    return len(bones) == 1 and bones != {""}


def compare_places(one: Placement, other: Placement) -> Finding:
    """Return how far two placements agree, or that they are apart.

    A name that may be read in another way agrees with less weight through that reading.
    """
    first, second = place_in(one), place_in(other)
    if first is None or second is None:
        return _unplaced(one, other)
    found = _placed(one, first, other, second)
    if not isinstance(found, Apart) or _are_opposite(one, other):
        return found
    read = [_placed(one, p, other, q) for p, q in _readings(one, other)]
    best = max((v for v in read if not isinstance(v, Apart)), key=guessed, default=None)
    return found if best is None else (*best, Sign("place_other_reading", "in another reading of the name"))


def _are_opposite(one: Placement, other: Placement) -> bool:
    """Whether two names are told apart by a direction only: "North Kivu" is no reading of "South Kivu"."""
    directions = table("merging")["directions"]
    names = [set(fold(p.resolution.mention.text).split()) if p.resolution else set() for p in (one, other)]
    (a, b), (c, d) = ((name & set(directions), name - set(directions)) for name in names)
    return bool(a and c) and a != c and bool(b & d)


def guessed(signs: Iterable[Sign]) -> float:
    """Return what signs count by the first guess: which of two readings is taken does not hang on what was learned."""
    return weighed(signs, first_guesses())


def place_in(placement: Placement) -> Place | None:
    """Return the place of a placement, if it has one."""
    return placement.resolution.place if placement.resolution else None


def is_nested(one: Placement, other: Placement) -> bool:
    """Whether one is told to the town and the other only to a province or wider."""
    finer, wider = sorted((coarseness(one), coarseness(other)))
    return finer <= DISTRICT < wider <= COUNTRY + 1


def _unplaced(one: Placement, other: Placement) -> Finding:
    """Compare where one is not placed: by the names as written, if both are named but in no gazetteer."""
    names = [p.resolution.mention.text if p.resolution else "" for p in (one, other)]
    if all(names) and similarity(*names) >= ALIKE:
        return (Sign("place_same_words", f"both name {names[0]}"),)
    if all(names) and place_in(one) is None and place_in(other) is None:
        return Apart(f"different places ({names[0]} and {names[1]})")
    return (Sign("place_unknown", "one does not say where"),)


def _placed(one: Placement, first: Place, other: Placement, second: Place) -> Finding:
    if first.place_id == second.place_id:
        return _same(one, other, first)
    for inner, outer, wide in ((first, second, other), (second, first, one)):
        if is_within(inner, outer) or _lies_in_footprint(inner, wide):
            return (Sign(_held(inner, wide), f"{inner.name} lies in {outer.name}"),)
    if _overlap(one, other):
        return (Sign("place_in_sector", f"{one.description} and {other.description} overlap"),)
    km = distance_km(first.lat, first.lon, second.lat, second.lon)
    return _close(one, other, km, f"{first.name} and {second.name} are {km:.0f} km apart")


def _held(inner: Place, wide: Placement) -> str:
    """Return the sign of a place in a wider one; in a part of a country, where the words place it there."""
    if coarseness(wide) > DISTRICT and wide.relation is not None and wide.relation.kind == "part":
        return "place_part" if _lies_in_footprint(inner, wide) else "place_part_other"
    return f"place_in_{HOLDERS.get(coarseness(wide), 'wider')}"


def _same(one: Placement, other: Placement, place: Place) -> tuple[Sign, ...]:
    """Return the sign of one place named twice; "30 km north of Hit" and "Hit" share no more than an anchor."""
    why = f"same place ({place.name})"
    if one.relation != other.relation and any(_is_elsewhere(p) for p in (one, other)):
        return (Sign("place_near", why),)
    names = {2: "place_point", 3: "place_district", 4: "place_province", 5: "place_province"}
    wider = max(coarseness(one), coarseness(other))
    return (Sign(next((name for prec, name in names.items() if wider <= prec), "place_wider"), why),)


def _is_elsewhere(placement: Placement) -> bool:
    """Whether the words put it away from the place they name, and not only near it or in a part of it."""
    relation = placement.relation
    return relation is not None and (relation.kind not in AT_THE_PLACE or relation.distance_km is not None)


def _close(one: Placement, other: Placement, km: float, why: str) -> Finding:
    fine = max(coarseness(one), coarseness(other)) <= TOWN
    near = any(p.relation is not None and p.relation.kind == "near" for p in (one, other))
    for name, limit, holds in (
        ("close", CLOSE_KM, fine),
        ("near", NEAR_KM, fine),
        ("beside", BESIDE_KM, fine and near),
    ):
        if holds and km <= limit:
            return (Sign(f"place_{name}", why),)
    if not fine and km <= REACH_KM.get(max(coarseness(one), coarseness(other)), 0.0):
        return (Sign("place_about", why),)
    return Apart(why)


def _lies_in_footprint(place: Place, placement: Placement) -> bool:
    """Whether a place lies in what the words of the other describe: "the Hasakah countryside"."""
    footprint = placement.footprint
    if footprint is None or coarseness(placement) <= TOWN:
        return False
    if footprint.geometry is not None:
        return bool(footprint.geometry.covers(Point(place.lon, place.lat)))
    return distance_km(place.lat, place.lon, footprint.lat, footprint.lon) <= footprint.uncertainty_m / 1000


def _overlap(one: Placement, other: Placement) -> bool:
    """Whether a stretch between two places runs through the area of the other: "on the A-B road", "near A"."""
    if not any(p.relation is not None and p.relation.other_anchors for p in (one, other)):
        return False
    first, second = (_anchors(p) for p in (one, other))
    shapes = [
        p.footprint.geometry for p in (one, other) if p.footprint is not None and p.footprint.geometry is not None
    ]
    return bool(first & second) or (len(shapes) == 2 and shapes[0].intersects(shapes[1]))


def _anchors(placement: Placement) -> frozenset[str]:
    """Return the names that the words of a placement hang on."""
    relation, found = placement.relation, placement.resolution
    own = [found.mention.text] if found is not None else []
    told = [relation.anchor_text, *relation.other_anchors] if relation is not None else []
    return frozenset(fold(name) for name in (*own, *told))


def _readings(one: Placement, other: Placement) -> Iterator[tuple[Place, Place]]:
    """Yield the pairs of places that the names may mean beside those taken."""
    return ((p, q) for p, q in product(readings_of(one), readings_of(other)))


def readings_of(placement: Placement) -> list[Place]:
    """Return the place of a placement and, where that is not sure, the next ones that its name may mean."""
    found = placement.resolution
    if found is None or found.place is None:
        return []
    others = [] if found.score >= SURE else [a.place for a in found.alternatives[:OTHER_READINGS]]
    return [found.place, *others]
