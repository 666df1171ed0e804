"""Noun phrases in which somebody or something is counted, and the words for them (``data/counts.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.events import _forms
from pipeline.events._words import table
from pipeline.models import Count

__all__ = ["CountWords", "Quantity", "both_numbers", "count_words", "without_adverbs", "words_after"]

_MAX_WORDS = 8  # of a noun phrase after its number
_WORD = re.compile(r"\s*[“\"‘(]?([^\W_](?:[\w&’'-]|\.(?=\w))*\.?)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count and what it counts: ``text[start:end]`` is the number and its noun phrase, ``noun`` the head as written.

    ``classes`` is drawn from person, group, attack, force and thing, empty where the head is unknown or missing.
    ``single``: one person told without a number. ``part``: of a larger figure ("including two children").
    """

    start: int
    end: int
    count: Count
    noun: str = ""
    classes: frozenset[str] = frozenset()
    single: bool = False
    part: bool = False


@dataclass(frozen=True, slots=True)
class CountWords:
    """The words that say what is counted, read once; the raw table of ``harm`` is kept for the triggers."""

    nouns: Mapping[str, frozenset[str]]
    singular_persons: frozenset[str]
    measures: frozenset[str]
    stops: frozenset[str]
    raw: Mapping[str, Any]


def _plural(noun: str) -> str:
    """Return the plural by rule."""
    if re.search(r"(?:s|sh|ch|x)$", noun):
        return noun + "es"
    return noun[:-1] + "ies" if re.search(r"[^aeiou]y$", noun) else noun + "s"


def both_numbers(entry: str) -> tuple[str, str]:
    """Return the singular and the plural of an entry of the table, which tells the plural where no rule does.

    Examples
    --------
    >>> both_numbers("army"), both_numbers("policeman/policemen")
    (('army', 'armies'), ('policeman', 'policemen'))
    """
    one, _, many = entry.partition("/")
    return one, many or _plural(one)


@cache
def count_words() -> CountWords:
    """Read ``data/counts.yaml``."""
    raw = table("counts")
    nouns: dict[str, frozenset[str]] = {}
    singular: set[str] = set()
    for name, entries in raw["nouns"].items():
        for entry in entries:
            one, many = both_numbers(entry)
            for form in (one, many):
                nouns[form] = nouns.get(form, frozenset()) | {name}
            singular |= {one} if name == "person" and one != many else set()
    harm = {
        w
        for kind in raw["harm"].values()
        for role in ("verbs", "passives", "states", "nouns", "conditions")
        for w in kind.get(role, ())
        if " " not in w
    }
    times = {n for n in _forms.words().weekdays if n.endswith("day")} | {n for n in _forms.words().months if n != "may"}
    return CountWords(
        nouns=nouns,
        singular_persons=frozenset(singular - {"personnel", "police", "other", "dead", "life", "major", "general"}),
        measures=frozenset(
            form for m in raw["measures"] for form in (m.partition("/")[0], m.partition("/")[2] or m + "s")
        ),
        stops=frozenset(raw["stops"]) | frozenset(raw["casualties"]) | harm | times,
        raw=raw,
    )


_OTHERS_OWN = frozenset({"his", "their"})


def words_after(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a noun phrase: (lower case, start, end) up to a stop, a comma or the eighth."""
    stops, position = count_words().stops, start
    for _ in range(_MAX_WORDS):
        match = _WORD.match(text, position, end)
        if match is None:
            return
        word = match[1].lower().rstrip(".").removesuffix("’s").removesuffix("'s").removeprefix("ex-")
        if word in stops and not (word == "and" and _JOINS_NAMES.match(text, position, end)):
            return
        if position > start and word in _OTHERS_OWN:
            return  # "cost a policeman |his| life"
        full_stop = match[1].endswith(".") and "." not in match[1][:-1]
        yield word, match.start(1), match.end(1) - full_stop
        acronym = _ACRONYM.match(text, match.end(), end)
        position = acronym.end() if acronym is not None else match.end()
        if full_stop:
            return


_ACRONYM = re.compile(r"\s\([A-Z][\w&/-]{1,12}\)(?=\s[a-z])")  # "Reserve Force |(CRF)| personnel"
_JOINS_NAMES = re.compile(
    r"(?<=[A-Z]\.)\s+and\s+[A-Z]|(?<=[A-Z][a-z]{3})\s+and\s+(?:[A-Z][\w-]+\s+)+[a-z]"
)  # "Army and Air Force personnel"


def without_adverbs(words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Return the words of a phrase without the adverbs behind it: "her husband |critically| wounded"."""
    while len(words) > 1 and words[-1][0].endswith("ly") and words[-1][0] not in count_words().nouns:
        words.pop()
    return words
