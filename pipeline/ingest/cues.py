"""The cue tables of ``data/blocks.yaml``, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pipeline.ingest.tables import table
from pipeline.models import BlockKind

Where = Literal["head", "anywhere", "tail", "after", "inline"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the table; see the head of ``data/blocks.yaml``."""

    kind: BlockKind
    pattern: re.Pattern[str]
    reason: str
    where: Where
    most: int = 300
    ends_story: bool = False
    is_list: bool = False
    needs: str = ""  # letters that a text must have for the pattern to be found in it


@cache
def cues(*where: Where) -> tuple[Cue, ...]:
    """Return the cues that hold in any of the places ``where``, in the table's order."""
    return tuple(cue for cue in _all() if cue.where in where)


@cache
def _all() -> tuple[Cue, ...]:
    data = table("blocks")
    return tuple(_cue(row) for row in data["cues"]) + tuple(_cue({**row, "where": "inline"}) for row in data["inline"])


def _cue(row: dict[str, Any]) -> Cue:
    return Cue(
        row["kind"],
        re.compile(row["pattern"]),
        row["reason"],
        row["where"],
        row.get("most", 300),
        row.get("ends_story", False),
        row.get("list", False),
        row.get("needs", ""),
    )


def match_cue(words: str, *where: Where) -> Cue | None:
    """Return the first cue of the places ``where`` that a paragraph begins with, or None.

    Examples
    --------
    >>> match_cue("See also  Two arrested in port city", "anywhere").kind
    'related'
    """
    return next((cue for cue in cues(*where) if len(words) <= cue.most and cue.pattern.match(words)), None)


@cache
def biography_goes_on() -> re.Pattern[str]:
    """Return the pattern of a paragraph that goes on with a biography."""
    return re.compile(table("blocks")["biography_goes_on"])


@cache
def not_names() -> frozenset[str]:
    """Return capitalised phrases that are no byline, in lower case."""
    return frozenset(words.casefold() for words in table("blocks")["not_names"])
