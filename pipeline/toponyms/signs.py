"""Signs that a name is a place, or none: its neighbours, the model's label, what gazetteer and report know of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from pipeline.models import Article
from pipeline.parse import ParsedText, Token
from pipeline.toponyms.cues import civic_noun_after, feature_noun_after, feature_noun_before, load_cues
from pipeline.toponyms.known import KnownNames
from pipeline.toponyms.labels import PLACE_LABELS, Labels
from pipeline.toponyms.relation_words import DIRECTION
from pipeline.toponyms.relations import relation_before

LONG_RUN = 6  # capitalised words looked at beyond a name
SHORT_REPORT, FEW_ARMS, ARMS = 600, 1, 3  # characters; words of arms by which a short and a longer report are known
DASHES = frozenset("-–—")
_QUOTES = frozenset("\"'“”‘’")


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the signs of one report are read from.

    ``tells_of_arms``: it is of conflict, where "at Pikit" is a town, and not of local news, where it is a shop.
    """

    article: Article
    parsed: ParsedText
    known: KnownNames
    labels: Labels
    lower_words: frozenset[str]
    tells_of_arms: bool
    _cues: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, article: Article, parsed: ParsedText, known: KnownNames) -> Reading:
        """Read a report."""
        lower = frozenset(t.text for t in parsed.tokens if t.text.islower())
        least = FEW_ARMS if len(parsed.text) < SHORT_REPORT else ARMS
        return cls(article, parsed, known, Labels(parsed), lower, len(load_cues().arms & lower) >= least)

    @property
    def has_capitals(self) -> bool:
        """Whether the text has any capital letter; where it has none, every word may begin a name."""
        return not self.parsed.text.islower()

    def cues_beside(self, start: int, end: int) -> tuple[str, ...]:
        """Return the words beside a name that say it is a place, as the mention will carry them."""
        found = self._cues.get((start, end))
        if found is None:
            found = self._cues[start, end] = tuple(_cues_beside(self, start, end))
        return found


def signs_of(reading: Reading, start: int, end: int) -> tuple[str, ...]:
    """Return the signs at start:end, each a short phrase that carries a weight.

    Parameters
    ----------
    reading : Reading
    start, end : int
        Offsets of a name in the article's text.
    """
    name = reading.parsed.text[start:end]
    label, place = _label(reading, start, end)
    standing = reading.known.standing(name)
    before, after = list(_before(reading, start)), list(_after(reading, end))
    found = [f"label: {label}", f"part: {label} {place}", f"standing: {standing}", f"{label}, {standing}"]
    found += before
    found += after
    found += (f"{label}, {sign}" for sign in (*before[:1], *after[:1]))
    found += _shape(reading, name, start)
    found += _elsewhere(reading, name, label)
    found += (f"cue: {cue.split(':')[0]}" for cue in reading.cues_beside(start, end))
    if reading.tells_of_arms:
        found += (f"arms, {sign}" for sign in (f"label: {label}", f"standing: {standing}", *before[:1], *after[:1]))
    return tuple(found)


def _label(reading: Reading, start: int, end: int) -> tuple[str, str]:
    entity = reading.labels.entity_at(start) or reading.labels.entity_at(end - 1)
    if entity is None:
        return "none", ""
    begins, ends = start <= entity.start, end >= entity.end
    place = "whole" if begins and ends else "first" if begins else "last" if ends else "inside"
    return entity.label, place


def _before(reading: Reading, start: int) -> Iterator[str]:
    tokens = reading.parsed.tokens
    at = _word_before(tokens, reading.parsed.token_at(start - 1) if start else -1)
    word = tokens[at] if at >= 0 else None
    if word is None or _parts(reading, word.end, start):
        yield "before: start"
        return
    if word.text in DASHES and word.end < start:
        yield "before: dash"  # "Feb 12 - |Rescue| crews", not "Kyiv-|Pechersk|"
        return
    yield f"before: {_kind(word)}"
    if word.text[:1].isupper():
        yield f"before: {word.text.lower()}"
    other = tokens[at - 1] if at > 0 else None
    if other is not None and not word.text[:1].isupper():
        yield f"before: {other.text.lower()} {word.text.lower()}"


def _word_before(tokens: tuple[Token, ...], at: int) -> int:
    """Return the index of the last word at or before ``at`` that is neither blank, quote nor "the"."""
    while at >= 0 and (not tokens[at].text.strip() or tokens[at].text in _QUOTES or tokens[at].text == "the"):
        at -= 1
    return at


def _after(reading: Reading, end: int) -> Iterator[str]:
    tokens = reading.parsed.tokens
    first = reading.parsed.token_at(end - 1) + 1
    rest = tokens[first : first + LONG_RUN]
    while rest and not rest[0].text.strip():
        rest = rest[1:]
    if not rest or _parts(reading, end, rest[0].start):
        yield "after: end"
        return
    yield f"after: {_kind(rest[0])}"
    run = _capitalised(rest)
    if run:
        yield f"after: {rest[0].text.lower()}"
        yield f"run ends: {run[-1].text.lower()}"
        ends = run[-1].text.lower()
        if ends in load_cues().organisation_nouns:
            yield "run ends: organisation"
    elif len(rest) > 1:
        yield f"after: {rest[0].text.lower()} {_kind(rest[1])}"


def _capitalised(tokens: tuple[Token, ...]) -> list[Token]:
    run: list[Token] = []
    for token in tokens:
        if not token.text[:1].isupper():
            break
        run.append(token)
    return run


def _kind(token: Token) -> str:
    text = token.text
    if text[:1].isupper():
        opens = text.lower() in load_cues().spatial_prepositions  # "|At| Ramadi, rebels"
        return text.lower() if opens else "Capital"
    return "number" if text[:1].isdigit() else text.lower()


def _parts(reading: Reading, start: int, end: int) -> bool:
    """Whether a paragraph ends between two offsets."""
    return "\n\n" in reading.parsed.text[start:end]


def _shape(reading: Reading, name: str, start: int) -> Iterator[str]:
    words = name.split()
    yield f"words: {min(len(words), 4)}"
    if name.isupper() and len(name) > 1:
        yield "shape: stops" if "." in name else "shape: capitals"
    if len(words) == 1 and name.lower() in reading.lower_words and reading.has_capitals:
        yield "shape: also in small letters"
    if reading.known.is_ordinary(name):
        yield "shape: ordinary"
    block = reading.article.block_at(start)
    if block is not None and block.kind != "body":
        yield f"block: {block.kind}"


def _elsewhere(reading: Reading, name: str, label: str) -> Iterator[str]:
    labels = reading.labels.labels_of(name)
    if labels & PLACE_LABELS and label not in PLACE_LABELS:
        yield "elsewhere: labelled a place"
    if "PERSON" in labels and label != "PERSON":
        yield "elsewhere: labelled a person"
    if name in reading.labels.people:
        yield "elsewhere: in a person's name"


def _cues_beside(reading: Reading, start: int, end: int) -> Iterator[str]:
    text = reading.parsed.text
    after, before = feature_noun_after(text, end), feature_noun_before(text, start)
    noun = (after or before or ("",))[0]
    if noun and reading.known.fits_noun(text[start:end], noun):
        yield f"feature: {noun}"
    elif noun:
        yield f"other feature: {noun}"
    if relation_before(text, start, ""):
        yield "relation"
    if _placed().match(text, end):
        yield "placed"
    if civic := civic_noun_after(text, end):
        yield f"civic: {civic}"
    if reading.known.has_area_after(text, end):
        yield "before its area"
    yield from _verb_before(reading, start)


@cache
def _placed() -> re.Pattern[str]:
    """Return what follows a place: "Zurf al Saqr|, south of Baghdad", "al-Qasab| in the northern countryside"."""
    return re.compile(
        rf"(?:\s+[a-z]+)?\s*,?\s+(?:(?:in|to)\s+the\s+)?(?:[\w.]+\s+){{0,3}}{DIRECTION}\s+(?:of|from|countryside)\b"
    )


def _verb_before(reading: Reading, start: int) -> Iterator[str]:
    at = _word_before(reading.parsed.tokens, reading.parsed.token_at(start - 1) if start else -1)
    word = reading.parsed.tokens[at].text.lower() if at >= 0 else ""
    if word in load_cues().striking_verbs:
        yield f"verb: {word}"
    elif word in load_cues().spatial_prepositions:
        yield f"preposition: {word}"
