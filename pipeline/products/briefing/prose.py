"""Sentences whose every number carries the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.products.briefing.incidents import Incident, ids_of
from pipeline.products.briefing.rows import row_phrase
from pipeline.products.briefing.words import day_phrase, digits, listed

PartKind = Literal["words", "name", "figure", "day"]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence.

    Parameters
    ----------
    text : str
        As printed.
    kind : {"words", "name", "figure", "day"}
        Our own words; a name from a text or the gazetteer; a number; a day.
    measure : str
        What a figure or a day is computed as from its rows: ``incidents``, ``deaths low``, ``first day``…
    rows : tuple of str
        The ``event_id`` of each row behind a figure or a day.
    value : str
        A figure as a plain number, a day as ISO 8601.
    """

    text: str
    kind: PartKind = "words"
    measure: str = ""
    rows: tuple[str, ...] = ()
    value: str = ""


Sentence = tuple[Part, ...]


def sentence(*pieces: str | Part) -> Sentence:
    """Make a sentence of words and parts."""
    return tuple(Part(piece) if isinstance(piece, str) else piece for piece in pieces)


def name(text: str) -> Part:
    """Return a name: set apart, so that its script's direction stays its own."""
    return Part(text, "name")


def number(value: float, measure: str, rows: Iterable[Incident]) -> Part:
    """Return a number computed from rows."""
    return Part(digits(value), "figure", measure, ids_of(rows), f"{value:g}" if value < 1e6 else str(int(value)))


def count(rows: Sequence[Incident]) -> Part:
    """Return how many incidents there are."""
    return number(len(rows), "incidents", rows)


def day(value: date, measure: str, rows: Iterable[Incident]) -> Part:
    """Return a day computed from rows."""
    return Part(day_phrase(value), "day", measure, ids_of(rows), value.isoformat())


def joined(items: Sequence[Sequence[str | Part]]) -> list[str | Part]:
    """Join phrases as a sentence does: with commas, and "and" before the last."""
    pieces: list[str | Part] = []
    for position, item in enumerate(items):
        if position:
            pieces.append(" and " if position == len(items) - 1 else ", ")
        pieces.extend(item)
    return pieces


def behind(line: Sentence, numbers: Mapping[str, int]) -> str:
    """Say which rows of the table each number of a sentence is made of; numbers made of all rows need no saying.

    Examples
    --------
    >>> part = Part("2", "figure", "incidents", ("a", "b"))
    >>> line = sentence(part, " of ", Part("3", "figure", "incidents", ("a", "b", "c")))
    >>> behind(line, {"a": 1, "b": 2, "c": 3})
    '2: rows 1, 2'
    """
    found: dict[tuple[str, ...], list[str]] = {}
    for part in line:
        if part.kind == "figure" and part.rows and set(part.rows) != set(numbers):
            found.setdefault(part.rows, []).append(part.text)
    return "; ".join(f"{listed(texts)}: {row_phrase(rows, numbers)}" for rows, texts in found.items())
