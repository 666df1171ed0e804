"""Where two tellings say it was: by their places, by the names that both reports tell, by their datelines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazetteer.models import Place
from pipeline.events._words import table
from pipeline.events.merging.evidence import Apart, Finding, Sign
from pipeline.events.merging.places import (
    DISTRICT,
    NEAR_KM,
    TOWN,
    are_spellings,
    compare_filed,
    compare_places,
    guessed,
    place_in,
)
from pipeline.events.merging.sites import compare_sites
from pipeline.events.merging.spellings import are_alike, bare, names_in_common, sound_of
from pipeline.events.merging.tellings import Told, may_be_one_place
from pipeline.events.places import coarseness
from pipeline.toponyms.geodesy import distance_km
from pipeline.toponyms.surroundings import is_within

WIDE_CODES = frozenset({"ADM1", "RGN", "CONT"})
NEIGHBOURS = frozenset({"place_close", "place_near", "place_beside"})
WEAK = frozenset({"place_unknown", "place_about", "place_wider", "place_part", "place_part_other", "place_province"})


def compare_where(one: Told, other: Told) -> Finding:
    """Compare where it was; where a telling is not placed finely, by what else it names, or by its dateline."""
    found = compare_places(one.event.placement, other.event.placement)
    if isinstance(found, Apart):
        return _held(one, other) or _though_apart(one, other) or found
    without = frozenset(bare(name) for t in (one, other) for name in _names_of_places(t))
    sites = compare_sites(one.details.sites, other.details.sites, without=without)
    return (*_weighed_by_names(one, other, found), *sites)


def _weighed_by_names(one: Told, other: Told, found: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """Return the signs of two places that may be one, with those of what else both reports name."""
    if found[0].name == "place_close" and _are_named_alike(one, other):
        return (Sign("place_point", f"one place in two spellings: {found[0].why}"),)
    if found[0].name in NEIGHBOURS:
        return found if _either_names(one, other) else (*found, Sign("place_neighbour", "each names its own"))
    if found[0].name in WEAK or found[0].name.startswith("place_in"):
        return _narrowed(one, other, found)
    return (*found, *_other_sites(one, other))


def _names_of_places(told: Told) -> Iterator[str]:
    """Yield the names of the place of a telling, of what it lies in, and of the places that its text names."""
    for place in filter(None, (place_in(told.event.placement), *told.named)):
        yield from filter(None, (place.name, place.admin1, place.admin2))
    if told.event.placement.resolution is not None:
        yield told.event.placement.resolution.mention.text
    yield from told.peoples


def _are_named_alike(one: Told, other: Told) -> bool:
    names = [t.event.placement.resolution.mention.text for t in (one, other) if t.event.placement.resolution]
    return len(names) == 2 and are_alike(*map(bare, names))


def _though_apart(one: Told, other: Told) -> tuple[Sign, ...]:
    """Return the sign of two places far apart one of which may be misread; empty where they are two."""
    if _is_misread(one, other):
        return (Sign("place_misread", "one name, read as far apart"),)
    if both := names_in_common(one.unknown, other.unknown):
        return (Sign("place_elsewhere", f"placed apart, but both name {min(both)}"),)
    for mine, theirs in ((one, other), (other, one)):
        if name := next((n for n in sorted(mine.unknown) if not _is_wide(n) and _has_written(theirs, bare(n))), ""):
            return (Sign("place_elsewhere", f"placed apart, but both name {name}"),)
        place = place_in(mine.event.placement)
        if place is None or any(may_be_one_place(place, p) for p in theirs.other_places):
            continue  # of what it tells of there, the name is
        if coarseness(mine.event.placement) <= DISTRICT and _names_there(theirs, place):
            if _is_of_dateline(theirs):
                return (Sign("place_named", f"both reports name {place.name}"),)
            return (Sign("place_elsewhere", f"placed apart, but both name {place.name}"),)
    return ()


def _held(one: Told, other: Told) -> tuple[Sign, ...]:
    """Return the sign of a quarter and its town which the gazetteer has far apart."""
    if _is_said_to_lie_in(one, other) or _is_said_to_lie_in(other, one):
        return (Sign("place_in_town", "the one is said to lie in the other"),)
    return ()


def _is_said_to_lie_in(told: Told, other: Told) -> bool:
    """Whether a telling's place is said to lie in the town of the other: "Kabul's |Dasht-e-Barchi| neighbourhood"."""
    here, there = told.event.placement.resolution, other.event.placement.resolution
    is_town = there is not None and there.place is not None and there.place.feature_class == "P"
    if here is None or there is None or there.place is None or not is_town or coarseness(other.event.placement) > TOWN:
        return False
    source, names = told.event.sources[0], {there.mention.text, there.place.name}
    if not any(name in source.sentence for name in names):
        return False
    town = "|".join(map(re.escape, names))
    start, end = here.mention.start - source.sent_start, here.mention.end - source.sent_start
    if not 0 <= start < end <= len(source.sentence):
        return False
    holds = re.search(rf"\b(?:{town})['’]s\s+[\w\s-]{{0,25}}\Z", source.sentence[:start])
    wide = "|".join(table("merging")["wide_words"])
    held = re.match(
        rf"(?:\s+\w+)?(?:,\s+(?:\w+\s+of\s+)?|\s+(?:in|of)\s+(?:the\s+\w+\s+of\s+)?)(?:{town})\b(?!\s+(?:{wide}))",
        source.sentence[end:],
    )
    return holds is not None or held is not None


def _is_of_dateline(told: Told) -> bool:
    """Whether a telling was placed by no more than where its report was written."""
    found = told.event.placement.resolution
    return found is not None and "dateline" in found.mention.cues


def _names_there(told: Told, place: Place) -> bool:
    """Whether a telling that is placed elsewhere names a place where it may have been, too."""
    named = any(place.place_id == p.place_id for p in told.named)
    return place.country in told.lands and (named or (_is_distinct(place, told) and _writes(told, place)))


def _narrowed(one: Told, other: Told, found: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """Return the signs of a place told widely, or not at all, with those of the names that both reports tell."""
    if both := names_in_common(one.unknown, other.unknown):
        is_wide = all(_is_wide(n) for t in (one, other) for n in t.unknown if bare(n) in both)
        name = "place_district" if is_wide else "place_same_words"
        return (Sign(name, f"both name {', '.join(sorted(both))}"),)
    unknown = found[0].name == "place_unknown"
    base = () if unknown else found
    if (shared := next(_named_by_both(one, other), None)) is not None:
        return (*base, shared)
    if unknown and one.lands and other.lands and not one.lands & other.lands:
        return (Sign("lands_apart", "they name no country in common"),)
    if (first := _where_told(one, other)) and (second := _where_told(other, one)):
        return (*base, Sign("place_other_name", f"but the one names {first}, the other {second}"))
    for mine, theirs in ((one, other), (other, one)):
        if (town := next((t for t in mine.filed if _writes(theirs, t)), None)) is not None:
            return (*base, Sign("place_filed_named", f"one was filed from {town.name}, which the other names"))
    filed = compare_filed((one.filed, other.filed), (one.event.placement, other.event.placement))
    return filed if filed and guessed(found) <= 0 else found


def _where_told(told: Told, other: Told) -> str:
    """Return a name of where a telling was within what the other is told to, empty where it tells none."""
    wide, own = place_in(other.event.placement), place_in(told.event.placement)
    is_wide = coarseness(told.event.placement) > DISTRICT
    towns = (
        p.name
        for p in _local(told)
        if p.feature_class == "P"
        and not (is_wide and own is not None and (p == own or not may_be_one_place(p, own)))
        and p not in told.aftermath
        and (wide is None or not (is_within(wide, p) or _is_beside(wide, p)))
    )
    return next(towns, "") or min((n for n in told.unknown if not _is_wide(n)), default="")


def _is_wide(name: str) -> bool:
    """Whether a name says that it is of an area in which the other's village may lie: "Gero district"."""
    return bool(set(name.split()) & set(table("merging")["wide_words"]))


def _named_by_both(one: Told, other: Told) -> Iterator[Sign]:
    """Yield signs of the places no wider than a district and the unknown names that both reports tell."""
    for a, b in ((one, other), (other, one)):
        for place in _local(a):
            if any(_is_beside(place, q) for q in _local(b)) or (_is_distinct(place, b) and _writes(b, place)):
                elsewhere = any(_is_elsewhere(t, place) for t in (a, b)) or _are_both_elsewhere(a, b, place)
                yield Sign("place_mentioned" if elsewhere else "place_named", f"both reports name {place.name}")
        for name in sorted(a.unknown):
            if bare(name) not in table("merging")["name_openings"] and _has_written(b, bare(name)):
                elsewhere = coarseness(b.event.placement) <= TOWN and not _stands_in_its_town(b, name)
                yield Sign("place_mentioned" if elsewhere else "place_same_words", f"both name {name}")


def _stands_in_its_town(told: Told, name: str) -> bool:
    """Whether a name stands right before the town that its telling was placed in: "at |Bamunka|, in Ndop"."""
    found = told.event.placement.resolution
    if found is None:
        return False
    town = re.escape(found.mention.text)
    beside = rf"\b{re.escape(bare(name))}\b(?:\s+\w+)?\s*(?:,\s*(?:in\s+)?|\s+in\s+)(?:the\s+)?(?:\w+\s+of\s+)?{town}\b"
    return re.search(beside, told.event.sources[0].sentence, re.IGNORECASE) is not None


def _are_both_elsewhere(one: Told, other: Told, place: Place) -> bool:
    """Whether both are told finely, of two places, and neither of that place: two suburbs of one capital."""
    own = [place_in(t.event.placement) for t in (one, other)]
    fine = all(coarseness(t.event.placement) <= DISTRICT for t in (one, other))
    names = {bare(p.name) for p in own if p is not None}
    return fine and len(names) == 2 and bare(place.name) not in names


def _is_elsewhere(told: Told, place: Place) -> bool:
    """Whether a telling is placed in another town than one that its report names beside it."""
    own = place_in(told.event.placement)
    return own is not None and coarseness(told.event.placement) <= TOWN and not _is_beside(own, place)


def _local(told: Told) -> Iterator[Place]:
    """Yield the place of a telling, if told finely, and the towns and districts that its text names."""
    place = place_in(told.event.placement)
    if place is not None and coarseness(told.event.placement) <= DISTRICT:
        yield place
    yield from (p for p in told.named if p.feature_code not in WIDE_CODES)


def _is_distinct(place: Place, told: Told) -> bool:
    """Whether a place has another name than what it lies in and what the other telling was placed in: Kaduna State."""
    wide = place_in(told.event.placement)
    return bare(place.name) not in {bare(place.admin1), bare(wide.name) if wide is not None else ""}


def _is_beside(one: Place, other: Place) -> bool:
    return one.place_id == other.place_id or distance_km(one.lat, one.lon, other.lat, other.lon) <= NEAR_KM


def _writes(told: Told, place: Place) -> bool:
    return _has_written(told, bare(place.name))


def _has_written(told: Told, name: str) -> bool:
    """Whether a text has a name, in some spelling, whatever it was read as."""
    written = told.details.names.get(sound_of(name), frozenset())
    return any(are_alike(name, w) for w in written)


def _either_names(one: Told, other: Told) -> bool:
    """Whether one of the reports names the place of the other too."""
    pairs = ((place_in(a.event.placement), b) for a, b in ((one, other), (other, one)))
    return any(
        place is not None and (_writes(told, place) or place.place_id in {p.place_id for p in told.named})
        for place, told in pairs
    )


def _other_sites(one: Told, other: Told) -> tuple[Sign, ...]:
    """Return a sign where both tell a road, a quarter or a village in one place, and none that is the other's."""
    first, second = one.unknown, other.unknown
    if not first or not second or names_in_common(first, second):
        return _other_towns(one, other)
    return (Sign("site_other", f"{min(first)} and {min(second)}"),)


def _other_towns(one: Told, other: Told) -> tuple[Sign, ...]:
    """Return a sign where both are told to one district, and each names a town in it that the other does not."""
    if min(coarseness(t.event.placement) for t in (one, other)) != DISTRICT:
        return ()
    first, second = (_towns(a) - {t for t in _towns(a) if _has_written(b, t)} for a, b in ((one, other), (other, one)))
    return (Sign("site_other", f"{min(first)} and {min(second)}"),) if first and second else ()


def _towns(told: Told) -> frozenset[str]:
    """Return the names of the towns that a telling names beside its place."""
    own = place_in(told.event.placement)
    return frozenset(bare(p.name) for p in told.named if p.feature_class == "P" and p != own)


def _is_misread(one: Told, other: Told) -> bool:
    """Whether both name one place, but one took it for a namesake in a land of which its report names nothing else."""
    first, second = place_in(one.event.placement), place_in(other.event.placement)
    if first is None or second is None or not are_spellings(one.event.placement, other.event.placement):
        return False
    return any(
        theirs.country in told.other_lands and mine.country not in told.other_lands
        for told, mine, theirs in ((one, first, second), (other, second, first))
    )
