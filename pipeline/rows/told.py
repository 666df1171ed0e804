"""A row as a text: its headline or description, then what its fields say, so that every offset points at words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.events.identity import content_id
from pipeline.ingest.tabular import TableRow
from pipeline.ingest.tabular.days import DayError, read_span
from pipeline.models import Article, Block, Mention, SourceRef

#: Fields that the rendering of a row says, with the words for them.
_SAID = {
    "date": "date", "date_start": "from", "date_end": "to", "year": "year", "place": "place", "admin3": "sub-district",
    "admin2": "district", "admin1": "province", "country": "country", "type": "type", "sub_type": "sub-type",
    "actor1": "actor", "actor2": "against", "deaths": "killed", "injured": "injured",
}  # fmt: skip
_AREAS = ("admin3", "admin2", "admin1", "country")
_LINKS = re.compile(r"[\s;,|]+(?=https?://)", re.IGNORECASE)
_MOST_LINKS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A row as an article: the reference to the sentence that states the event, and the words of its place."""

    article: Article
    sources: tuple[SourceRef, ...]
    mentions: tuple[Mention, ...]


def doc_id_of(row: TableRow) -> str:
    """Return what a row is called: by the id of a coded dataset, else by its content.

    Examples
    --------
    >>> doc_id_of(TableRow("", "a.csv", 2, "ucdp", "UCDP GED", {"id": "230048.0"}))
    'ucdp:230048'
    """
    if row.kind != "plain" and row.text("id"):
        return f"{row.kind}:{row.text('id').replace(';', '_')}"
    return f"row:{content_id(row.kind, *(f'{name}={value}' for name, value in row.attributes))}"


def tell(row: TableRow) -> Told:
    """Return a row as a text with its source."""
    doc_id, headline = doc_id_of(row), row.text("headline")
    sentence = row.text("notes") or headline
    rendered, places = _rendered(row)
    shift = len(sentence) + 1 if sentence else 0
    text = f"{sentence}\n{rendered}" if sentence else rendered
    day = _published(row)
    links = _links(row)
    shared = (row.text("source") or (row.title if row.kind != "plain" else row.file), links[0], day)
    name, url, _ = shared
    article = Article(
        doc_id, text, headline, url, name, day, row.path, row.number, (Block(0, len(text), "body", "a row of a table"),)
    )
    said = sentence or rendered
    sources = tuple(SourceRef(doc_id, said, 0, len(said), name, link, day, headline) for link in links)
    return Told(article, sources, tuple(_mentions(doc_id, text, sentence, shift, places)))


def _rendered(row: TableRow) -> tuple[str, dict[str, tuple[int, int]]]:
    """Return what the fields of a row say, and where in it the places stand."""
    text = f"row {row.number}:"
    places = {}
    for field, word in _SAID.items():
        value = row.text(field)
        if not value:
            continue
        text += f"{';' if not text.endswith(':') else ''} {word}: "
        if field in {"place", *_AREAS}:
            places[field] = (len(text), len(text) + len(value))
        text += value
    return text, places


def _mentions(
    doc_id: str, text: str, sentence: str, shift: int, places: dict[str, tuple[int, int]]
) -> Sequence[Mention]:
    """Return the words of the place, in the sentence if they stand there, and those of the smallest area."""
    found = []
    for field in (*(f for f in ("place",) if f in places), *[f for f in _AREAS if f in places][:1]):
        start, end = (offset + shift for offset in places[field])
        words = text[start:end]
        at = sentence.find(words) if field == "place" else -1
        start, end = (at, at + len(words)) if at >= 0 else (start, end)
        found.append(Mention(doc_id, start, end, words, "toponym", "", "table"))
    return found


def _links(row: TableRow) -> tuple[str, ...]:
    """Return the links of a row; one empty where it has none."""
    return tuple(_LINKS.split(row.text("source_url"))[:_MOST_LINKS]) or ("",)


def _published(row: TableRow) -> date | None:
    """Return the day of publication, the first of several; a date that could be read two ways is not used."""
    try:
        span = read_span(row.text("source_date").partition(";")[0].strip(), "")
    except DayError:
        return None
    return span.first if span is not None else None
