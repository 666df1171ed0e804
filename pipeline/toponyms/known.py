"""What the gazetteer knows of a name, kept from report to report: how large a place bears it, if any does."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from gazetteer.index import Gazetteer
from gazetteer.models import Candidate
from gazetteer.names import similarity, without_generics
from pipeline.toponyms.cues import fits, load_cues

Standing = Literal[
    "country",
    "province",
    "area",
    "metropolis",
    "city",
    "town",
    "village",
    "site",
    "other name",
    "code",
    "near",
    "unknown",
]
METROPOLIS = 1_000_000  # inhabitants
CITY = 200_000
TOWN = 15_000
USUAL = 0.8  # likeness to the usual name of a place
COARSE = 0.7  # likeness asked of a name that shares only its consonants
SHORTEST = 3
CODE = 4  # letters of a short name in capitals
_WORD = re.compile(r"\w+")
_AREA_AFTER = re.compile(r"(?:,|\s+in|\s*\()\s*(?:the\s+)?(([A-Z][\w.]*)(?:\s[A-Z]\w+)?)")


class KnownNames:
    """Answers about names, each worked out once.

    Parameters
    ----------
    gazetteer : Gazetteer

    Examples
    --------
    >>> with Gazetteer.open() as gazetteer:  # doctest: +SKIP
    ...     KnownNames(gazetteer).standing("Mosul")
    'metropolis'
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.has_name = lru_cache(maxsize=8_000)(gazetteer.has_name)
        self.standing = lru_cache(maxsize=5_000)(self._find_standing)
        self.is_ordinary = lru_cache(maxsize=8_000)(self._is_ordinary)
        self.is_adjective = lru_cache(maxsize=5_000)(self._is_adjective)
        self.demonym = lru_cache(maxsize=5_000)(gazetteer.demonym)

    def has(self, name: str) -> bool:
        """Whether the gazetteer has a name, codes of countries too: "UAE"."""
        return self.has_name(name) or self._is_code(name)

    def _is_adjective(self, name: str) -> bool:
        """Whether a name is an adjective of a country ("Yemeni") and not also a place."""
        return self.demonym(name) is not None and not self.has_name(name)

    def _is_ordinary(self, name: str) -> bool:
        """Whether a name is made of words that are no place by themselves: "Council", "City Hall", "A", "EPA"."""
        words = _WORD.findall(name)
        if len(words) == 1 and name.isascii() and (len(name) < SHORTEST or (name.isupper() and len(name) <= CODE)):
            return not self._is_code(name)
        if any(word.lower() not in load_cues().never_alone for word in words):
            return False
        best = self._best(name) if len(words) > 1 else None
        return best is None or best.place.feature_class not in {"A", "L", "H"}

    def is_plain_word(self, name: str) -> bool:
        """Whether a name is ordinary and the gazetteer has no such name of several words: not so "East Bank".

        Written small, "the west coast" is that of whatever the report is about.
        """
        if name.islower() and load_cues().lie_of_the_land.issuperset(name.split()):
            return True
        return self.is_ordinary(name) and not (" " in name and self.has_name(name))

    def _is_code(self, name: str) -> bool:
        """Whether a short word in capitals stands for a country: "US", "UAE"."""
        found = self._gazetteer.candidates(name, limit=1) if name.isupper() and len(name) <= 2 * CODE else ()
        return bool(found) and found[0].match == "exact" and found[0].place.feature_code[:3] in {"PCL", "RGN"}

    def _best(self, name: str) -> Candidate | None:
        """Return the likeliest place whose usual name this is; a county's only with the word."""
        found = self._gazetteer.candidates(name, limit=40) if self.has_name(name) else ()
        usual = [c for c in found if c.match == "exact" and _bears(name, c)]
        return max(usual, key=lambda c: (c.place.feature_class in {"A", "L"}, c.place.population), default=None)

    def _find_standing(self, name: str) -> Standing:
        """Return how large the likeliest place of this name is."""
        best = self._best(name)
        if best is not None:
            return _rank(best)
        found = self._gazetteer.candidates(name, limit=1)
        if not found:
            return "unknown"
        if found[0].match != "exact":
            return "near" if found[0].match == "variant" or found[0].name_score >= COARSE else "unknown"
        if self._is_code(name):
            return "code"
        large = found[0].place.feature_class == "P" and found[0].place.population >= METROPOLIS
        return "metropolis" if large else "other name"  # "Kiev", "Bombay"

    def is_prominent(self, name: str) -> bool:
        """Whether a name is that of an area or of a town of some size."""
        return self.standing(name) in {"country", "province", "area", "metropolis", "city", "town"}

    def fits_noun(self, name: str, noun: str) -> bool:
        """Whether some place of this name is what the feature noun beside it says: "Harir" and "air base"."""
        codes = load_cues().feature_nouns.get(noun, frozenset())
        found = (*self._gazetteer.candidates(name, limit=8), *self._gazetteer.candidates(f"{name} {noun}", limit=3))
        return any(fits(f"{c.place.feature_class}.{c.place.feature_code}", codes) for c in found)

    def site_of(self, name: str, noun: str) -> bool:
        """Whether a place other than an area bears name and noun together: "Baghdad airport"."""
        codes = load_cues().feature_nouns[noun]
        return any(
            c.match in {"exact", "variant"}
            and c.place.feature_class != "A"
            and fits(f"{c.place.feature_class}.{c.place.feature_code}", codes)
            for c in self._gazetteer.candidates(name, limit=5)
        )

    def has_area_after(self, text: str, end: int) -> bool:
        """Whether a comma and a country, province or state come after a name: "Covington|, Ky."."""
        found = _AREA_AFTER.match(text, end)
        if found is None:
            return False
        after = self._gazetteer.candidates(found[1], limit=3) or self._gazetteer.candidates(found[2], limit=3)
        return any(c.match == "exact" and c.place.feature_code in {"ADM1", "PCLI"} for c in after)


def _rank(candidate: Candidate) -> Standing:
    place = candidate.place
    if place.feature_code.startswith("PCL"):
        return "country"
    if place.feature_class in {"A", "L", "H", "T"}:
        return "province" if place.feature_code == "ADM1" else "area"
    if place.feature_class != "P":
        return "site"
    sizes: tuple[tuple[Standing, int], ...] = (("metropolis", METROPOLIS), ("city", CITY), ("town", TOWN))
    return next((size for size, least in sizes if place.population >= least), "village")


def _bears(name: str, candidate: Candidate) -> bool:
    place = candidate.place
    forms = (place.name,) if place.feature_code == "ADM2" else (place.name, *without_generics(place.name))
    return max(similarity(name, form) for form in forms) >= USUAL
