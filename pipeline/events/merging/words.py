"""The words of a telling that are compared: weapons, things hit, people, hours; all from ``data/merging.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.events._words import either, fold, table

_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\b|\b([01]?\d|2[0-3]):([0-5]\d)\b(?!\s*[ap]\.?m)", re.IGNORECASE
)
CLOCK_SLACK = 1.5  # hours by which two reports may be off
IN_A_NAME = r"-(?:(?-i:[a-z]){1,3}-)?(?-i:[A-Z])|(?<=(?-i:Port)) (?-i:[A-Z])"  # "Port-au-Prince", "Port Sudan"
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Words:
    """Classes of words in a stretch of text, and the spans of hours it names (past 24: after midnight)."""

    weapons: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    sexes: frozenset[str] = frozenset()
    hours: tuple[Span, ...] = ()
    rises: bool = False
    claims: bool = False
    mutual: bool = False
    blasts: bool = False


def words_of(text: str) -> Words:
    """Return the classes of words in a text.

    Examples
    --------
    >>> found = words_of("A drone hit a clinic on Monday evening, killing two nurses.")
    >>> sorted(found.weapons), sorted(found.things), sorted(found.people), found.hours
    (['drone'], ['hospital'], ['health'], ((16, 22),))
    """
    told = without_speakers(text)
    return Words(
        weapons=_without_load(_classes("weapons", text)),
        things=_classes("things", _lexicon("weapons")[0].sub("", told)),  # a car bomb is no car
        people=_classes("people", told),
        sexes=_classes("sexes", told),
        hours=hours_in(text),
        rises=_any_of("toll_words").search(text) is not None,
        claims=_any_of("claim_words").search(text) is not None,
        mutual=_any_of("mutual_words").search(text) is not None,
        blasts=_any_of("blast_words").search(text) is not None,
    )


def without_speakers(text: str) -> str:
    """Return a text without the words for those who told it: "medics said" is no word of whom it hurt.

    Examples
    --------
    >>> without_speakers("Two shepherds died near Hit on Monday, a doctor at the clinic said.")
    'Two shepherds died near Hit on Monday.'
    >>> without_speakers("Police said a bomb went off, according to two soldiers.")
    ' a bomb went off.'
    """
    return _speakers().sub("", text)


def hours_in(text: str) -> tuple[Span, ...]:
    """Return the spans of hours that the words of a text may mean.

    Examples
    --------
    >>> hours_in("at 3 a.m."), hours_in("It said on Monday that it was so.")
    (((1.5, 4.5),), ())
    """
    pattern, spans = _hour_words()
    told = {spans[fold(m[0])] for m in pattern.finditer(text)}
    return tuple(sorted(told | {_clock(m) for m in _CLOCK.finditer(text)}))


def _without_load(weapons: frozenset[str]) -> frozenset[str]:
    """Leave out the grenade that a drone dropped: it is no other weapon than the drone."""
    return weapons - {"grenade"} if weapons & {"drone", "aircraft"} else weapons


_TURN = (-24, 0, 24)  # hours: a night may be told with the day before it or after it


def are_one(one: Iterable[Span], other: Iterable[Span]) -> bool:
    """Whether two times of day have at least half of the shorter one in common: not so the afternoon and the evening.

    Examples
    --------
    >>> are_one([(12, 18)], [(14, 15)]), are_one([(12, 18)], [(16, 22)])
    (True, False)
    """
    return any(2 * (min(b, d + t) - max(a, c + t)) > min(b - a, d - c) for a, b in one for c, d in other for t in _TURN)


def are_apart(one: Iterable[Span], other: Iterable[Span]) -> bool:
    """Whether no hour of the one can be an hour of the other; nights reach into the next morning.

    Examples
    --------
    >>> are_apart([(5, 12)], [(16, 22)]), are_apart([(19, 30)], [(0, 7)])
    (True, False)
    """
    return not any(a < d + t and c + t < b for a, b in one for c, d in other for t in _TURN)


def _clock(match: re.Match[str]) -> Span:
    if match[3]:
        hour = int(match[1]) % 12 + (12 if match[3].lower() == "p" else 0) + int(match[2] or 0) / 60
    else:
        hour = int(match[4]) + int(match[5]) / 60
    return (hour - CLOCK_SLACK, hour + CLOCK_SLACK)


def _classes(name: str, text: str) -> frozenset[str]:
    pattern, classes = _lexicon(name)
    return frozenset(classes[fold(m[1])] for m in pattern.finditer(text))


def is_class_word(name: str) -> bool:
    """Whether a name is one word for a weapon, a thing or people: "Artillery" at the head of a sentence.

    Examples
    --------
    >>> is_class_word("artillery"), is_class_word("goma")
    (True, False)
    """
    return any(_lexicon(kind)[0].fullmatch(name) is not None for kind in ("weapons", "things", "people"))


@cache
def _speakers() -> re.Pattern[str]:
    """Return the pattern of a clause that says who told it, at the end of a sentence, in its midst or at its start."""
    said = either(table("merging")["speech_verbs"])
    last = rf",\s[^,.;]{{0,80}}?\b(?:{said})\b[^,.;]{{0,40}}"
    source = r",?\s+according to [^,.;]{1,80}"
    first = rf"(?:^|(?<=[.:]\s))[^,.;:]{{1,50}}?\b(?:{said})\b(?: that\b)?"
    return re.compile(f"{last}|{source}|{first}", re.IGNORECASE)


@cache
def _lexicon(name: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return one pattern of all words of a table, longest first, and the class of each; plurals are found too."""
    classes = {fold(word): label for label, words in table("merging")[name].items() for word in words}
    return re.compile(rf"(?<![\w-])({either(classes)})(?:e?s)?(?!\w|{IN_A_NAME})", re.IGNORECASE), classes


@cache
def _hour_words() -> tuple[re.Pattern[str], Mapping[str, Span]]:
    spans = {fold(word): (first, last) for words, first, last in table("merging")["hours"] for word in words}
    return re.compile(rf"(?<![\w-])(?:{either(spans)})(?!\w)", re.IGNORECASE), spans


@cache
def _any_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{either(table('merging')[name])})(?!\w)", re.IGNORECASE)
