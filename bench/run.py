"""Time a report from raw text to events, beside the bare language model on the same text in the same run.

usage: run.py [--rounds N] [--geoparse] [--articles N] [PATH ...]

Prints a table, writes nothing. Each figure is the least of N rounds (default 3), in milliseconds of processor time a
report. ``--articles 1000`` takes so many instead of PATH: the news of ../shared/corpora/TR-News.jsonl.gz again and
again with other places' names (``engines.articles``). The bare
model is ``spacy.load`` and ``nlp.pipe`` over the whole texts: what any use of it costs before anything is done with it.
``--geoparse`` stops at resolved places and parses as ``sitmap geoparse`` does: entities, no syntax.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import spacy
from engines import NEWS, written

from gazetteer import Gazetteer
from pipeline.article import Tools, parts_of
from pipeline.ingest import read_articles
from pipeline.models import Article
from pipeline.settings import DEFAULT_MODEL
from pipeline.spacy_parser import SpacyParser
from pipeline.toponyms import resolve_toponyms

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
Step = tuple[str, float]
T = TypeVar("T")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time per report, against the bare language model.")
    parser.add_argument("paths", nargs="*", type=Path, default=[EXAMPLES], help="reports (default: examples/)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the fastest counts (default: 3)")
    parser.add_argument("--articles", type=int, help="so many of TR-News' size instead, made of its reports")
    parser.add_argument("--geoparse", action="store_true", help="places only, as sitmap geoparse finds them")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        if given.articles:
            given.paths = [written(Path(folder), given.articles, corpus=NEWS)]
        _tell(parser, given)


def _tell(parser: argparse.ArgumentParser, given: argparse.Namespace) -> None:
    articles = [found for found in read_articles(given.paths) if isinstance(found, Article)]
    if not articles:
        parser.error(f"no report could be read from {', '.join(map(str, given.paths))}")
    with Gazetteer.open() as gazetteer:
        tools = Tools.default(gazetteer, model=DEFAULT_MODEL)
        if given.geoparse:
            tools = replace(tools, parser=SpacyParser(syntax=False))
        steps = fastest(articles, given.paths, tools, rounds=given.rounds, events=not given.geoparse)
    for line in table(steps, articles):
        print(line)


def fastest(
    articles: Sequence[Article], paths: Sequence[Path], tools: Tools, *, rounds: int, events: bool
) -> list[Step]:
    """Return each step with its least time over the rounds, after one round that warms up."""
    model = spacy.load(DEFAULT_MODEL)
    found = [list(one_round(articles, paths, tools, model, events=events)) for _ in range(rounds + 1)][1:]
    return [(steps[0][0], min(seconds for _, seconds in steps)) for steps in zip(*found, strict=True)]


def one_round(
    articles: Sequence[Article], paths: Sequence[Path], tools: Tools, model: spacy.language.Language, *, events: bool
) -> Iterator[Step]:
    """Yield each step with the seconds it took; the first is the bare model."""
    _, took = timed(lambda: list(model.pipe([a.text for a in articles])))
    yield "bare language model", took
    _, took = timed(lambda: list(read_articles(paths)))
    yield "read and lay out", took
    parsed, took = timed(lambda: list(tools.parser.parse((a.text, parts_of(a)) for a in articles)))
    yield "parse, as records", took
    pairs = list(zip(articles, parsed, strict=True))
    mentions, took = timed(lambda: [tools.recognizer.recognize(a, p) for a, p in pairs])
    yield "find places", took
    resolutions, took = timed(
        lambda: [
            resolve_toponyms(a, m, gazetteer=tools.gazetteer, ranker=tools.ranker)
            for a, m in zip(articles, mentions, strict=True)
        ]
    )
    yield "resolve places", took
    if not events:
        return
    together = list(zip(pairs, resolutions, strict=True))
    _, took = timed(lambda: [tools.extractor.extract(a, p, r, as_of=None) for (a, p), r in together])
    yield "read events", took


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what ``work`` returns, and the seconds of the processor it took."""
    began = time.process_time()
    found = work()
    return found, time.process_time() - began


def table(steps: Sequence[Step], articles: Sequence[Article]) -> list[str]:
    """Return the lines to print."""
    (bare_name, bare), *own = steps
    total = sum(seconds for _, seconds in own)
    words = sum(len(article.text.split()) for article in articles)
    rows = [(bare_name, bare), *own, ("all but the bare model", total)]
    return [
        f"{len(articles)} reports, {words:,} words",
        *(f"{name:24} {1000 * seconds / len(articles):9.1f} ms a report" for name, seconds in rows),
        f"{'ratio to the bare model':24} {total / bare:9.2f}",
    ]


if __name__ == "__main__":
    main()
