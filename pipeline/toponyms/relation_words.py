"""The words of spatial relations as tables and regular expressions: compass points, lengths, what leads into a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gazetteer.tables import parsed_yaml

_POINT = "(?:north|south|east|west)"
#: A compass point, "north-western", "far south", "south-central".
DIRECTION = rf"(?:far[\s-]+)?{_POINT}(?:[\s-]?{_POINT}){{0,2}}(?:ern|erly|wards?)?(?:[\s-]central)?"
#: Its abbreviation, in capitals only: "NW".
ABBREVIATED = r"(?-i:(?:[NS](?:[NS]?[EW])?|[EW](?:[NS][EW])?)\b)"
_LETTERS = {"n": "north", "s": "south", "e": "east", "w": "west"}
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_PARENTHESIS = r"(?:\s*\([^()]{1,30}\))?"  # 1,800 km (1,118 miles) from


@dataclass(frozen=True, slots=True)
class RelationWords:
    """The loaded tables; see ``data/relations.yaml`` for what each means."""

    bearings: dict[tuple[str, ...], float]
    units: dict[str, float]
    numbers: dict[str, float]
    quantities: dict[str, float]
    place_nouns: tuple[str, ...]
    near: tuple[str, ...]
    outskirts: tuple[str, ...]
    countryside: tuple[str, ...]
    parts: tuple[str, ...]
    roads: tuple[str, ...]
    leading: tuple[str, ...]
    coasts: tuple[str, ...]
    verbs_with_off: frozenset[str]
    between_parties: frozenset[str]
    border_owners: tuple[str, ...]


@cache
def load_relation_words() -> RelationWords:
    """Load the tables once."""
    raw = parsed_yaml(files("pipeline.toponyms").joinpath("data/relations.yaml").read_text("utf8"))
    lists = ("place_nouns", "near", "outskirts", "countryside", "parts", "roads", "leading", "coasts", "border_owners")
    return RelationWords(
        bearings={tuple(points.split()): float(degrees) for points, degrees in raw["bearings"].items()},
        units={pattern: float(km) for pattern, km in raw["units"].items()},
        numbers={word: float(number) for word, number in raw["numbers"].items()},
        quantities={words: float(number) for words, number in raw["quantities"].items()},
        verbs_with_off=frozenset(raw["verbs_with_off"]),
        between_parties=frozenset(raw["between_parties"]),
        **{name: tuple(raw[name]) for name in lists},
    )


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of some phrases, the longest first; a blank is any white space.

    >>> bool(re.fullmatch(any_of(["close to", "near"]), "close  to"))
    True
    """
    return "(?:" + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True)) + ")"


@cache
def lead() -> str:
    """Return the pattern for what may stand between a relation and the name: "the northern Iraqi city of".

    Before a comma it takes an article or an owner: "the capital, Baghdad", but not "near Langza village, Manipur".
    """
    nouns, word = any_of(load_relation_words().place_nouns), r"(?:[\w'’-]+\s+)"
    apposed = rf"(?:(?:the|an?)\s+{word}{{0,3}}?|\w+['’]s\s+{word}{{0,2}}?){nouns},\s+"
    named = rf"(?:the\s+)?(?:{word}{{0,3}}?{nouns}(?:\s+(?:of|at|called))?\s+)?"
    return rf"(?:{apposed}|{named})(?:the\s+)?[“\"‘]?"


@cache
def _pieces() -> dict[str, str]:
    """Return what the names in braces stand for."""
    words = load_relation_words()
    lists = ("near", "outskirts", "countryside", "parts", "roads", "leading", "coasts", "border_owners")
    second = rf"(?P<second>\s+(?:and|or)\s+{DIRECTION})?"
    return {
        "direction": DIRECTION,
        "points": f"(?:{DIRECTION}|{ABBREVIATED})",
        "second": second,
        "the": r"(?:the\s+)?",
        "far": distance(),
        "lead": lead(),
        "place": r"(?:(?:on|along|in|at|near|of)\s+)?",
        "side": rf"(?:(?:on|in|at|to|from|around|throughout)\s+)?(?:the\s+)?(?:(?P<dir>{DIRECTION}){second}\s+)?",
        **{name: any_of(getattr(words, name)) for name in lists},
    }


@cache
def pattern_of(verbose: str, *, end: str = "", any_case: bool = True) -> re.Pattern[str]:
    """Compile a verbose pattern with the names in braces filled in, and ``end`` after it.

    >>> bool(pattern_of("{near}").fullmatch("close to"))
    True
    """
    filled = re.sub(r"\{([a-z_]+)\}", lambda name: _pieces()[name[1]], verbose)
    return re.compile(filled + end, re.VERBOSE | (re.IGNORECASE if any_case else 0))


@cache
def worded(table: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the rows of a table of ``data/relation_patterns.yaml`` as kind and pattern."""
    return tuple((kind, pattern_of(verbose)) for kind, verbose in wordings()[table])


def leading_in(text: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield kind and pattern of the wordings before a name for which a text in small letters has a word that they need.

    >>> [kind for kind, _ in leading_in("in the countryside of ")]
    ['countryside']
    """
    has: dict[str, bool] = {}
    for kind, need, pattern in _wordings_before():
        if need not in has:
            has[need] = bool(_far().search(text)) if need == "far" else any(map(text.__contains__, _words_of(need)))
        if has[need]:
            yield kind, pattern


@cache
def _wordings_before() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((kind, need, pattern_of(verbose, end="$")) for kind, need, verbose in wordings()["before"])


@cache
def _far() -> re.Pattern[str]:
    """Return the pattern of a unit, which a length cannot do without."""
    return re.compile(rf"[\s\d-](?:{'|'.join(load_relation_words().units)})(?!\w)")


@cache
def _words_of(need: str) -> tuple[str, ...]:
    """Return words of which a wording cannot do without one: of each phrase the longest, which tells it best.

    They are looked for one by one, which takes a fifth of the time of one pattern for all.
    """
    phrases = wordings()["needs"].get(need) or getattr(load_relation_words(), need)
    longest = {max(phrase.split(), key=len) for phrase in phrases}
    return tuple(sorted(word for word in longest if not any(other in word for other in longest - {word})))


@cache
def wordings() -> dict[str, Any]:
    """Return the tables of ``data/relation_patterns.yaml`` as written."""
    text = files("pipeline.toponyms").joinpath("data/relation_patterns.yaml").read_text("utf8")
    tables: dict[str, Any] = parsed_yaml(text)
    return tables


@cache
def distance() -> str:
    """Return the pattern of a length: groups low, high and unit."""
    words = load_relation_words()
    number = any_of(words.numbers)
    spelt = rf"{any_of(words.quantities)}|{number}(?:(?:\s+and)?[\s-]+{number}){{0,3}}"
    units = "|".join(unit.replace(" ", r"\s+") for unit in words.units)
    return (
        rf"(?<![\w.,])(?:between\s+)?(?P<low>{_DIGITS}|{spelt})(?:\s*(?:-|–|to|or|and)\s*(?P<high>{_DIGITS}|{spelt}))?"
        rf"[\s-]*(?P<unit>{units})(?!\w){_PARENTHESIS}"
    )


def bearing_of(words: str) -> float | None:
    """Return the degrees that a compass point means, or None where it is none of the sixteen.

    >>> bearing_of("north-western"), bearing_of("NNE"), bearing_of("south-central"), bearing_of("north south")
    (315.0, 22.5, 180.0, None)
    """
    points = tuple(re.findall(_POINT, words.lower()))
    if not points and words.isupper():
        points = tuple(_LETTERS[letter] for letter in words.lower())
    return load_relation_words().bearings.get(points)


def kilometres_of(found: re.Match[str]) -> tuple[float, float] | None:
    """Return the length that :func:`distance` found and half the width of its range, both in kilometres.

    >>> kilometres_of(re.search(distance(), "20 to 30 km"))
    (25.0, 5.0)
    """
    groups = found.groupdict()
    unit, said = groups.get("unit"), groups.get("low")
    if not unit or not said:
        return None
    low = _number(said)
    high = _number(groups["high"]) if groups.get("high") else low
    km = next(k for pattern, k in load_relation_words().units.items() if _is_unit(pattern, unit))
    return round((low + high) / 2 * km, 3), round(abs(high - low) / 2 * km, 3)


def _is_unit(pattern: str, unit: str) -> bool:
    return re.fullmatch(pattern.replace(" ", r"\s+"), unit, re.IGNORECASE) is not None


def _number(said: str) -> float:
    """Return the number that digits or words mean: "1,800", "a few", "one hundred and twenty"."""
    words = load_relation_words()
    said = " ".join(said.lower().split())
    if said[0].isdigit():
        return float(said.replace(",", ""))
    if said in words.quantities:
        return words.quantities[said]
    total = 0.0
    for word in re.findall(r"[a-z]+", said):
        value = words.numbers.get(word, 0.0)
        total = max(total, 1.0) * value if word == "hundred" else total + value
    return total
