"""A report that sitmap itself fails on costs nobody the others, and is told of as what is refused is."""

from __future__ import annotations

import json

import pytest

from pipeline.article import read_report
from pipeline.engines import work
from pipeline.errors import ExtractorError
from pipeline.models import Article, Report
from pipeline.run import run_map
from pipeline.settings import EngineSettings, Settings

GOOD = "MOSUL, Iraq, Nov 20 (Wire) - Gunmen shot dead two policemen in Mosul on Monday, police said."
BAD = "KIRKUK, Iraq, Nov 20 (Wire) - Gunmen shot dead a farmer in Kirkuk on Monday, police said."


def failing(error: Exception):
    def read(article, parsed, tools, *, as_of):
        if "Kirkuk" in article.text:
            raise error
        return read_report(article, parsed, tools, as_of=as_of)

    return read


@pytest.fixture
def reports(tmp_path):
    for name, text in (("good", GOOD), ("bad", BAD)):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{name}.txt").write_text(text)
    return Settings((tmp_path / "in",), tmp_path / "out", engine=EngineSettings("serial", 1))


def test_the_others_are_on_the_map_and_the_record_says_which_failed(reports, monkeypatch):
    monkeypatch.setattr(work, "read_report", failing(RecursionError("too deep")))
    outcome = run_map(reports, generated="2023-11-25T00:00:00Z", quiet=True)
    assert [e.split("/")[-1] for e in outcome.layers.events["location"]] == ["Mosul"]
    (refused,) = outcome.rejections
    assert refused.path.endswith("bad.txt")
    assert "RecursionError at test_own_failure.py:" in refused.cause
    assert json.loads((reports.out / "run.json").read_text())["rejections"][0]["path"].endswith("bad.txt")
    assert "sitmap itself failed" in (reports.out / "briefing.html").read_text()


def test_a_fault_that_the_user_can_mend_goes_on(monkeypatch):
    monkeypatch.setattr(work, "read_report", failing(ExtractorError("no key")))
    with pytest.raises(ExtractorError):
        work.spared(Article("a", "Kirkuk"), None, None, as_of=None)


def test_a_report_that_failed_has_nothing_of_its_own(monkeypatch):
    monkeypatch.setattr(work, "read_report", failing(KeyError("x")))
    told = work.spared(Article("a", "Kirkuk"), None, None, as_of=None)
    assert told == Report(Article("a", "Kirkuk"), failure=told.failure)
