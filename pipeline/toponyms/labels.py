"""What the language model's labels say of a name across one report: who is a person, what is called a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict

from pipeline.parse import Entity, ParsedText
from pipeline.toponyms.cues import load_cues

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_WORD = re.compile(r"\w+")
_TITLE_REACH = 14  # characters before a name in which a person's title is looked for


class Labels:
    """The model's entities of one report, asked by offset and by name."""

    def __init__(self, parsed: ParsedText) -> None:
        self._entities = parsed.entities
        self.people = _names_of_people(parsed)
        self._of_name: dict[str, set[str]] = defaultdict(set)
        for entity in parsed.entities:
            self._of_name[parsed.text[entity.start : entity.end]].add(entity.label)

    def entity_at(self, offset: int) -> Entity | None:
        """Return the model's entity that covers ``offset``; entities never overlap."""
        at = bisect_right(self._entities, offset, key=lambda e: e.start) - 1
        entity = self._entities[at] if at >= 0 else None
        return entity if entity is not None and offset < entity.end else None

    def has_label(self, offset: int, label: str) -> bool:
        """Whether the model gave the text at ``offset`` this label."""
        entity = self.entity_at(offset)
        return entity is not None and entity.label == label

    def labels_of(self, name: str) -> frozenset[str]:
        """Return the labels that the model gave to exactly this name anywhere in the report."""
        return frozenset(self._of_name.get(name, ()))


def _names_of_people(parsed: ParsedText) -> frozenset[str]:
    """Return the words of names of people: both of "Kathy Taylor", and "Taylor" of "Mr. Taylor"."""
    found: set[str] = set()
    for entity in parsed.entities:
        if entity.label != "PERSON":
            continue
        words = _WORD.findall(parsed.text[entity.start : entity.end])
        before = parsed.text[max(0, entity.start - _TITLE_REACH) : entity.start].lower().rstrip(" .\n")
        if len(words) > 1 or before.endswith(tuple(load_cues().person_titles)):
            found.update(words)
    return frozenset(found)
