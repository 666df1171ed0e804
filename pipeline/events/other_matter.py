"""Reports of sport and fiction: they tell of battles, strikes and sieges that are none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

OPENING = 900  # characters
Matter = Literal["", "sport", "fiction"]


@dataclass(frozen=True, slots=True)
class _Words:
    sport: re.Pattern[str]
    fiction: re.Pattern[str]
    least: Mapping[str, int]
    least_early: int


@cache
def _words() -> _Words:
    raw = yaml.safe_load(files("pipeline.events").joinpath("data/other_matter.yaml").read_text("utf8"))
    return _Words(_any_of(raw["sport"]), _any_of(raw["fiction"]), raw["least"], raw["least_early"])


def _any_of(words: list[str]) -> re.Pattern[str]:
    forms = sorted((re.escape(w).replace(r"\ ", r"\s+") for w in words), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)


def matter_of(text: str) -> Matter:
    """Return whether a report is about sport or fiction, by how many different words of it stand in its opening.

    Examples
    --------
    >>> matter_of("Rebels shelled the town, the coach of the league said.")
    ''
    >>> matter_of("The striker scored twice in the second half; the coach praised his goalkeeper after the cup match.")
    'sport'
    """
    words = _words()
    if _different(words.fiction, text[:OPENING]) >= words.least_early:
        return "fiction" if _different(words.fiction, text) >= words.least["fiction"] else ""
    early = _different(words.sport, text[:OPENING]) >= words.least_early
    return "sport" if early and _different(words.sport, text) >= words.least["sport"] else ""


def _different(pattern: re.Pattern[str], text: str) -> int:
    """Return how many different words of a matter stand in a text."""
    return len({m[0].lower() for m in pattern.finditer(text)})
