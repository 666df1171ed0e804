"""Phrases that tell of an event by their words, whatever the parse makes of them: "shot it out", "raised its flag over".

The verbs and nouns of ``data/triggers.yaml`` lean on the parse: who is subject, what is object. Idioms need none of
that, and in long sentences the parse is often wrong; these are read off the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from pipeline.parse import ParsedText, Sentence

WORD = re.compile(r"<([^<>]*)>(?!=)")
PART = re.compile(r"\{([a-z]+)\}")
LOOKBEHIND = re.compile(r"\(\?<[!=][^()]*\)")  # these take no white space of any length


@dataclass(frozen=True, slots=True)
class Phrase:
    """Where a phrase stands in a text, the character its trigger begins at, and the family it is of."""

    start: int
    end: int
    word: int
    family: str


@cache
def _patterns(part: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the families of a part of the table with the pattern of all their phrases."""
    raw = yaml.safe_load(files("pipeline.events").joinpath("data/phrases.yaml").read_text("utf8"))
    return tuple((family, _compiled(form, raw["parts"])) for family, forms in raw[part].items() for form in forms)


def _compiled(form: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    """Return a phrase of the table as a pattern whose group ``word`` is what becomes the trigger."""
    while PART.search(form):
        form = PART.sub(lambda m: parts[m[1]], form)
    held = LOOKBEHIND.sub(lambda m: m[0].replace("<", "\0").replace(" ", "\1"), form)
    marked = WORD.sub(lambda m: rf"\b(?P<word>{m[1]})\b", held).replace(" ", r"\s+")
    return re.compile(marked.replace("\0", "<").replace("\1", " "), re.IGNORECASE)


def phrases_in(parsed: ParsedText, sentence: Sentence, part: str) -> Iterator[Phrase]:
    """Yield the phrases of a sentence; ``part`` "first" are those that go before all, "unsure" too, "else" go after.

    Examples
    --------
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "The smugglers shot it out with a patrol."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> [(text[p.start : p.end], p.family) for p in phrases_in(parsed, parsed.sentences[0], "first")]
    [('shot it out', 'clash')]
    """
    for family, pattern in _patterns(part):
        for m in pattern.finditer(parsed.text, sentence.start, sentence.end):
            yield Phrase(m.start(), m.end(), m.start("word"), family)
