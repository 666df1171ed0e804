"""Where the outlet of a report is at home, from its domain and its name: "dothaneagle.com" is Dothan's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import numpy as np
import yaml

from gazetteer.names import fold
from pipeline.models import Article
from pipeline.toponyms.context import NO_HOMES, Homes
from pipeline.toponyms.readings import ALONE, NameBook, Readings

SHORTEST = 4  # letters of a town in a domain: fewer are initials
MOST = 12  # readings of a name that are kept
_WORD = re.compile(r"[^\W\d_]+")
_PROMINENCE, _OWN = ALONE.index("prominence"), ALONE.index("own")
_OWN_NAME = 0.9  # likeness of a town's usual name


@cache
def _press_words() -> tuple[str, ...]:
    """Return the words that newspapers and stations are called by, the longest first."""
    raw = yaml.safe_load(files("pipeline.toponyms").joinpath("data/press.yaml").read_text("utf8"))
    return tuple(sorted(raw["words"], key=lambda w: (-len(w), w)))


def outlet_home(article: Article, book: NameBook) -> tuple[str, Homes]:
    """Return the name of the town or province that an outlet is called after, and where it may be.

    Both are empty where the domain and the name of the outlet hold no town.
    """
    for name in (*_from_domain(article.url, book), *_from_name(article.source, book)):
        readings = book.readings(name, adjective=False)
        if readings is not None and (homes := _homes(readings)) is not None:
            return name, homes
    return "", NO_HOMES


def _homes(readings: Readings) -> Homes | None:
    """Return the readings that bear the name itself, by the people who live there."""
    alone = readings.alone
    at = np.flatnonzero((alone[:, _OWN] >= _OWN_NAME) & (alone[:, ALONE.index("is_country")] == 0))
    if not len(at):
        return None
    at = at[np.argsort(-alone[at, _PROMINENCE], kind="stable")[:MOST]]
    share = np.exp(6.0 * (alone[at, _PROMINENCE] - alone[at, _PROMINENCE].max()))
    return Homes(readings.lat[at], readings.lon[at], share / share.sum(), readings.province[at])


def _from_domain(url: str, book: NameBook) -> Iterator[str]:
    """Yield towns in a domain, of "www.columbustelegram.com" Columbus."""
    host = _host(url)
    labels = [label for label in host.split(".") if label not in {"www", "news", "m"}]
    for label in sorted(labels[:-1], key=len, reverse=True)[:2]:
        rest = _without_press(label)
        if len(rest) >= SHORTEST:
            yield from _spaced(rest, book)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _without_press(label: str) -> str:
    """Take the press's words off either end of a label: "springfieldnewssun" leaves "springfield"."""
    rest = label
    while True:
        cut = next((w for w in _press_words() if rest != w and (rest.endswith(w) or rest.startswith(w))), "")
        if not cut:
            return rest.strip("-")
        rest = (rest.removesuffix(cut) if rest.endswith(cut) else rest.removeprefix(cut)).strip("-")


def _spaced(word: str, book: NameBook) -> Iterator[str]:
    """Yield a word, or its two halves, where the gazetteer has them: "kansascity" is Kansas City."""
    halves = ((word[:at], word[at:]) for at in range(3, len(word) - 2))
    for name in (word.replace("-", " "), *(f"{a} {b}" for a, b in halves)):
        if book.gazetteer.has_name(name):
            yield name.title()


def _from_name(source: str, book: NameBook) -> Iterator[str]:
    """Yield towns in the name of an outlet: of "The Dothan Eagle" Dothan."""
    words = [w for w in _WORD.findall(source) if fold(w) not in _press_words()]
    for size in range(min(3, len(words)), 0, -1):
        name = " ".join(words[:size])
        if len(name) >= SHORTEST and book.gazetteer.has_name(name):
            yield name
