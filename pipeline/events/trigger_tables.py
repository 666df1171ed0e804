"""The tables of ``data/triggers.yaml``: what words tell of an event, and with what it is done."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from pipeline.events._words import by_letters

WORD_LISTS = {  # field of Tables -> key of triggers.yaml
    "munitions": "munitions",
    "support_verbs": "support_verbs",
    "habitual": "habitual",
    "siting": "siting_verbs",
    "other": "other",
    "sequel": "sequel",
    "area_nouns": "area_nouns",
    "figurative": "figurative",
    "no_event": "no_event",
    "court": "court",
    "visiting": "visiting_verbs",
    "mishap": "mishap",
    "long_runs": "long_runs",
    "short_runs": "short_runs",
    "hypothetical": "hypothetical_auxiliaries",
    "planning": "planning_verbs",
    "done": "done_verbs",
    "denial": "denial_verbs",
    "conditional": "conditional_marks",
    "speech": "speech_verbs",
    "causes": "causes",
    "breaking_out": "breaking_out",
    "from_there": "from_there",
    "holders": "holders",
    "cancelling": "cancelling_verbs",
    "pointing_nouns": "pointing_nouns",
    "civilian_sites": "civilian_sites",
    "matter_verbs": "matter_verbs",
    "known_doers": "known_doers",
    "violence_signs": "violence_signs",
}


@dataclass(frozen=True, slots=True)
class Family:
    """What a trigger word says by itself; see the comments in ``data/triggers.yaml``."""

    sub: str | None
    civilian: str | None = None
    state: str | None = None
    default: str | None = None
    armed: str | None = None
    faceless: str | None = None
    weak: bool = False
    needs_instrument: bool = False
    local: bool = False
    subjects: tuple[str, ...] = ()
    not_subjects: tuple[str, ...] = ()
    not_objects: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    by_object: Mapping[str, str] = field(default_factory=dict)
    by_subject: Mapping[str, str] = field(default_factory=dict)
    gives_way: bool = False
    yields_to_harm: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """A row of ``by_sides``: the ``inter`` codes of the two sides, the families it holds for, what it makes of them.

    ``was``: what it was by its words; ``unless``: what it must not have been; ``but``: how the name of one begins
    of whom it does not hold.
    """

    sub: str
    families: tuple[str, ...]
    perpetrator: tuple[int, ...] = ()
    target: tuple[int, ...] = ()
    was: str = ""
    unless: str = ""
    but: str = ""


@dataclass(frozen=True, slots=True)
class Doers:
    """A row of ``civilian_doers``: what civilians are called who do what is of these sub-event types."""

    subs: tuple[str, ...]
    name: str
    inter: int


@dataclass(frozen=True, slots=True)
class Tables:
    """The loaded tables."""

    families: dict[str, Family]
    verbs: dict[str, str]
    nouns: dict[str, str]
    instruments: tuple[tuple[str, re.Pattern[str]], ...]
    munitions: frozenset[str]
    support_verbs: frozenset[str]
    habitual: frozenset[str]
    siting: frozenset[str]
    other: frozenset[str]
    sequel: frozenset[str]
    area_nouns: frozenset[str]
    long_runs: frozenset[str]
    short_runs: frozenset[str]
    figurative: frozenset[str]
    no_event: frozenset[str]
    court: frozenset[str]
    visiting: frozenset[str]
    mishap: frozenset[str]
    hypothetical: frozenset[str]
    planning: frozenset[str]
    done: frozenset[str]
    denial: frozenset[str]
    conditional: frozenset[str]
    speech: frozenset[str]
    causes: frozenset[str]
    breaking_out: frozenset[str]
    from_there: frozenset[str]
    holders: frozenset[str]
    cancelling: frozenset[str]
    pointing_nouns: frozenset[str]
    civilian_sites: frozenset[str]
    matter_verbs: frozenset[str]
    known_doers: frozenset[str]
    political: re.Pattern[str]
    violence_signs: frozenset[str]
    inflected: Mapping[str, str]
    phrases: frozenset[str]
    object_classes: Mapping[str, frozenset[str]]
    unrest: tuple[str, ...]
    unrest_by_family: Mapping[str, str]
    by_sides: tuple[Sides, ...]
    civilian_doers: tuple[Doers, ...]
    with_people: Mapping[str, str]
    set_phrases: Mapping[str, str]
    set_firsts: frozenset[str]
    noun_of: Mapping[str, Mapping[str, str]]


@cache
def load_tables() -> Tables:
    """Load the tables once."""
    raw = yaml.safe_load(files("pipeline.events").joinpath("data/triggers.yaml").read_text("utf8"))
    words = {name: frozenset(raw[key]) for name, key in WORD_LISTS.items()}
    verbs = {word: family for family, forms in raw["verbs"].items() for word in forms}
    led = {*verbs, *words["support_verbs"], *words["planning"], *words["breaking_out"], *words["cancelling"]}
    return Tables(
        families={name: Family(**row) for name, row in raw["families"].items()},
        verbs=verbs,
        inflected=_inflected([*verbs, *led], raw["irregular"]),
        phrases=frozenset(led),
        political=_any_of(raw["political"]),
        nouns={word: family for family, forms in raw["nouns"].items() for word in forms},
        instruments=tuple((sub, _any_of(forms)) for sub, forms in raw["instruments"].items()),
        object_classes={name: frozenset(listed) for name, listed in raw["object_classes"].items()},
        unrest=tuple(raw["unrest"]),
        unrest_by_family=raw["unrest_by_family"],
        civilian_doers=tuple(Doers(**row) for row in raw["civilian_doers"]),
        by_sides=tuple(Sides(**row) for row in raw["by_sides"]),
        with_people={verb: family for family, listed in raw["with_people"].items() for verb in listed},
        set_phrases={pair: family for family, pairs in raw["set_phrases"].items() for pair in pairs},
        noun_of=_by_first(raw["noun_of"]),
        set_firsts=frozenset(pair.split()[0] for pairs in raw["set_phrases"].values() for pair in pairs),
        **words,
    )


def _inflected(verbs: Sequence[str], irregular: Mapping[str, str]) -> dict[str, str]:
    """Return past forms -> verb, for words that a tagger leaves as they are: "retook"."""
    single = [v for v in verbs if v.isalpha()]
    past = {(v + "d" if v.endswith("e") else v + "ed"): v for v in single}
    return {**past, **irregular}


def _by_first(listed: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, dict[str, str]]:
    """Return first noun -> noun after "of" -> family."""
    found: dict[str, dict[str, str]] = {}
    for family, firsts in listed.items():
        for first, seconds in firsts.items():
            found.setdefault(first, {}).update(dict.fromkeys(seconds, family))
    return found


def _any_of(words: list[str]) -> re.Pattern[str]:
    forms = sorted((re.escape(w).replace(r"\ ", r"[\s-]+") for w in words), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{by_letters(forms)})(?:e?s)?(?![\w])", re.IGNORECASE)


#: "the |mine township|", "a |gold mine|": where ore is dug, no weapon
ORE = re.compile(
    r"\b(?:gold|coal|copper|diamond|iron|silver|cobalt|coltan|salt|uranium|tin|zinc|nickel|jade|lithium|phosphate|emerald"
    r"|artisanal|open-?pit|abandoned|illegal)\s+(?:ore\s+)?mines?\b"
    r"|\bmines?\s+(?:township|site|shaft|worker|operator|owner|company|compound|gate|pit|camp|manager|guard)s?\b",
    re.IGNORECASE,
)


LIKENED = re.compile(
    r"\b(?:like|as\s+if|as\s+though)\s+(?:an?|the)\s+(?:\w+\s+)?(?:bomb|missile|rocket|shell|grenade|bullet)s?\b",
    re.IGNORECASE,
)


def instrument_in(text: str) -> str | None:
    """Return the sub-event type of the first kind of weapon that ``text`` names, in the order of the table.

    Examples
    --------
    >>> instrument_in("hit by a short-range missile")
    'Shelling/artillery/missile attack'
    """
    text = LIKENED.sub(" ", ORE.sub(" ", text))
    for sub, pattern in load_tables().instruments:
        if pattern.search(text):
            return sub
    return None
