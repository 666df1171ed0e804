"""Hear the well-known names of a text without parsing it: capitalised words that the gazetteer holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from gazetteer.models import Place
from pipeline.models import Article, Mention
from pipeline.toponyms.cues import load_cues
from pipeline.toponyms.readings import NameBook, is_country, likeness, prominence

MOST_WORDS = 3
SHORTEST = 4
TOWN = 0.40  # prominence of a town of about 5,000 people
USUAL = 0.8  # likeness to the usual name of a place
_RUN = re.compile(r"[A-ZÀ-Þ][\w’'-]*(?:[ ]+[A-ZÀ-Þ][\w’'-]*)*")
_WORD = re.compile(r"[^ ]+")
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
    for start, end in sorted({*_abbreviations(text, book), *_capitalised(text, book)}):
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


def _capitalised(text: str, book: NameBook) -> Iterator[Span]:
    runs = [(run.start(), run[0]) for run in _RUN.finditer(text)]
    people = _people([run for _, run in runs if " " in run])
    for offset, run in runs:
        for start, end in _names_in(run, book):
            if run[start:end] not in people and not _is_titled(text, offset + start):
                yield offset + start, offset + end


def _people(runs: Sequence[str]) -> frozenset[str]:
    """Return the words that end a run of several after one that is not ordinary: "Deval |Patrick|", later Patrick."""
    ordinary, found = load_cues().never_alone, set()
    for run in runs:
        words = _words_of(run)
        if run[slice(*words[-2])].rstrip(".").lower() not in ordinary:
            found.add(run[slice(*words[-1])])
    return frozenset(found)


@lru_cache(maxsize=20_000)
def _names_in(run: str, book: NameBook) -> tuple[Span, ...]:
    """Return the names in a run of capitalised words, kept for where it is written again: "The White House"."""
    return tuple(_names(_words_of(run), run, book))


@lru_cache(maxsize=20_000)
def _words_of(run: str) -> tuple[Span, ...]:
    return tuple((w.start(), _end(w)) for w in _WORD.finditer(run))


def _end(word: re.Match[str]) -> int:
    return word.start() + len(word[0] if word[0].isalpha() else _POSSESSIVE.sub("", word[0]))


def _names(words: Sequence[Span], text: str, book: NameBook) -> Iterator[Span]:
    """Yield the names in a run of capitalised words, the longest first."""
    at = 0
    while at < len(words):
        size = next(
            (s for s in range(min(MOST_WORDS, len(words) - at), 0, -1) if _is_name(words, at, s, text, book)), 0
        )
        if size:
            yield words[at][0], words[at + size - 1][1]
        at += size or 1


def _is_name(words: Sequence[Span], at: int, size: int, text: str, book: NameBook) -> bool:
    """Whether some of the words are an area's name, or a town's that no other name follows: "Springfield |Police|"."""
    name = text[words[at][0] : words[at + size - 1][1]]
    standing = _standing(name, book)
    ordinary = load_cues().never_alone
    return standing == "area" or (
        standing == "town" and not at and all(text[a:b].lower() in ordinary for a, b in words[size:])
    )


@lru_cache(maxsize=20_000)
def _standing(name: str, book: NameBook) -> str:
    """Return what a name is that is worth hearing: "area" (adjectives of countries too), "town", or nothing.

    Only by what bears it: by its consonants "Kevin" would be Kovin, "Bert" Beirut, though nobody but the scan says that
    the word is a place.
    """
    if (
        len(name) < SHORTEST
        or name.startswith("The ")
        or name.lower() in load_cues().never_alone
        or not book.holds(name)
    ):
        return ""
    candidates, is_adjective = book.borne(name)
    if is_adjective:
        return "area"
    found = {_kind(c.place, name) for c in candidates}
    return "area" if "area" in found else "town" if "town" in found else ""


def _kind(place: Place, name: str) -> str:
    """Return what a place is whose usual name this is and that is worth hearing; a county is so only with the word."""
    is_area = is_country(place) or place.feature_code == "ADM1" or (place.feature_code == "ADM2" and " " in name)
    if (is_area or prominence(place) >= TOWN) and likeness(name, place.name) >= USUAL:
        return "area" if is_area else "town"
    return ""


def _is_titled(text: str, start: int) -> bool:
    """Whether a title stands before a name, so that it is a person's: "Gov. |Lincoln|"."""
    before = text[max(0, start - 14) : start].split()
    return bool(before) and before[-1].lower().rstrip(".") in load_cues().person_titles
