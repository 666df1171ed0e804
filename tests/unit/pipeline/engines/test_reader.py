from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from pipeline.corrections import PlaceRulings
from pipeline.engines import Kept, Reader, Recipe, Task
from pipeline.errors import EngineError, StoreError
from pipeline.models import Article, Report
from pipeline.store import Fingerprint, Held, Packed, Store, pack

RECIPE = Recipe("model", Path("index"))


@dataclass
class Stub:
    """Reads nothing in an article, and dies of one."""

    deadly: str = ""
    asked: list[str] = field(default_factory=list)
    name: str = "stub"

    def read(self, tasks: Iterable[Task], recipe: Recipe) -> Iterator[Packed]:
        assert recipe is RECIPE
        for task in tasks:
            if task.article.doc_id == self.deadly:
                raise EngineError(task.article.doc_id)
            self.asked.append(task.article.doc_id)
            yield pack(task.key, task.digest, Report(task.article))


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    opened = Store(tmp_path / "s.sqlite")
    yield opened
    opened.close()


def held(*names: str) -> list[Held]:
    return [Held(Article(name, f"Text of {name}."), f"digest-{name}", date(2023, 11, 21)) for name in names]


def reader(store: Store, engine: Stub, tools: str = "tools") -> Reader:
    return Reader(store, engine, RECIPE, Fingerprint(tools), PlaceRulings({}, None))


def test_what_is_kept_is_not_read_again_and_all_come_in_order(store):
    first, second = Stub(), Stub()
    reader(store, first).reports(held("b"))
    again = reader(store, second)
    assert [report.article.doc_id for report in again.reports(held("c", "b", "a"))] == ["c", "b", "a"]
    assert (first.asked, second.asked, again.done) == (["b"], ["c", "a"], 2)


def test_keys_are_those_of_all_reports_read_now_or_before(store):
    reader(store, Stub()).reports(held("a"))
    both = reader(store, Stub())
    both.reports(held("a", "b"))
    assert len(both.keys) == 2
    assert all(store.has_report(key) for key in both.keys)


def test_other_tools_read_again(store):
    engine = Stub()
    for tools in ("tools", "others", "tools"):
        reader(store, engine, tools).reports(held("a"))
    assert engine.asked == ["a", "a"]


def test_what_was_read_before_a_failure_is_kept(store):
    names = [f"a{n}" for n in range(30)]
    with pytest.raises(EngineError, match="a25"):
        reader(store, Stub(deadly="a25")).reports(held(*names))
    after = Stub()
    reader(store, after).reports(held(*names))
    assert after.asked == names[25:]


def test_kept_reports_are_a_sequence_that_holds_none_of_them(store):
    kept = reader(store, Stub()).reports(held("a", "b", "c"))
    assert len(kept) == 3
    assert kept[1].article.doc_id == "b"
    assert [report.article.doc_id for report in kept[1:]] == ["b", "c"]
    assert kept[0] is not kept[0]


def test_a_report_that_is_gone_is_an_error_and_no_gap(store):
    with pytest.raises(StoreError, match="what was just written is not there"):
        list(Kept(store, ["never"]))


def test_memory_does_not_grow_with_the_articles(store):
    def articles(number: int) -> Iterator[Held]:
        for n in range(number):
            text = f"Shells fell on the {n}th village of the valley. " * 250  # 12 kB
            yield Held(Article(f"{number}-{n}", text), f"digest-{number}-{n}", date(2023, 11, 21))

    def peak(number: int) -> int:
        tracemalloc.start()
        kept = reader(store, Stub()).reports(articles(number))
        assert sum(len(report.article.text) > 10_000 for report in kept) == number
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(5)  # what is made once
    few, many = peak(40), peak(400)
    assert many - few < 360 * 12_000 / 4
