"""Sentences and short reports, read with the real language model and the real gazetteer, each once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from gazetteer import Gazetteer, default_index_path
from pipeline.article import Tools, read_report
from pipeline.events.actors import load_lexicon
from pipeline.events.reading import Reading
from pipeline.events.tellings import Telling, find_tellings
from pipeline.ingest import About, article_from_text
from pipeline.models import Article, Report
from pipeline.parse import ParsedText
from pipeline.settings import DEFAULT_MODEL
from pipeline.spacy_parser import SpacyParser

Parse = Callable[[str], ParsedText]
Tell = Callable[[str], tuple[ParsedText, tuple[Telling, ...]]]
Read = Callable[..., Report]
WEDNESDAY = date(2023, 11, 22)


@pytest.fixture(scope="session")
def parser() -> SpacyParser:
    return SpacyParser()


@pytest.fixture(scope="session")
def parse(parser: SpacyParser) -> Parse:
    """Parse a text of one block."""

    @functools.cache
    def parse(text: str) -> ParsedText:
        return next(parser.parse([(text, ((0, len(text)),))]))

    return parse


@pytest.fixture(scope="session")
def tell(parse: Parse) -> Tell:
    """Return the parse of a text and the tellings of all its sentences."""

    def tell(text: str) -> tuple[ParsedText, tuple[Telling, ...]]:
        parsed = parse(text)
        return parsed, tuple(t for s in parsed.sentences for t in find_tellings(parsed, s))

    return tell


@pytest.fixture(scope="session")
def reading_of(parse: Parse) -> Callable[[str], Reading]:
    """Return what is needed to read a text of one block, without any place."""

    def reading_of(text: str) -> Reading:
        article = Article("a", text, source="Northline", date=WEDNESDAY)
        return Reading(article, parse(text), (), WEDNESDAY, load_lexicon(), "IQ")

    return reading_of


@pytest.fixture(scope="session")
def tools(parser: SpacyParser) -> Iterator[Tools]:
    if not default_index_path().is_file():
        pytest.skip(f"{default_index_path()} is missing: run `sitmap gazetteer build`")
    gazetteer = Gazetteer.open()
    default = Tools.default(gazetteer, model=DEFAULT_MODEL)
    yield Tools(parser, default.recognizer, gazetteer, default.ranker, default.extractor)
    gazetteer.close()


@pytest.fixture(scope="session")
def read(tools: Tools) -> Read:
    """Read a report published on Wednesday, 22 November 2023."""

    @functools.cache
    def read(text: str, *, doc_id: str = "a", title: str = "", day: date | None = WEDNESDAY) -> Report:
        article = article_from_text(text, doc_id=doc_id, about=About(title=title, source="Northline", date=day))
        blocks = tuple((b.start, b.end) for b in article.blocks) or ((0, len(article.text)),)
        return read_report(article, next(tools.parser.parse([(article.text, blocks)])), tools, as_of=None)

    return read
