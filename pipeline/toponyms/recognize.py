"""Find place mentions: the model's entities, and what the gazetteer rescues beside a spatial cue or a feature noun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from gazetteer.index import Gazetteer
from pipeline.models import Article, Mention, MentionKind
from pipeline.parse import Entity, ParsedText, Token
from pipeline.toponyms.cues import feature_noun_after, feature_noun_before, feature_noun_inside, fits, load_cues
from pipeline.toponyms.relations import relation_before

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
MAX_WORDS = 6
PARTICLES = frozenset({"al", "el", "as", "ash", "az", "ar", "ad", "an", "at", "ez", "ed", "es", "de", "la", "le", "del",
                       "of", "the", "and", "-", "'", "’", "ibn", "bin", "abu", "umm", "upon", "on"})  # fmt: skip
ARABIC = re.compile(r"[\u0621-\u064a\u066e-\u06d3]+(?:\s+[\u0621-\u064a\u066e-\u06d3]+){0,3}")
ARABIC_PREFIXES = ("وب", "ول", "و", "ب", "ل", "ف")
EDGES = " \t\n\"'“”‘’.,;:()[]*_#"


class Recognizer(Protocol):
    """Finds the place mentions of an article; spans never overlap and are ascending."""

    def recognize(self, article: Article, parsed: ParsedText) -> tuple[Mention, ...]:
        """Return the mentions of ``article``."""
        ...


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    label: str
    recognizer: str
    cues: tuple[str, ...] = ()
    kind: MentionKind = "toponym"


class ModelRecognizer:
    """Take the language model's GPE, LOC and FAC, and let the gazetteer rescue what it mislabels or misses.

    Parameters
    ----------
    gazetteer : Gazetteer
        Where names are looked up.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def recognize(self, article: Article, parsed: ParsedText) -> tuple[Mention, ...]:
        """Return the mentions of ``article``: spans do not overlap, ascending."""
        spans = _Spans()
        for source in (self._dateline(article), self._model(parsed), self._relabelled(parsed, spans),
                       self._untagged(parsed, spans), self._arabic(article), self._demonyms(parsed)):  # fmt: skip
            for span in source:
                spans.add(span)
        return tuple(_mention(article, parsed, span) for span in spans.in_order())

    def _dateline(self, article: Article) -> Iterator[_Span]:
        for start, end in article.dateline.places if article.dateline else ():
            yield _Span(start, end, "DATELINE", "dateline", ("dateline",))

    def _model(self, parsed: ParsedText) -> Iterator[_Span]:
        for entity in parsed.entities:
            if entity.label in PLACE_LABELS:
                for start, end in _parts(parsed.text, entity):
                    if self._is_adjective(parsed.text[start:end]):
                        yield _Span(start, end, entity.label, "model", ("demonym",), "demonym")
                        continue
                    yield self._grown(parsed.text, _Span(start, end, entity.label, "model"))

    def _relabelled(self, parsed: ParsedText, spans: _Spans) -> Iterator[_Span]:
        """Yield entities of another label that stand where a place stands and that the gazetteer knows."""
        for entity in parsed.entities:
            if entity.label in {"PERSON", "ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "NORP", "LAW"}:
                start, end = _trim(parsed.text, entity.start, entity.end)
                if start < end and not spans.overlaps(start, end):
                    yield from self._rescue(parsed, _Span(start, end, entity.label, "gazetteer"), spans)

    def _rescue(self, parsed: ParsedText, span: _Span, spans: _Spans) -> Iterator[_Span]:
        cue = _place_cue(parsed.text, span, spans)
        name = parsed.text[span.start : span.end]
        if cue and self._stands_for_place(name, cue):
            yield self._grown(parsed.text, _Span(span.start, span.end, span.label, "gazetteer", (cue,)))
        elif span.label == "ORG":
            yield from self._inside_organisation(parsed, span)

    def _is_adjective(self, name: str) -> bool:
        """Whether a name is an adjective of a country ("Yemeni") and not also a place."""
        return self.gazetteer.demonym(name) is not None and not self.gazetteer.has_name(name)

    def _stands_for_place(self, name: str, cue: str) -> bool:
        found = self.gazetteer.candidates(name, limit=8)
        codes = load_cues().feature_nouns.get(cue.removeprefix("feature: "))
        if codes:
            return any(fits(f"{c.place.feature_class}.{c.place.feature_code}", codes) for c in found)
        if cue == "preposition: of" or not found:
            return False
        return found[0].match in {"exact", "variant"} or found[0].name_score >= 0.7

    def _inside_organisation(self, parsed: ParsedText, span: _Span) -> Iterator[_Span]:
        """Yield a place nested in an institution's name: "|Lincoln County| Sheriff", "University of |Mosul|"."""
        tokens = [t for t in _tokens_between(parsed, span.start, span.end) if t.text.strip()]
        if not any(t.text.lower() in load_cues().organisation_nouns for t in tokens):
            return
        for first, last in _windows(tokens):
            name = parsed.text[tokens[first].start : tokens[last].end]
            if (last - first + 1 < len(tokens)) and name[0].isupper() and self._is_known_place(name):
                yield _Span(tokens[first].start, tokens[last].end, "ORG", "gazetteer", ("in organisation",))
                return

    def _is_known_place(self, name: str) -> bool:
        if name.lower() in load_cues().organisation_nouns or not self.gazetteer.has_name(name):
            return False
        best = self.gazetteer.candidates(name, limit=1)
        return bool(best) and (best[0].place.feature_class == "A" or best[0].place.population >= 15_000)

    def _untagged(self, parsed: ParsedText, spans: _Spans) -> Iterator[_Span]:
        """Yield capitalised runs that the model left alone, where a cue stands beside them."""
        for run in _capitalised_runs(parsed, spans):
            at = 0
            while at < len(run):
                taken = next(self._known_from(parsed, run, at, spans), None)
                if taken is None:
                    at += 1
                else:
                    span, at = taken
                    yield span

    def _known_from(self, parsed: ParsedText, run: list[Token], at: int, spans: _Spans) -> Iterator[tuple[_Span, int]]:
        for last in range(min(len(run), at + MAX_WORDS) - 1, at - 1, -1):
            if not run[at].text[:1].isupper() or run[last].text.lower() in PARTICLES:
                continue
            span = _Span(run[at].start, run[last].end, "", "gazetteer")
            cue = _place_cue(parsed.text, span, spans)
            if cue and cue != "preposition: of" and self.gazetteer.has_name(parsed.text[span.start : span.end]):
                yield self._grown(parsed.text, _Span(span.start, span.end, "", "gazetteer", (cue,))), last + 1

    def _arabic(self, article: Article) -> Iterator[_Span]:
        """Yield names in Arabic script: the longest known run of words, a clitic prefix split off if need be."""
        for run in ARABIC.finditer(article.text):
            words = [(m.start() + run.start(), m.end() + run.start()) for m in re.finditer(r"\S+", run[0])]
            at = 0
            while at < len(words):
                span = next(self._arabic_from(article.text, words, at), None)
                at += 1
                if span:
                    yield span
                    at = next((i for i, w in enumerate(words) if w[0] >= span.end), len(words))

    def _arabic_from(self, text: str, words: list[tuple[int, int]], at: int) -> Iterator[_Span]:
        for last in range(len(words) - 1, at - 1, -1):
            start, end = words[at][0], words[last][1]
            starts = [start] + [start + len(p) for p in ARABIC_PREFIXES if text.startswith(p, start)]
            for begin in starts:
                if end - begin >= 3 and self.gazetteer.has_name(text[begin:end]):
                    yield _Span(begin, end, "ARABIC", "gazetteer", ("arabic script",))

    def _demonyms(self, parsed: ParsedText) -> Iterator[_Span]:
        for entity in parsed.entities:
            if entity.label == "NORP":
                for word in re.finditer(r"[^\W\d_]+", parsed.text[entity.start : entity.end]):
                    if self.gazetteer.demonym(word[0]) is not None:
                        start = entity.start + word.start()
                        yield _Span(start, start + len(word[0]), "NORP", "gazetteer", ("demonym",), "demonym")

    def _grown(self, text: str, span: _Span) -> _Span:
        """Take the feature noun into the name where the gazetteer knows the two together: "Baghdad airport"."""
        after = feature_noun_after(text, span.end)
        if after is None or "\n\n" in text[span.end : after[1]]:
            return span
        noun, end = after
        codes = load_cues().feature_nouns[noun]
        found = self.gazetteer.candidates(re.sub(r"\s+", " ", text[span.start : end]), limit=5)
        known = any(c.match in {"exact", "variant"} and fits(f"{c.place.feature_class}.{c.place.feature_code}", codes)
                    and not c.place.feature_class == "A" for c in found)  # fmt: skip
        return _Span(span.start, end if known else span.end, span.label, span.recognizer, (*span.cues, f"feature: {noun}"), span.kind)


class _Spans:
    """Accepted spans, first come first kept."""

    def __init__(self) -> None:
        self._taken: list[_Span] = []

    def add(self, span: _Span) -> None:
        if span.start < span.end and not self.overlaps(span.start, span.end):
            self._taken.append(span)

    def overlaps(self, start: int, end: int) -> bool:
        return any(s.start < end and start < s.end for s in self._taken)

    def ends_before(self, text: str, start: int) -> bool:
        """Whether a mention stands just before ``start``, joined by "and", "or" or a comma."""
        return any(re.fullmatch(r"\s*(?:,|and|or|,\s*and|/|-)\s*", text[s.end : start]) for s in self._taken if s.end <= start)

    def in_order(self) -> Iterable[_Span]:
        return sorted(self._taken, key=lambda s: s.start)


def mention_from_span(article: Article, start: int, end: int, *, label: str = "GIVEN") -> Mention:
    """Return the mention for a span that the caller gives.

    Raises
    ------
    ValueError
        If the span is not inside the text.
    """
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"span {start}:{end} is outside the text of {len(article.text)} characters")
    span = _Span(start, end, label, "given")
    return Mention(article.doc_id, start, end, article.text[start:end], "toponym", label, "given",
                   relation_before(article.text, start, article.text[start:end]), _cues(article, span))  # fmt: skip


def _mention(article: Article, parsed: ParsedText, span: _Span) -> Mention:
    text = article.text[span.start : span.end]
    kind = "metonym" if span.kind == "toponym" and _speaks(parsed, span) else span.kind
    relation = None if kind == "demonym" else relation_before(article.text, span.start, text)
    cues = (*span.cues, *(c for c in _cues(article, span) if c not in span.cues), *_grammar_cues(parsed, span))
    return Mention(article.doc_id, span.start, span.end, text, kind, span.label, span.recognizer, relation, cues)


def _cues(article: Article, span: _Span) -> tuple[str, ...]:
    found = []
    after, before = feature_noun_after(article.text, span.end), feature_noun_before(article.text, span.start)
    if after:
        found.append(f"feature: {after[0]}")
    elif before:
        found.append(f"feature: {before[0]}")
    if own := feature_noun_inside(article.text[span.start : span.end]):
        found.append(f"feature: {own}")
    block = article.block_at(span.start)
    if block is not None and not block.is_content:
        found.append(f"boilerplate: {block.kind}")
    return tuple(found)


def _grammar_cues(parsed: ParsedText, span: _Span) -> Iterator[str]:
    """Mark a name that only modifies another noun: "|U.S.| officials", "|Iran|-backed"."""
    head = _head(parsed, span)
    if head is not None and head.dep in {"compound", "nmod", "amod", "poss", "npadvmod"} and head.head != head.i:
        yield f"attributive: {parsed.tokens[head.head].lemma.lower()}"


def _speaks(parsed: ParsedText, span: _Span) -> bool:
    head = _head(parsed, span)
    return head is not None and head.dep == "nsubj" and parsed.tokens[head.head].lemma.lower() in load_cues().speech_verbs


def _head(parsed: ParsedText, span: _Span) -> Token | None:
    """Return the token of the span that hangs outside it."""
    inside = _tokens_between(parsed, span.start, span.end)
    numbers = {t.i for t in inside}
    return next((t for t in inside if t.head not in numbers or t.head == t.i), None)


def _place_cue(text: str, span: _Span, spans: _Spans) -> str:
    """Return the first cue that a place stands at ``span``, or an empty string."""
    after, before = feature_noun_after(text, span.end), feature_noun_before(text, span.start)
    if after:
        return f"feature: {after[0]}"
    if before:
        return f"feature: {before[0]}"
    if relation_before(text, span.start, ""):
        return "relation"
    word = re.search(r"([A-Za-z]+)\s+(?:the\s+)?$", text[max(0, span.start - 25) : span.start])
    if word and word[1].lower() in load_cues().spatial_prepositions:
        return f"preposition: {word[1].lower()}"
    return "list" if spans.ends_before(text, span.start) else ""


def _parts(text: str, entity: Entity) -> Iterator[tuple[int, int]]:
    """Cut an entity at slashes and line breaks, and trim each part."""
    for part in re.finditer(r"[^/\n|]+", text[entity.start : entity.end]):
        start, end = _trim(text, entity.start + part.start(), entity.start + part.end())
        if start < end:
            yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut quotes, possessives and leading words such as "the" or "northern" off a span."""
    leading = load_cues().leading_words
    while start < end and text[start] in EDGES:
        start += 1
    while start < end and (text[end - 1] in EDGES and not _is_abbreviation(text[start:end])):
        end -= 1
    for suffix in ("’s", "'s", "s’"):
        if text[start:end].endswith(suffix) and suffix != "s’":
            end -= len(suffix)
    word = re.match(r"([A-Za-z-]+)\s+", text[start:end])
    if word and word[1].lower() in leading and not (word[1][0].isupper() and word[1].lower() not in {"the", "a", "an"}):
        return _trim(text, start + word.end(), end)
    return start, end


def _is_abbreviation(name: str) -> bool:
    return re.search(r"(?:\b[A-Za-z]{1,5}\.)$", name) is not None and (name.count(".") > 1 or len(name) <= 6)


def _tokens_between(parsed: ParsedText, start: int, end: int) -> list[Token]:
    first = max(parsed.token_at(start), 0)
    found = []
    for token in parsed.tokens[first:]:
        if token.start >= end:
            break
        if token.end > start:
            found.append(token)
    return found


def _windows(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of the token windows, longest first."""
    for size in range(min(len(tokens), MAX_WORDS), 0, -1):
        for first in range(len(tokens) - size + 1):
            yield first, first + size - 1


def _capitalised_runs(parsed: ParsedText, spans: _Spans) -> Iterator[list[Token]]:
    """Yield runs of capitalised tokens with the particles between them, outside spans and names of people."""
    people = {(e.start, e.end) for e in parsed.entities if e.label in {"PERSON", "DATE", "TIME", "MONEY"}}
    run: list[Token] = []
    for token in parsed.tokens:
        taken = spans.overlaps(token.start, token.end) or any(s <= token.start < e for s, e in people)
        if not taken and (token.text[:1].isupper() or (run and token.text.lower() in PARTICLES)):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run
