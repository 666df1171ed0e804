"""Read numbers in words and figures as low, best and high; the words are data (``data/counts.yaml``).

Schema: an exact number is n/n/n; "at least 62" is 62/62/open; "several" is 2/3/open; "dozens" is 24/24/open.
"Up to 40" says nothing but its bound, so only ``high`` is filled. A range takes its lower end as the best figure:
the conservative reading, as ACLED does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from pipeline.events._words import either, fold, table
from pipeline.models import Count, Qualifier

__all__ = ["ORDINALS", "NumberMention", "cardinal", "cardinal_pattern", "find_numbers", "parse_number"]

_FIGURES = r"\d{1,3}(?:[,\u00a0\u202f]\d{3}){1,3}(?!\d)|\d{1,9}"
# A figure inside a name, a date, an hour, a calibre or a price is no count: F-16, 2:30, 122mm, $400, 40%, 101st.
_BEFORE = r"(?<![\w$€£¥#@])(?<![\w][-–/.:,'’])"
_AFTER = r"(?![\w%°º]|[-–/:.,'’]\d|[-–/]\w|\s?%|\s?per\s?cent\b)"
_LARGEST = 10**12  # more than that is a slip, and would not fit a column of integers when added up
_FROM_SECOND = (
    "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS: Mapping[str, int] = {word: number for number, word in enumerate(_FROM_SECOND.split(), start=2)}
_NO = re.compile(r"\bno\s\Z", re.IGNORECASE)  # "no one" is no number


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number as written, at ``text[start:end]``."""

    start: int
    end: int
    count: Count


@dataclass(frozen=True, slots=True)
class _Words:
    """The number words, read once."""

    units: Mapping[str, int]
    magnitudes: Mapping[str, int]
    exact: Mapping[str, int]
    vague: Mapping[str, tuple[int | None, int | None, int | None]]
    qualifiers: Mapping[str, Qualifier]
    suffixes: Mapping[str, Qualifier]


@cache
def _words() -> _Words:
    """Read the ``numbers`` part of ``data/counts.yaml``."""
    raw = table("counts")["numbers"]
    return _Words(
        units=raw["units"],
        magnitudes=raw["magnitudes"],
        exact=raw["exact"],
        vague={phrase: (low, best, high) for phrase, (low, best, high) in raw["vague"].items()},
        qualifiers={phrase: kind for kind, phrases in raw["qualifiers"].items() for phrase in phrases},
        suffixes=raw["suffixes"],
    )


@cache
def cardinal_pattern() -> str:
    """Return the source of a regular expression for one cardinal number, in figures or words, without groups.

    Examples
    --------
    >>> import re
    >>> bool(re.fullmatch(cardinal_pattern(), "two hundred and fifty"))
    True
    """
    words = _words()
    unit, magnitude = either(words.units), either(words.magnitudes)
    spelled = rf"(?:{unit})(?:(?:\s+and)?[\s-]+(?:{unit}|{magnitude})\b){{0,8}}"
    halves = rf"(?:{unit}|\d{{1,3}})\s+and\s+a\s+half\s+(?:{magnitude})"
    scaled = rf"(?:\d{{1,3}}(?:[.,]\d{{1,3}})?)\s?(?:{magnitude})"
    return rf"(?:{either(words.exact)}|{halves}|{scaled}|{spelled}|{_FIGURES})"


@cache
def _pattern() -> re.Pattern[str]:
    """Compile the whole number: qualifier, range or number, suffix."""
    words, number = _words(), cardinal_pattern()
    vague = rf"(?:(?:several|a\s+few)\s+(?:{either(words.magnitudes)})|{either(words.vague)})"
    ranged = (
        rf"(?:between|from)\s+(?P<a1>{number})\s+(?:and|to)\s+(?P<b1>{number})"
        rf"|(?P<a2>{number})\s+(?:to|or)\s+(?P<b2>{number})|(?P<a3>{_FIGURES})\s?[-–]\s?(?P<b3>{_FIGURES})"
    )
    suffix = "|".join((r"\s+" if s[0].isalpha() else "") + either([s]) for s in words.suffixes)
    source = (
        rf"{_BEFORE}(?:(?P<qualifier>{either(words.qualifiers)})\s+(?:the\s+|a\s+(?=\d))?)?"
        rf"(?:{ranged}|(?P<vague>{vague})|(?P<one>{number}))(?P<suffix>{suffix})?{_AFTER}"
    )
    return re.compile(source, re.IGNORECASE)


def cardinal(text: str) -> int | None:
    """Return the value of one cardinal number, or None.

    Examples
    --------
    >>> cardinal("two hundred and fifty"), cardinal("1,200"), cardinal("2.5 million"), cardinal("soon")
    (250, 1200, 2500000, None)
    """
    words, phrase = _words(), fold(text)
    if phrase in words.exact:
        return words.exact[phrase]
    if not re.fullmatch(cardinal_pattern(), phrase):
        return None
    half = re.fullmatch(r"(.+) and a half (\w+)", phrase)
    if half:
        whole = cardinal(half[1])
        value = (2 * (whole or 0) + 1) * words.magnitudes[half[2]] // 2
        return value if value <= _LARGEST else None
    value = _figures(phrase) if phrase[0].isdigit() else _spelled(re.split(r"[\s-]+", phrase))
    return value if value <= _LARGEST else None


def _figures(phrase: str) -> int:
    """Return the value of figures, with a magnitude word or without."""
    scaled = re.fullmatch(r"([\d.,]+) ?([a-z]+)", phrase)
    if scaled is None:
        return int(re.sub(r"\D", "", phrase))
    digits, magnitude = scaled.groups()
    whole, _, decimals = digits.replace(",", ".").partition(".")
    scale: int = _words().magnitudes[magnitude]
    return int(whole) * scale + int(decimals or 0) * scale // int(10 ** len(decimals))


def _spelled(parts: list[str]) -> int:
    """Return the value of number words in order: "two hundred and fifty" is 250."""
    words, total, group = _words(), 0, 0
    for part in parts:
        scale = words.magnitudes.get(part)
        if scale is None:
            group += words.units.get(part, 0)
        elif scale < 1000:
            group = max(group, 1) * scale
        else:
            total, group = total + max(group, 1) * scale, 0
    return total + group


def _vague(phrase: str) -> tuple[int | None, int | None, int | None]:
    """Return low, best and high of "several", "dozens" or "a few hundred"."""
    words = _words()
    if phrase in words.vague:
        return words.vague[phrase]
    head, _, magnitude = phrase.rpartition(" ")
    low, best, _high = words.vague[head]
    scale = words.magnitudes[magnitude]
    return (low or 0) * scale, (best or 0) * scale, None


def _qualified(low: int, high: int | None, qualifier: Qualifier) -> Count:
    """Return the count that a qualifier makes of a number or a range."""
    if qualifier == "at_least":
        return Count(low, low, None, "at_least")
    if qualifier == "at_most":
        return Count(None, None, low if high is None else high, "at_most")
    return Count(low, low, high, qualifier)


def _read(match: re.Match[str]) -> Count | None:
    """Return the count of one match, or None where its parts make none."""
    words = _words()
    prefix = match["qualifier"]
    marker = match["suffix"] or ""
    qualifier = words.suffixes.get(fold(marker)) or (words.qualifiers[fold(prefix)] if prefix else "exact")
    if match["vague"]:
        least, best, most = _vague(fold(match["vague"]))
        if least is None:
            return Count(None, None, None, "unknown", match[0])  # "an undisclosed number of civilians"
        return Count(least, best, most, "at_least" if qualifier == "at_least" else "several", match[0])
    if match["one"]:
        value = cardinal(match["one"])
        return None if value is None else replace(_qualified(value, value, qualifier), text=match[0])
    low = cardinal(match["a1"] or match["a2"] or match["a3"])
    high = cardinal(match["b1"] or match["b2"] or match["b3"])
    if low is None or high is None or low >= high:
        return None
    return replace(_qualified(low, high, "about" if qualifier == "exact" else qualifier), text=match[0])


def find_numbers(text: str, start: int = 0, end: int | None = None) -> tuple[NumberMention, ...]:
    """Find the numbers in ``text[start:end]``, in order and without overlap.

    Parts of names, dates, hours, calibres, prices and shares are left out where their form shows them.

    Examples
    --------
    >>> [m.count.text for m in find_numbers("An F-16 dropped two 500lb bombs; at least 62 were hurt.")]
    ['two', 'at least 62']
    """
    found = []
    for match in _pattern().finditer(text, start, len(text) if end is None else end):
        count = _read(match)
        if count is not None and not _NO.search(text, max(start, match.start() - 4), match.start()):
            found.append(NumberMention(match.start(), match.end(), count))
    return tuple(found)


def parse_number(text: str) -> Count | None:
    """Return the count that a phrase stands for, or None where it is no number.

    Examples
    --------
    >>> parse_number("at least 62")
    Count(low=62, best=62, high=None, qualifier='at_least', text='at least 62')
    >>> parse_number("several")
    Count(low=2, best=3, high=None, qualifier='several', text='several')
    """
    phrase = text.strip()
    if fold(phrase) in {"no", "none", "nil", "nobody", "no one", "zero"}:
        return Count(0, 0, 0, "exact", phrase)
    match = _pattern().fullmatch(phrase)
    return None if match is None else _read(match)
