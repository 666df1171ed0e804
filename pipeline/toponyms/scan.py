"""Hear the well-known names of a text without parsing it: capitalised words that the gazetteer holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.models import Article, Mention
from pipeline.toponyms.cues import load_cues
from pipeline.toponyms.readings import ALONE, NameBook, Readings

MOST_WORDS = 3
TOWN = 0.48  # prominence of a town of about 25,000 people
_RUN = re.compile(r"[A-ZÀ-Þ][\w’'-]*(?:[ ]+[A-ZÀ-Þ][\w’'-]*)*")
_WORD = re.compile(r"[^ ]+")
_POSSESSIVE = re.compile(r"['’](?:s)?$")
_BEFORE = re.compile(r"([\w.]+)\s+(?:the\s+)?$")
_OWN, _PROMINENCE = ALONE.index("own"), ALONE.index("prominence")
_AREAS = [ALONE.index(key) for key in ("is_country", "is_province", "is_county")]


def heard_in_passing(article: Article, taken: Sequence[Mention], book: NameBook) -> list[Mention]:
    """Return the well-known names outside ``taken``, ascending."""
    spans = [(m.start, m.end) for m in taken]
    found = []
    for run in _RUN.finditer(article.text):
        for start, end in _names(run, article.text, book):
            if not any(a < end and start < b for a, b in spans):
                name = article.text[start:end]
                found.append(Mention(article.doc_id, start, end, name, "toponym", "HEARD", "scan", None))
    return found


def _names(run: re.Match[str], text: str, book: NameBook) -> Iterator[tuple[int, int]]:
    """Yield the names in a run of capitalised words, the longest first."""
    words = [(run.start() + w.start(), _end(run.start(), w)) for w in _WORD.finditer(run[0])]
    at = 0
    while at < len(words):
        size = next((s for s in range(min(MOST_WORDS, len(words) - at), 0, -1) if _is_known(words[at : at + s], text, book, whole=s == len(words))), 0)
        if size:
            yield words[at][0], words[at + size - 1][1]
        at += size or 1


def _end(offset: int, word: re.Match[str]) -> int:
    return offset + word.start() + len(_POSSESSIVE.sub("", word[0]))


def _is_known(words: Sequence[tuple[int, int]], text: str, book: NameBook, *, whole: bool) -> bool:
    name = text[words[0][0] : words[-1][1]]
    if len(name) < 4 or name.lower() in load_cues().never_alone:
        return False
    if not book.gazetteer.has_name(name) and book.gazetteer.demonym(name) is None:
        return False
    readings = book.readings(name, adjective=False)
    if readings is None or not _is_prominent(readings, whole=whole):
        return False
    before = _BEFORE.search(text, max(0, words[0][0] - 24), words[0][0])
    return before is None or before[1].lower().rstrip(".") not in load_cues().person_titles


def _is_prominent(readings: Readings, *, whole: bool) -> bool:
    """Whether a name is an area's, or a town's of some size if it is the whole of the capitalised words."""
    if readings.is_adjective:
        return True
    own = readings.alone[readings.alone[:, _OWN] >= 0.8]
    is_area = bool(np.any(own[:, _AREAS] > 0))
    return is_area or (whole and bool(np.any(own[:, _PROMINENCE] >= TOWN)))
