"""The built index and the language model, opened once; where one is missing, tests are skipped and name it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from gazetteer import Gazetteer
from gazetteer.errors import GazetteerError
from pipeline.article import parts_of
from pipeline.errors import ModelMissingError
from pipeline.ingest import article_from_record
from pipeline.models import Article, Resolution
from pipeline.parse import ParsedText
from pipeline.settings import DEFAULT_MODEL
from pipeline.spacy_parser import SpacyParser
from pipeline.toponyms import ModelRecognizer, resolve_toponyms


@pytest.fixture(scope="session")
def index() -> Iterator[Gazetteer]:
    """The gazetteer that `make test` builds."""
    try:
        gazetteer = Gazetteer.open()
    except GazetteerError as error:
        pytest.skip(f"gazetteer index: {error}")
    with gazetteer:
        yield gazetteer


@pytest.fixture(scope="session")
def parse() -> Callable[[Article], ParsedText]:
    """Parse an article, block by block."""
    parser = SpacyParser()
    try:
        next(parser.parse([("Ready.", ((0, 6),))]))
    except ModelMissingError as error:
        pytest.skip(f"language model {DEFAULT_MODEL}: {error}")
    return lambda article: next(parser.parse([(article.text, parts_of(article))]))


@pytest.fixture(scope="session")
def read(index: Gazetteer, parse: Callable[[Article], ParsedText]) -> Callable[[str], tuple[Resolution, ...]]:
    """Find and resolve the places of a text."""
    recognizer = ModelRecognizer(index)

    def read_text(text: str) -> tuple[Resolution, ...]:
        article = article_from_record({"doc_id": "case", "text": text}, path="case", line=1)
        mentions = recognizer.recognize(article, parse(article))
        return resolve_toponyms(article, mentions, gazetteer=index)

    return read_text
