"""Reports of sport, fiction and drills: they tell of battles, strikes and sieges that are none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import yaml

OPENING = 900  # characters
CONTEST = 2  # different words of a match that make a sentence one of sport
Matter = Literal["", "sport", "fiction", "drill"]


@dataclass(frozen=True, slots=True)
class _Words:
    sport: re.Pattern[str]
    fiction: re.Pattern[str]
    drill: re.Pattern[str]
    least: Mapping[str, int]
    least_early: int
    unreal: re.Pattern[str]
    contest: re.Pattern[str]


@cache
def _words() -> _Words:
    raw = yaml.safe_load(files("pipeline.events").joinpath("data/other_matter.yaml").read_text("utf8"))
    contest = "|".join(re.split(r",\s+", raw["contest"].strip()))
    return _Words(
        _any_of(raw["sport"]),
        _any_of(raw["fiction"]),
        _any_of(raw["drill"]),
        raw["least"],
        raw["least_early"],
        re.compile("|".join(raw["unreal"]).replace(" ", r"\s+"), re.IGNORECASE | re.DOTALL),
        re.compile(rf"\b(?:{contest})\b".replace(" ", r"\s+"), re.IGNORECASE),
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    forms = sorted((re.escape(w).replace(r"\ ", r"\s+") for w in words), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)


def matter_of(text: str) -> Matter:
    """Return whether a report is about sport, fiction or a drill, by the different words of it in its opening.

    Examples
    --------
    >>> matter_of("Rebels shelled the town, the coach of the league said.")
    ''
    >>> matter_of("The striker scored twice in the second half; the coach praised his goalkeeper after the cup match.")
    'sport'
    """
    words = _words()
    matters: tuple[tuple[Matter, re.Pattern[str]], ...] = (
        ("fiction", words.fiction), ("drill", words.drill), ("sport", words.sport)
    )  # fmt: skip
    early = next((m for m in matters if _different(m[1], text[:OPENING]) >= words.least_early), None)
    return early[0] if early is not None and _different(early[1], text) >= words.least[early[0]] else ""


@lru_cache(maxsize=256)  # a sentence is asked about once for each draft it tells
def is_unreal(sentence: str) -> bool:
    """Return whether a sentence tells of a drill, a story, a match, a plague or times long past, not of an event.

    Examples
    --------
    >>> is_unreal("In the exercise, gunmen seized a ferry."), is_unreal("Gunmen seized a ferry on Monday.")
    (True, False)
    """
    words = _words()
    return words.unreal.search(sentence) is not None or _different(words.contest, sentence) >= CONTEST


def _different(pattern: re.Pattern[str], text: str) -> int:
    """Return how many different words of a matter stand in a text."""
    return len({m[0].lower() for m in pattern.finditer(text)})
