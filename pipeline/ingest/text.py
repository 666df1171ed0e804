"""The text as its reader sees it, with offsets that map back to the source.

A map is a tuple of pairs (offset in the text, offset in the source), both ascending, the first at text offset 0.
Between two pairs the offsets run in step; what would run past the next pair stands for what the source lacks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# One character each, so that every change is a deletion or one for one, and offsets stay exact.
_CHANGES: dict[str, tuple[str, str]] = {
    "newline": (r"\r(?=\n)", ""),
    "line": ("[\r\x0b\x0c\x85\u2028\u2029]", "\n"),
    "space": ("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]", " "),
    # Joiners are spelling in Arabic and Indic scripts and in emoji; beside other letters they only hide things.
    "invisible": (
        (
            "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
            "|(?<![\u0600-\u08ff\u0900-\u0dff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
        ),
        "",
    ),
    "control": ("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", ""),
    "surrogate": ("[\ud800-\udfff]", REPLACEMENT),
}
_PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, (pattern, _) in _CHANGES.items()))
#: Any character that may have to change: most texts have none, and are done after one look.
_SUSPECTS = re.compile(
    "[\r\x0b\x0c\x85\u2028\u2029\u00a0\u1680\u2000-\u200f\u202f\u205f\u3000\u00ad\u061c\u180e\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]"
)
_NOTED = {
    "invisible": "invisible or direction-changing characters removed",
    "control": "control characters removed",
    "surrogate": "undecodable characters replaced",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``source[start:end]`` by ``new``: empty, or as long as what it replaces."""

    start: int
    end: int
    new: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text, its map to the source, and what was changed, for a person."""

    text: str
    offsets: tuple[tuple[int, int], ...] = ((0, 0),)
    notes: tuple[str, ...] = ()


def clean(source: str) -> Cleaned:
    r"""Return ``source`` without what a reader cannot see, newlines as ``\n``, spaces as plain spaces.

    Letters are kept as they are: no Unicode normalisation form is applied.

    Examples
    --------
    >>> clean("Bagh\u200bdad\r\nErbil").text
    'Baghdad\nErbil'
    """
    if _SUSPECTS.search(source) is None:
        return Cleaned(source)
    edits = [_edit(match) for match in _PATTERN.finditer(source)]
    text, offsets = apply_edits(source, edits)
    counts = {name: sum(edit.name == name for edit in edits) for name in _NOTED}
    notes = tuple(f"{counts[name]} {words}" for name, words in _NOTED.items() if counts[name])
    return Cleaned(text, offsets, notes)


def _edit(match: re.Match[str]) -> Edit:
    name = match.lastgroup or ""
    return Edit(match.start(), match.end(), _CHANGES[name][1], name)


def apply_edits(source: str, edits: Iterable[Edit]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Apply ascending, disjoint edits; return the text and its map to ``source``.

    Examples
    --------
    >>> apply_edits("a--b", [Edit(1, 3)])
    ('ab', ((0, 0), (1, 3)))
    """
    pieces: list[str] = []
    pairs: list[tuple[int, int]] = [(0, 0)]
    cursor = length = 0
    for edit in edits:
        pieces += (source[cursor : edit.start], edit.new)
        length += edit.start - cursor + len(edit.new)
        cursor = edit.end
        if len(edit.new) != edit.end - edit.start:
            _push(pairs, (length, cursor))
    pieces.append(source[cursor:])
    return "".join(pieces), tuple(pairs)


def _push(pairs: list[tuple[int, int]], pair: tuple[int, int]) -> None:
    if pairs[-1][0] == pair[0]:
        pairs.pop()
    pairs.append(pair)


def to_source(offsets: Sequence[tuple[int, int]], offset: int) -> int:
    """Return where the character at ``offset`` of the text stands in the source.

    Examples
    --------
    >>> to_source(((0, 0), (1, 3)), 1)
    3
    """
    index = max(bisect_right(offsets, offset, key=lambda pair: pair[0]) - 1, 0)
    position = offsets[index][1] + max(offset - offsets[index][0], 0)
    return position if index + 1 == len(offsets) else min(position, offsets[index + 1][1])


def to_text(offsets: Sequence[tuple[int, int]], offset: int) -> int:
    """Return how much of the text stands before ``offset`` of the source; right for a start and for an end.

    Examples
    --------
    >>> to_text(((0, 0), (1, 3)), 3)
    1
    """
    index = bisect_right(offsets, offset, key=lambda pair: pair[1]) - 1
    if index < 0:
        return 0
    position = offsets[index][0] + offset - offsets[index][1]
    return position if index + 1 == len(offsets) else min(position, offsets[index + 1][0])


def source_span(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Return the span of the source that holds ``text[start:end]``, without removed characters at its end.

    Examples
    --------
    >>> source_span(((0, 0), (1, 3)), 0, 1)
    (0, 1)
    """
    first = to_source(offsets, start)
    return (first, first) if end <= start else (first, to_source(offsets, end - 1) + 1)


def compose(outer: Sequence[tuple[int, int]], inner: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join a map text -> middle (``outer``) with a map middle -> source (``inner``).

    Examples
    --------
    >>> compose(((0, 0), (1, 3)), ((0, 10),))
    ((0, 10), (1, 13))
    """
    starts = {pair[0] for pair in outer} | {to_text(outer, pair[0]) for pair in inner}
    pairs: list[tuple[int, int]] = []
    for start in sorted(starts):
        pair = (start, to_source(inner, to_source(outer, start)))
        if not pairs or pair[1] - pair[0] != pairs[-1][1] - pairs[-1][0]:
            pairs.append(pair)
    return tuple(pairs)
