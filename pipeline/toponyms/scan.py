"""Hear the well-known names of a text without parsing it: capitalised words that the gazetteer holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from gazetteer.models import Kind, is_country
from gazetteer.names import fold
from pipeline.models import Article, Mention
from pipeline.toponyms.cues import load_cues
from pipeline.toponyms.readings import NameBook, likeness, prominence

MOST_WORDS = 3
SHORTEST = 4
TOWN = 0.40  # prominence of a town of about 5,000 people
USUAL = 0.8  # likeness to the usual name of a place
_RUN = re.compile(r"[A-ZÀ-Þ][\w’'-]*(?:[ ]+[A-ZÀ-Þ][\w’'-]*)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_ABBREVIATION = re.compile(r",\s+((?:[A-Z]\.){2,3}|[A-Z][a-z]{1,4}\.)")

Span = tuple[int, int]


def heard_in_passing(article: Article, taken: Sequence[Mention], book: NameBook) -> list[Mention]:
    """Return the well-known names outside ``taken``, ascending."""
    text = article.text
    closed = bytearray(len(text))
    for mention in taken:
        _close(closed, mention.start, mention.end)
    kept: list[Mention] = []
    for start, end in sorted({*_abbreviations(text, book), *_capitalised(text, closed, book)}):
        if closed.find(1, start, end) < 0:
            kept.append(Mention(article.doc_id, start, end, text[start:end], label="HEARD", recognizer="scan"))
            _close(closed, start, end)
    return kept


def _close(closed: bytearray, start: int, end: int) -> None:
    closed[start:end] = b"\x01" * (end - start)


def _abbreviations(text: str, book: NameBook) -> Iterator[Span]:
    """Yield abbreviated states after a comma: "Covington, |Ky.|"."""
    for found in _ABBREVIATION.finditer(text):
        if book.holds(found[1]):
            yield found.span(1)


def _capitalised(text: str, closed: bytearray, book: NameBook) -> Iterator[Span]:
    runs = [(run.start(), run[0]) for run in _RUN.finditer(text)]
    people = {_surname(run) for _, run in runs if " " in run}
    for offset, run in runs:
        if run in people:
            continue
        if closed[offset] and (" " not in run or all(closed[offset + first] for first, _ in _words_of(run))):
            continue  # each name in it would begin in one that is taken
        for start, end in _names_in(run, book):
            if run[start:end] not in people and not _is_titled(text, offset + start):
                yield offset + start, offset + end


def _surname(run: str) -> str:
    """Return the word that ends a run of several after one that is not ordinary, or nothing: "Deval |Patrick|"."""
    words = _words_of(run)
    if len(words) == 1 or run[slice(*words[-2])].rstrip(".").lower() in load_cues().never_alone:
        return ""
    return run[slice(*words[-1])]


@lru_cache(maxsize=8_000)
def _names_in(run: str, book: NameBook) -> tuple[Span, ...]:
    """Return the names in a run of capitalised words, kept for where it is written again: "The White House"."""
    words = _words_of(run)
    return tuple(_names(words, len(words) - bool(_surname(run)), run, book))


@lru_cache(maxsize=8_000)
def _words_of(run: str) -> tuple[Span, ...]:
    found, at = [], 0
    for word in run.split(" "):
        if word:
            found.append((at, at + len(word if word.isalpha() else _POSSESSIVE.sub("", word))))
        at += len(word) + 1
    return tuple(found)


def _names(words: Sequence[Span], first: int, text: str, book: NameBook) -> Iterator[Span]:
    """Yield the names that begin with one of the ``first`` words of a run of capitalised ones, the longest first."""
    at = 0
    while at < first:
        after = _after_name(words, at, text, book)
        if after > at:
            yield words[at][0], words[after - 1][1]
        at = max(after, at + 1)


def _after_name(words: Sequence[Span], at: int, text: str, book: NameBook) -> int:
    """Return which word follows the longest name from a word on, the same word if none begins there.

    A town's name is one where no other name follows it: "Springfield |Police|".
    """
    begins = words[at][0]
    for after in range(min(at + MOST_WORDS, len(words)), at, -1):
        name = text[begins : words[after - 1][1]]
        if not book.may_hold(fold(name)):  # as of most: told before more is asked
            continue
        if _is_worth_hearing(name, book, not at and _are_ordinary(text[a:b] for a, b in words[after:])):
            return after
    return at


def _are_ordinary(words: Iterable[str]) -> bool:
    ordinary = load_cues().never_alone
    return all(word.lower() in ordinary for word in words)


@lru_cache(maxsize=8_000)
def _is_worth_hearing(name: str, book: NameBook, towns: bool) -> bool:  # noqa: FBT001 - a key of the cache
    """Whether a name is an area's, an adjective of a country, or, if these count, a town's.

    Only by what bears it: by its consonants "Kevin" would be Kovin, "Bert" Beirut, though nobody but the scan says that
    the word is a place.
    """
    if len(name) < SHORTEST or name.startswith("The ") or name.lower() in load_cues().never_alone:
        return False
    if book.is_adjective(name):
        return True
    is_area = _is_area_or_county if " " in name else _is_area
    bearers = book.borne(name, lambda kind: is_area(kind) or (towns and prominence(kind) >= TOWN))
    return any(name == bearer.usual or likeness(name, bearer.usual) >= USUAL for bearer in bearers)


def _is_area(kind: Kind) -> bool:
    return is_country(kind) or kind.feature_code == "ADM1"


def _is_area_or_county(kind: Kind) -> bool:
    """Whether a place is an area or a county; the name of a county has the word."""
    return _is_area(kind) or kind.feature_code == "ADM2"


def _is_titled(text: str, start: int) -> bool:
    """Whether a title stands before a name, so that it is a person's: "Gov. |Lincoln|"."""
    before = text[max(0, start - 14) : start].split()
    return bool(before) and before[-1].lower().rstrip(".") in load_cues().person_titles
