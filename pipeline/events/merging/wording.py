"""The words of two tellings: weapons, things hit, people, and the rare words that both have."""

from __future__ import annotations

from functools import cache

from pipeline.events._words import fold, table
from pipeline.events.merging.details import rarity, stem
from pipeline.events.merging.evidence import Finding, Sign
from pipeline.events.merging.places import place_in
from pipeline.events.merging.tellings import Told

RARE = 0.75  # of a word that few reports have
COMMON = 0.4  # of a word that says little; what a word is rarer counts
MOST_RARITY = 2.5
MOST_WORDS_SHOWN = 5
MOST_NAMES = 3
LEAST_NAME = BEGINNING = 4  # letters


def compare_weapons(one: Told, other: Told) -> Finding:
    """Compare what it was done with."""
    first, second = one.sentence.weapons, other.sentence.weapons
    if not first or not second:
        return ()
    if first & second:
        return (Sign("weapon_same", f"both tell of {_list(first & second)}"),)
    if second & one.around.weapons or first & other.around.weapons or _any_pair("weapons_alike", first, second):
        return ()
    if _blew_up_too(one, second) or _blew_up_too(other, first):
        return ()
    far = _any_pair("weapons_far", first, second)
    return (Sign("weapon_far" if far else "weapon_other", f"{_list(first)} and {_list(second)}"),)


def _blew_up_too(told: Told, weapons: frozenset[str]) -> bool:
    """Whether a text of guns tells of a blast too, which may be what the other names: gunmen follow a car bomb."""
    bombs = frozenset(table("merging")["weapons_that_blast"])
    return told.sentence.weapons == {"gun"} and told.around.blasts and bool(weapons & bombs)


def compare_things(one: Told, other: Told) -> Finding:
    """Compare what was hit, by the words for it."""
    first, second = (t.around.things | t.sentence.things for t in (one, other))
    shared = first & second
    common = frozenset(table("merging")["things_common"])
    if shared - common:
        return (Sign("two_things_same" if len(shared) > 1 else "thing_same", f"both: {_list(shared)}"),)
    if shared:
        return (Sign("common_thing_same", f"both: {_list(shared)}"),)
    return _compare_other_things(one.sentence.things, other.sentence.things, common)


def _compare_other_things(one: frozenset[str], other: frozenset[str], common: frozenset[str]) -> Finding:
    """Compare the words for what was hit where none is shared."""
    rare = bool(one - common and other - common) and not _any_pair("things_alike", one - common, other - common)
    pairs = [frozenset({a, b}) for a in one for b in other]
    if rare or (pairs and all(pair in _pairs("things_far") for pair in pairs)):
        return (Sign("thing_other", f"{_list(one)} and {_list(other)}"),)
    return ()


def compare_people(one: Told, other: Told) -> Finding:
    """Compare whom it hurt, by the words for them."""
    common = frozenset(table("merging")["people_common"])
    all_of_one, all_of_other = (t.around.people | t.sentence.people for t in (one, other))
    shared = (all_of_one & all_of_other) - common
    first, second = one.sentence.people - common, other.sentence.people - common
    if shared:
        return (Sign("people_same", f"both: {_list(shared)}"), *_compare_sexes(one, other))
    if not first or not second or _any_pair("people_alike", first, second):
        return _compare_sexes(one, other)
    return (Sign("people_other", f"{_list(first)} and {_list(second)}"),)


def _compare_sexes(one: Told, other: Told) -> tuple[Sign, ...]:
    """Compare a single victim: a woman is no man."""
    if any(t.event.fatalities.best != 1 for t in (one, other)):
        return ()
    first, second = one.sentence.sexes, other.sentence.sexes
    if first and second and not first & second:
        return (Sign("victim_other", f"a {_list(first)} and a {_list(second)}"),)
    return ()


def compare_sentences(one: Told, other: Told) -> Finding:
    """Compare the sentences, one taken over word for word, and the words that few other reports have."""
    first, second = (" ".join(t.event.sources[0].sentence.casefold().split()) for t in (one, other))
    same = (Sign("same_sentence", "the same sentence"),) if first == second else ()
    again = one.details.again != other.details.again
    return (
        *same,
        *((Sign("told_again", "one tells of another one"),) if again else ()),
        *((Sign("outlet_same", "one outlet, in two reports of one day"),) if _are_of_one_outlet(one, other) else ()),
        *_compare_words(one, other),
    )


def _are_of_one_outlet(one: Told, other: Told) -> bool:
    first, second = (t.event.sources[0].source.casefold() for t in (one, other))
    return bool(first) and first == second and one.told_on == other.told_on


def _compare_words(one: Told, other: Told) -> tuple[Sign, ...]:
    """Compare the words by how rare they are, without those that name the place, which is compared by itself."""
    left_out = tuple(_beginnings(one) | _beginnings(other))
    both = (w for w in one.details.stems & other.details.stems if rarity(w) > COMMON and not w.startswith(left_out))
    shared = {w: rarity(w) - COMMON for w in both}
    names = _rare_names(one, other, left_out)
    if not shared:
        return names
    rarest = sorted(shared, key=lambda w: (-shared[w], w))[:MOST_WORDS_SHOWN]
    value = round(min(sum(sorted(shared.values())), MOST_RARITY), 3)
    return (Sign("words_shared", f"words in common: {', '.join(rarest)}", value), *names)


def _beginnings(told: Told) -> frozenset[str]:
    """Return the beginnings of the names of places and actors, which are compared by themselves."""
    event, place = told.event, place_in(told.event.placement)
    resolution = event.placement.resolution
    names = [a.name for a in (event.perpetrator, event.target) if a is not None]
    names += [resolution.mention.text] if resolution else []
    names += [place.name, place.admin1, place.admin2] if place else []
    names += [*told.unknown, *(p.name for p in told.named)]
    words = (fold(word) for name in names for word in name.replace("-", " ").replace("'", " ").split())
    return frozenset(w[:BEGINNING] for w in words if len(w) >= BEGINNING)


def _rare_names(one: Told, other: Told, left_out: tuple[str, ...]) -> tuple[Sign, ...]:
    """Return a sign for each of a few rare names that both tell: a hall, a suburb, a ship, a man."""
    first, second = one.details.names, other.details.names
    shared = {name for key in first.keys() & second.keys() for name in _alike(first[key], second[key])}
    rare = {
        n
        for n in shared
        if " " not in n and _is_rare(n) and n not in one.peoples | other.peoples and not n.startswith(left_out)
    }
    if not rare:
        return ()
    return (Sign("name_same", f"both name {_list(frozenset(rare))}", float(min(len(rare), MOST_NAMES))),)


def _alike(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    return one & other or one | other


def _is_rare(name: str) -> bool:
    return len(name) >= LEAST_NAME and all(rarity(stem(w)) >= RARE for w in fold(name).split())


def _any_pair(name: str, first: frozenset[str], second: frozenset[str]) -> bool:
    return any(frozenset({a, b}) in _pairs(name) for a in first for b in second)


@cache
def _pairs(name: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in table("merging")[name])


def _list(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))
