"""Where the outlet of a report is at home, from its domain and its name: "dothaneagle.com" is Dothan's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

import numpy as np

from gazetteer.names import fold
from gazetteer.tables import parsed_yaml
from pipeline.models import Article
from pipeline.toponyms.context import NO_HOMES, Homes
from pipeline.toponyms.readings import ALONE, CODES, NameBook, Readings, code_of

SHORTEST = 4  # letters of a town in a domain: fewer are initials
MOST = 12  # readings of a name that are kept
_WORD = re.compile(r"[^\W\d_]+")
_PROMINENCE, _OWN = ALONE.index("prominence"), ALONE.index("own")
_OWN_NAME = 0.9  # likeness of a town's usual name


@dataclass(frozen=True, slots=True)
class Press:
    """The loaded tables; see ``data/press.yaml`` for what each means."""

    words: tuple[str, ...]  # the longest first
    no_country: frozenset[str]
    other_code: dict[str, str]


@cache
def load_press() -> Press:
    """Load the tables once."""
    raw = parsed_yaml(files("pipeline.toponyms").joinpath("data/press.yaml").read_text("utf8"))
    words = tuple(sorted(raw["words"], key=lambda w: (-len(w), w)))
    return Press(words, frozenset(raw["no_country"]), raw["other_code"])


def outlet_home(article: Article, book: NameBook) -> tuple[str, Homes]:
    """Return the name of the town or province that an outlet is called after, and where it may be.

    Both are empty where the domain and the name of the outlet hold none.
    """
    return _home_of(host_of(article.url), article.source, book)


@lru_cache(maxsize=1_000)
def _home_of(host: str, source: str, book: NameBook) -> tuple[str, Homes]:
    country = _country(host, book)
    for name in (*_from_domain(host, book), *_from_name(source, book)):
        readings = book.readings(name, adjective=False)
        if readings is not None and (homes := _homes(readings)) is not None:
            return name, replace(homes, country=country)
    return "", replace(NO_HOMES, country=country)


def _country(host: str, book: NameBook) -> int:
    """Return the code of the country of a domain: of "news.example.co.uk" the United Kingdom's."""
    top, press = host.rpartition(".")[2], load_press()
    place = (
        book.gazetteer.country(press.other_code.get(top, top))
        if len(top) == 2 and top not in press.no_country
        else None
    )
    return code_of(place.country) if place else 0


def _homes(readings: Readings) -> Homes | None:
    """Return the readings that bear the name itself, by the people who live there."""
    alone = readings.alone
    at = np.flatnonzero((alone[:, _OWN] >= _OWN_NAME) & (alone[:, ALONE.index("is_country")] == 0))
    if not len(at):
        return None
    at = at[np.argsort(-alone[at, _PROMINENCE], kind="stable")[:MOST]]
    share = np.exp(6.0 * (alone[at, _PROMINENCE] - alone[at, _PROMINENCE].max()))
    lat, lon, *_ = readings.spots[:, at]
    return Homes(lat, lon, share / share.sum(), readings.codes[CODES.index("province"), at])


def _from_domain(host: str, book: NameBook) -> Iterator[str]:
    """Yield towns in a domain, of "www.columbustelegram.com" Columbus."""
    labels = [label for label in host.split(".") if label not in {"www", "news", "m"}]
    for label in sorted(labels[:-1], key=len, reverse=True)[:2]:
        rest = _without_press(label)
        if len(rest) >= SHORTEST:
            yield from _spaced(rest, book)


def host_of(url: str) -> str:
    """Return the host of an address, small; empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _without_press(label: str) -> str:
    """Take the press's words off either end of a label: "springfieldnewssun" leaves "springfield", "star" nothing."""
    rest, words = label, load_press().words
    while rest not in words:
        if cut := next((w for w in words if rest.endswith(w)), ""):
            rest = rest.removesuffix(cut).strip("-")
        elif cut := next((w for w in words if len(w) >= SHORTEST - 1 and rest.startswith(w)), ""):
            rest = rest.removeprefix(cut).strip("-")
        else:
            return rest
    return ""


def _spaced(word: str, book: NameBook) -> Iterator[str]:
    """Yield a word, or its two halves, where the gazetteer has them: "kansascity" is Kansas City."""
    halves = ((word[:at], word[at:]) for at in range(3, len(word) - 2))
    for name in (word.replace("-", " "), *(f"{a} {b}" for a, b in halves)):
        if book.gazetteer.has_name(name):
            yield name.title()


def _from_name(source: str, book: NameBook) -> Iterator[str]:
    """Yield towns in the name of an outlet: of "The Dothan Eagle" Dothan."""
    words = [w for w in _WORD.findall(source) if fold(w) not in load_press().words]
    for size in range(min(3, len(words)), 0, -1):
        name = " ".join(words[:size])
        if len(name) >= SHORTEST and book.gazetteer.has_name(name):
            yield name
