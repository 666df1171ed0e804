"""What was noted of a file when it was fetched: a hidden file beside it, which `sitmap fetch` writes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.ingest.records import About

_LARGEST = 100_000  # bytes


def note_beside(path: Path) -> Path:
    """Return where the note of a file stands.

    Examples
    --------
    >>> note_beside(Path("reports/a.html")).as_posix()
    'reports/.a.html.fetched.json'
    """
    return path.with_name(f".{path.name}.fetched.json")


def with_note(about: About, path: Path) -> About:
    """Fill in what the note beside a file says; a file without a readable one is as it was.

    The address is where the file was fetched from, whatever the page says of itself; title, source and day are those
    of the page, and only where it gives none those of the feed.
    """
    note = _read(note_beside(path))
    if note is None:
        return about
    return replace(
        about,
        url=note.get("url") or about.url,
        title=about.title or note.get("title", ""),
        source=about.source or note.get("source", ""),
        date=about.date or _day(note.get("date", "")),
    )


def _read(path: Path) -> dict[str, str] | None:
    try:
        if path.stat().st_size > _LARGEST:
            return None
        note = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return {key: value for key, value in note.items() if isinstance(value, str)} if isinstance(note, dict) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
