"""Reads the tables of actors, states and force nouns into a :class:`Lexicon`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from gazetteer.names import core_words, fold
from pipeline.events.actor_lexicon import (
    Backed,
    ForceClass,
    Form,
    Lexicon,
    Name,
    Noun,
    StateWord,
    has_capitals,
    head_key,
    skeleton_key,
)
from pipeline.events.actor_near import near_names
from pipeline.events.actor_words import words_of
from pipeline.models import Actor

DATA = Path(__file__).parent / "data"
_WORD_SETS = (
    "modifiers",
    "tails",
    "not_agent_before",
    "not_agent_after",
    "heads",
    "placing",
    "pronouns",
    "spelled_like_words",
    "of_some_force",
    "proforms",
    "own_people",
    "linking",
)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there
Indexed = TypeVar("Indexed", StateWord, Noun)


def read_lexicon(demonyms: Mapping[str, str]) -> Lexicon:
    """Read all tables; ``demonyms`` (word -> ISO 3166-1 alpha-2) adds to the project's own."""
    actors, words, states = read_actors(), _yaml("force_nouns.yaml"), _states()
    names, nouns = tuple(_names(actors)), _by_head(_nouns(words))
    state_words = _by_head((*_state_words(states), *_demonyms(demonyms)))
    word_sets = {name: frozenset(w for phrase in words[name] for w in _keys(phrase)) for name in _WORD_SETS}
    known = {key for n in names for key in n.keys} | {k for s in state_words.values() for w in s for k in w.keys}
    return Lexicon(
        names=_by_keys(names),
        name_sizes=_sizes(names),
        near=near_names(_proper(actors), frozenset(known | set(nouns) | word_sets["modifiers"] | word_sets["tails"])),
        starts=frozenset({n.keys[0] for n in names} | set(state_words) | set(nouns) | word_sets["modifiers"] | {"pro"}),
        skeletons=_skeletons(actors),
        skeleton_heads=frozenset(_heads(actors)),
        skeleton_words=max(len(words_of(n)) for row in actors.values() for n in row.get("translit", ("",))) + 1,
        states=state_words,
        state_names={row["iso2"]: row["name"] for row in states},
        places={place: cls for cls, places in words["places"].items() for place in places},
        armies=words["armies"],
        short_names={row["iso2"]: _short_name(row) for row in states},
        nouns=nouns,
        classes={key: _force_class(row) for key, row in words["classes"].items()},
        backed=_backed(words["backed"]),
        adjectival=frozenset(_keys(phrase) for phrase in words["adjectival"]),
        word_sets=word_sets,
    )


def read_actors() -> dict[str, Any]:
    """Read the tables of named actors, one a part of the world, into one.

    Raises
    ------
    ValueError
        If an actor stands in two tables.

    Examples
    --------
    >>> read_actors()["Hezbollah"]["inter"]
    2
    """
    actors: dict[str, Any] = {}
    for path in sorted((DATA / "actors").glob("*.yaml")):
        table = _yaml(f"actors/{path.name}")
        twice = sorted(set(table) & set(actors))
        if twice:
            message = f"{path}: {twice[0]!r} stands in another table too; keep it in one"
            raise ValueError(message)
        actors |= table
    return actors


def _yaml(name: str) -> dict[str, Any]:
    table: dict[str, Any] = yaml.load((DATA / name).read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe loaders
    return table


def _states() -> list[dict[str, str]]:
    with (DATA / "states.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=8192)
def _keys(phrase: str) -> tuple[str, ...]:
    return tuple(w.key for w in words_of(phrase))


def _by_head(items: Iterable[Indexed]) -> Mapping[str, tuple[Indexed, ...]]:
    """Index by first word, longest first, then as listed."""
    table: dict[str, list[Indexed]] = {}
    for item in items:
        table.setdefault(item.keys[0], []).append(item)
    return {head: tuple(sorted(found, key=_precedence)) for head, found in table.items()}


def _precedence(item: StateWord | Noun) -> int:
    return -len(item.keys)


def _by_keys(names: Iterable[Name]) -> Mapping[tuple[str, ...], tuple[Name, ...]]:
    """Index names by their words; what holds only somewhere comes first, then as listed."""
    table: dict[tuple[str, ...], list[Name]] = {}
    for name in names:
        table.setdefault(name.keys, []).append(name)
    return {keys: tuple(sorted(found, key=lambda n: not n.theatre)) for keys, found in table.items()}


def _sizes(names: Iterable[Name]) -> Mapping[str, tuple[int, ...]]:
    sizes: dict[str, set[int]] = {}
    for name in names:
        sizes.setdefault(name.keys[0], set()).add(len(name.keys))
    return {head: tuple(sorted(found, reverse=True)) for head, found in sizes.items()}


def _proper(actors: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Actor]]:
    """Yield the names in which a letter may be wrong: proper ones in Latin letters, that hold everywhere."""
    for canonical, row in actors.items():
        for name in (canonical, *row.get("aliases", []), *row.get("translit", [])):
            if _has_case(name) and not _is_acronym(name) and all(key.isascii() for key in _keys(name)):
                yield _keys(name), _actor(canonical, row)


def _has_case(name: str) -> bool:
    return name != name.lower()


def _is_acronym(name: str) -> bool:
    """Whether a name is written in capitals, or short with capitals inside ("LeT" is not "Let")."""
    return _has_case(name) and (name == name.upper() or (len(name) <= 4 and has_capitals(name)))


def _actor(name: str, row: Mapping[str, Any]) -> Actor:
    return Actor(name=name, inter=row["inter"], assoc=row.get("assoc", row.get("parent", "")), country=row["country"])


def _names(actors: Mapping[str, Any]) -> Iterator[Name]:
    for canonical, row in actors.items():
        actor = _actor(canonical, row)
        theatre = frozenset(row.get("theatre", [row["country"]]))
        translit = row.get("translit", [])
        for alias in dict.fromkeys((canonical, *row.get("aliases", []), *translit)):
            capital = _has_case(alias) and alias not in translit
            yield Name(_keys(alias), actor, acronym=_is_acronym(alias), capital=capital)
        for state, aliases in row.get("abroad", {}).items():
            for alias in aliases:
                yield Name(_keys(alias), actor, acronym=False, capital=_has_case(alias), theatre=frozenset({state}))
        for alias in row.get("local", []):
            yield Name(_keys(alias), actor, acronym=_is_acronym(alias), capital=_has_case(alias), theatre=theatre)


def _skeletons(actors: Mapping[str, Any]) -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for canonical, row in actors.items():
        for name in row.get("translit", []):
            key = skeleton_key(fold(name))
            if key:
                found[key] = _actor(canonical, row)
    return found


def _heads(actors: Mapping[str, Any]) -> Iterator[str]:
    """Yield the consonants of each name's first word: what a spelling of it must begin with."""
    for row in actors.values():
        for name in row.get("translit", []):
            yield head_key(core_words(fold(name))[0])


def _short_name(row: Mapping[str, str]) -> str:
    short = row["also"].split("|")[0]
    return short if _is_acronym(short) and len(short) <= 3 else row["name"].removeprefix("the ")


def _state_words(states: Iterable[Mapping[str, str]]) -> Iterator[StateWord]:
    for row in states:
        iso2 = row["iso2"]
        for name in (row["name"].removeprefix("the "), *_cell(row["also"])):
            attributive = _is_acronym(name) or f"the {name}" == row["name"]
            yield StateWord(_keys(name), iso2, acronym=_is_acronym(name), attributive=attributive)
        for name in _cell(row["adjectives"]):
            yield from _adjective(name, iso2)
        for name in _cell(row["nationals"]):
            yield StateWord(_keys(name), iso2, acronym=False, attributive=True, adjective=True, people=True)
        for name in _cell(row["metonyms"]):
            yield StateWord(_keys(name), iso2, acronym=False, attributive=False, metonym=True)


def _adjective(name: str, iso2: str) -> Iterator[StateWord]:
    """Yield an adjective and the people it names: those in -n, -i and -t take an s (Iraqis, Americans)."""
    yield StateWord(_keys(name), iso2, acronym=False, attributive=True, adjective=True)
    if name[-1] in "nit":
        yield StateWord(_keys(name + "s"), iso2, acronym=False, attributive=True, adjective=True, people=True)


def _demonyms(demonyms: Mapping[str, str]) -> Iterator[StateWord]:
    for word, iso2 in sorted(demonyms.items()):
        if _keys(word):
            yield StateWord(_keys(word), iso2.upper(), acronym=_is_acronym(word), attributive=True, adjective=True)


def _cell(value: str) -> list[str]:
    return value.split("|") if value else []


def _force_class(row: Mapping[str, Any]) -> ForceClass:
    return ForceClass(row["name"], row["unknown"], row["inter"], row["kind"], stateless=row.get("stateless", False))


def _backed(row: Mapping[str, Any]) -> Backed:
    militias, rebels = (
        ForceClass(shape["name"], shape["name"], shape["inter"], "generic")
        for shape in (row["militias"], row["rebels"])
    )
    return Backed(
        words=frozenset(row["words"]),
        after_with=frozenset(row["after_with"]),
        prepositions=frozenset(row["prepositions"]),
        after_by=frozenset(row["after_by"]),
        militias=militias,
        rebels=rebels,
    )


def _nouns(words: Mapping[str, Any]) -> Iterator[Noun]:
    irregular = words["irregular"]
    for cls, row in words["classes"].items():
        bare = set(row["bare"])
        yield from _forms(row["nouns"], irregular, cls, "force", bare)
        yield from _forms(row["persons"], irregular, cls, "person", bare)
    for phrase, assoc in words["civilian_sorts"].items():
        for form in _number(phrase, irregular):
            yield Noun(_keys(form), "civilians", "person", bare=True, assoc=assoc)
    for phrase, cls in words["weak"].items():
        bare = set(words["classes"][cls]["bare"]) if cls else set()
        yield from _forms([phrase], irregular, cls, "weak", bare)
    yield from _forms(words["voices"], irregular, "government", "voice", set())
    yield from _forms(words["acts"], irregular, "military", "act", set())
    yield from _forms(words["sites"], irregular, "military", "site", set())


def _forms(
    phrases: Iterable[str], irregular: Mapping[str, str], cls: str, form: Form, bare: set[str]
) -> Iterator[Noun]:
    for phrase in phrases:
        for spelled in _number(phrase, irregular):
            yield Noun(_keys(spelled), cls, form, bare=phrase in bare)


def _number(noun: str, irregular: Mapping[str, str]) -> tuple[str, ...]:
    """Return a noun's singular and plural.

    Examples
    --------
    >>> _number("army", {}), _number("gunman", {"gunman": "gunmen"}), _number("forces", {})
    (('army', 'armies'), ('gunman', 'gunmen'), ('forces',))
    """
    if noun in irregular:
        return noun, irregular[noun]
    if noun.endswith("s"):
        return (noun,)
    if noun.endswith(("man", "woman")) and noun.rsplit(maxsplit=1)[-1] not in {"man", "woman"}:
        return noun, noun[:-2] + "en"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun, noun[:-1] + "ies"
    return noun, noun + ("es" if noun.endswith(("sh", "ch", "x")) else "s")
