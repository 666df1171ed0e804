"""An HTML page -> the article's text, what the page says about itself, and a map back to the page's source."""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import trafilatura
from trafilatura.settings import Document

from pipeline.ingest.dates import find_date
from pipeline.ingest.limits import DEFAULT_LIMITS, Limits, RefusedError
from pipeline.models import Rejection

# Comments, then elements whose content is not shown, then tags: whatever is not text.
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template|head|svg|textarea)\b.*?(?:</\1\s*>|\Z)|<[/!?a-zA-Z][^>]*(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_WORD = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?|[^\s&]+|&")
# Elements that authors leave open do not nest; only those that must be closed count.
_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|header|footer|aside|nav|table|ul|ol|dl|blockquote|b|i|em|strong|font|a|form|center|"
    r"fieldset|figure|details|small|big|sub|sup|u|s|tt|code|pre|label|button|svg|g|object|iframe|q|cite|ins|del|address)\b",
    re.IGNORECASE,
)
_ANCHOR = 40  # characters of a line, spaces not counted, that are found by chance nowhere else
# Only what the page states: htmldate's wider search guesses, and its default upper bound is today.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01", "outputformat": "%Y-%m-%d"}


@dataclass(frozen=True, slots=True)
class Page:
    """What was taken from a page; ``offsets`` maps ``text`` to the page's source as decoded."""

    text: str
    title: str = ""
    url: str = ""
    source: str = ""
    date: date | None = None
    offsets: tuple[tuple[int, int], ...] = ((0, 0),)
    notes: tuple[str, ...] = ()


def read_page(source: str, *, path: str = "", limits: Limits = DEFAULT_LIMITS) -> Page:
    """Extract the article of an HTML page.

    Raises
    ------
    RefusedError
        Elements nest deeper than ``limits.max_depth``, or no article text is found.

    Examples
    --------
    >>> body = "<p>" + "Police said that two people were killed in Homs on Friday. " * 6 + "</p>"
    >>> page = f"<html><body><article><h1>Two killed</h1>{body}</article></body></html>"
    >>> read_page(page).text[:10]
    'Two killed'
    """
    if _depth(source) > limits.max_depth:
        raise RefusedError(Rejection(path, None, f"elements nest deeper than {limits.max_depth}", "", _SAVE_TEXT))
    found = _extract(source)
    text = (found.text or "").strip() if found else ""
    if found is None or not text:
        raise RefusedError(Rejection(path, None, "no article was found in the page", "", _SAVE_TEXT))
    offsets, missing = align(text, source)
    notes = (f"{missing} of {len(text)} characters were not found in the page's source",) if missing else ()
    day = find_date(found.date or "")
    return Page(
        text, found.title or "", found.url or "", found.sitename or "", day.day if day else None, offsets, notes
    )


_SAVE_TEXT = "save the article's text as a .txt file"


def _extract(source: str) -> Document | None:
    found = trafilatura.bare_extraction(
        source, include_comments=False, include_tables=True, with_metadata=True, date_extraction_params=_DATES
    )
    return found if isinstance(found, Document) else None


def _depth(source: str) -> int:
    depth = deepest = 0
    for tag in _NESTING.finditer(source):
        depth = max(depth - 1, 0) if tag.group(1) else depth + 1
        deepest = max(deepest, depth)
    return deepest


def align(text: str, source: str) -> tuple[tuple[tuple[int, int], ...], int]:
    """Find the lines of ``text`` in the shown text of ``source``, in order, spaces not counted.

    Returns
    -------
    tuple
        The map from ``text`` to ``source``, and how many characters (spaces not counted) were not found. Those map to
        the end of what was found before them.

    Examples
    --------
    >>> align("a&b c", "<p>a&amp;b</p> <p>c</p>")
    (((0, 3), (2, 9), (4, 18)), 0)
    """
    shown, where = _shown(source)
    lines = [(m.start(), m.group()) for m in re.finditer(r"[^\n]+", text)]
    squeezed = ["".join(words.split()) for _, words in lines]
    places = _place(squeezed, shown)
    pairs: list[tuple[int, int]] = []
    missing = 0
    for (start, words), at, letters in zip(lines, places, squeezed, strict=True):
        if at is None:
            missing += len(letters)
            continue
        letter_at = (start + i for i, c in enumerate(words) if not c.isspace())
        for offset, index in zip(letter_at, range(at, at + len(letters)), strict=True):
            if not pairs or where[index] - offset != pairs[-1][1] - pairs[-1][0]:
                pairs.append((offset, where[index]))
    return _from_zero(pairs), missing


def _from_zero(pairs: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    if pairs and pairs[0][0] == 0:
        return tuple(pairs)
    return ((0, 0), *pairs)


def _shown(source: str) -> tuple[str, array[int]]:
    """Return the text that ``source`` shows, without spaces, and where each character of it stands."""
    pieces: list[str] = []
    where: array[int] = array("I")
    for start, end in _text_runs(source):
        for word in _WORD.finditer(source, start, end):
            piece = word.group()
            if piece[0] == "&":
                piece = "".join(html.unescape(piece).split())
                where.extend([word.start()] * len(piece))
            else:
                where.extend(range(word.start(), word.end()))
            pieces.append(piece)
    return "".join(pieces), where


def _text_runs(source: str) -> Iterator[tuple[int, int]]:
    at = 0
    for hidden in _HIDDEN.finditer(source):
        yield at, hidden.start()
        at = hidden.end()
    yield at, len(source)


def _place(lines: list[str], shown: str) -> list[int | None]:
    """Return where each line stands: the long ones first, in order; then each short one between its neighbours."""
    places: list[int | None] = [None] * len(lines)
    for long in (True, False):
        limits = _next_places(places, len(shown))
        cursor = 0
        for i, line in enumerate(lines):
            at = places[i]
            if at is None and (len(line) >= _ANCHOR) is long and line:
                at = places[i] = _found(shown.find(line, cursor, limits[i]))
            cursor = cursor if at is None else at + len(line)
    return places


def _found(at: int) -> int | None:
    return at if at >= 0 else None


def _next_places(places: list[int | None], end: int) -> list[int]:
    """Return, for each line, where the next line that is already placed begins."""
    limits = [end] * len(places)
    for i in range(len(places) - 2, -1, -1):
        after = places[i + 1]
        limits[i] = limits[i + 1] if after is None else after
    return limits
