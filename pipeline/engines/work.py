"""The per-article work as a pure function over batches, and the protocol of what spreads it."""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Protocol

from gazetteer.index import Gazetteer
from pipeline.article import Tools, read_report, read_reports
from pipeline.corrections import Correction, PlaceRulings
from pipeline.errors import SitmapError
from pipeline.extractors import endpoint_of, with_extractor
from pipeline.memory import give_back, keep_large_apart
from pipeline.models import Article, Report
from pipeline.parse import ParsedText
from pipeline.settings import ExtractorSettings
from pipeline.store import Packed, pack

__all__ = ["Engine", "Recipe", "Task", "Worker", "spared"]

_TOGETHER = 64  # reports after which memory that is free by then is given back


@dataclass(frozen=True, slots=True)
class Task:
    """An article to read: the key and the hash that the report is kept under, its day of collection.

    ``ruled``: with its places as corrected.
    """

    key: str
    digest: str
    article: Article
    as_of: date | None = None
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a worker needs to make its tools, wherever it runs: small, and can be sent.

    Parameters
    ----------
    model : str
        spaCy model by package name.
    gazetteer : Path
        The index: each process maps the same file into its memory, and the system keeps its pages once.
    extractor : ExtractorSettings or None
    corrections : tuple of Correction
        Those of places are applied to tasks that are ``ruled``.
    """

    model: str
    gazetteer: Path
    extractor: ExtractorSettings | None = None
    corrections: tuple[Correction, ...] = ()

    def tools(self, gazetteer: Gazetteer) -> Tools:
        """Return what reads articles: the tools that sitmap ships, and a model if one is to be asked."""
        asked = self.extractor
        rules = Tools.default(gazetteer, model=self.model)
        return with_extractor(rules, endpoint_of(asked), strict=asked is not None and asked.strict)


class Engine(Protocol):
    """Spreads the work; whatever does it, the reports are the same, and come in the order of the tasks."""

    @property
    def name(self) -> str:
        """What ``--engine`` calls it."""
        ...

    def read(self, tasks: Iterable[Task], recipe: Recipe) -> Iterator[Packed]:
        """Yield a report for each task, in order; tasks are taken as they are needed and not all at once."""
        ...


class Worker:
    """The tools of one process, and the polygons that it has handed on before.

    Parameters
    ----------
    recipe : Recipe
    gazetteer : Gazetteer
        Opened by who calls.
    """

    def __init__(self, recipe: Recipe, gazetteer: Gazetteer) -> None:
        keep_large_apart()
        self._tools = recipe.tools(gazetteer)
        self._ruled = replace(self._tools, rulings=PlaceRulings.of(recipe.corrections, gazetteer))
        self._handed_on: set[str] = set()

    def read(self, tasks: Iterable[Task]) -> Iterator[Packed]:
        """Yield a report for each task, in order; a polygon comes with the first that names it."""
        for (as_of, ruled), alike in groupby(tasks, key=lambda task: (task.as_of, task.ruled)):
            yield from self._read_alike(alike, self._ruled if ruled else self._tools, as_of)

    def _read_alike(self, tasks: Iterable[Task], tools: Tools, as_of: date | None) -> Iterator[Packed]:
        queue: deque[Task] = deque()

        def articles() -> Iterator[Article]:
            for task in tasks:
                queue.append(task)
                yield task.article

        reports = read_reports(articles(), tools, as_of=as_of, read=spared)
        for number, report in enumerate(reports, 1):
            task = queue.popleft()
            packed = pack(task.key, task.digest, report, known=self._handed_on)
            self._handed_on.update(packed.shapes)
            yield packed
            if number % _TOGETHER == 0:
                give_back()


def spared(article: Article, parsed: ParsedText, tools: Tools, *, as_of: date | None) -> Report:
    """Return what an article tells, or that sitmap itself failed on it: one report must not cost the others.

    Parameters
    ----------
    article : Article
    parsed : ParsedText
    tools : Tools
    as_of : date or None

    Raises
    ------
    SitmapError, MemoryError, OSError
        What the user or the machine has to mend goes on to the user.
    """
    try:
        return read_report(article, parsed, tools, as_of=as_of)
    except (SitmapError, MemoryError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is: said in the record, as what was refused is
        at = traceback.extract_tb(error.__traceback__)[-1]
        return Report(article, failure=f"{type(error).__name__} at {Path(at.filename).name}:{at.lineno}")
