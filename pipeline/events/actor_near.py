"""Names with a letter wrong: "Popular Mobilizaton Forces", "Hezbolllah". Bounded, so that no ordinary word is one.

A slip is looked for in long capitalised words alone, which no name, state or noun of the tables has; it keeps the first
letter, and in a name of several words all others stand as they should.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from pipeline.events.actor_words import Word
from pipeline.models import Actor

MIN_LETTERS = 7  # of the word that is wrong, beside words that are right
MIN_ALONE = 8  # of one that stands alone
TWO_SLIPS = 11  # letters of a word in which two may be wrong
Known = tuple[str, Actor]


@dataclass(frozen=True, slots=True)
class NearNames:
    """Names by what is left when a word, or a letter of the only word, is taken out; the words known to be right."""

    without_word: Mapping[tuple[str, ...], tuple[Known, ...]]
    without_letter: Mapping[str, tuple[Known, ...]]
    longest: int
    known: frozenset[str]


def near_names(names: Iterable[tuple[tuple[str, ...], Actor]], known: frozenset[str]) -> NearNames:
    """Index names (their words, and whom they mean).

    Examples
    --------
    >>> table = near_names([(("rapid", "support", "forces"), Actor("RSF"))], frozenset())
    >>> table.without_word["rapid", "", "forces"][0][0]
    'support'
    """
    by_word: dict[tuple[str, ...], list[Known]] = {}
    by_letter: dict[str, list[Known]] = {}
    for keys, actor in names:
        for i in [i for i, key in enumerate(keys) if len(keys) > 1 and len(key) >= MIN_LETTERS - 1]:
            by_word.setdefault(_masked(keys, i), []).append((keys[i], actor))
        if len(keys) == 1 and len(keys[0]) >= MIN_ALONE:
            for part in _one_out(keys[0]):
                by_letter.setdefault(part, []).append((keys[0], actor))
    return NearNames(
        {key: tuple(found) for key, found in by_word.items()},
        {key: tuple(found) for key, found in by_letter.items()},
        max(map(len, by_word), default=0),
        known,
    )


def near_at(words: tuple[Word, ...], at: int, table: NearNames) -> tuple[int, Actor] | None:
    """Return the actor whose name begins at word ``at`` with one word misspelt, and the number of its words."""
    run = words[at : at + _run(words, at, table.longest)]
    slips = [i for i, word in enumerate(run) if _may_slip(word, MIN_LETTERS, table)]
    if not slips:
        return None
    for size in range(len(run), 1, -1):
        actor = _with_slip(run[:size], slips, table)
        if actor is not None:
            return size, actor
    return _alone(words[at], table)


def _run(words: tuple[Word, ...], at: int, longest: int) -> int:
    """Return how many words from ``at`` stand together, at most ``longest``."""
    size = 1
    while size < longest and at + size < len(words) and words[at + size].joined:
        size += 1
    return size


def _with_slip(window: tuple[Word, ...], slips: Sequence[int], table: NearNames) -> Actor | None:
    keys = tuple(w.key for w in window)
    for i in slips:
        for right, actor in table.without_word.get(_masked(keys, i), ()) if i < len(keys) else ():
            if _is_slip(keys[i], right):
                return actor
    return None


def _alone(word: Word, table: NearNames) -> tuple[int, Actor] | None:
    if not _may_slip(word, MIN_ALONE, table):
        return None
    for part in _one_out(word.key):
        for right, actor in table.without_letter.get(part, ()):
            if _is_slip(word.key, right):
                return 1, actor
    return None


def _may_slip(word: Word, letters: int, table: NearNames) -> bool:
    return len(word.key) >= letters and word.is_capital and word.key not in table.known


def _is_slip(word: str, right: str) -> bool:
    allowed = 2 if min(len(word), len(right)) >= TWO_SLIPS else 1
    return word[0] == right[0] and OSA.distance(word, right, score_cutoff=allowed) <= allowed


def _masked(keys: tuple[str, ...], i: int) -> tuple[str, ...]:
    return (*keys[:i], "", *keys[i + 1 :])


def _one_out(word: str) -> Iterator[str]:
    """Yield a word, and the word without each of its letters: two words one letter apart share one of these."""
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]
