"""What each fuzzer calls with bytes, and what must hold of the answer; an assertion that fails is a find.

No target needs the language model or the built index, so that thousands of inputs a second can be tried.
"""

from __future__ import annotations

import atexit
import math
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from small_world import SMALL_WORLD

from gazetteer import Gazetteer, lookup
from gazetteer.build import build
from gazetteer.descriptions import describe, readings
from gazetteer.names import MAX_VARIANTS, fold, similarity, skeleton, variants
from pipeline.events.counts import find_counts, harm
from pipeline.events.dates import find_times, reference_date, when_of
from pipeline.events.numbers import find_numbers, parse_number
from pipeline.ingest import Limits, RefusedError, read_articles
from pipeline.ingest.dates import find_date, is_date_line
from pipeline.ingest.tabular import TABLE_SUFFIXES, Sheet, read_sheets, recognise, rows_of
from pipeline.ingest.tabular.days import DayError, read_span
from pipeline.ingest.text import to_source
from pipeline.models import Article, Count, Rejection
from pipeline.settings import TableOptions

TODAY = date(2023, 11, 22)
SUFFIXES = (".txt", ".html", ".json", ".jsonl", ".csv", ".tsv", ".geojson", ".txt.gz")
LIMITS = Limits(max_bytes=20_000, max_html_bytes=20_000, max_decompressed_bytes=200_000, max_table_bytes=20_000)
STORABLE = 2**63  # a count has to fit a column of integers


@cache
def folder() -> Path:
    """Return a folder of this process, removed when it ends."""
    made = tempfile.TemporaryDirectory(prefix="sitmap-fuzz-")
    atexit.register(made.cleanup)
    return Path(made.name)


@cache
def world() -> Gazetteer:
    """Return a gazetteer of seventeen places."""
    return Gazetteer.open(build(folder() / "small.sqlite", sources=SMALL_WORLD).path)


def text_of(data: bytes) -> str:
    """Return bytes as text that may hold anything a JSON file can bring, lone surrogates among them."""
    return data.decode("utf-8", "surrogateescape")


# ---- files -----------------------------------------------------------------------------------------------------------


def ingest(data: bytes) -> None:
    """Read a file: the first byte says of which kind, the rest is what it holds."""
    suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ".txt"
    path = folder() / f"x{suffix}"
    path.write_bytes(data[1:])
    if suffix in TABLE_SUFFIXES:
        check_table(path)
    else:
        check_reports(path)


def check_reports(path: Path) -> None:
    """Hold each report to what the rest of the pipeline relies on."""
    for item in read_articles([path], limits=LIMITS):
        if isinstance(item, Rejection):
            check_rejection(item)
        else:
            check_article(item)


def check_article(article: Article) -> None:
    """The blocks cover the text, the way back to the source ascends, and all of it can be written."""
    assert "".join(article.text[block.start : block.end] for block in article.blocks) == article.text
    assert all(first < second for first, second in pairwise(article.source_offsets))
    there = [to_source(article.source_offsets, at) for at in range(len(article.text))]
    assert there == sorted(there)
    for words in (article.doc_id, article.text, article.title, article.url, article.source, *article.notes):
        words.encode("utf-8")
        assert "\0" not in words
    reference_date(article, as_of=TODAY)


def check_rejection(rejection: Rejection) -> None:
    """A rejection names the file and says why, on one line."""
    assert rejection.path
    assert rejection.cause
    assert rejection.line is None or rejection.line > 0
    assert rejection.value.isprintable()


def check_table(path: Path) -> None:
    """Each row has a cell for each column, and is one of a table that is known or a rejection."""
    for sheet in read_sheets(path, limits=LIMITS):
        if isinstance(sheet, Rejection):
            check_rejection(sheet)
            continue
        assert all(len(cells) == len(sheet.columns) for _, cells in sheet.rows)
        check_rows(sheet)


def check_rows(sheet: Sheet) -> None:
    """Rows of a table of events can be read, or are refused."""
    with suppress(RefusedError):
        found = recognise(sheet, TableOptions())
        for row in rows_of(sheet, found, TableOptions()):
            assert isinstance(row, Rejection) or len(row.attributes) == len(sheet.columns)


# ---- names -----------------------------------------------------------------------------------------------------------


def names(data: bytes) -> None:
    """Fold, vary, take apart and look up a name."""
    text = text_of(data)
    folded = fold(text)
    assert folded == fold(folded), "a key that is folded again is the same key"
    assert folded == " ".join(folded.split())
    assert len(variants(text)) <= MAX_VARIANTS
    assert 0 <= similarity(text, "Jurf al-Sakhar") <= 1
    assert skeleton(text) == skeleton(folded)
    described = describe(text)
    for name in described.names:
        readings(name)
    check_ranked(world(), text)


def check_ranked(gazetteer: Gazetteer, text: str) -> None:
    """Answers come best first, whatever area is named with the name."""
    for within in ((), ("Iraq",), (text,)):
        ranked = lookup(gazetteer, text, within=within, limit=5)
        assert len(ranked) <= 5
        scores = [one.score for one in ranked]
        assert all(math.isfinite(score) for score in scores)
        assert scores == sorted(scores, reverse=True)


# ---- dates -----------------------------------------------------------------------------------------------------------


def dates(data: bytes) -> None:
    """Find the times of a text, of a line of publication and of a cell."""
    text = text_of(data)
    ends = 0
    for mention in find_times(text, today=TODAY):
        assert mention.start >= ends
        ends = mention.end
        assert text[mention.start : mention.end] == mention.text
        assert (mention.date_start is None) == (mention.date_end is None)
        if mention.date_start and mention.date_end:
            assert mention.date_start <= mention.date_end
        told = when_of(mention, today=TODAY)
        assert told is None or told.date_start <= told.date_end
    is_date_line(text)
    read = find_date(text)
    assert read is None or read.day is None or not read.note
    check_cell(text)


def check_cell(text: str) -> None:
    """A cell is read or refused with a remedy, whichever order the column has."""
    for order in ("", "dmy", "mdy"):
        with suppress(DayError):
            span = read_span(text, order)
            assert span is None or span.first <= span.last


# ---- counts ----------------------------------------------------------------------------------------------------------


def counts(data: bytes) -> None:
    """Find numbers and counts, and what they add up to."""
    text = text_of(data)
    for number in find_numbers(text):
        assert 0 <= number.start < number.end <= len(text)
        check_count(number.count)
    parse_number(text)
    found = find_counts(text)
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
    check_counts(harm(found))


def check_counts(told: Iterable[Count]) -> None:
    """Check each of several counts."""
    for count in told:
        check_count(count)


def check_count(count: Count) -> None:
    """Low, best and high are in order, none is negative, and all fit a file."""
    bounds = [bound for bound in (count.low, count.best, count.high) if bound is not None]
    assert bounds == sorted(bounds)
    assert all(0 <= bound < STORABLE for bound in bounds)


TARGETS: dict[str, Callable[[bytes], None]] = {"ingest": ingest, "names": names, "dates": dates, "counts": counts}
