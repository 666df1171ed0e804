"""Words with their offsets, cut and folded the way actors' names are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.names import fold

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d"
_WORD = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|[^\W_](?:[^\W_]|[{_MARKS}])*(?:['’‘ʼʾʿ`´](?:[^\W_]|[{_MARKS}])+)*",
)
_POSSESSIVE = re.compile(r"['’ʼ][sS]$")
_HARD = re.compile(r"[.,;:!?|…•]|\n\s*\n")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_HYPHENS = frozenset("-‐‑‒–")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: offsets in the text (a possessive ``'s`` left out), folded key, letters as written.

    ``joined`` says that nothing but space, hyphens, quotes or brackets stands between it and the word before;
    ``hyphen`` that nothing but a hyphen does; ``possessive`` that an ``'s`` follows.
    """

    start: int
    end: int
    key: str
    surface: str
    joined: bool
    hyphen: bool
    possessive: bool

    @property
    def is_capital(self) -> bool:
        """Whether it has a capital letter, or letters of a script without capitals."""
        return self.surface != self.surface.lower() or self.surface == self.surface.upper()


@lru_cache(maxsize=16384)
def fold_word(surface: str) -> str:
    """Fold one word to one key without spaces.

    Examples
    --------
    >>> fold_word("Kata'ib"), fold_word("U.S.")
    ('kataib', 'us')
    """
    return fold(surface).replace(" ", "")


def words_of(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """Cut ``text[start:end]`` into words; hyphenated ones come apart, initials do not, web addresses are left out.

    Examples
    --------
    >>> [w.key for w in words_of("Iraq's Kata'ib Hezbollah and U.S.-led troops")]
    ['iraq', 'kataib', 'hezbollah', 'and', 'us', 'led', 'troops']
    """
    end = len(text) if end is None else min(end, len(text))
    start = max(0, start)
    found: list[Word] = []
    addresses = [m.span() for m in _ADDRESS.finditer(text, start, end)]
    last = start
    for match in _WORD.finditer(text, start, end):
        surface = _POSSESSIVE.sub("", match.group())
        key = fold_word(surface)
        if not key or any(a <= match.start() < b for a, b in addresses):
            continue
        gap = text[last : match.start()]
        joined = bool(found) and not _HARD.search(gap)
        stop = match.start() + len(surface)
        found.append(Word(match.start(), stop, key, surface, joined, gap in _HYPHENS, stop < match.end()))
        last = stop
    return tuple(found)
