"""What geocoding services answered, kept in SQLite: the same question is asked once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import platformdirs

from gazetteer.online.shared_files import unusable

_SCHEMA = """CREATE TABLE IF NOT EXISTS answer (
  service TEXT NOT NULL, name TEXT NOT NULL, options TEXT NOT NULL, day TEXT NOT NULL, attribution TEXT NOT NULL,
  found TEXT NOT NULL, PRIMARY KEY (service, name, options)) WITHOUT ROWID"""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of which service and host, which name, with which options."""

    service: str
    name: str
    options: Mapping[str, Any] = field(default_factory=dict)

    def key(self) -> tuple[str, str, str]:
        """Return what the answer is kept under."""
        return self.service, " ".join(self.name.split()), json.dumps(self.options, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered, on which day (YYYY-MM-DD), and the attribution that came along; ``found`` may be empty."""

    day: str
    attribution: str
    found: Sequence[Mapping[str, Any]]


def online_folder() -> Path:
    """Return the folder of the cache and of the pace: one for a user, so that all runs share them."""
    return platformdirs.user_cache_path("sitmap", appauthor=False)


def utc_day() -> date:
    """Return today's date in UTC."""
    return datetime.now(UTC).date()


class OnlineCache:
    """Answers kept in a file.

    Parameters
    ----------
    path : Path
        SQLite file; made where it is missing.
    today : callable
        The day that new answers are kept with.
    patience : float
        Seconds to wait for other runs that write to it.

    Raises
    ------
    GazetteerError
        If the file cannot be used.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     cache = OnlineCache(Path(folder) / "online.sqlite")
    ...     question = Question("nominatim", "Hit")
    ...     before = cache.find(question)
    ...     kept = cache.keep(question, [])
    ...     before, cache.find(question) == kept
    (None, True)
    """

    def __init__(self, path: Path, today: Callable[[], date] = utc_day, *, patience: float = 30.0) -> None:
        self.path, self._today, self._patience = path, today, patience

    def find(self, question: Question) -> Answered | None:
        """Return the answer kept for a question, if there is one."""
        sql = "SELECT day, attribution, found FROM answer WHERE service = ? AND name = ? AND options = ?"
        rows = self._do(sql, question.key())
        return Answered(rows[0][0], rows[0][1], json.loads(rows[0][2])) if rows else None

    def keep(self, question: Question, found: Sequence[Mapping[str, Any]]) -> Answered:
        """Keep an answer, an empty one too."""
        said = next((str(place["raw"]["licence"]) for place in found if place["raw"].get("licence")), "")
        text = json.dumps(found, default=str)
        answered = Answered(self._today().isoformat(), said, json.loads(text))
        self._do("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?)", (*question.key(), answered.day, said, text))
        return answered

    def _do(self, sql: str, values: Sequence[object]) -> list[Any]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=self._patience)) as database, database:
                database.execute(_SCHEMA)
                return database.execute(sql, values).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise unusable(self.path, error) from error
