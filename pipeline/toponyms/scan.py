"""Hear the well-known names of a text without parsing it: capitalised words that the gazetteer holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.models import Article, Mention
from pipeline.toponyms.cues import load_cues
from pipeline.toponyms.readings import ALONE, NameBook, Readings

MOST_WORDS = 3
SHORTEST = 4
TOWN = 0.40  # prominence of a town of about 5,000 people
_RUN = re.compile(r"[A-ZÀ-Þ][\w’'-]*(?:[ ]+[A-ZÀ-Þ][\w’'-]*)*")
_WORD = re.compile(r"[^ ]+")
_POSSESSIVE = re.compile(r"['’](?:s)?$")
_BEFORE = re.compile(r"([\w.]+)\s+(?:the\s+)?$")
_ABBREVIATION = re.compile(r",\s+((?:[A-Z]\.){2,3}|[A-Z][a-z]{1,4}\.)")
_OWN, _PROMINENCE = ALONE.index("own"), ALONE.index("prominence")
_AREAS = [ALONE.index(key) for key in ("is_country", "is_province", "is_county")]

Span = tuple[int, int]


def heard_in_passing(article: Article, taken: Sequence[Mention], book: NameBook) -> list[Mention]:
    """Return the well-known names outside ``taken``, ascending."""
    closed = [(m.start, m.end) for m in taken]
    found = sorted({*_abbreviations(article.text, book), *_capitalised(article.text, book)})
    kept: list[Mention] = []
    for start, end in found:
        if not any(a < end and start < b for a, b in closed):
            kept.append(Mention(article.doc_id, start, end, article.text[start:end], label="HEARD", recognizer="scan"))
            closed.append((start, end))
    return kept


def _abbreviations(text: str, book: NameBook) -> Iterator[Span]:
    """Yield abbreviated states after a comma: "Covington, |Ky.|"."""
    for found in _ABBREVIATION.finditer(text):
        if book.gazetteer.has_name(found[1]):
            yield found.span(1)


def _capitalised(text: str, book: NameBook) -> Iterator[Span]:
    for run in _RUN.finditer(text):
        words = [(run.start() + w.start(), _end(run.start(), w)) for w in _WORD.finditer(run[0])]
        yield from _names(words, text, book)


def _end(offset: int, word: re.Match[str]) -> int:
    return offset + word.start() + len(_POSSESSIVE.sub("", word[0]))


def _names(words: Sequence[Span], text: str, book: NameBook) -> Iterator[Span]:
    """Yield the names in a run of capitalised words, the longest first."""
    at = 0
    while at < len(words):
        sizes = range(min(MOST_WORDS, len(words) - at), 0, -1)
        size = next((s for s in sizes if _is_known(words[at : at + s], text, book, whole=_is_ordinary(words[at + s :], text, at))), 0)
        if size:
            yield words[at][0], words[at + size - 1][1]
        at += size or 1


def _is_ordinary(rest: Sequence[Span], text: str, at: int) -> bool:
    """Whether a name is a run's first, and what follows it is no name: "Springfield |Police Department|"."""
    return at == 0 and all(text[start:end].lower() in load_cues().never_alone for start, end in rest)


def _is_known(words: Sequence[Span], text: str, book: NameBook, *, whole: bool) -> bool:
    name = text[words[0][0] : words[-1][1]]
    if len(name) < SHORTEST or name.lower() in load_cues().never_alone or not _is_held(name, book):
        return False
    readings = book.readings(name, adjective=False)
    if readings is None or not _is_prominent(readings, whole=whole):
        return False
    before = _BEFORE.search(text, max(0, words[0][0] - 24), words[0][0])
    return before is None or before[1].lower().rstrip(".") not in load_cues().person_titles


def _is_held(name: str, book: NameBook) -> bool:
    return book.gazetteer.has_name(name) or book.gazetteer.demonym(name) is not None


def _is_prominent(readings: Readings, *, whole: bool) -> bool:
    """Whether a name is an area's, or a town's of some size if it is the whole of the capitalised words."""
    if readings.is_adjective:
        return True
    own = readings.alone[readings.alone[:, _OWN] >= 0.8]
    is_area = bool(np.any(own[:, _AREAS] > 0))
    return is_area or (whole and bool(np.any(own[:, _PROMINENCE] >= TOWN)))
