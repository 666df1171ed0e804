"""What the gazetteer and the rest of the report know of a name: enough to tell Alexandria the town from a person."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from gazetteer.index import Gazetteer
from gazetteer.models import Candidate
from gazetteer.names import similarity, without_generics
from pipeline.parse import Entity, ParsedText
from pipeline.toponyms.cues import fits, load_cues

TOWN = 15_000  # inhabitants that a name nested in another must have, if it is a town's
METROPOLIS = 1_000_000
FAMOUS = 300_000  # and one that is taken with nothing beside it
USUAL = 0.8  # likeness to the usual name of a place
COARSE = 0.7  # likeness asked of a name that shares only its consonants
SHORTEST = 3
CODE = 4  # letters of a short name in capitals
_WORD = re.compile(r"\w+")
_AREA_AFTER = re.compile(r"(?:,|\s+in)\s+(?:the\s+)?(([A-Z][\w.]*)(?:\s[A-Z]\w+)?)")


class KnownNames:
    """Answers about names, for one report.

    Parameters
    ----------
    gazetteer : Gazetteer
    parsed : ParsedText
        The report, whose people are told from places by it.
    """

    def __init__(self, gazetteer: Gazetteer, parsed: ParsedText) -> None:
        self.gazetteer, self._parsed = gazetteer, parsed
        self._surnames = _names_of_people(parsed)
        self._best = lru_cache(maxsize=2_000)(self._find_best)

    def _find_best(self, name: str) -> Candidate | None:
        """Return the likeliest place whose usual name this is; a county's only with the word."""
        found = self.gazetteer.candidates(name, limit=40) if self.gazetteer.has_name(name) else ()
        usual = [c for c in found if c.match == "exact" and _bears(name, c)]
        return max(usual, key=lambda c: (c.place.feature_class == "A", c.place.population), default=None)

    def is_adjective(self, name: str) -> bool:
        """Whether a name is an adjective of a country ("Yemeni") and not also a place."""
        return self.gazetteer.demonym(name) is not None and not self.gazetteer.has_name(name)

    def is_ordinary(self, name: str) -> bool:
        """Whether a name is made of words that are no place by themselves: "Council", "City Hall", "A", "EPA"."""
        words = _WORD.findall(name)
        if len(words) == 1 and name.isascii() and (len(name) < SHORTEST or (name.isupper() and len(name) <= CODE)):
            return not self._is_code(name)
        if any(word.lower() not in load_cues().never_alone for word in words):
            return False
        best = self._best(name) if len(words) > 1 else None
        return best is None or best.place.feature_class not in {"A", "L", "H"}

    def _is_code(self, name: str) -> bool:
        """Whether a short word in capitals stands for a country: "US", "UAE"."""
        found = self.gazetteer.candidates(name, limit=1) if name.isupper() else ()
        return bool(found) and found[0].match == "exact" and found[0].place.feature_code[:3] in {"PCL", "RGN"}

    def has(self, name: str) -> bool:
        """Whether the gazetteer has a name, codes of countries too: "UAE"."""
        return self.gazetteer.has_name(name) or self._is_code(name)

    def follows_with_area(self, end: int) -> bool:
        """Whether a comma and a country, province or state come after a name: "Covington|, Ky."."""
        found = _AREA_AFTER.match(self._parsed.text, end)
        if found is None:
            return False
        after = self.gazetteer.candidates(found[1], limit=3) or self.gazetteer.candidates(found[2], limit=3)
        return any(c.match == "exact" and c.place.feature_code in {"ADM1", "PCLI"} for c in after)

    def is_surname(self, name: str) -> bool:
        """Whether the report has a person of this name, or a part of it."""
        return name in self._surnames

    def is_in_person(self, start: int, end: int) -> bool:
        """Whether start:end is only a part of a person's name."""
        entity = self._entity_at(start)
        if entity is None or entity.label != "PERSON":
            return False
        return end <= entity.end and (entity.start, entity.end) != (start, end)

    def has_label(self, offset: int, label: str) -> bool:
        """Whether the model gave the text at ``offset`` this label."""
        entity = self._entity_at(offset)
        return entity is not None and entity.label == label

    def _entity_at(self, offset: int) -> Entity | None:
        """Return the model's entity that covers ``offset``; entities never overlap."""
        at = bisect_right(self._parsed.entities, offset, key=lambda e: e.start) - 1
        entity = self._parsed.entities[at] if at >= 0 else None
        return entity if entity is not None and offset < entity.end else None

    def is_prominent(self, name: str) -> bool:
        """Whether a name is that of an area or of a town of some size, and no ordinary word."""
        if self.is_ordinary(name) or self.is_surname(name):
            return False
        best = self._best(name)
        return best is not None and (best.place.feature_class == "A" or best.place.population >= TOWN)

    def _is_curated(self, name: str) -> bool:
        """Whether the project's own overlay has the name."""
        return any(c.match == "exact" and c.place.source == "overlay" for c in self.gazetteer.candidates(name, limit=3))

    def is_near(self, name: str) -> bool:
        """Whether the gazetteer has a name or one of the same consonants and much the same letters."""
        return any(c.match == "exact" or c.name_score >= COARSE for c in self.gazetteer.candidates(name, limit=3))

    def is_famous(self, name: str) -> bool:
        """Whether a name is a country's or a large city's, so that it is taken with nothing beside it."""
        if self.is_ordinary(name) or self.is_surname(name):
            return False
        best = self._best(name)
        if best is None:
            return self._is_code(name) or self._is_other_name_of_metropolis(name)
        return best.place.feature_code.startswith("PCL") or best.place.population >= FAMOUS

    def _is_other_name_of_metropolis(self, name: str) -> bool:
        """Whether a name is another of a city of millions: "Kiev", "Bombay"."""
        found = self.gazetteer.candidates(name, limit=1)
        city = found[0].place if found and found[0].match == "exact" else None
        return city is not None and city.feature_class == "P" and city.population >= METROPOLIS

    def stands_for_place(self, name: str, cue: str, label: str) -> bool:
        """Whether a name of another label is a place, as the cue beside it says."""
        if self.is_ordinary(name) or (label == "PERSON" and cue.startswith("preposition") and self.is_surname(name)):
            return False
        found = self.gazetteer.candidates(name, limit=8)
        noun = cue.removeprefix("feature: ")
        codes = load_cues().feature_nouns.get(noun)
        if codes:
            found = (*found, *self.gazetteer.candidates(f"{name} {noun}", limit=3))
            return any(fits(f"{c.place.feature_class}.{c.place.feature_code}", codes) for c in found)
        if not found:
            return False
        if cue == "preposition: of" or label == "NORP" or (cue.startswith("verb") and label != "GPE"):
            return self.is_prominent(name) or self.is_famous(name) or self._is_curated(name)
        bears = found[0].match in {"exact", "variant"}
        return bears or (not cue.startswith("preposition") and found[0].name_score >= COARSE)


def _bears(name: str, candidate: Candidate) -> bool:
    place = candidate.place
    forms = (place.name,) if place.feature_code == "ADM2" else (place.name, *without_generics(place.name))
    return max(similarity(name, form) for form in forms) >= USUAL


def _names_of_people(parsed: ParsedText) -> frozenset[str]:
    """Return the words of names of people: both of "Kathy Taylor", and "Taylor" of "Mr. Taylor"."""
    found: set[str] = set()
    for entity in parsed.entities:
        if entity.label != "PERSON":
            continue
        words = _WORD.findall(parsed.text[entity.start : entity.end])
        before = parsed.text[max(0, entity.start - 14) : entity.start].lower().rstrip(" .\n")
        if len(words) > 1 or before.endswith(tuple(load_cues().person_titles)):
            found.update(words)
    return frozenset(found)
