"""Read the word tables of this package, and make patterns of their phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby, pairwise
from typing import Any

import yaml

__all__ = ["alternatives", "by_letters", "either", "fold", "opened", "table"]

# What ``re.IGNORECASE`` takes for s, i and k besides the letters themselves.
_LOOKALIKES = str.maketrans({"ſ": "s", "ı": "i", "İ": "i", "K": "k"})


@cache
def table(name: str) -> dict[str, Any]:
    """Return the table of ``data/<name>.yaml``; it is shared, so it is not to be changed."""
    path = files("pipeline.events").joinpath(f"data/{name}.yaml")
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return raw


def fold(phrase: str) -> str:
    """Return a phrase as the tables have it: lower case, one space between words, straight apostrophes.

    Examples
    --------
    >>> fold("New  Year’s Eve")
    "new year's eve"
    """
    return " ".join(phrase.translate(_LOOKALIKES).lower().replace("’", "'").split())


def either(phrases: Iterable[str]) -> str:
    r"""Return an alternation, longest first, for any white space between words and either apostrophe.

    Examples
    --------
    >>> print(either(["at", "at least", "in"]))
    (?:at(?:\s+least|)|in)
    """
    ordered = sorted(phrases, key=lambda p: (-len(p), p))
    return by_letters(re.escape(p).replace(r"\ ", r"\s+").replace("'", "['’]") for p in ordered)


def alternatives(source: str) -> list[str]:
    """Return what stands between the bars of a pattern, those within brackets aside.

    Examples
    --------
    >>> alternatives("rods?|iron (?:bars|rods)")
    ['rods?', 'iron (?:bars|rods)']
    """
    bars = [at for at, depth in _plain(source) if source[at] == "|" and not depth]
    return [source[a + 1 : b] for a, b in pairwise((-1, *bars, len(source)))]


def _plain(source: str) -> Iterator[tuple[int, int]]:
    """Yield where the characters of a pattern stand that are neither escaped nor listed, and in how many groups."""
    depth, listed, escaped = 0, False, False
    for at, char in enumerate(source):
        if not escaped and not listed:
            depth += (char == "(") - (char == ")")
            yield at, depth
        if not escaped and char in "[]":
            listed = char == "["
        escaped = char == "\\" and not escaped


def by_letters(sources: Iterable[str]) -> str:
    """Return an alternation that matches the same and fails sooner: of one beginning, each letter is tried once.

    Patterns keep their order but past those that begin with another letter, which cannot match where they do; what
    begins with no letter stays where it is.

    Examples
    --------
    >>> by_letters(["mob", "crowd", "mobs? of men"])
    '(?:mob(?:|s? of men)|crowd)'
    """
    return _by_letters([a for source in sources for a in alternatives(source)])


def _by_letters(sources: Sequence[str]) -> str:
    """Do so with patterns without a choice of their own."""
    parts = sources if len(sources) == 1 else [part for run in _runs(sources) for part in run]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def opened(source: str) -> list[str]:
    """Return a pattern as several, so that each begins with no choice.

    Examples
    --------
    >>> opened("(?:hit|struck) by")
    ['hit by', 'struck by']
    """
    found: list[str] = []
    for one in alternatives(source):
        inner, rest = _first_group(one)
        found += [o for a in alternatives(inner) for o in opened(a + rest)] if inner else [one]
    return found


def _first_group(source: str) -> tuple[str, str]:
    """Return what stands in the group that a pattern begins with, and the rest; nothing and all where it has none."""
    if not source.startswith("(?:"):
        return "", source
    end = next(at for at, depth in _plain(source) if not depth)
    return ("", source) if source[end + 1 : end + 2] in set("?*+{") else (source[3:end], source[end + 1 :])


def _runs(sources: Sequence[str]) -> Iterator[list[str]]:
    """Yield runs of alternatives: those that begin with a letter together by that, each other one alone."""
    for lettered, run in groupby(sources, key=_begins_with_letter):
        if not lettered:
            yield list(run)
            continue
        firsts: dict[str, list[str]] = {}
        for source in run:
            firsts.setdefault(source[0].lower(), []).append(source[1:])
        yield [first + _by_letters(rests) for first, rests in firsts.items()]


def _begins_with_letter(source: str) -> bool:
    return source[:1].isalpha() and source[:1].isascii() and source[1:2] not in set("?*+{")
