"""One record or text -> one Article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from pipeline.ingest.blocks import lay_out
from pipeline.ingest.dates import find_date
from pipeline.ingest.limits import DEFAULT_LIMITS, Limits, RefusedError, shown
from pipeline.ingest.markdown import markdown_edits
from pipeline.ingest.publication import with_publication
from pipeline.ingest.text import apply_edits, clean, compose
from pipeline.ingest.units import unwrap
from pipeline.models import Article, Rejection

_FIELDS = "a record is an object with doc_id and text, and optionally title, url, source and date, all of them strings"


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a text from outside it: ``offsets`` map it to a source, when it is itself an extract."""

    title: str = ""
    url: str = ""
    source: str = ""
    date: date | None = None
    path: str = ""
    line: int | None = None
    notes: tuple[str, ...] = ()
    offsets: tuple[tuple[int, int], ...] = ((0, 0),)


NOTHING_ELSE = About()


def _number_as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class _Record(BaseModel):
    """The fields of a record, checked; others are left to whoever put them there."""

    model_config = ConfigDict(strict=True, extra="ignore")

    doc_id: Annotated[str, BeforeValidator(_number_as_text), Field(min_length=1)]
    text: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    date: str | None = None


def article_from_record(
    record: Mapping[str, object], *, path: str = "", line: int | None = None, limits: Limits = DEFAULT_LIMITS
) -> Article:
    """Return the article of one JSON record.

    Parameters
    ----------
    record : mapping
        ``doc_id`` and ``text``; optionally ``title``, ``url``, ``source``, ``date`` (publication). Others are ignored.
    path, line : str, int or None
        Where the record stands, for messages.
    limits : Limits

    Raises
    ------
    RefusedError
        A field is missing or of the wrong type, or the text is empty or too long; its ``rejection`` names the field.

    Examples
    --------
    >>> article_from_record({"doc_id": "a1", "text": "HOMS (AP) — Two people were killed."}).dateline.agency
    'AP'
    """
    try:
        fields = _Record.model_validate(dict(record))
    except ValidationError as error:
        raise RefusedError(_bad_field(error, path, line)) from None
    day, note = _day(fields.date)
    about = About(
        _line(fields.title), _line(fields.url), _line(fields.source), day, path, line, (note,) if note else ()
    )
    return article_from_text(fields.text, doc_id=clean(fields.doc_id).text, about=about, limits=limits)


def _bad_field(error: ValidationError, path: str, line: int | None) -> Rejection:
    first = error.errors(include_url=False)[0]
    name = ".".join(str(part) for part in first["loc"]) or "record"
    value = "" if first["type"] == "missing" else shown(first["input"])
    return Rejection(path, line, f"field {name}: {first['msg']}", value, _FIELDS)


def _line(value: str | None) -> str:
    return " ".join(clean(value or "").text.split())


def _day(words: str | None) -> tuple[date | None, str]:
    if not words or not words.strip():
        return None, ""
    found = find_date(words)
    if found is None:
        return None, f"date {shown(words)!r} is no date that could be read; not used"
    return found.day, f"date {shown(words)!r}: {found.note}" if found.note else ""


def article_from_text(
    text: str, *, doc_id: str, about: About = NOTHING_ELSE, limits: Limits = DEFAULT_LIMITS
) -> Article:
    r"""Return the article of a text: cleaned, its blocks, dateline, title and day of publication found.

    Parameters
    ----------
    text : str
        As decoded; line ends and marks of any kind.
    doc_id : str
    about : About
        What is known of it; what the text itself says fills only what is empty.
    limits : Limits

    Raises
    ------
    RefusedError
        Nothing is left to read, or it is longer than ``limits.max_article_text``.

    Examples
    --------
    >>> article_from_text("Two killed\r\n\r\nPolice in Homs said so.", doc_id="a").title
    'Two killed'
    """
    _refuse_too_long(text, about, limits)
    plain, offsets, notes = _as_read(text, about)
    if not any(c.isalnum() for c in plain):
        raise RefusedError(Rejection(about.path, about.line, "there is no text", shown(plain), "leave it out"))
    layout = lay_out(plain, title=about.title)
    known = (about.title, about.url, about.source, about.date, about.path, about.line)
    article = Article(doc_id, plain, *known, layout.blocks, layout.dateline, offsets, notes)
    return with_publication(article, layout)


def _refuse_too_long(text: str, about: About, limits: Limits) -> None:
    if len(text) > limits.max_article_text:
        cause = f"the text is longer than {limits.max_article_text:,} characters"
        raise RefusedError(Rejection(about.path, about.line, cause, f"{len(text):,}", "split it into its articles"))


def _as_read(text: str, about: About) -> tuple[str, tuple[tuple[int, int], ...], tuple[str, ...]]:
    """Return the text without marks that its reader does not see, its map to the source, and what was changed."""
    cleaned = clean(text)
    plain, offsets = apply_edits(cleaned.text, markdown_edits(cleaned.text))
    notes = (*about.notes, *cleaned.notes, *(("Markdown marks left out",) if len(offsets) > 1 else ()))
    return unwrap(plain), compose(compose(offsets, cleaned.offsets), about.offsets), notes
