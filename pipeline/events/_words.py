"""Read the word tables of this package, and make patterns of their phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = ["either", "fold", "table"]

# What ``re.IGNORECASE`` takes for s, i and k besides the letters themselves.
_LOOKALIKES = str.maketrans({"ſ": "s", "ı": "i", "İ": "i", "K": "k"})


@cache
def table(name: str) -> dict[str, Any]:
    """Return the table of ``data/<name>.yaml``; it is shared, so it is not to be changed."""
    path = files("pipeline.events").joinpath(f"data/{name}.yaml")
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return raw


def fold(phrase: str) -> str:
    """Return a phrase as the tables have it: lower case, one space between words, straight apostrophes.

    Examples
    --------
    >>> fold("New  Year’s Eve")
    "new year's eve"
    """
    return " ".join(phrase.translate(_LOOKALIKES).lower().replace("’", "'").split())


def either(phrases: Iterable[str]) -> str:
    r"""Return an alternation, longest first, for any white space between words and either apostrophe.

    Examples
    --------
    >>> print(either(["at", "at least"]))
    at\s+least|at
    """
    ordered = sorted(phrases, key=lambda p: (-len(p), p))
    return "|".join(re.escape(p).replace(r"\ ", r"\s+").replace("'", "['’]") for p in ordered)
