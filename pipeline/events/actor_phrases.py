"""Phrases that name an actor by what it is: ``US troops``, ``Iran-backed militias``, ``gunmen``, ``residents``.

The grammar is small: [state] [modifier …] noun, where the last noun that is not weak decides. The words are data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.events.actor_lexicon import ForceClass, Lexicon, Noun, StateWord
from pipeline.events.actor_words import Word
from pipeline.models import Actor

LONGEST_RUN = 7  # words between a state and the end of its noun
_CONNECTORS = frozenset({"and", "or", "other"})
_ABOUT_STATES = frozenset({"anti", "pro", "non"})
_DESIGNATOR = (re.compile(r"[A-Z]{1,3}"), re.compile(r"\d+[A-Z]?s?"))  # "AC-130", "F-16s"
_BACKABLE = frozenset({"armed", "rebels", "military", "gang", "communal", ""})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words ``first`` up to ``last`` (exclusive) that mean ``actor``; ``cls`` set where the state was not said."""

    first: int
    last: int
    actor: Actor
    kind: str
    cls: str = ""


@dataclass(frozen=True, slots=True)
class _Run:
    """Modifiers and nouns from a word on: the deciding noun, its form, the word after it; ``bare``: may stand alone."""

    noun: Noun
    form: str
    end: int
    bare: bool = False


def class_actor(cls: ForceClass, iso2: str, lexicon: Lexicon, *, assoc: str = "") -> Actor:
    """Name the actor that a class of nouns means for a state (empty or unknown: none said)."""
    state = lexicon.state_names.get(iso2, "")
    if not state:
        return Actor(cls.unknown, cls.inter, assoc=_without_state(assoc))
    bracketed = state.removeprefix("the ")
    name = cls.name.format(state=bracketed if "(" in cls.name else state)
    return Actor(name, cls.inter, assoc=assoc.format(state=bracketed), country="" if cls.stateless else iso2)


def _without_state(assoc: str) -> str:
    return assoc.replace(" ({state})", "")


def phrase_at(words: tuple[Word, ...], at: int, lexicon: Lexicon, country: str) -> Phrase | None:
    """Return the phrase that begins at word ``at``, if one does."""
    return (
        _backed_phrase(words, at, lexicon)
        or _state_phrase(words, at, lexicon)
        or _bare_phrase(words, at, lexicon, country)
    )


def _run(words: tuple[Word, ...], first: int, at: int, lexicon: Lexicon, *, states: bool = False) -> _Run | None:
    """Read modifiers and nouns from word ``at``; the phrase began at ``first``; ``states`` lets states through."""
    best: _Run | None = None
    while at < min(len(words), first + LONGEST_RUN) and (at == first or words[at].joined):
        noun = lexicon.noun_at(words, at) or _designator_at(words, at)
        if noun is None:
            inside = at > first and best is None
            if not _passes(words, at, lexicon, inside=inside, states=states):
                break
            at += 1
            continue
        if noun.form in {"act", "site"}:
            return best or _Run(noun, noun.form, at)
        at += len(noun.keys)
        best = _with_noun(best, noun, at, states=states)
    return best


def _designator_at(words: tuple[Word, ...], at: int) -> Noun | None:
    """Return the two words of a type of aircraft or gun as a noun of the military."""
    pair = words[at : at + 2]
    fits = len(pair) == 2 and pair[1].hyphen
    if fits and all(shape.fullmatch(w.surface) for shape, w in zip(_DESIGNATOR, pair, strict=True)):
        return Noun(tuple(w.key for w in pair), "military", "force")
    return None


def _passes(words: tuple[Word, ...], at: int, lexicon: Lexicon, *, inside: bool, states: bool) -> bool:
    """Whether a run goes on over a word that is no noun; ``inside``: it has begun, and no noun was found yet."""
    word = words[at]
    if word.key in lexicon.word_sets["modifiers"]:
        return True
    return (inside and word.key == "and") or (states and any(lexicon.states_at(words, at)))


def _with_noun(best: _Run | None, noun: Noun, end: int, *, states: bool) -> _Run | None:
    if noun.form not in {"weak", "voice"}:
        return _Run(noun, noun.form, end, noun.bare or (best is not None and best.bare and best.noun.cls == noun.cls))
    if best is not None:
        return replace(best, form="voice" if noun.form == "voice" else "person", end=end)
    if noun.form == "voice":
        return _Run(noun, noun.form, end, noun.bare)
    return _Run(noun, "person", end, noun.bare) if noun.cls or states else None


def _state_at(words: tuple[Word, ...], at: int, lexicon: Lexicon) -> StateWord | None:
    """Return the state named at word ``at`` unless a prefix turns it (``anti-Israel``) or it only says where."""
    state = next((s for s in lexicon.states_at(words, at) if not s.metonym), None)
    if state is None or at == 0:
        return state
    before = words[at - 1]
    if words[at].hyphen and before.key in _ABOUT_STATES:
        return None
    last = words[at + len(state.keys) - 1]
    is_place = before.key in lexicon.word_sets["placing"] and words[at].joined
    return None if is_place and not (state.attributive or last.possessive) else state


def _backed_phrase(words: tuple[Word, ...], at: int, lexicon: Lexicon) -> Phrase | None:
    """Read ``Iran-backed Shiite militias``, ``pro-Iranian fighters``."""
    pro = words[at].key == "pro" and at + 1 < len(words) and words[at + 1].joined
    state = next(lexicon.states_at(words, at + pro), None)
    if state is None:
        return None
    after = at + pro + len(state.keys)
    if not pro:
        if after >= len(words) or not words[after].joined or words[after].key not in lexicon.backed.words:
            return None
        after += 1
    run = _run(words, at, after, lexicon, states=True)
    if run is None or run.noun.cls not in _BACKABLE or (pro and not run.noun.cls):
        return None
    own = _state_inside(words, after, run.end, lexicon) if run.noun.cls in {"military", "police"} else ""
    if own:  # "US-backed |Afghan| security forces" are the Afghan state's
        return _of_state(run, at, run.end, own, lexicon)
    return Phrase(at, max(run.end, after), _backed_actor(run.noun.cls, state.iso2, lexicon), "generic")


def _state_inside(words: tuple[Word, ...], first: int, end: int, lexicon: Lexicon) -> str:
    """Return the state (ISO 2) named among some words; empty if none is."""
    found = (next(lexicon.states_at(words, at), None) for at in range(first, end))
    return next((s.iso2 for s in found if s is not None), "")


def _backed_actor(cls: str, iso2: str, lexicon: Lexicon) -> Actor:
    shape = lexicon.backed.rebels if cls == "rebels" else lexicon.backed.militias
    return Actor(shape.name.format(state=lexicon.short_names.get(iso2, iso2)), shape.inter)


def _state_phrase(words: tuple[Word, ...], at: int, lexicon: Lexicon) -> Phrase | None:
    """Read ``US Army soldiers``, ``Israeli airstrikes``, ``Syrian civilians``, ``three Americans``."""
    state = _state_at(words, at, lexicon)
    if state is None:
        return None
    after = at + len(state.keys)
    if state.people:
        return Phrase(at, after, class_actor(lexicon.classes["civilians"], state.iso2, lexicon), "national")
    run = _run(words, at, after, lexicon)
    if run is None:
        return _joint_phrase(words, at, state, lexicon)
    if run.noun.cls == "civilians" and run.noun.form == "force" and words[run.end - 1].is_capital:
        return None  # the "Saudi Hospital" of a town is its own
    is_owned = run.form in {"act", "site"}
    if is_owned and not (state.attributive or words[after - 1].possessive):
        return None
    end = after if is_owned else run.end
    return _linked(words, end, run, lexicon, at) or _of_state(run, at, end, state.iso2, lexicon)


def _of_state(run: _Run, first: int, last: int, iso2: str, lexicon: Lexicon) -> Phrase | None:
    cls = lexicon.classes.get(run.noun.cls)
    if cls is None:
        return None
    return Phrase(first, last, class_actor(cls, iso2, lexicon, assoc=run.noun.assoc), _kind(cls, run.form))


def _kind(cls: ForceClass, form: str) -> str:
    if form == "voice":
        return "official"
    if cls.kind != "state":
        return cls.kind
    return {"person": "state_person", "act": "state_act", "site": "site"}.get(form, "state")


def _joint_phrase(words: tuple[Word, ...], first: int, state: StateWord, lexicon: Lexicon) -> Phrase | None:
    """Read the first state of ``US and British warplanes``, and ``US and coalition forces`` as one."""
    at = last = first + len(state.keys)
    while at < len(words) and words[at].joined:
        if words[at].key in _CONNECTORS:
            at += 1
            continue
        other = next(lexicon.states_at(words, at), None)
        if other is None:
            return _with_coalition(words, first, at, state, lexicon) if at > last else None
        at += len(other.keys)
        run = None if other.people else _run(words, first, at, lexicon)
        if run:
            return _of_state(run, first, last, state.iso2, lexicon)
    return None


def _with_coalition(words: tuple[Word, ...], first: int, at: int, state: StateWord, lexicon: Lexicon) -> Phrase | None:
    name = next((n for n in lexicon.names_at(words, at, state.iso2) if n.actor.inter == 8), None)
    if name is None:
        return None
    actor = class_actor(lexicon.classes["military"], state.iso2, lexicon, assoc=name.actor.name)
    return Phrase(first, at + len(name.keys), actor, "state")


def _bare_phrase(words: tuple[Word, ...], at: int, lexicon: Lexicon, country: str) -> Phrase | None:
    """Read ``gunmen``, ``residents``, ``the army``, ``forces of Ukraine``, ``militias aligned with Iran``."""
    run = _run(words, at, at, lexicon)
    if run is None or run.form in {"act", "site"}:
        return None
    linked = _linked(words, run.end, run, lexicon, at)
    if linked:
        return linked
    owner = _owner_after(words, run.end, lexicon)
    if owner:
        return _of_state(run, at, run.end + owner[1], owner[0], lexicon)
    if not run.bare or _is_adjective(words, run, lexicon) or _ends_a_name(words, at, run):
        return None
    army = lexicon.armies.get(country, country) if run.noun.cls == "military" else country
    phrase = _of_state(run, at, run.end, army, lexicon)
    return replace(phrase, cls=run.noun.cls) if phrase else None


def _ends_a_name(words: tuple[Word, ...], at: int, run: _Run) -> bool:
    """Whether "Army" is the end of a name that no table has: "the Pakokku Revolution |Army|"."""
    if at < 2 or run.noun.cls != "military" or run.noun.form != "force" or not words[at].joined:
        return False
    return words[at].is_capital and words[at - 1].is_capital and words[at - 1].key.isalpha()


def _is_adjective(words: tuple[Word, ...], run: _Run, lexicon: Lexicon) -> bool:
    """Whether a noun such as ``military`` only qualifies the word after it."""
    if run.noun.keys not in lexicon.adjectival or run.end >= len(words) or not words[run.end].joined:
        return False
    follower = lexicon.noun_at(words, run.end)
    return words[run.end].key in lexicon.word_sets["heads"] or (
        follower is not None and (follower.form in {"act", "site"} or follower.cls == "government")
    )


def _owner_after(words: tuple[Word, ...], at: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """Return the state of ``of [the] <state>`` after a noun, and how many words that is."""
    if at >= len(words) or words[at].key != "of" or not words[at].joined:
        return None
    the = at + 1 < len(words) and words[at + 1].key == "the"
    state = next((s for s in lexicon.states_at(words, at + 1 + the) if not s.adjective), None)
    if state is None:
        return None
    named = next(lexicon.names_at(words, at + 1 + the, ""), None)
    is_name = named is not None and len(named.keys) > len(state.keys)  # "fighters of the |Sudan Liberation Army|"
    return None if is_name else (state.iso2, 1 + the + len(state.keys))


def _linked(words: tuple[Word, ...], at: int, run: _Run, lexicon: Lexicon, first: int) -> Phrase | None:
    """Read ``aligned with Iran``, ``backed by Iran`` after the noun of an armed group."""
    if run.noun.cls not in {"armed", "rebels", ""} or at + 2 >= len(words):
        return None
    verb, preposition = words[at], words[at + 1]
    backed = lexicon.backed
    goes_with = verb.key in backed.after_with and preposition.key in backed.prepositions
    if not (verb.joined and (goes_with or (verb.key in backed.after_by and preposition.key == "by"))):
        return None
    the = words[at + 2].key == "the"
    state = next(lexicon.states_at(words, at + 2 + the), None)
    if state is None:
        return None
    last = at + 2 + the + len(state.keys)
    return Phrase(first, last, _backed_actor(run.noun.cls, state.iso2, lexicon), "generic")
