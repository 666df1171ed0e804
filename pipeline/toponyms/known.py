"""What the gazetteer and the rest of the report know of a name: enough to tell Alexandria the town from a person."""

from __future__ import annotations

import re
from functools import lru_cache

from gazetteer.index import Gazetteer
from gazetteer.models import Candidate

from pipeline.parse import ParsedText
from pipeline.toponyms.cues import fits, load_cues

TOWN = 15_000  # inhabitants that a name nested in another must have, if it is a town's
FAMOUS = 300_000  # and one that is taken with nothing beside it
COARSE = 0.7  # likeness asked of a name that shares only its consonants
SHORTEST = 3
_WORD = re.compile(r"\w+")


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
        self._people = [(e.start, e.end) for e in parsed.entities if e.label == "PERSON"]
        self._surnames = _names_of_people(parsed)
        self._best = lru_cache(maxsize=2_000)(self._find_best)

    def _find_best(self, name: str) -> Candidate | None:
        found = self.gazetteer.candidates(name, limit=40) if self.gazetteer.has_name(name) else ()
        exact = [c for c in found if c.match == "exact"]
        return max(exact, key=lambda c: (c.place.feature_class == "A", c.place.population), default=None)

    def is_adjective(self, name: str) -> bool:
        """Whether a name is an adjective of a country ("Yemeni") and not also a place."""
        return self.gazetteer.demonym(name) is not None and not self.gazetteer.has_name(name)

    def is_ordinary(self, name: str) -> bool:
        """Whether a name is made of words that are no place by themselves: "Council", "City Hall", "A"."""
        words = _WORD.findall(name)
        if len(words) == 1 and len(name) < SHORTEST and name.isascii() and not name.isupper():
            return True
        return len(name) < 2 or all(word.lower() in load_cues().never_alone for word in words)

    def is_surname(self, name: str) -> bool:
        """Whether the report has a person of this name, or a part of it."""
        return name in self._surnames

    def is_in_person(self, start: int, end: int) -> bool:
        """Whether start:end is only a part of a person's name."""
        return any(s <= start and end <= e and (s, e) != (start, end) for s, e in self._people)

    def has_label(self, offset: int, label: str) -> bool:
        """Whether the model gave the text at ``offset`` this label."""
        return any(e.label == label and e.start <= offset < e.end for e in self._parsed.entities)

    def is_prominent(self, name: str) -> bool:
        """Whether a name is that of an area or of a town of some size, and no ordinary word."""
        if self.is_ordinary(name) or self.is_surname(name):
            return False
        best = self._best(name)
        return best is not None and (best.place.feature_class == "A" or best.place.population >= TOWN)

    def is_famous(self, name: str) -> bool:
        """Whether a name is a country's or a large city's, so that it is taken with nothing beside it."""
        best = None if self.is_surname(name) else self._best(name)
        if best is None:
            return False
        return best.place.feature_code.startswith("PCL") or best.place.population >= FAMOUS

    def stands_for_place(self, name: str, cue: str, label: str) -> bool:
        """Whether a name of another label is a place, as the cue beside it says."""
        if self.is_ordinary(name) or (label == "PERSON" and cue.startswith("preposition") and self.is_surname(name)):
            return False
        found = self.gazetteer.candidates(name, limit=8)
        codes = load_cues().feature_nouns.get(cue.removeprefix("feature: "))
        if codes:
            return any(fits(f"{c.place.feature_class}.{c.place.feature_code}", codes) for c in found)
        if not found:
            return False
        if cue == "preposition: of" or label == "NORP":
            return self.is_prominent(name)
        bears = found[0].match in {"exact", "variant"}
        return bears or (not cue.startswith("preposition") and found[0].name_score >= COARSE)


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
