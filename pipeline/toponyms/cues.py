"""Words beside a name: feature nouns, prepositions, verbs. The tables are in ``data/cues.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from gazetteer.tables import parsed_yaml

_WINDOW = 40  # characters before a name in which a noun may lead into it
_LAST_WORD = re.compile(r"\s+(?:eht\s+)?(\w+)", re.IGNORECASE)  # but for "the", of a text read backwards


@dataclass(frozen=True, slots=True)
class Cues:
    """The loaded tables; see ``data/cues.yaml`` for what each means."""

    feature_nouns: dict[str, frozenset[str]]
    fronting_nouns: frozenset[str]
    organisation_nouns: frozenset[str]
    civic_nouns: tuple[str, ...]
    never_alone: frozenset[str]
    person_titles: frozenset[str]
    particles: frozenset[str]
    after_article: tuple[str, ...]
    spatial_prepositions: frozenset[str]
    stands_at: tuple[str, ...]
    arms: frozenset[str]
    faiths: frozenset[str]
    striking_verbs: frozenset[str]
    speech_verbs: frozenset[str]
    leading_words: frozenset[str]
    lie_of_the_land: frozenset[str]


@cache
def load_cues() -> Cues:
    """Load the tables once."""
    raw = parsed_yaml(files("pipeline.toponyms").joinpath("data/cues.yaml").read_text("utf8"))
    organisations = frozenset(raw["organisation_nouns"])
    return Cues(
        feature_nouns={noun: frozenset(codes) for noun, codes in raw["feature_nouns"].items()},
        fronting_nouns=frozenset(raw["fronting_nouns"]),
        organisation_nouns=organisations,
        civic_nouns=tuple(raw["civic_nouns"]),
        never_alone=organisations | frozenset(raw["never_alone"]) | frozenset(raw["feature_nouns"]),
        person_titles=frozenset(raw["person_titles"]),
        particles=frozenset(raw["particles"]),
        after_article=tuple(raw["after_article"]),
        spatial_prepositions=frozenset(raw["spatial_prepositions"]),
        stands_at=tuple(raw["stands_at"]),
        arms=frozenset(raw["arms"]),
        faiths=frozenset(raw["faiths"]),
        striking_verbs=frozenset(raw["striking_verbs"]),
        speech_verbs=frozenset(raw["speech_verbs"]),
        leading_words=frozenset(raw["leading_words"]),
        lie_of_the_land=frozenset(raw["lie_of_the_land"]),
    )


@cache
def _feature_pattern() -> str:
    nouns = sorted(load_cues().feature_nouns, key=len, reverse=True)
    return "|".join(_in_either_number(re.escape(noun).replace(r"\ ", r"\s+")) for noun in nouns)


def _in_either_number(noun: str) -> str:
    return rf"{noun[:-1]}(?:y|ies)" if noun.endswith("ty") else rf"{noun}(?:e?s)?"


@cache
def _last_words() -> frozenset[str]:
    """Return the words that what leads into a name can end with: a cheap look that spares most names the rest."""
    last = {re.findall(r"\w+", noun)[-1] for noun in load_cues().feature_nouns}
    many = {f"{noun[:-1]}ies" for noun in last if noun.endswith("ty")}
    many |= {noun + end for noun in last for end in ("s", "es")}
    return frozenset({"of", "at", "called", "named"} | last | many)


@cache
def _after_pattern() -> re.Pattern[str]:
    return re.compile(rf"[\s-]{{1,2}}(?:(?:international|military|refugee)\s+)?({_feature_pattern()})\b", re.IGNORECASE)


@cache
def _before_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b({_feature_pattern()})(\s+(?:of|at|called|named))?\s+(?:the\s+)?$", re.IGNORECASE)


def feature_noun_after(text: str, end: int) -> tuple[str, int] | None:
    """Return the feature noun that follows a name ending at ``end`` and where it ends: "Taji| camp" -> ("camp", …)."""
    found = _after_pattern().match(text, end)
    return (_key(found[1]), found.end()) if found else None


def feature_noun_before(text: str, start: int) -> tuple[str, int] | None:
    """Return the feature noun that leads into a name at ``start`` and where it starts: "the town of |Hit".

    A capitalised noun without "of" ends another name ("Walker County |EMS"), but for those that stand before ("Camp").

    >>> feature_noun_before("the town of Hit", 12), feature_noun_before("Walker County EMS", 14)
    (('town', 4), None)
    """
    begin = max(0, start - _WINDOW)
    last = _LAST_WORD.match(text[begin:start][::-1])
    if last is None or last[1][::-1].lower() not in _last_words():
        return None
    found = _before_pattern().search(text, begin, start)
    if found is None:
        return None
    noun = _key(found[1])
    ends_a_name = found[1][0].isupper() and not found[2] and noun not in load_cues().fronting_nouns
    return None if ends_a_name else (noun, found.start(1))


@cache
def _civic_pattern() -> re.Pattern[str]:
    nouns = "|".join(load_cues().civic_nouns)
    return re.compile(rf"-(?:based|area|born)\b|\s+(?:{nouns})\b")


def civic_noun_after(text: str, end: int) -> str:
    """Return what follows a name as it follows a town's: "Gainesville| Mayor", "Rock Hill|-based"; empty if nothing.

    >>> civic_noun_after("Gainesville Mayor Figueras", 11)
    'Mayor'
    """
    found = _civic_pattern().match(text, end)
    return found[0].strip(" -\n") if found else ""


@lru_cache(maxsize=4_000)
def feature_noun_inside(name: str) -> str:
    """Return the feature noun that a name of several words ends or begins with: "Baghdad International |Airport|".

    >>> feature_noun_inside("Camp Taji"), feature_noun_inside("Mosul")
    ('camp', '')
    """
    words = _key(name).split(" ")
    nouns = load_cues().feature_nouns
    ends = (" ".join(words[-size:]) for size in (2, 1) if size < len(words))
    return next((n for n in (*ends, words[0] if len(words) > 1 else "") if n in nouns), "")


def fits(feature: str, codes: frozenset[str]) -> bool:
    """Whether a place's "class.code" is among ``codes`` (a bare class letter covers all of the class).

    >>> fits("S.AIRB", frozenset({"S.AIRB"})), fits("P.PPL", frozenset({"P"})), fits("A.ADM1", frozenset({"P"}))
    (True, True, False)
    """
    return feature in codes or feature.split(".", maxsplit=1)[0] in codes


def _key(noun: str) -> str:
    """Return the noun as the table has it: small, in the singular if only that is there."""
    key, nouns = re.sub(r"\s+", " ", noun.lower()), load_cues().feature_nouns
    forms = (key, key.removesuffix("s"), key.removesuffix("es"), key.removesuffix("ies") + "y")
    return next((form for form in forms if form in nouns), key)
