"""``sitmap geoparse``: documents in, documents with resolved toponyms out, one line each, in order."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
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


def geoparse(lines: TextIO, out: TextIO, *, gazetteer: Gazetteer, model: str, given_spans: bool = False, path: str = "-") -> int:
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
    if given_spans:
        rows = (_given(article, record, gazetteer, n, path) for n, (article, record) in enumerate(records, 1))
    else:
        rows = _found([article for article, _ in records], gazetteer, model)
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n")
    return len(records)


def _records(lines: Iterable[str], path: str) -> Iterator[tuple[Article, Mapping[str, Any]]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            yield article_from_record({k: v for k, v in record.items() if k != "toponyms"}, path=path, line=number), record
        except RefusedError as error:
            found = error.rejection
            raise InputError(f"{path}:{number}: {found.cause} {found.value!r}; {found.remedy}") from error
        except (json.JSONDecodeError, AttributeError) as error:
            raise InputError(f"{path}:{number}: not a JSON object ({error}); give one document a line") from error


def _given(article: Article, record: Mapping[str, Any], gazetteer: Gazetteer, number: int, path: str) -> Row:
    spans = [(int(t["start"]), int(t["end"])) for t in record.get("toponyms") or ()]
    order = sorted(range(len(spans)), key=lambda i: spans[i])
    try:
        mentions = [_given_mention(article, *spans[i]) for i in order]
    except ValueError as error:
        raise InputError(f"{path}:{number}: {error}; offsets count characters of the given text") from error
    resolved = dict(zip(order, resolve_toponyms(article, mentions, gazetteer=gazetteer), strict=True))
    rows = [_row(resolved[i], spans[i], str(record["text"])[slice(*spans[i])]) for i in range(len(spans))]
    return {"doc_id": article.doc_id, "toponyms": rows}


def _given_mention(article: Article, start: int, end: int) -> Mention:
    return mention_from_span(article, to_text(article.source_offsets, start), to_text(article.source_offsets, end))


def _found(articles: list[Article], gazetteer: Gazetteer, model: str) -> Iterator[Row]:
    recognizer, parser = ModelRecognizer(gazetteer), SpacyParser(model)
    for article, parsed in zip(articles, parser.parse((a.text, parts_of(a)) for a in articles), strict=True):
        resolutions = resolve_toponyms(article, recognizer.recognize(article, parsed), gazetteer=gazetteer)
        spans = [source_span(article.source_offsets, r.mention.start, r.mention.end) for r in resolutions]
        rows = [_row(r, span, r.mention.text) for r, span in zip(resolutions, spans, strict=True)]
        yield {"doc_id": article.doc_id, "toponyms": rows}


def _row(resolution: Resolution, span: tuple[int, int], text: str) -> Row:
    place = resolution.place
    return {
        "start": span[0], "end": span[1], "text": text, "status": resolution.status,
        "place_id": place.place_id if place else None, "name": place.name if place else None,
        "lat": place.lat if place else None, "lon": place.lon if place else None,
        "feature_class": place.feature_class if place else None, "feature_code": place.feature_code if place else None,
        "country": place.country if place else None, "admin1": place.admin1 if place else None,
        "score": resolution.score, "geo_precision": resolution.geo_precision,
        "uncertainty_m": resolution.footprint.uncertainty_m if resolution.footprint else None,
        "reasons": [_reason(r) for r in resolution.reasons], "alternatives": [_alternative(a) for a in resolution.alternatives],
    }  # fmt: skip


def _reason(reason: Reason) -> Row:
    return {"feature": reason.feature, "contribution": reason.contribution, "text": reason.text}


def _alternative(other: Alternative) -> Row:
    place = other.place
    return {"place_id": place.place_id, "name": place.name, "lat": place.lat, "lon": place.lon, "country": place.country,
            "admin1": place.admin1, "score": other.score}  # fmt: skip


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
    with _open_lines(source) as lines:
        count = geoparse(lines, target, gazetteer=gazetteer, model=model, given_spans=given_spans, path=str(source))
    if out is None:
        sys.stdout.write(target.getvalue())
    else:
        write_text(out, target.getvalue())
    return count
