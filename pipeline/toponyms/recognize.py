"""Find place mentions: the model's entities and the names that the gazetteer knows, judged by the signs beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Protocol

from gazetteer.index import Gazetteer
from pipeline.models import Article, Mention
from pipeline.parse import ParsedText, Token
from pipeline.toponyms.borders import border_relation, border_spans
from pipeline.toponyms.cues import feature_noun_after, feature_noun_before, feature_noun_inside, load_cues
from pipeline.toponyms.judge import Judge, load_judge
from pipeline.toponyms.known import KnownNames
from pipeline.toponyms.labels import PLACE_LABELS
from pipeline.toponyms.proposals import Proposal, best_first, propose
from pipeline.toponyms.relations import relation_of
from pipeline.toponyms.scripts import names_in_other_scripts
from pipeline.toponyms.signs import Reading
from pipeline.toponyms.spans import Span, Spans, tokens_between, trim

CAPITALISED = re.compile(r"(?<![^\W\d_])[A-Z][^\W\d_]*")
ANNOUNCED = re.compile(
    r"\b(?P<noun>city|town|village|hamlet|district|subdistrict|province|governorate|region|camp)\s+(?:of|called|named)\s+"
    r"(?P<name>[A-Z][\w'’]+(?:[ -](?:(?:al|el|as|ash|az|ar|ad|an)[ -])?[A-Z][\w'’]+)*)"
)
NAME = re.compile(r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?")
#: "|Stanislav and Zelenivka| were also |fired on|"
SHELLED = re.compile(
    rf"\b(?P<names>{NAME.pattern}(?:(?:,\s+|,?\s+and\s+){NAME.pattern}){{0,4}})\s+(?:was|were)\s+(?:also\s+|again\s+|repeatedly\s+)?"
    r"(?P<verb>shelled|bombarded|fired\s+(?:on|upon))\b"
)
#: Names of several words with a small one inside; of seas and the like only those that their first word tells.
JOINED = re.compile(r"\b[A-Z][\w'’-]+(?:\s+(?:and|of|of the|de|de la|del|do|da|dos|di)\s+[A-Z][\w'’-]+)+")
WORD_BEFORE = re.compile(r"(?<!\w)[A-Z][\w'’-]+\s\Z")
LONGEST_WORD = 20  # characters
_OWNER = re.compile(r"['’]s[ -]")
ROMANCE = re.compile(r"\s(?:de|de la|del|do|da|dos)\s")  # "Lanao del Norte", a province that is told as a district
WATERS = frozenset({"Bay", "Gulf", "Strait", "Straits", "Sea", "Isle", "Cape"})
AFTER_ADJECTIVE = 3  # words of a name after the adjective that it begins with
MODIFIERS = frozenset({"compound", "nmod", "amod", "poss", "npadvmod"})

OF_A_SITE = ("feature", "relation", "placed", "verb")  # cues that a name in an organisation's is where something is


class Recognizer(Protocol):
    """Finds the place mentions of an article; spans never overlap and are ascending."""

    def recognize(self, article: Article, parsed: ParsedText) -> tuple[Mention, ...]:
        """Return the mentions of ``article``."""
        ...


class ModelRecognizer:
    """Judge what the language model and the gazetteer propose as places.

    Parameters
    ----------
    gazetteer : Gazetteer
        Where names are looked up.
    judge : Judge, optional
        Weights of the signs; default the one trained on all corpora.
    """

    def __init__(self, gazetteer: Gazetteer, judge: Judge | None = None) -> None:
        self.gazetteer = gazetteer
        self.judge = judge or load_judge()
        self._known = KnownNames(gazetteer)

    def recognize(self, article: Article, parsed: ParsedText) -> tuple[Mention, ...]:
        """Return the mentions of ``article``: spans do not overlap, ascending."""
        reading = self.read(article, parsed)
        found = self.certain(reading)
        for proposal in best_first(reading, propose(reading, found), self.judge):
            found.add(_span(reading, proposal))
        return tuple(_mention(article, parsed, span) for span in found.in_order())

    def read(self, article: Article, parsed: ParsedText) -> Reading:
        """Return what the signs of an article are read from."""
        return Reading.of(article, parsed, self._known)

    def certain(self, reading: Reading) -> Spans:
        """Return the names that need no judging: datelines, areas, borders, what the text calls a place, adjectives."""
        found = Spans()
        sources = (
            _dateline(reading.article),
            _joined(reading),
            border_spans(reading.parsed.text, self.gazetteer),
            _announced(reading),
            _shelled(reading),
            _with_article(reading),
            names_in_other_scripts(reading.parsed.text, self._known),
            _demonyms(reading),
        )
        for source in sources:
            for span in source:
                found.add(span)
        return found


def _dateline(article: Article) -> Iterator[Span]:
    for start, end in article.dateline.places if article.dateline else ():
        yield Span(start, end, "DATELINE", "dateline", ("dateline",))


def _announced(reading: Reading) -> Iterator[Span]:
    """Yield names that the text itself calls places, known or not: "the village of |Kafr Zita|"."""
    for found in ANNOUNCED.finditer(reading.parsed.text):
        noun = found["noun"].lower()
        if _OWNER.search(found["name"]):
            continue  # "Zhob district of |Pakistan's Balochistan|" are two names, and neither is a district's
        if load_cues().feature_nouns.get(noun) and not reading.known.is_ordinary(found["name"]):
            yield Span(*trim(reading.parsed.text, *found.span("name")), "", "gazetteer", (f"feature: {noun}",))


def _shelled(reading: Reading) -> Iterator[Span]:
    """Yield known names of what is said to have been shelled: "|Antonivka| was shelled", "|A| and |B| were"."""
    for found in SHELLED.finditer(reading.parsed.text):
        for name in NAME.finditer(reading.parsed.text, *found.span("names")):
            if reading.known.has_name(name[0]) and not reading.known.is_ordinary(name[0]):
                yield Span(*name.span(), "", "gazetteer", (f"verb: {found['verb']}",))


def _joined(reading: Reading) -> Iterator[Span]:
    """Yield areas whose name has a small word inside: "|Jammu and Kashmir|", "|Bay of Bengal|"."""
    for found in JOINED.finditer(reading.parsed.text):
        start, end = trim(reading.parsed.text, *_with_first_word(reading, *found.span()))
        name = " ".join(reading.parsed.text[start:end].split())
        standing = reading.known.standing(name)
        is_named_so = name.split()[0] in WATERS or ROMANCE.search(name) is not None
        if standing in {"country", "province"} or (standing == "area" and is_named_so):
            yield Span(start, end, "", "gazetteer", ("one name",))


def _with_first_word(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Take in the word before, without which it is another's: "|Democratic| Republic of the Congo"."""
    text = reading.parsed.text
    word = WORD_BEFORE.search(text, max(0, start - LONGEST_WORD), start)
    known = word is not None and reading.known.standing(" ".join(text[word.start() : end].split())) == "country"
    return (word.start(), end) if word is not None and known else (start, end)


@cache
def _after_article() -> re.Pattern[str]:
    names = "|".join(map(re.escape, load_cues().after_article))
    return re.compile(rf"\b[Tt]he\s+({names})\b(?!\s+(?:of\b|[A-Z]))")


def _with_article(reading: Reading) -> Iterator[Span]:
    """Yield names that are one only with the article: "the |Gulf|"."""
    for found in _after_article().finditer(reading.parsed.text):
        yield Span(*found.span(1), "", "gazetteer", ("with the article",))


def _demonyms(reading: Reading) -> Iterator[Span]:
    """Yield adjectives of countries, "Sri Lankan", and the names that begin with one: "Persian Gulf"."""
    text, last = reading.parsed.text, -1
    for word in CAPITALISED.finditer(text):
        after = CAPITALISED.match(text, word.end() + 1)
        for end in (after.end(), word.end()) if after else (word.end(),):
            name = text[word.start() : end]
            if word.start() < last or not reading.known.demonym(name) or not _is_demonym(reading, name, word.start()):
                continue
            last = _longer_name(reading, word.start(), end) or end
            if last > end:
                yield Span(word.start(), last, "", "gazetteer", ("begins with an adjective",))
            else:
                yield Span(word.start(), last, "NORP", "gazetteer", ("demonym",), "demonym")
            break


def _longer_name(reading: Reading, start: int, end: int) -> int | None:
    """Return the end of the longest known name that begins with an adjective: "|Central African| Republic"."""
    text = reading.parsed.text
    ends: list[int] = []
    while len(ends) < AFTER_ADJECTIVE and (after := CAPITALISED.match(text, end + 1)):
        end = after.end()
        ends.append(end)
    return next((last for last in reversed(ends) if reading.known.has(text[start:last])), None)


def _is_demonym(reading: Reading, name: str, start: int) -> bool:
    return reading.known.is_adjective(name) or reading.labels.has_label(start, "NORP")


def _span(reading: Reading, proposal: Proposal) -> Span:
    """Return the span of a proposal that was taken, its feature noun in the name where the gazetteer has the two."""
    start, end, label = proposal.start, proposal.end, proposal.label
    cues = tuple(c for c in reading.cues_beside(start, end) if not c.startswith("other"))
    nested = label == "ORG" and "part: ORG whole" not in proposal.signs
    if nested and not any(c.startswith(OF_A_SITE) for c in cues):
        cues = ("in organisation", *cues)
    after = feature_noun_after(reading.parsed.text, end)
    if after is not None and "\n\n" not in reading.parsed.text[end : after[1]]:
        whole = " ".join(reading.parsed.text[start : after[1]].split())
        end = after[1] if reading.known.site_of(whole, after[0]) else end
    by = "model" if label in PLACE_LABELS else "gazetteer"
    return Span(start, end, label, by, cues, likelihood=proposal.likelihood)


def mention_from_span(article: Article, start: int, end: int, *, label: str = "GIVEN") -> Mention:
    """Return the mention for a span that the caller gives.

    Raises
    ------
    ValueError
        If the span is not inside the text.
    """
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"span {start}:{end} is outside the text of {len(article.text)} characters")
    text = article.text[start:end]
    relation = relation_of(article.text, start, end)
    cues = _cues(article, start, end)
    return Mention(article.doc_id, start, end, text, "toponym", label, "given", relation, cues)


def _mention(article: Article, parsed: ParsedText, span: Span) -> Mention:
    text = article.text[span.start : span.end]
    kind = "metonym" if span.kind == "toponym" and _speaks(parsed, span) else span.kind
    find = border_relation if kind == "descriptive" else relation_of
    relation = None if kind == "demonym" else find(article.text, span.start, span.end)
    beside = (c for c in _cues(article, span.start, span.end) if c not in span.cues)
    cues = (*span.cues, *beside, *_grammar_cues(parsed, span))
    return Mention(
        article.doc_id, span.start, span.end, text, kind, span.label, span.recognizer, relation, cues, span.likelihood
    )


def _cues(article: Article, start: int, end: int) -> tuple[str, ...]:
    found = []
    if beside := feature_noun_after(article.text, end) or feature_noun_before(article.text, start):
        found.append(f"feature: {beside[0]}")
    if own := feature_noun_inside(article.text[start:end]):
        found.append(f"feature: {own}")
    block = article.block_at(start)
    if block is not None and not block.is_content:
        found.append(f"boilerplate: {block.kind}")
    return tuple(found)


def _grammar_cues(parsed: ParsedText, span: Span) -> Iterator[str]:
    """Mark a name that only modifies another noun: "|U.S.| officials", "|Iran|-backed"."""
    head = _head(parsed, span)
    if head is not None and head.dep in MODIFIERS and head.head != head.i:
        yield f"attributive: {parsed.tokens[head.head].lemma.lower()}"


def _speaks(parsed: ParsedText, span: Span) -> bool:
    """Whether a name is the subject of what is said, and no other stands nearer: "near |Hit|, a spokesman said"."""
    head = _head(parsed, span)
    if head is None or head.dep != "nsubj" or parsed.tokens[head.head].lemma.lower() not in load_cues().speech_verbs:
        return False
    between = parsed.tokens[head.i + 1 : head.head]
    return not any(t.dep == "nsubj" and t.head == head.head for t in between)


def _head(parsed: ParsedText, span: Span) -> Token | None:
    """Return the token of the span that hangs outside it."""
    inside = tokens_between(parsed, span.start, span.end)
    numbers = {t.i for t in inside}
    return next((t for t in inside if t.head not in numbers or t.head == t.i), None)
