"""The per-article work as one pure step: it knows no other article, so it spreads over any engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from gazetteer.index import Gazetteer
from pipeline.corrections.places import PlaceRulings
from pipeline.corrections.reading import with_former_ids
from pipeline.events import Extractor, RuleExtractor
from pipeline.events.namesakes import without_namesakes
from pipeline.events.sole_bearers import with_sole_bearers
from pipeline.models import Article, Report
from pipeline.parse import ParsedText, TextParser
from pipeline.spacy_parser import SpacyParser
from pipeline.toponyms import ModelRecognizer, Ranker, Recognizer, load_ranker, resolve_toponyms


@dataclass(frozen=True, slots=True)
class Tools:
    """What reads an article; each is a protocol and can be another's.

    ``rulings`` are an analyst's corrections of places, if there are any.
    """

    parser: TextParser
    recognizer: Recognizer
    gazetteer: Gazetteer
    ranker: Ranker
    extractor: Extractor
    rulings: PlaceRulings | None = None

    @classmethod
    def default(cls, gazetteer: Gazetteer, *, model: str) -> Tools:
        """Return the tools that sitmap ships."""
        return cls(SpacyParser(model), ModelRecognizer(gazetteer), gazetteer, load_ranker(), RuleExtractor())


def read_reports(
    articles: Iterable[Article], tools: Tools, *, as_of: date | None = None, read: Reading | None = None
) -> Iterator[Report]:
    """Yield one report an article, in order.

    Parameters
    ----------
    articles : iterable of Article
    tools : Tools
    as_of : date, optional
        Date of collection, for texts without a year.
    read : Reading, optional
        What reads one parsed article (default: :func:`read_report`).
    """
    read = read or read_report
    queue: list[Article] = []

    def texts() -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
        for article in articles:
            queue.append(article)
            yield article.text, parts_of(article)

    for parsed in tools.parser.parse(texts()):
        yield read(queue.pop(0), parsed, tools, as_of=as_of)


class Reading(Protocol):
    """Reads one parsed article."""

    def __call__(self, article: Article, parsed: ParsedText, tools: Tools, *, as_of: date | None) -> Report:
        """Return what it tells."""
        ...


def read_report(article: Article, parsed: ParsedText, tools: Tools, *, as_of: date | None) -> Report:
    """Return what one parsed article tells."""
    mentions = tools.recognizer.recognize(article, parsed)
    resolutions = resolve_toponyms(article, mentions, gazetteer=tools.gazetteer, ranker=tools.ranker)
    resolutions = without_namesakes(resolutions, tools.gazetteer, article.text)
    resolutions = with_sole_bearers(resolutions, tools.gazetteer)
    told = tools.extractor.extract(article, parsed, resolutions, as_of=as_of)
    if tools.rulings is not None and tools.rulings.touching(article, resolutions):
        resolutions = tools.rulings.apply(article, resolutions)
        before, told = told.events, tools.extractor.extract(article, parsed, resolutions, as_of=as_of)
        told = replace(told, events=with_former_ids(told.events, before))
    passed_over = tuple((p.source, p.why) for p in told.passed_over)
    return Report(article, resolutions, told.events, told.claims, passed_over, echoes=told.echoes)


def parts_of(article: Article) -> tuple[tuple[int, int], ...]:
    """Return the parts to parse, each by itself: the blocks, or the whole text where there are none."""
    return tuple((b.start, b.end) for b in article.blocks) or ((0, len(article.text)),)
