"""The text cut into units: each line is a paragraph, once line ends that only fit a page are undone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_FRONT_MATTER = re.compile(
    r"\s*(?:---[ \t]*\n.{0,5000}?\n---[ \t]*(?:\n|\Z)|<!--.{0,5000}?-->[ \t]*(?:\n|\Z))", re.DOTALL
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_SENTENCE_END = re.compile(r"[.!?…:;][\"”’'»)\]]*\s*$")
_PAGE_WIDTH = 130  # characters; a longer line was not broken to fit a page
_ITEM = re.compile(r"(?:[-–—•*▪●◦]|\d{1,2}[.)])\s+\S|\d{1,2}[:.]\d{2}\b")  # of a list, or an hour that heads an entry
_FEW = 4  # lines; fewer tell nothing about how they were broken


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph ``text[start:end]`` with the blank lines after it; ``words`` is its text without outer space."""

    start: int
    end: int
    words: str
    before_blank: bool

    @property
    def is_prose(self) -> bool:
        """Whether it reads as running text: long enough, and closed like a sentence."""
        return len(self.words) >= 40 and ends_sentence(self.words)


def ends_sentence(words: str) -> bool:
    """Return whether ``words`` close as a sentence does.

    Examples
    --------
    >>> ends_sentence("He said so.”"), ends_sentence("Two killed in Homs")
    (True, False)
    """
    return _SENTENCE_END.search(words[-12:]) is not None


def front_matter_end(text: str) -> int:
    r"""Return where YAML front matter, or a comment in its place, ends; 0 where there is none.

    Examples
    --------
    >>> front_matter_end("---\ntitle: Rain\n---\nStory")
    20
    """
    match = _FRONT_MATTER.match(text)
    return match.end() if match else 0


def unwrap(text: str) -> str:
    r"""Return ``text`` with a space for each newline that was set to fit a page; the length stays.

    Only a text most of whose lines break off in mid-sentence is changed.

    Examples
    --------
    >>> unwrap("Short line\nnext")
    'Short line\nnext'
    """
    lines = [(m.start(), m.group().strip()) for m in _LINE.finditer(text, front_matter_end(text))]
    if not _is_wrapped([words for _, words in lines]):
        return text
    chars = list(text)
    width = max((len(words) for _, words in lines if len(words) <= _PAGE_WIDTH), default=0)
    for (_, above), (start, words) in pairwise(lines):
        if above and words and _goes_on(above, words, width):
            chars[start - 1] = " "
    return "".join(chars)


def _goes_on(above: str, words: str, width: int) -> bool:
    """Return whether the line ``words`` goes on with the sentence or paragraph of the line above it."""
    if _ITEM.match(words):
        return False
    if not ends_sentence(above):
        return len(above) > 0.4 * width or words[0].islower()
    return len(above) > 0.75 * width


def _is_wrapped(lines: list[str]) -> bool:
    """Judge whether line ends were made by a page width: most lines that go on below stop in mid-sentence.

    Where many lines, with others below or none, are longer than any page, those that stop so are headings.
    """
    inner = [line for line, below in pairwise(lines) if line and below]
    told = [line for line in lines if line]
    if len(inner) < _FEW or sum(len(line) > _PAGE_WIDTH for line in told) > 0.1 * len(told):
        return False
    return sum(not ends_sentence(line) for line in inner) > 0.6 * len(inner)


def split_units(text: str) -> tuple[Unit, ...]:
    r"""Cut ``text`` into units that cover all of it, in order; blank lines belong to the unit above.

    Examples
    --------
    >>> [unit.words for unit in split_units("Two killed\n\nPolice said so.\n")]
    ['Two killed', 'Police said so.']
    """
    units: list[Unit] = []
    for line in _LINE.finditer(text):
        words = line.group().strip()
        if units and not (words and units[-1].words):
            last = units.pop()
            units.append(Unit(last.start, line.end(), last.words or words, before_blank=not words))
        else:
            units.append(Unit(line.start(), line.end(), words, before_blank=False))
    return tuple(units)
