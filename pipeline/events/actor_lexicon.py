"""What is known of actors: their names, the words for states, and the nouns of forces and of civilians."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from gazetteer.names import sounds
from pipeline.events.actor_near import NearNames
from pipeline.events.actor_words import Word, words_of
from pipeline.models import Actor

MIN_SOUNDS = 5  # consonants that a name must have to be met by its skeleton
_VOICELESS = str.maketrans("D", "T")  # "Qadab", "Qatab": between so few names, d and t may be one

Form = Literal["force", "person", "act", "site", "weak", "voice"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an actor: its words, how it must be written, and where alone it holds (empty: everywhere)."""

    keys: tuple[str, ...]
    actor: Actor
    acronym: bool
    capital: bool
    theatre: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StateWord:
    """A word for a state: its name, an adjective, its people, or its capital (``metonym``).

    ``attributive``: beside a noun it says whose that is ("US bases"), not where ("Iraq bases").
    """

    keys: tuple[str, ...]
    iso2: str
    acronym: bool
    attributive: bool
    adjective: bool = False
    people: bool = False
    metonym: bool = False


@dataclass(frozen=True, slots=True)
class Noun:
    """A force noun: its words, class, form, whether it stands alone, and the associated actor it names."""

    keys: tuple[str, ...]
    cls: str
    form: Form
    bare: bool = False
    assoc: str = ""


@dataclass(frozen=True, slots=True)
class ForceClass:
    """What a class of nouns is called, with a state and without, its ``inter`` code and the kind of its mentions."""

    name: str
    unknown: str
    inter: int
    kind: str
    stateless: bool = False


@dataclass(frozen=True, slots=True)
class Backed:
    """The vocabulary of ``Iran-backed militias`` and ``militias aligned with Iran``."""

    words: frozenset[str]
    after_with: frozenset[str]
    prepositions: frozenset[str]
    after_by: frozenset[str]
    militias: ForceClass
    rebels: ForceClass


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity, so that what was found with one can be kept
class Lexicon:
    """All tables. Names go by all their words; states and nouns by the first, to what begins with it, longest first.

    ``name_sizes``: from a first word to how many words names have that begin with it, longest first. ``starts``: words
    with which anything in small letters may begin. ``near``: names with a letter wrong. ``places``: from kinds of
    places ("police station") to the class of those in them. ``armies``: whose
    soldiers "soldiers" are, by the country of the place.
    """

    names: Mapping[tuple[str, ...], tuple[Name, ...]]
    name_sizes: Mapping[str, tuple[int, ...]]
    near: NearNames
    starts: frozenset[str]
    skeletons: Mapping[str, Actor]
    skeleton_heads: frozenset[str]
    skeleton_words: int
    states: Mapping[str, tuple[StateWord, ...]]
    state_names: Mapping[str, str]
    nouns: Mapping[str, tuple[Noun, ...]]
    classes: Mapping[str, ForceClass]
    backed: Backed
    adjectival: frozenset[tuple[str, ...]]
    word_sets: Mapping[str, frozenset[str]]
    places: Mapping[str, str]
    armies: Mapping[str, str]
    short_names: Mapping[str, str]

    def state_of(self, words: str) -> str:
        """Return the ISO 3166-1 alpha-2 code of a state's name or adjective; empty if it is none.

        Examples
        --------
        >>> from pipeline.events.actors import load_lexicon
        >>> [load_lexicon().state_of(word) for word in ("U.S.", "Iraqi", "us")]
        ['US', 'IQ', '']
        """
        cut = words_of(words)
        return next((s.iso2 for s in self.states_at(cut, 0) if len(s.keys) == len(cut) and not s.metonym), "")

    def state_of_capital(self, words: str) -> str:
        """Return the ISO 3166-1 alpha-2 code of the state for which a capital's name speaks; empty if it is none.

        Examples
        --------
        >>> from pipeline.events.actors import load_lexicon
        >>> load_lexicon().state_of_capital("Ankara"), load_lexicon().state_of_capital("Turkey")
        ('TR', '')
        """
        cut = words_of(words)
        return next((s.iso2 for s in self.states_at(cut, 0) if len(s.keys) == len(cut) and s.metonym), "")

    def states_at(self, words: tuple[Word, ...], at: int) -> Iterator[StateWord]:
        """Yield the state words that begin at word ``at``, longest first."""
        if at >= len(words):
            return
        for state in self.states.get(words[at].key, ()):
            if _fits(words, at, state.keys) and words[at].is_capital and (not state.acronym or _is_upper(words[at])):
                yield state

    def names_at(self, words: tuple[Word, ...], at: int, country: str) -> Iterator[Name]:
        """Yield the names that begin at word ``at`` and hold in ``country``, longest first, local before others."""
        for size in self.name_sizes.get(words[at].key, ()):
            window = words[at : at + size]
            if len(window) < size or not all(w.joined for w in window[1:]):
                continue
            for name in self.names.get(tuple(w.key for w in window), ()):
                if (not name.theatre or country in name.theatre) and _is_written(window, name):
                    yield name

    def noun_at(self, words: tuple[Word, ...], at: int) -> Noun | None:
        """Return the longest noun that begins at word ``at``."""
        return next((n for n in self.nouns.get(words[at].key, ()) if _fits(words, at, n.keys)), None)


def _fits(words: tuple[Word, ...], at: int, keys: tuple[str, ...]) -> bool:
    """Whether the words from ``at`` are these, the first of which is known to fit."""
    if at + len(keys) > len(words):
        return False
    return all(words[at + i].joined and words[at + i].key == keys[i] for i in range(1, len(keys)))


def _is_upper(word: Word) -> bool:
    return word.surface == word.surface.upper()


def has_capitals(word: str) -> bool:
    """Whether a word has more than one capital."""
    return sum(letter.isupper() for letter in word) > 1


def _is_written(window: tuple[Word, ...], name: Name) -> bool:
    if name.acronym:
        return all(_is_upper(w) or has_capitals(w.surface) for w in window)
    return not name.capital or any(w.is_capital for w in window)


def skeleton_key(folded: str) -> str:
    """Consonants of a folded name with d and t as one, for comparing actors' names; empty if they are too few.

    Examples
    --------
    >>> skeleton_key("qadab hezbollah") == skeleton_key("kataib hizballah")
    True
    """
    found = sounds(folded).translate(_VOICELESS)
    return found if len(found) >= MIN_SOUNDS else ""


def head_key(folded: str) -> str:
    """Consonants of one word, however few, as :func:`skeleton_key` has them."""
    return sounds(folded).translate(_VOICELESS)
