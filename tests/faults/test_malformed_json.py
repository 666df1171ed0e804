"""JSONTestSuite through the reader of files: all y_ are read, all n_ are refused with a line, i_ either; no crash."""

from __future__ import annotations

import shutil

import pytest
from hostile_texts import BAD

from pipeline.ingest import read_articles
from pipeline.ingest.limits import Limits
from pipeline.ingest.tabular import read_sheets
from pipeline.models import Rejection

SUITE = BAD / "JSONTestSuite" / "test_parsing"
CASES = sorted(SUITE.glob("*.json"))
FAULTS = ("malformed JSON", "nested deeper", "is not JSON", "stands twice", "there is no text")
pytestmark = pytest.mark.skipif(not CASES, reason="shared/badinput/JSONTestSuite is missing")


def of(kind: str) -> list:
    return [case for case in CASES if case.name.startswith(kind)]


def told(items) -> list[Rejection]:
    """Return what was said of a file; none of them holds a report."""
    found = list(items)
    assert all(isinstance(item, Rejection) for item in found)
    return found


def is_fault(rejection: Rejection) -> bool:
    return any(words in rejection.cause for words in FAULTS)


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_every_n_is_refused_with_a_line(tmp_path, suffix):
    for case in of("n_"):
        path = shutil.copy(case, tmp_path / f"{case.stem}{suffix}")
        rejections = told(read_articles([path]))
        if (case.stat().st_size and case.read_bytes().strip()) or suffix == ".json":
            assert any(is_fault(one) and one.line is not None and one.line >= 1 for one in rejections), case.name


def test_every_y_is_read_and_what_it_holds_is_told_to_be_no_report(tmp_path):
    for case in of("y_"):
        path = shutil.copy(case, tmp_path / case.name)
        faults = [one for one in told(read_articles([path])) if is_fault(one)]
        twice = "duplicated" in case.name  # refused on purpose: one of the two values would be lost
        assert [("stands twice" in one.cause) for one in faults] == [True] * twice, case.name


@pytest.mark.parametrize("kind", ["y_", "n_", "i_"])
def test_no_case_crashes_as_json_lines_or_geojson(tmp_path, kind):
    for case in of(kind):
        told(read_articles([shutil.copy(case, tmp_path / f"{case.stem}.jsonl")]))
        (refused,) = read_sheets(shutil.copy(case, tmp_path / f"{case.stem}.geojson"), limits=Limits())
        assert isinstance(refused, Rejection)


def test_the_suite_is_whole():
    assert (len(of("y_")), len(of("n_")), len(of("i_"))) == (95, 188, 35)
