"""What speaks for and against one incident: signs, each with a learned weight (``data/merging_weights.yaml``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.events._words import table

BIAS = "bias"


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that two tellings share or differ in: the name of its weight, what a person is told, how much of it."""

    name: str
    why: str = ""
    value: float = 1.0


@dataclass(frozen=True, slots=True)
class Apart:
    """Two tellings that cannot be one incident, and why."""

    why: str


Finding = tuple[Sign, ...] | Apart


def weights() -> Mapping[str, float]:
    """Return what each sign counts, in log-odds.

    Examples
    --------
    >>> weights()["kind_same"] > 0 > weights()["thing_other"]
    True
    """
    found: Mapping[str, float] = table("merging_weights")["weights"]
    return found


@cache
def first_guesses() -> Mapping[str, float]:
    """Return the weights set by hand, which training starts from, by sign; ``bias`` is that of what speaks for nothing.

    Examples
    --------
    >>> first_guesses()["place_point"] > first_guesses()["place_province"]
    True
    """
    return {**table("merging")["signs"], BIAS: -threshold("guess_needed")}


def threshold(name: str) -> float:
    """Return one of the limits: ``needed``, ``least_in_group`` or ``rival_margin``."""
    return float(table("merging")[name])


def weighed(signs: Iterable[Sign], by: Mapping[str, float] | None = None) -> float:
    """Return what signs count in all."""
    known = weights() if by is None else by
    return sum(known[s.name] * s.value for s in signs)
