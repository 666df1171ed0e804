from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline import engines
from pipeline.engines import Processes, Recipe, Serial, Task, engine_of, workers_here
from pipeline.models import Article
from pipeline.settings import EngineSettings
from pipeline.store import Packed

RECIPE = Recipe("model", Path("index"))


@dataclass
class Noting:
    """Takes what it is given and makes nothing of it."""

    took: list[str] = field(default_factory=list)
    name: str = "noting"

    def read(self, tasks: Iterable[Task], recipe: Recipe) -> Iterator[Packed]:
        self.took += [task.key for task in tasks]
        return iter(())


@pytest.mark.parametrize(
    ("asked", "alone", "kind"),
    [
        (EngineSettings("serial", 4), False, Serial),
        (EngineSettings("processes", 1), True, Processes),
        (EngineSettings("auto", 1), False, Serial),
        (EngineSettings("auto", 4), True, Serial),
    ],
)
def test_what_was_asked_for_is_what_reads(asked, alone, kind):
    assert isinstance(engine_of(asked, None, alone=alone), kind)


def test_unless_said_there_is_a_process_for_each_processor():
    assert engine_of(EngineSettings("processes"), None).workers == workers_here() >= 1


@pytest.mark.parametrize(
    ("number", "is_spread"), [(0, False), (engines.FEW - 1, False), (engines.FEW, True), (99, True)]
)
def test_a_few_articles_are_read_here_and_more_are_spread(number, is_spread):
    few, many = Noting(), Noting()
    tasks = [Task(str(n), "", Article("a", "b")) for n in range(number)]
    list(engines._ByNumber(few, many).read(iter(tasks), RECIPE))
    assert (few.took, many.took) == (([], [t.key for t in tasks]) if is_spread else ([t.key for t in tasks], []))
