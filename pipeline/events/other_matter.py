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
Matter = Literal["", "sport", "fiction", "drill", "court", "figures"]
IN_COURT = 2  # different words of it that make a report one of a case in court
#: what a survey or a table of figures is told by, not what happened on a day: "|one in three| had been shot at"
FIGURES = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine)\s+(?:in|out\s+of)\s+(?:every\s+)?(?:two|three|four|five|six|seven|eight|nine|ten|twenty)\b(?!\s+(?:soldiers|men|gunmen|attackers))"
    r"|\bsurvey(?:s|ed)?\s+(?:of|by|among|in|found|shows?|covering)\b|\brespondents\b|\bopinion\s+poll\b|\bpollsters?\b"
    r"|\bstatistics\s+(?:from|of|by|on|show|for)\b|\b(?:crime|homicide|murder|accident)\s+(?:figures|rates?|statistics)\b"
    r"|\b(?:up|down)\s+(?:by\s+)?(?:a\s+(?:third|quarter|half|tenth|fifth)|\d+(?:\.\d+)?\s*(?:%|per\s?cent|percent))\s+(?:in|on|from|over|since|year)\b"
    r"|\byear[- ]on[- ]year\b",
    re.IGNORECASE,
)
CONTEST = 2  # different words of a match that make a sentence one of sport


@dataclass(frozen=True, slots=True)
class _Words:
    sport: re.Pattern[str]
    fiction: re.Pattern[str]
    drill: re.Pattern[str]
    court: re.Pattern[str]
    work: re.Pattern[str]
    least: Mapping[str, int]
    least_early: int
    unreal: re.Pattern[str]
    contest: re.Pattern[str]


@cache
def _words() -> _Words:
    raw = yaml.safe_load(files("pipeline.events").joinpath("data/other_matter.yaml").read_text("utf8"))
    contest = "|".join(re.split(r",\s+", raw["contest"].strip()))
    return _Words(
        sport=_any_of(raw["sport"]),
        fiction=_any_of(raw["fiction"]),
        drill=_any_of(raw["drill"]),
        court=_any_of(raw["court"]),
        work=_work(raw["work"]),
        least=raw["least"],
        least_early=raw["least_early"],
        unreal=re.compile("|".join(raw["unreal"]).replace(" ", r"\s+"), re.IGNORECASE | re.DOTALL),
        contest=re.compile(rf"\b(?:{contest})\b".replace(" ", r"\s+"), re.IGNORECASE),
    )


def _work(words: list[str]) -> re.Pattern[str]:
    """Return a pattern of works and what they are about: "a |thriller about| a coup", "a |novel in which| a bomb"."""
    forms = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words)
    return re.compile(
        rf"\b(?:{forms})\b(?:\s+\w+){{0,3}}?,?\s+(?:about|in\s+which|set\s+(?:in|during|around)|based\s+on|telling|whose\s+hero)\b",
        re.IGNORECASE,
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    forms = sorted((re.escape(w).replace(r"\ ", r"\s+") for w in words), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)


#: what was taken for an attack and was none
HOAX = re.compile(
    r"\bturned\s+out\s+to\s+(?:be|have\s+been)\s+(?:an?\s+)?(?:hoax|prank\w*|joke|false\s+alarm|influencers?|actors?|comedians?"
    r"|film\s+crew|youtubers?|fireworks?|toys?|extras)\b|\bfalse\s+alarm\b|\ba\s+hoax\b",
    re.IGNORECASE,
)


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


def frame_of(text: str) -> Matter:
    """Return what the opening of a report frames its deeds by, so that one without a day of its own is no news.

    Examples
    --------
    >>> frame_of("Two men are on trial over the bombing; the verdict is due in May.")
    'court'
    >>> frame_of("A novel about a coup in which ten guards are shot has won the prize."), frame_of("A bomb went off.")
    ('fiction', '')
    """
    words, opening = _words(), text[:OPENING]
    if words.work.search(opening) is not None:
        return "fiction"
    if HOAX.search(opening) is not None:
        return "drill"
    if _different(words.court, opening) >= IN_COURT:
        return "court"
    return "figures" if FIGURES.search(opening) is not None else ""


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
