"""The last resort: compare a name with every name in an area, letter by letter, sound by sound, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from gazetteer.index import Gazetteer
from gazetteer.models import Candidate, Place
from gazetteer.names import core_words, fold, is_latin, sounds
from gazetteer.sphere import Bbox
from gazetteer.tables import yaml_table

LIKENESS = 0.58  # below this, a name in the area is a stranger
MOST_PLACES = 20_000  # compared in one area: a governorate of ten thousand villages, not a country
_LIGHT = frozenset(yaml_table("descriptions.yaml")["light"])
_EVENED = [(re.compile(pattern), instead) for pattern, instead in yaml_table("descriptions.yaml")["evened"]]
_LIGHT_WEIGHT = 0.35
_SAME_WORD = 0.7


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A name as it is compared: its letters, its sounds, and both of each word."""

    label: str
    letters: str
    sounded: str
    words: tuple[tuple[str, str, float], ...]  # letters, sounds, weight


def near_names(gazetteer: Gazetteer, names: Sequence[str], box: Bbox) -> tuple[Candidate, ...]:
    """Find the places in a box whose names are like one of ``names`` (folded); the likest first.

    Likeness is that of whole names or of their words, whichever is greater: "Abu Ubaydah" is found in "Abu `Ubaydah al
    Jarrah", "Atmeh" as "Atmah", "Hezzeh" as "Hazzah".
    """
    wanted = [_spelled(name) for name in names]
    found = []
    for place, labels in _neighbourhood(gazetteer, box):
        if place.feature_code[:3] in {"PCL", "ADM"} and place.feature_code not in {"ADM2", "ADM3"}:
            continue
        score, label = max((_likeness(w, s), s.label) for w in wanted for s in labels) if labels else (0.0, "")
        if score >= LIKENESS:
            found.append(Candidate(place, label, "fuzzy", round(score, 4)))
    return tuple(sorted(found, key=lambda c: (-c.name_score, c.place.place_id)))


@lru_cache(maxsize=16)
def _neighbourhood(gazetteer: Gazetteer, box: Bbox) -> tuple[tuple[Place, tuple[_Spelled, ...]], ...]:
    rows = gazetteer.places_in(box, limit=MOST_PLACES)
    return tuple((place, tuple(_once(names))) for place, names in rows)


def _once(names: Iterable[str]) -> list[_Spelled]:
    """Return each spelling once, in Latin letters: consonants of other scripts are in them already."""
    found = {fold(name): name for name in names if is_latin(name)}
    return [_spelled(key, label) for key, label in found.items()]


@lru_cache(maxsize=4096)
def _word(word: str) -> tuple[str, str, float]:
    heard = sounds(word)
    return _evened(word), heard, max(1, len(word)) * (_LIGHT_WEIGHT if word in _LIGHT else 1.0)


def _spelled(key: str, label: str = "") -> _Spelled:
    words = core_words(key)
    return _Spelled(label or key, "".join(map(_evened, words)), sounds(key), tuple(map(_word, words)))


@lru_cache(maxsize=4096)
def _evened(word: str) -> str:
    """Even out what romanisations do with vowels and doubled letters: "Hezzeh" and "Hazzah" become "hiza", "haza"."""
    for pattern, instead in _EVENED:
        word = pattern.sub(instead, word)
    return word


def _likeness(one: _Spelled, other: _Spelled) -> float:
    whole = _alike((one.letters, one.sounded), (other.letters, other.sounded))
    if whole < LIKENESS - 0.3 and one.sounded[:1] != other.sounded[:1]:
        return whole
    return max(whole, 0.97 * _by_words(one, other))


def _alike(one: tuple[str, str], other: tuple[str, str]) -> float:
    spelled = Levenshtein.normalized_similarity(one[0], other[0])
    if spelled < 0.3:
        return spelled
    sounded = Levenshtein.normalized_similarity(one[1], other[1]) if one[1] and other[1] else spelled
    return 0.6 * spelled + 0.4 * sounded if min(len(one[1]), len(other[1])) < 3 else (spelled + sounded) / 2


def _by_words(one: _Spelled, other: _Spelled) -> float:
    """Return the weight of the words that both have, over the weight of all their words."""
    left = list(other.words)
    shared = 0.0
    for letters, heard, weight in one.words:
        best = max(((_alike((letters, heard), (w[0], w[1])), i) for i, w in enumerate(left)), default=(0.0, -1))
        if best[0] >= _SAME_WORD:
            shared += best[0] * (weight + left.pop(best[1])[2])
    total = sum(w[2] for w in one.words) + sum(w[2] for w in other.words)
    return shared / total if total else 0.0
