"""``sitmap geoparse``: documents in, documents with resolved toponyms out, one line each, in order."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from gazetteer import Gazetteer
from pipeline.article import parts_of
from pipeline.errors import InputError
from pipeline.ingest import RefusedError, article_from_record
from pipeline.ingest.text import source_span, to_text
from pipeline.models import Alternative, Article, Mention, Reason, Resolution
from pipeline.products.files import write_text
from pipeline.spacy_parser import SpacyParser
from pipeline.toponyms import ModelRecognizer, mention_from_span, resolve_toponyms

Row = dict[str, Any]


def geoparse(
    lines: TextIO, out: TextIO, *, gazetteer: Gazetteer, model: str, given_spans: bool = False, path: str = "-"
) -> int:
    """Resolve the toponyms of each document; return how many documents there were.

    Parameters
    ----------
    lines : text stream
        JSON Lines: ``doc_id``, ``text`` and optionally ``title``, ``date``, ``url``, ``toponyms`` [{start, end}].
    out : text stream
        One line a document, in order; offsets into the given text; ``lat``/``lon`` null where nothing was resolved.
    given_spans : bool
        Resolve exactly the given spans, in order, instead of finding mentions.

    Raises
    ------
    InputError
        If a line is not such a document; names the line and the cause.
    """
    records = list(_records(lines, path))
    articles = [article for article, _ in records]
    parser = SpacyParser(model, syntax=False)  # half the time; the same places (docs/decisions/0161)
    parsed = parser.parse((a.text, parts_of(a)) for a in articles)
    recognizer = ModelRecognizer(gazetteer)
    for (article, record), text in zip(records, parsed, strict=True):
        found = recognizer.recognize(article, text)
        if given_spans:
            row = _given(article, record, found, gazetteer, f"{path}:{article.line}")
        else:
            row = _found(article, record, found, gazetteer)
        out.write(_json_line(row))
    return len(records)


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
    text = json.dumps(row, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _given(
    article: Article, record: Mapping[str, Any], found: Sequence[Mention], gazetteer: Gazetteer, where: str
) -> Row:
    """Resolve the given spans, in the order given; the other places of the report are heard as their context."""
    text = str(record["text"])
    try:
        spans = [(int(t["start"]), int(t["end"])) for t in record.get("toponyms") or ()]
        mentions = [_given_mention(article, text, *span) for span in spans]
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"{where}: {error}; give each of toponyms a start and an end, in characters of text"
        ) from error
    context = [m for m in found if not any(m.start < given.end and given.start < m.end for given in mentions)]
    order = sorted((*mentions, *context), key=lambda m: (m.start, m.end))
    resolved = {id(m): r for m, r in zip(order, resolve_toponyms(article, order, gazetteer=gazetteer), strict=True)}
    rows = [_row(resolved[id(m)], span, text) for m, span in zip(mentions, spans, strict=True)]
    return {"doc_id": article.doc_id, "toponyms": rows}


def _given_mention(article: Article, text: str, start: int, end: int) -> Mention:
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {start}:{end} is outside the text of {len(text)} characters")
    first, last = to_text(article.source_offsets, start), to_text(article.source_offsets, end)
    if first >= last:  # nothing a reader sees: zero-width characters only
        return Mention(article.doc_id, first, first, "", label="GIVEN", recognizer="given")
    return mention_from_span(article, first, last)


def _found(article: Article, record: Mapping[str, Any], found: Sequence[Mention], gazetteer: Gazetteer) -> Row:
    resolutions = resolve_toponyms(article, found, gazetteer=gazetteer)
    spans = [source_span(article.source_offsets, r.mention.start, r.mention.end) for r in resolutions]
    rows = [_row(r, span, str(record["text"])) for r, span in zip(resolutions, spans, strict=True)]
    return {"doc_id": article.doc_id, "toponyms": rows}


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
        "reasons": [_reason(r) for r in resolution.reasons],
        "alternatives": [_alternative(a) for a in resolution.alternatives],
    }


def _reason(reason: Reason) -> Row:
    return {"feature": reason.feature, "contribution": reason.contribution, "text": reason.text}


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


def _open_lines(path: Path) -> TextIO:
    return gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8")


def geoparse_file(source: Path, out: Path | None, *, gazetteer: Gazetteer, model: str, given_spans: bool) -> int:
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
        with _open_lines(source) as lines:
            count = geoparse(lines, target, gazetteer=gazetteer, model=model, given_spans=given_spans, path=str(source))
    except (EOFError, UnicodeError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{source}: cannot be read ({error}); give JSON Lines in UTF-8, gzipped or not") from error
    if out is None:
        sys.stdout.write(target.getvalue())
    else:
        write_text(out, target.getvalue())
    return count
