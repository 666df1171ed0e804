"""Who: actors named in a text, under one canonical name each, with ACLED's ``inter`` codes.

Three ways lead to an actor. A name stands in ``data/actors/``, letter for letter, by its consonant skeleton
(``Qadab Hezbollah``) or with a letter wrong; a phrase says what it is (``US troops``, ``Iran-backed militias``,
``residents``); or a state acts under its bare name, which only the reader of the sentence can know: see
:func:`as_actor`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, get_args

from pipeline.events.actor_lexicon import Lexicon, head_key, skeleton_key
from pipeline.events.actor_near import near_at
from pipeline.events.actor_phrases import Phrase, class_actor, phrase_at
from pipeline.events.actor_tables import read_lexicon
from pipeline.events.actor_words import Word, words_of
from pipeline.models import Actor

__all__ = [
    "ActorKind",
    "ActorMention",
    "Lexicon",
    "as_actor",
    "canonical",
    "find_actors",
    "inter_in",
    "is_civilian",
    "load_lexicon",
]

ActorKind = Literal[
    "named",  # "Kata'ib Hezbollah fighters"
    "state",  # "the US military", "Israeli warplanes"
    "state_person",  # "three US soldiers"
    "state_act",  # the "US" of "US airstrikes": who acts, the act left to the reader
    "site",  # the "US" of "US bases": whose it is
    "official",  # "U.S. officials", "the US embassy"
    "generic",  # "gunmen", "Iran-backed militias", "protesters"
    "civilian",  # "residents", "a journalist", "a tanker"
    "national",  # "four Pakistanis"
]
MAX_TAIL = 2
_KINDS: dict[str, ActorKind] = {kind: kind for kind in get_args(ActorKind)}
_CIVILIAN, _STATE, _EXTERNAL = 7, 1, 8
_RANKS = {"generic": 1, "official": 2, "civilian": 3, "national": 4}
_MEMBERSHIP = re.compile(
    r"\s+(?:(?:from|of|with|(?:belonging|loyal|allied|linked|affiliated|aligned)\s+(?:to|with))\s+(?:the\s+)?)?"
)
_SERVING = re.compile(r"\s+(?:of|from|(?:loyal|belonging)\s+to)\s+(?:the\s+)?")
_APPOSITION = re.compile(r",\s+(?:the|a|an)\s+(?:[\w'’-]+\s+){0,2}")
_DETERMINERS = re.compile(r"^(?:(?:the|a|an|its|their|his|her|some|several)\s+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor in a text; ``text[start:end] == actor.text``.

    ``bare``: a state's force was named without the state ("soldiers"), so that ``actor`` rests on the country given.
    """

    start: int
    end: int
    actor: Actor
    kind: ActorKind
    bare: bool = False


def load_lexicon(gazetteer_demonyms: Mapping[str, str] | None = None) -> Lexicon:
    """Read the tables, once for each set of demonyms.

    Parameters
    ----------
    gazetteer_demonyms : mapping of str to str, optional
        Further words for states, word to ISO 3166-1 alpha-2.

    Examples
    --------
    >>> load_lexicon() is load_lexicon()
    True
    """
    return _lexicon(tuple(sorted((gazetteer_demonyms or {}).items())))


@lru_cache(maxsize=4)
def _lexicon(demonyms: tuple[tuple[str, str], ...]) -> Lexicon:
    return read_lexicon(dict(demonyms))


def find_actors(text: str, start: int, end: int, *, lexicon: Lexicon, country: str = "") -> tuple[ActorMention, ...]:
    """Find the actors in ``text[start:end]``, longest match first, in order and without overlap.

    Parameters
    ----------
    text : str
    start, end : int
        Range to read, a sentence as a rule; offsets of the mentions are into ``text``.
    lexicon : Lexicon
    country : str
        ISO 3166-1 alpha-2 of the event, for words that mean another actor elsewhere ("the rebels") and for "the army".

    Examples
    --------
    >>> line = "A US drone hit a Qadab Hezbollah convoy, killing two fighters."
    >>> [m.actor.name for m in find_actors(line, 0, len(line), lexicon=load_lexicon(), country="IQ")][:2]
    ['Military Forces of the United States', "Kata'ib Hezbollah"]
    """
    return _find(text, start, end, lexicon, country)


@lru_cache(maxsize=256)  # each telling of a sentence asks for its actors again
def _find(text: str, start: int, end: int, lexicon: Lexicon, country: str) -> tuple[ActorMention, ...]:
    words = words_of(text, start, end)
    found: list[Phrase] = []
    at = 0
    shouted = lexicon.word_sets["spelled_like_words"] if _is_shouted(words) else frozenset()
    while at < len(words):
        may_begin = words[at].key in lexicon.starts or words[at].is_capital
        phrase = _best_at(words, at, lexicon, country) if may_begin and words[at].key not in shouted else None
        if phrase:
            found.append(phrase)
        at = phrase.last if phrase else at + 1
    return tuple(_mention(text, words, p) for p in _settle(text, words, found, lexicon))


def _is_shouted(words: tuple[Word, ...]) -> bool:
    capitals = sum(len(w.surface) > 1 and w.surface.isupper() for w in words)
    return len(words) > 3 and capitals * 2 > len(words)


def _best_at(words: tuple[Word, ...], at: int, lexicon: Lexicon, country: str) -> Phrase | None:
    """Return the longer of the name and the phrase at word ``at``; the name where both are as long."""
    name = _name_at(words, at, lexicon, country)
    phrase = phrase_at(words, at, lexicon, country)
    if name is None or phrase is None:
        return name or phrase
    return phrase if phrase.last > name.last else name


def _name_at(words: tuple[Word, ...], at: int, lexicon: Lexicon, country: str) -> Phrase | None:
    if at and words[at].hyphen and words[at - 1].key in lexicon.word_sets["not_agent_before"]:
        return None
    spelled = next(lexicon.names_at(words, at, country), None)
    found = (len(spelled.keys), spelled.actor) if spelled else (0, None)
    sounded = _skeleton_at(words, at, lexicon)
    size, actor = sounded if sounded and sounded[0] > found[0] else found
    if actor is None and words[at].is_capital:
        size, actor = near_at(words, at, lexicon.near) or (0, None)
    if actor is not None and _says_no_agent(words, at + size, lexicon):
        return _linked_group(words, at, at + size + 1, lexicon, country)
    if actor is None:
        return None
    return Phrase(at, _after_tail(words, at + size, lexicon), actor, "named")


def _skeleton_at(words: tuple[Word, ...], at: int, lexicon: Lexicon) -> tuple[int, Actor] | None:
    """Return the actor that two words or more from ``at`` sound like, with their number."""
    if not words[at].is_capital or head_key(words[at].key) not in lexicon.skeleton_heads:
        return None
    for size in range(min(lexicon.skeleton_words, len(words) - at), 1, -1):
        window = words[at : at + size]
        if all(w.joined for w in window[1:]):
            actor = lexicon.skeletons.get(skeleton_key(" ".join(w.key for w in window)))
            if actor:
                return size, actor
    return None


def _says_no_agent(words: tuple[Word, ...], at: int, lexicon: Lexicon) -> bool:
    """Whether the word after a name makes it say something of a place: ``Houthi-held``."""
    return at < len(words) and words[at].hyphen and words[at].key in lexicon.word_sets["not_agent_after"]


def _linked_group(words: tuple[Word, ...], at: int, after: int, lexicon: Lexicon, country: str) -> Phrase | None:
    """Read "al Qaeda-linked |group|", which is some armed group, not the one it is linked to."""
    if words[after - 1].key not in lexicon.word_sets["linking"]:
        return None
    while after < len(words) and words[after].joined and words[after].key in lexicon.word_sets["modifiers"]:
        after += 1
    if after >= len(words) or not words[after].joined or words[after].key not in lexicon.word_sets["proforms"]:
        return None
    return Phrase(at, after + 1, class_actor(lexicon.classes["armed"], country, lexicon), "generic")


def _after_tail(words: tuple[Word, ...], at: int, lexicon: Lexicon) -> int:
    stop = min(at + MAX_TAIL, len(words))
    while at < stop and words[at].joined and words[at].key in lexicon.word_sets["tails"]:
        at += 1
    return at


def _settle(text: str, words: tuple[Word, ...], found: list[Phrase], lexicon: Lexicon) -> Iterable[Phrase]:
    """Join a name with the general words beside it, and give forces named without a state the one they point to."""
    people = {p.actor.country for p in found if p.kind == "state_person" and not p.cls}
    settled: list[Phrase] = []
    for phrase in found:
        last = settled[-1] if settled else None
        between = text[words[last.last - 1].end : words[phrase.first].start] if last else ""
        if last and phrase.kind == "named" and _are_members(last, between):
            settled[-1] = replace(phrase, first=last.first)
        elif not (last and last.kind == "named" and phrase.kind == "generic" and _APPOSITION.fullmatch(between)):
            settled.append(_owned(words, phrase, last, people, lexicon))
    return settled


def _are_members(people: Phrase, between: str) -> bool:
    """Whether a general word is of those who are named next: "fighters |of| the SDF", "troops |loyal to| Haftar"."""
    if people.kind == "generic":
        return _MEMBERSHIP.fullmatch(between) is not None
    return bool(people.cls) and _SERVING.fullmatch(between) is not None


def _owned(words: tuple[Word, ...], phrase: Phrase, last: Phrase | None, people: set[str], lexicon: Lexicon) -> Phrase:
    """Return a bare force with its owner: the actor of "its", the state before "and", the one with people."""
    is_force = phrase.kind in {"state", "state_person"}
    before = words[phrase.first - 1].key if phrase.first else ""
    if last and not last.cls and before in lexicon.word_sets["pronouns"] and _serves(words, phrase, lexicon):
        return replace(phrase, actor=last.actor, kind=last.kind, cls="")
    if not phrase.cls or not is_force:
        return phrase
    beside = last and not last.cls and before == "and" and last.last == phrase.first - 1
    state = last.actor.country if last and beside and last.actor.inter == _STATE else ""
    if not state and phrase.kind == "state_person" and len(people) == 1:
        state = next(iter(people))
    return replace(phrase, actor=class_actor(lexicon.classes[phrase.cls], state, lexicon), cls="") if state else phrase


def _serves(words: tuple[Word, ...], phrase: Phrase, lexicon: Lexicon) -> bool:
    """Whether "its" before a phrase may name whom it serves: forces and fighters, not attackers or children."""
    tail = words[phrase.last - 1].key in lexicon.word_sets["tails"]
    return bool(phrase.cls) and (phrase.kind in {"state", "state_person"} or tail)


def _mention(text: str, words: tuple[Word, ...], phrase: Phrase) -> ActorMention:
    start, end = words[phrase.first].start, words[phrase.last - 1].end
    bare = bool(phrase.cls) and phrase.kind in {"state", "state_person"}
    return ActorMention(start, end, replace(phrase.actor, text=text[start:end]), _KINDS[phrase.kind], bare)


def canonical(text: str, *, lexicon: Lexicon, country: str = "") -> Actor:
    """Return the actor that a noun phrase means; one that is not known is kept as written, with ``inter`` 0.

    A name or a state's force goes before a general word; of two such, the first. A state's bare name is its military.

    Examples
    --------
    >>> lexicon = load_lexicon()
    >>> canonical("a Kataib Hezbollah command center", lexicon=lexicon).name
    "Kata'ib Hezbollah"
    >>> canonical("US and coalition forces", lexicon=lexicon).assoc
    'Operation Inherent Resolve/Global Coalition Against Daesh'
    >>> canonical("the Committee of Nine", lexicon=lexicon)
    Actor(name='Committee of Nine', inter=0, assoc='', text='the Committee of Nine', country='')
    """
    mentions = find_actors(text, 0, len(text), lexicon=lexicon, country=country)
    if mentions:
        return min(mentions, key=lambda m: (_RANKS.get(m.kind, 0), m.start)).actor
    state = lexicon.state_of(_DETERMINERS.sub("", text.strip()))
    if state and not _is_adjective_only(text, lexicon):
        return replace(as_actor(state, lexicon), text=text)
    return Actor(_DETERMINERS.sub("", " ".join(text.split())), text=text)


def _is_adjective_only(text: str, lexicon: Lexicon) -> bool:
    words = words_of(_DETERMINERS.sub("", text.strip()))
    state = next(lexicon.states_at(words, 0), None)
    return state is None or state.adjective


def as_actor(country_iso2: str, lexicon: Lexicon) -> Actor:
    """Return a state as an agent, "Israel struck": its military forces.

    Examples
    --------
    >>> as_actor("IL", load_lexicon()).name
    'Military Forces of Israel'
    """
    return class_actor(lexicon.classes["military"], country_iso2, lexicon)


def is_civilian(actor: Actor) -> bool:
    """Whether an actor is coded as civilians.

    Examples
    --------
    >>> is_civilian(canonical("residents", lexicon=load_lexicon(), country="SY"))
    True
    """
    return actor.inter == _CIVILIAN


def inter_in(actor: Actor, country: str) -> int:
    """Return the ``inter`` code of an actor in the event's country: a state's forces abroad are external (8).

    Examples
    --------
    >>> inter_in(as_actor("US", load_lexicon()), "IQ"), inter_in(as_actor("IQ", load_lexicon()), "IQ")
    (8, 1)
    """
    abroad = bool(country) and bool(actor.country) and actor.country != country
    return _EXTERNAL if actor.inter == _STATE and abroad else actor.inter
