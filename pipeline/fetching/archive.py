"""A folder of what was fetched: each report as it came, and beside it, hidden, where from, when, headers and hash."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.fetching.client import Answer
from pipeline.ingest.beside import note_beside
from pipeline.products.files import write_bytes, write_text

_SUFFIXES = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}
_KEPT_HEADERS = ("content-type", "etag", "last-modified", "date", "content-language", "content-encoding")
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Page:
    """A report that is wanted, and what is known of it from elsewhere."""

    url: str
    title: str = ""
    day: date | None = None
    source: str = ""
    feed: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    """The folder.

    Parameters
    ----------
    folder : Path
        Made where it is missing; `sitmap map FOLDER` reads it.
    now : str
        When, ISO 8601; passed in.
    """

    folder: Path
    now: str

    def takes(self, answer: Answer) -> bool:
        """Whether an answer is of a kind that is read as a report."""
        return answer.kind in _SUFFIXES

    def conditions(self, page: Page) -> dict[str, str]:
        """Return the headers that ask for a page only if it has changed since it was kept."""
        kept = self._note(self._existing(page))
        headers = kept.get("headers", {})
        wanted = {"If-None-Match": headers.get("etag"), "If-Modified-Since": headers.get("last-modified")}
        return {name: value for name, value in wanted.items() if isinstance(value, str) and value.isprintable()}

    def keep(self, page: Page, answer: Answer) -> tuple[Path, str]:
        """Keep an answer; return its file and "new", "changed" or "unchanged". What it replaces is kept in ``.old``.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        before = self._existing(page)
        known = str(self._note(before).get("sha256", "")) if before is not None else ""
        digest = hashlib.sha256(answer.body).hexdigest()
        path = self.folder / f"{name_of(page.url)}{_SUFFIXES[answer.kind]}"
        if before is not None and known == digest and before == path:
            return path, "unchanged"
        if before is not None:
            before.replace(_made(self.folder / ".old") / f"{before.stem}-{known[:8]}{before.suffix}")
        write_bytes(path, answer.body)
        write_text(note_beside(path), json.dumps(self._told(page, answer, digest), ensure_ascii=False, indent=1) + "\n")
        return path, "new" if before is None else "changed"

    def _told(self, page: Page, answer: Answer, digest: str) -> dict[str, object]:
        return {
            "url": answer.url, "asked": page.url, "feed": page.feed, "fetched": self.now, "status": answer.status,
            "title": page.title, "source": page.source or (urlsplit(answer.url).hostname or ""),
            "date": page.day.isoformat() if page.day else "", "sha256": digest,
            "headers": {name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers},
        }  # fmt: skip

    def _existing(self, page: Page) -> Path | None:
        names = (self.folder / f"{name_of(page.url)}{suffix}" for suffix in dict.fromkeys(_SUFFIXES.values()))
        return next((path for path in names if path.is_file()), None)

    @staticmethod
    def _note(path: Path | None) -> dict[str, dict[str, object]]:
        try:
            note = json.loads(note_beside(path).read_text("utf-8")) if path is not None else {}
        except (OSError, ValueError):
            return {}
        return note if isinstance(note, dict) else {}


def name_of(url: str) -> str:
    """Return the name of a page's file: the end of its address for people, a hash of all of it for the rest.

    Examples
    --------
    >>> name_of("https://news.example.org/2024/05/Two-killed-in-Homs.html")
    'two-killed-in-homs-html-a3fcb5b0cf'
    """
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2].lower()
    slug = _SLUG.sub("-", last).strip("-")[:60] or "page"
    return f"{slug}-{hashlib.sha256(url.encode()).hexdigest()[:10]}"


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
