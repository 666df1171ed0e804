"""When and where a report was published, as far as its own text says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from pipeline.ingest.blocks import Layout
from pipeline.ingest.dates import find_date
from pipeline.ingest.units import front_matter_end
from pipeline.models import Article

_URL = re.compile(r"https?://[^\s\]()<>\"']{3,2000}")
_NAME_DAY = re.compile(r"((?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)")
_URL_DAY = re.compile(r"[/_-]((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=[/_.-]|$)")
# One "key: value" a line. Not a YAML parser: hostile YAML takes seconds, and only flat keys are wanted.
_KEY = re.compile(
    r"^(?P<key>[A-Za-z][\w-]{0,40})[ \t]*:[ \t]*"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*+)\"|'(?P<single>[^'\n]*)'|(?P<plain>[^\n]+))",
    re.MULTILINE | re.DOTALL,
)
_DATE_KEYS = ("published_time", "published", "date_published", "datepublished", "pubdate", "publication_date", "date")
_URL_KEYS = ("source_url", "original_url", "canonical_url", "url", "link")
_SOURCE_KEYS = ("publisher", "sitename", "site_name", "source")


@dataclass(frozen=True, slots=True)
class Front:
    """What front matter says: keys in lower case, values as text."""

    values: dict[str, str]

    def first(self, keys: tuple[str, ...]) -> str:
        """Return the value of the first of ``keys`` that is there, or an empty string."""
        return next((self.values[key] for key in keys if self.values.get(key)), "")


def front_matter(text: str) -> Front:
    r"""Return the flat keys and values of front matter, or of a comment in its place, at the start of ``text``.

    Examples
    --------
    >>> front_matter("---\ntitle: Two killed\ndate: 2023-11-21\n---\nStory").values["date"]
    '2023-11-21'
    """
    front = text[: front_matter_end(text)]
    return Front({match["key"].lower(): _value(match) for match in _KEY.finditer(front)})


def _value(match: re.Match[str]) -> str:
    if match["double"] is not None:  # a backslash at a line's end joins it to the next
        return re.sub(r"\\\n\s*\\?|\\", "", match["double"]).strip()
    return (match["single"] or match["plain"] or "").strip()


def with_publication(article: Article, layout: Layout) -> Article:
    r"""Fill the title, url, source and day of publication that ``article`` lacks from what its text says.

    Examples
    --------
    >>> from pipeline.ingest.blocks import lay_out
    >>> text = "Two killed\n\nPublished: 21 Nov 2023\n\nPolice in Homs said so."
    >>> with_publication(Article("a", text), lay_out(text)).date
    datetime.date(2023, 11, 21)
    """
    front = front_matter(article.text)
    stated = (b for b in layout.blocks if b.kind == "metadata" and b.reason != "front matter")
    lines = [article.text[b.start : b.end] for b in stated]
    url = article.url or _first_url(front.first(_URL_KEYS)) or next(filter(None, map(_first_url, lines)), "")
    day, notes = (article.date, ()) if article.date else _published(lines, front, url)
    if day is None and article.line is None and (day := _named_day(article.path)):
        notes = (*notes, f"published on {day}, as the file's name begins")
    return replace(
        article,
        title=article.title or front.values.get("title", "").strip() or layout.title,
        url=url,
        source=article.source or front.first(_SOURCE_KEYS),
        date=day,
        notes=(*article.notes, *notes),
    )


def _first_url(words: str) -> str:
    match = _URL.search(words)
    return match.group() if match else ""


def _published(lines: list[str], front: Front, url: str) -> tuple[date | None, tuple[str, ...]]:
    """Choose the day: a publication line, else the link's, else front matter's, which may be that of a copy."""
    linked = _url_day(url)
    stated, notes = _stated(lines)
    if stated is None and linked is None:
        stated, notes = _stated([front.first(_DATE_KEYS), *lines])
    elif stated is None:
        other = find_date(front.first(_DATE_KEYS))
        if other and other.day and other.day != linked:
            notes = (*notes, f"published on {linked} by its link; front matter says {other.day}")
    return stated or linked, notes


def _stated(lines: list[str]) -> tuple[date | None, tuple[str, ...]]:
    found = [read for line in lines if (read := find_date(_URL.sub("", line)))]
    day = next((read.day for read in found if read.day), None)
    notes = tuple(f"publication line: {read.note}" for read in found if read.note and not read.day)
    return day, notes


def _named_day(path: str) -> date | None:
    """Return the day that a file's name begins with: "2024-03-14-el-fasher.txt"."""
    match = _NAME_DAY.match(PurePath(path).name)
    read = find_date(match.group(1)) if match else None
    return read.day if read else None


def _url_day(url: str) -> date | None:
    match = _URL_DAY.search(url)
    read = find_date("-".join(match.groups())) if match else None
    return read.day if read else None
