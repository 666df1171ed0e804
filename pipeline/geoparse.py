"""``sitmap geoparse``: documents in, documents with resolved toponyms out, one line each, in order."""

from __future__ import annotations

import gc
import gzip
import io
import json
import sys
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import msgspec
from msgspec import structs

from gazetteer import Gazetteer
from pipeline.article import parts_of
from pipeline.errors import InputError
from pipeline.ingest import RefusedError, article_from_record
from pipeline.ingest.text import source_span, to_text
from pipeline.memory import keep_at_hand
from pipeline.models import Alternative, Article, Mention, Resolution
from pipeline.products.files import write_text
from pipeline.settings import DEFAULT_MODEL
from pipeline.spacy_parser import SpacyParser
from pipeline.toponyms import ModelRecognizer, Ranker, load_ranker, mention_from_span
from pipeline.toponyms.judge import load_judge
from pipeline.toponyms.resolve import resolve_together

TOGETHER = 1_000  # documents that are read at a time
EXPLAINED = 1  # candidates of a mention whose reasons are written: the one taken
MADE = 50_000  # objects after which the garbage collector looks for cycles among the newest, of which there are few
#: Read before all others: a dateline, and a relation before and after a name.
FIRST: Mapping[str, Any] = {
    "doc_id": "first",
    "text": "BEIRUT (AP) - Shells fell between Hama and Homs, north of Rastan's countryside.",
    "toponyms": [{"start": 34, "end": 38}, {"start": 43, "end": 47}, {"start": 58, "end": 64}],
}

Row = dict[str, Any]


def geoparse(
    lines: TextIO,
    out: TextIO,
    *,
    gazetteer: Gazetteer,
    model: str = DEFAULT_MODEL,
    given_spans: bool = False,
    without: str | None = None,
) -> int:
    """Resolve the toponyms of each document; return how many documents there were.

    Documents of one host tell each other where it is at home, a thousand documents at a time.

    Parameters
    ----------
    lines : text stream
        JSON Lines: ``doc_id``, ``text`` and optionally ``title``, ``date``, ``url``, ``toponyms`` [{start, end}].
    out : text stream
        One line a document, in order; offsets into the given text; ``lat``/``lon`` null where nothing was resolved.
    model : str
        spaCy model that finds mentions; not needed where spans are given.
    given_spans : bool
        Resolve exactly the given spans, in order, instead of finding mentions; the well-known names of the rest of the
        text are heard as their context.
    without : str, optional
        A corpus: read by the models that never saw it. Default: by those that ship, trained on all.

    Raises
    ------
    InputError
        If a line is not such a document; names the line and the cause.
    """
    path = str(getattr(lines, "name", "-"))
    ranker = load_ranker(without)
    records = _records(lines, path)
    read: Iterator[_Document]
    if given_spans:
        read = (_with_given(article, record, path) for article, record in records)
    else:
        read = _with_found(list(records), ModelRecognizer(gazetteer, load_judge(without)), model)
    rows = (row for block in _blocks(read) for row in _resolved(block, gazetteer, ranker, read_rest=given_spans))
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - counts
        out.write(_json_line(row))
    return count


@dataclass(frozen=True, slots=True)
class _Document:
    """A document whose places are to be resolved: its mentions ascending, and the span of each in the given text.

    ``order`` says where each mention stands in the answer.
    """

    article: Article
    mentions: tuple[Mention, ...]
    spans: tuple[tuple[int, int], ...]
    order: tuple[int, ...]
    text: str


def _blocks(documents: Iterable[_Document]) -> Iterator[list[_Document]]:
    """Yield so many documents at a time: those of one outlet that are read together."""
    left = iter(documents)
    while block := list(islice(left, TOGETHER)):
        yield block


def _resolved(
    documents: Sequence[_Document], gazetteer: Gazetteer, ranker: Ranker, *, read_rest: bool
) -> Iterator[Row]:
    found = resolve_together(
        [(document.article, document.mentions) for document in documents],
        gazetteer=gazetteer,
        ranker=ranker,
        read_rest=read_rest,
        explained=EXPLAINED,
    )
    for document, resolutions in zip(documents, found, strict=True):
        rows = [_row(r, span, document.text) for r, span in zip(resolutions, document.spans, strict=True)]
        told = dict(zip(document.order, rows, strict=True))
        yield {"doc_id": document.article.doc_id, "toponyms": [told[number] for number in range(len(rows))]}


def _with_found(
    records: Sequence[tuple[Article, Mapping[str, Any]]], recognizer: ModelRecognizer, model: str
) -> Iterator[_Document]:
    """Yield documents whose mentions are to be found."""
    parser = SpacyParser(model, syntax=False)  # half the time; the same places (docs/decisions/0018)
    parsed = parser.parse((a.text, parts_of(a)) for a, _ in records)
    for (article, record), text in zip(records, parsed, strict=True):
        mentions = recognizer.recognize(article, text)
        spans = tuple(source_span(article.source_offsets, m.start, m.end) for m in mentions)
        yield _Document(article, mentions, spans, tuple(range(len(mentions))), str(record["text"]))


def _with_given(article: Article, record: Mapping[str, Any], path: str) -> _Document:
    """Return a document with the given spans."""
    mentions = given_mentions(article, record, f"{path}:{article.line}")
    order = sorted(range(len(mentions)), key=lambda i: (mentions[i].start, mentions[i].end))
    given = [(int(t["start"]), int(t["end"])) for t in record.get("toponyms") or ()]
    spans = tuple(given[i] for i in order)
    return _Document(article, tuple(mentions[i] for i in order), spans, tuple(order), str(record["text"]))


def _records(lines: Iterable[str], path: str) -> Iterator[tuple[Article, Mapping[str, Any]]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            told = {key: value for key, value in record.items() if key != "toponyms"}
            yield article_from_record(told, path=path, line=number), record
        except RefusedError as error:
            found = error.rejection
            raise InputError(f"{path}:{number}: {found.cause} {found.value!r}; {found.remedy}") from error
        except (json.JSONDecodeError, AttributeError, RecursionError) as error:
            raise InputError(f"{path}:{number}: not a JSON object ({error}); give one document a line") from error


def _json_line(row: Row) -> str:
    """Return a row as JSON; half a surrogate pair, which UTF-8 has no bytes for, stays the escape that it came as."""
    try:
        return msgspec.json.encode(row).decode() + "\n"
    except UnicodeEncodeError:  # such a half
        text = json.dumps(row, ensure_ascii=False, allow_nan=False, default=structs.asdict, separators=(",", ":"))
        return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def given_mentions(article: Article, record: Mapping[str, Any], where: str) -> list[Mention]:
    """Return the mentions of the given spans of a record, in the order given.

    Raises
    ------
    InputError
        If a span is none, or lies outside the text; ``where`` names the document.
    """
    text = str(record["text"])
    try:
        spans = [(int(t["start"]), int(t["end"])) for t in record.get("toponyms") or ()]
        return [_given_mention(article, text, *span) for span in spans]
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"{where}: {error}; give each of toponyms a start and an end, in characters of text"
        ) from error


def _given_mention(article: Article, text: str, start: int, end: int) -> Mention:
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {start}:{end} is outside the text of {len(text)} characters")
    first, last = to_text(article.source_offsets, start), to_text(article.source_offsets, end)
    if first >= last:  # nothing a reader sees: zero-width characters only
        return Mention(article.doc_id, first, first, "", label="GIVEN", recognizer="given")
    return mention_from_span(article, first, last)


def _row(resolution: Resolution, span: tuple[int, int], text: str) -> Row:
    place, footprint = resolution.place, resolution.footprint
    return {
        "start": span[0],
        "end": span[1],
        "text": text[slice(*span)],
        "status": resolution.status,
        "place_id": place.place_id if place else None,
        "name": place.name if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "feature_class": place.feature_class if place else None,
        "feature_code": place.feature_code if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "score": resolution.score,
        "geo_precision": resolution.geo_precision,
        "uncertainty_m": footprint.uncertainty_m if footprint else None,
        "reasons": resolution.reasons,
        "alternatives": [_alternative(a) for a in resolution.alternatives],
    }


def _alternative(other: Alternative) -> Row:
    place = other.place
    return {
        "place_id": place.place_id,
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "admin1": place.admin1,
        "score": other.score,
    }


def open_lines(path: Path) -> TextIO:
    """Open a file of documents, gzipped or not."""
    return gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8")


def settle(gazetteer: Gazetteer) -> None:
    """Read a first document, and tell the garbage collector that what is loaded by then stays; keep memory at hand.

    Reading one loads the tables and compiles the patterns that all need, which took a twentieth of a first pass. To
    look through what stays for what does not took a tenth of it, to look at every 700 new objects, and not at larger
    lots, another twentieth.
    """
    first = _with_given(article_from_record(FIRST), FIRST, "first")
    deque(_resolved([first], gazetteer, load_ranker(), read_rest=True), maxlen=0)
    keep_at_hand()
    gc.freeze()
    gc.set_threshold(MADE, *gc.get_threshold()[1:])


def geoparse_file(
    source: Path,
    out: Path | None,
    *,
    gazetteer: Gazetteer,
    model: str = DEFAULT_MODEL,
    given_spans: bool = False,
    without: str | None = None,
) -> int:
    """Geoparse a file to another (written whole or not at all), or to standard output.

    Raises
    ------
    InputError
        If the file is missing or a line cannot be used.
    """
    if not source.is_file():
        raise InputError(f"{source}: no such file; give a JSON Lines file, gzipped or not")
    target = io.StringIO()
    try:
        with open_lines(source) as lines:
            count = geoparse(lines, target, gazetteer=gazetteer, model=model, given_spans=given_spans, without=without)
    except (EOFError, UnicodeError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{source}: cannot be read ({error}); give JSON Lines in UTF-8, gzipped or not") from error
    if out is None:
        sys.stdout.write(target.getvalue())
        sys.stdout.flush()  # a full disk is told of here, and not when Python ends
    else:
        write_text(out, target.getvalue())
    return count
