"""Names in Arabic, Cyrillic and Hebrew script: the longest known run of words, prefixes and endings split off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gazetteer.tables import parsed_yaml
from pipeline.toponyms.known import KnownNames
from pipeline.toponyms.spans import Span

MOST_WORDS = 4
SHORTEST = 3  # letters of a name


@dataclass(frozen=True, slots=True)
class Script:
    """How names are written in one script; see ``data/scripts.yaml``."""

    label: str
    run: re.Pattern[str]
    prefixes: tuple[str, ...]
    endings: tuple[tuple[str, str], ...]
    ordinary: frozenset[str]
    has_capitals: bool


@cache
def load_scripts() -> tuple[Script, ...]:
    """Load the table once."""
    raw = parsed_yaml(files("pipeline.toponyms").joinpath("data/scripts.yaml").read_text("utf8"))
    return tuple(_script(name, row) for name, row in raw.items())


def _script(name: str, row: dict[str, object]) -> Script:
    def words(key: str) -> tuple[str, ...]:
        found = row.get(key) or ()
        return tuple(str(word) for word in found) if isinstance(found, list) else ()

    letters = str(row["letters"])
    endings = tuple((end.split(">")[0], end.split(">")[1]) for end in words("endings"))
    run = re.compile(rf"[{letters}]+(?:[ -][{letters}]+)*")
    return Script(name.upper(), run, words("prefixes"), endings, frozenset(words("ordinary")), bool(row["capitals"]))


def names_in_other_scripts(text: str, known: KnownNames) -> Iterator[Span]:
    """Yield the names in scripts other than Latin, ascending in each script; none overlaps another."""
    if text.isascii():
        return
    for script in load_scripts():
        for run in script.run.finditer(text):
            words = [(m.start() + run.start(), m.end() + run.start()) for m in re.finditer(r"[^ -]+", run[0])]
            yield from _names(text, words, script, known)


def _names(text: str, words: list[tuple[int, int]], script: Script, known: KnownNames) -> Iterator[Span]:
    at = 0
    while at < len(words):
        found = next(_from(text, words[at : at + MOST_WORDS], script, known), None)
        at += 1
        if found:
            yield Span(*found, script.label, "gazetteer", (f"{script.label.lower()} script",))
            at = next((i for i, word in enumerate(words) if word[0] >= found[1]), len(words))


def _from(text: str, words: list[tuple[int, int]], script: Script, known: KnownNames) -> Iterator[tuple[int, int]]:
    """Yield the known names that begin with the first word, the longest first."""
    start = words[0][0]
    if script.has_capitals and not text[start].isupper():
        return
    begins = [start, *(start + len(p) for p in script.prefixes if text.startswith(p, start))]
    for _, end in reversed(words):
        for begin in begins:
            name = text[begin:end]
            if len(name) >= SHORTEST and name not in script.ordinary and _is_known(name, script, known):
                yield begin, end


def _is_known(name: str, script: Script, known: KnownNames) -> bool:
    return known.has_name(name) or any(
        name.endswith(ending) and known.has_name(name.removesuffix(ending) + instead)
        for ending, instead in script.endings
    )
