"""Find place mentions: the model's entities, and what the gazetteer rescues where a cue stands beside a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from gazetteer.index import Gazetteer
from pipeline.models import Article, Mention
from pipeline.parse import ParsedText, Token
from pipeline.toponyms.borders import border_relation, border_spans
from pipeline.toponyms.cues import (
    civic_noun_after,
    feature_noun_after,
    feature_noun_before,
    feature_noun_inside,
    fits,
    load_cues,
)
from pipeline.toponyms.known import KnownNames
from pipeline.toponyms.relations import relation_before, relation_of
from pipeline.toponyms.spans import MAX_WORDS, Span, Spans, capitalised_runs, parts, tokens_between, trim, windows

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
OTHER_LABELS = frozenset({"PERSON", "ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "NORP", "LAW"})
ARABIC = re.compile(r"[\u0621-\u064a\u066e-\u06d3]+(?:\s+[\u0621-\u064a\u066e-\u06d3]+){0,3}")
ARABIC_PREFIXES = ("وب", "ول", "و", "ب", "ل", "ف")
WORD_BEFORE = re.compile(r"([A-Za-z]+)\s+(?:the\s+)?$")
ARTICLE = r"(?:al|el|as|ash|az|ez|ar|ad|an|at)"
ARTICLE_BEFORE = re.compile(rf"(?<!\w){ARTICLE}[- ]$", re.IGNORECASE)
ARTICLE_AFTER = re.compile(rf"[- ](?i:{ARTICLE})[- ][A-Z][\w'’]+")
NAME_WORD = re.compile(r"[A-Z][\w'’]+")
LATIN_WORD = re.compile(r"[^\W\d_]+")
ANNOUNCED = re.compile(
    r"\b(?P<noun>city|town|village|hamlet|district|subdistrict|province|governorate|region|camp)\s+(?:of|called|named)\s+"
    r"(?P<name>[A-Z][\w'’]+(?:[ -](?:[A-Z][\w'’]+|al-?|el-?|as-?|ash-?|az-?|ar-?|ad-?|an-?))*)"
)
MODIFIERS = frozenset({"compound", "nmod", "amod", "poss", "npadvmod"})


class Recognizer(Protocol):
    """Finds the place mentions of an article; spans never overlap and are ascending."""

    def recognize(self, article: Article, parsed: ParsedText) -> tuple[Mention, ...]:
        """Return the mentions of ``article``."""
        ...


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
        spans = _Search(article, parsed, self.gazetteer).spans()
        return tuple(_mention(article, parsed, span) for span in spans.in_order())


class _Search:
    """The search of one article; each source adds what the ones before have not taken."""

    def __init__(self, article: Article, parsed: ParsedText, gazetteer: Gazetteer) -> None:
        self.article, self.parsed, self.gazetteer = article, parsed, gazetteer
        self.text = parsed.text
        self.known = KnownNames(gazetteer, parsed)
        self.found = Spans()

    def spans(self) -> Spans:
        sources = (
            self._dateline,
            self._borders,
            self._model,
            self._relabelled,
            self._untagged,
            self._announced,
            self._arabic,
            self._demonyms,
            self._organisations,
            self._again,
        )
        for source in sources:
            for span in source():
                self.found.add(span)
        return self.found

    def _dateline(self) -> Iterator[Span]:
        for start, end in self.article.dateline.places if self.article.dateline else ():
            yield Span(start, end, "DATELINE", "dateline", ("dateline",))

    def _borders(self) -> Iterator[Span]:
        yield from border_spans(self.text, self.gazetteer)

    def _model(self) -> Iterator[Span]:
        for entity in self.parsed.entities:
            if entity.label not in PLACE_LABELS:
                continue
            for start, end in parts(self.text, entity):
                name = self.text[start:end]
                if self.known.is_adjective(name):
                    yield Span(start, end, entity.label, "model", ("demonym",), "demonym")
                elif not self.known.is_ordinary(name):
                    span = Span(*self._completed(start, end), entity.label, "model")
                    yield self._shrunk(self._grown(span))

    def _relabelled(self) -> Iterator[Span]:
        """Yield entities of another label that stand where a place stands and that the gazetteer knows."""
        for entity in self.parsed.entities:
            if entity.label not in OTHER_LABELS:
                continue
            start, end = trim(self.text, entity.start, entity.end)
            if start < end and not self.found.overlaps(start, end):
                start, end = self._completed(start, end)
                span = Span(start, end, entity.label, "gazetteer")
                cue, name = self._place_cue(span), self.text[start:end]
                if cue and self.known.stands_for_place(name, cue, entity.label):
                    yield self._grown(Span(start, end, entity.label, "gazetteer", (cue,)))
                elif self.known.is_famous(name):
                    yield self._grown(Span(start, end, entity.label, "gazetteer", ("well known",)))
                elif entity.label == "PERSON":
                    yield from self._before_office(start, end)

    def _before_office(self, start: int, end: int) -> Iterator[Span]:
        """Yield the place that a person's name begins with: "|McMinn County| Sheriff", "|Avondale| Mayor"."""
        tokens = tokens_between(self.parsed, start, end)
        for token in reversed(tokens[:-1]):
            civic = civic_noun_after(self.text, token.end)
            if civic and self.gazetteer.has_name(self.text[start : token.end]):
                yield Span(start, token.end, "PERSON", "gazetteer", (f"civic: {civic}",))
                return

    def _untagged(self) -> Iterator[Span]:
        """Yield capitalised runs that the model left alone, where a cue stands beside them."""
        for run in capitalised_runs(self.parsed, self.found):
            at = 0
            while at < len(run):
                taken = next(self._known_from(run, at), None)
                at = taken[1] if taken else at + 1
                if taken:
                    yield taken[0]

    def _known_from(self, run: list[Token], at: int) -> Iterator[tuple[Span, int]]:
        particles = load_cues().particles
        for last in range(min(len(run), at + MAX_WORDS) - 1, at - 1, -1):
            if not run[at].text[:1].isupper() or run[last].text.lower() in particles:
                continue
            span = Span(run[at].start, run[last].end, "", "gazetteer")
            name = self.text[span.start : span.end]
            if self.known.is_ordinary(name) or not self.known.has(name):
                continue
            cue = self._place_cue(span)
            if cue.startswith(("feature", "verb")) and not self.known.stands_for_place(name, cue, ""):
                continue
            if (
                (cue and cue != "preposition: of")
                or self.known.is_famous(name)
                or (cue and self.known.is_prominent(name))
            ):
                yield self._grown(Span(span.start, span.end, "", "gazetteer", (cue or "well known",))), last + 1

    def _announced(self) -> Iterator[Span]:
        """Yield names that the text itself calls places, known or not: "the village of |Kafr Zita|"."""
        for found in ANNOUNCED.finditer(self.text):
            noun = found["noun"].lower()
            if load_cues().feature_nouns.get(noun) and not self.known.is_ordinary(found["name"]):
                yield Span(*trim(self.text, *found.span("name")), "", "gazetteer", (f"feature: {noun}",))

    def _arabic(self) -> Iterator[Span]:
        """Yield names in Arabic script: the longest known run of words, a clitic prefix split off if need be."""
        for run in ARABIC.finditer(self.text):
            words = [(m.start() + run.start(), m.end() + run.start()) for m in re.finditer(r"\S+", run[0])]
            at = 0
            while at < len(words):
                span = next(self._arabic_from(words, at), None)
                at += 1
                if span:
                    yield span
                    at = next((i for i, w in enumerate(words) if w[0] >= span.end), len(words))

    def _arabic_from(self, words: list[tuple[int, int]], at: int) -> Iterator[Span]:
        for last in range(len(words) - 1, at - 1, -1):
            start, end = words[at][0], words[last][1]
            starts = [start] + [start + len(p) for p in ARABIC_PREFIXES if self.text.startswith(p, start)]
            for begin in starts:
                if end - begin >= 3 and self.gazetteer.has_name(self.text[begin:end]):
                    yield Span(begin, end, "ARABIC", "gazetteer", ("arabic script",))

    def _demonyms(self) -> Iterator[Span]:
        """Yield adjectives of countries, of two words where there are such: "Sri Lankan"."""
        words = list(LATIN_WORD.finditer(self.text))
        for word, after in zip(words, [*words[1:], None], strict=True):
            if not word[0][0].isupper():
                continue
            ends = [word.end()] if after is None or after.start() != word.end() + 1 else [after.end(), word.end()]
            for end in ends:
                name = self.text[word.start() : end]
                if self.gazetteer.demonym(name) is not None and self._is_demonym(name, word.start()):
                    yield Span(word.start(), end, "NORP", "gazetteer", ("demonym",), "demonym")
                    break

    def _is_demonym(self, name: str, start: int) -> bool:
        return self.known.is_adjective(name) or self.known.has_label(start, "NORP")

    def _organisations(self) -> Iterator[Span]:
        """Yield a place nested in an institution's name: "|Lincoln County| Sheriff", "University of |Mosul|"."""
        for entity in self.parsed.entities:
            if entity.label in {"ORG", "FAC"} and not self.found.overlaps(entity.start, entity.end):
                part = self._known_part(entity.start, entity.end)
                if part is not None:
                    whole = part == trim(self.text, entity.start, entity.end)
                    yield Span(*part, entity.label, "gazetteer", () if whole else ("in organisation",))

    def _known_part(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the longest well-known name inside start:end."""
        tokens = [t for t in tokens_between(self.parsed, start, end) if t.text.strip()]
        for first, last in windows(tokens):
            name = self.text[tokens[first].start : tokens[last].end]
            if name[0].isupper() and self.known.is_prominent(name):
                return tokens[first].start, tokens[last].end
        return None

    def _again(self) -> Iterator[Span]:
        """Yield what was found as a place elsewhere in the report: one sense a discourse."""
        names = {self.text[s.start : s.end] for s in self.found.in_order() if self._speaks_for_others(s)}
        if not names:
            return
        pattern = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))
        for found in re.finditer(rf"(?<![\w-])(?:{pattern})(?!\w)", self.text):
            if not self.found.overlaps(*found.span()) and not self.known.is_in_person(*found.span()):
                cue = "in organisation" if self.known.has_label(found.start(), "ORG") else "named as a place elsewhere"
                yield Span(*found.span(), "", "gazetteer", (cue,))

    def _speaks_for_others(self, span: Span) -> bool:
        name = self.text[span.start : span.end]
        weak = span.kind != "toponym" or "in organisation" in span.cues or span.label == "DATELINE"
        return not weak and len(name) > 2 and not self.known.is_surname(name) and self.gazetteer.has_name(name)

    def _completed(self, start: int, end: int) -> tuple[int, int]:
        """Take in an article that the model cut off: "al-|Bukamal", "Jurf| as-Sakhr", "Wadi Al-|Kabir"."""
        before, after = ARTICLE_BEFORE.search(self.text, max(0, start - 4), start), ARTICLE_AFTER.match(self.text, end)
        if self.text[end - 1] == "-" and (rest := NAME_WORD.match(self.text, end)):
            return start, rest.end()
        if after and self.known.is_near(self.text[start : after.end()]):
            end = after.end()
        if before and self.gazetteer.has_name(self.text[before.start() : end]):
            start = before.start()
        return start, end

    def _grown(self, span: Span) -> Span:
        """Take the feature noun into the name where the gazetteer knows the two together: "Baghdad airport"."""
        after = feature_noun_after(self.text, span.end)
        if after is None or "\n\n" in self.text[span.end : after[1]]:
            return span
        noun, end = after
        codes = load_cues().feature_nouns[noun]
        found = self.gazetteer.candidates(re.sub(r"\s+", " ", self.text[span.start : end]), limit=5)
        known = any(
            c.match in {"exact", "variant"}
            and c.place.feature_class != "A"
            and fits(f"{c.place.feature_class}.{c.place.feature_code}", codes)
            for c in found
        )
        cues = (*span.cues, f"feature: {noun}")
        return Span(span.start, end if known else span.end, span.label, span.recognizer, cues, span.kind)

    def _shrunk(self, span: Span) -> Span:
        """Keep the town of a building that the gazetteer lacks: "|Hanover| Town Hall", "|Henderson County| Jail"."""
        words = self.text[span.start : span.end].lower().split()
        nouns = load_cues().organisation_nouns
        if len(words) < 2 or not nouns & set(words) or self.gazetteer.has_name(self.text[span.start : span.end]):
            return span
        part = self._known_part(span.start, span.end)
        return Span(*part, span.label, span.recognizer, (*span.cues, "in the name of a site")) if part else span

    def _place_cue(self, span: Span) -> str:
        """Return the first cue that a place stands at ``span``, or an empty string."""
        return next(filter(None, (find(span) for find in (self._beside, self._before, self._in_list))), "")

    def _beside(self, span: Span) -> str:
        after, before = feature_noun_after(self.text, span.end), feature_noun_before(self.text, span.start)
        if after or before:
            return f"feature: {(after or before or ('',))[0]}"
        if relation_before(self.text, span.start, ""):
            return "relation"
        civic = civic_noun_after(self.text, span.end)
        return f"civic: {civic}" if civic else ""

    def _before(self, span: Span) -> str:
        word = WORD_BEFORE.search(self.text, max(0, span.start - 25), span.start)
        if word and word[1].lower() in load_cues().spatial_prepositions:
            return f"preposition: {word[1].lower()}"
        return f"verb: {word[1]}" if word and word[1] in load_cues().striking_verbs else ""

    def _in_list(self, span: Span) -> str:
        if self.known.follows_with_area(span.end):
            return "before its area"
        return "list" if self.found.ends_before(self.text, span.start) else ""


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
    cues = _cues(article, Span(start, end, label, "given"))
    return Mention(article.doc_id, start, end, text, "toponym", label, "given", relation, cues)


def _mention(article: Article, parsed: ParsedText, span: Span) -> Mention:
    text = article.text[span.start : span.end]
    kind = "metonym" if span.kind == "toponym" and _speaks(parsed, span) else span.kind
    relation = None if kind == "demonym" else relation_of(article.text, span.start, span.end)
    if kind == "descriptive":
        relation = border_relation(article.text, span.start, span.end)
    cues = (*span.cues, *(c for c in _cues(article, span) if c not in span.cues), *_grammar_cues(parsed, span))
    return Mention(article.doc_id, span.start, span.end, text, kind, span.label, span.recognizer, relation, cues)


def _cues(article: Article, span: Span) -> tuple[str, ...]:
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


def _grammar_cues(parsed: ParsedText, span: Span) -> Iterator[str]:
    """Mark a name that only modifies another noun: "|U.S.| officials", "|Iran|-backed"."""
    head = _head(parsed, span)
    if head is not None and head.dep in MODIFIERS and head.head != head.i:
        yield f"attributive: {parsed.tokens[head.head].lemma.lower()}"


def _speaks(parsed: ParsedText, span: Span) -> bool:
    head = _head(parsed, span)
    verbs = load_cues().speech_verbs
    return head is not None and head.dep == "nsubj" and parsed.tokens[head.head].lemma.lower() in verbs


def _head(parsed: ParsedText, span: Span) -> Token | None:
    """Return the token of the span that hangs outside it."""
    inside = tokens_between(parsed, span.start, span.end)
    numbers = {t.i for t in inside}
    return next((t for t in inside if t.head not in numbers or t.head == t.i), None)
