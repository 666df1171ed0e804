"""Phrases that tell of an event by their words, whatever the parse makes of them: "shot it out", "lay in wait".

The verbs and nouns of ``data/triggers.yaml`` lean on the parse: who is subject, what is object. Idioms need none of
that, and in long sentences the parse is often wrong; these are read off the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from pipeline.events._words import alternatives, by_letters
from pipeline.parse import ParsedText, Sentence

WORD = re.compile(r"<([^<>]*)>(?!=)")
PART = re.compile(r"\{([a-z]+)\}")
LOOKBEHIND = re.compile(r"\(\?<[!=][^()]*\)")  # these take no white space of any length


SURE, UNSURE, LAST = PARTS = ("first", "unsure", "else")  # parts of the table


@dataclass(frozen=True, slots=True)
class Phrase:
    """Where a phrase stands in a text, the character its trigger begins at, its family, and its part of the table."""

    start: int
    end: int
    word: int
    family: str
    part: str


@dataclass(frozen=True, slots=True)
class _Form:
    """A phrase of the table: its part and family, the pattern, and the words of which it cannot do without one."""

    part: str
    family: str
    pattern: re.Pattern[str]
    words: re.Pattern[str]


@cache
def _forms() -> tuple[_Form, ...]:
    raw = yaml.safe_load(files("pipeline.events").joinpath("data/phrases.yaml").read_text("utf8"))
    listed = ((part, family, form) for part in PARTS for family, forms in raw[part].items() for form in forms)
    return tuple(_Form(part, family, *_compiled(form, raw["parts"])) for part, family, form in listed)


def _compiled(form: str, parts: Mapping[str, str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a phrase of the table as a pattern whose group ``word`` is what becomes the trigger; and that word."""
    while PART.search(form):
        form = PART.sub(lambda m: parts[m[1]], form)
    held = LOOKBEHIND.sub(lambda m: m[0].replace("<", "\0").replace(" ", "\1"), form)
    words = WORD.findall(held)
    marked = WORD.sub(lambda m: rf"\b(?P<word>{m[1]})\b", held).replace(" ", r"\s+")
    whole = re.compile(marked.replace("\0", "<").replace("\1", " "), re.IGNORECASE)
    firsts = "|".join(w.split(" ")[0] for w in alternatives(LOOKBEHIND.sub("", words[0].replace("\0", "<"))))
    return whole, re.compile(firsts, re.IGNORECASE)


@lru_cache(maxsize=8192)  # most words are told again and again, and few begin a phrase
def _begun_by(word: str) -> tuple[int, ...]:
    """Return the numbers of the phrases whose word, or the first of whose words, this one is."""
    if _any_word().fullmatch(word) is None:
        return ()
    return tuple(i for i, form in enumerate(_forms()) if form.words.fullmatch(word))


@cache
def _any_word() -> re.Pattern[str]:
    """Return the words of all phrases in one pattern, as most words begin none."""
    return re.compile(by_letters(form.words.pattern for form in _forms()), re.IGNORECASE)


def phrases_in(parsed: ParsedText, sentence: Sentence) -> dict[int, Phrase]:
    """Return the phrases of a sentence by where their word begins; of several, the surest.

    Examples
    --------
    >>> from pipeline.spacy_parser import SpacyParser
    >>> text = "The smugglers shot it out with a patrol."
    >>> parsed = next(SpacyParser().parse([(text, ((0, len(text)),))]))
    >>> [(text[p.start : p.end], p.family) for p in phrases_in(parsed, parsed.sentences[0]).values()]
    [('shot it out', 'clash')]
    """
    found: dict[int, Phrase] = {}
    words = {t.text.lower() for t in parsed.tokens_of(sentence)}
    for form in (_forms()[i] for i in sorted({i for word in words for i in _begun_by(word)})):
        for m in form.pattern.finditer(parsed.text, sentence.start, sentence.end):
            found.setdefault(m.start("word"), Phrase(m.start(), m.end(), m.start("word"), form.family, form.part))
    return found
