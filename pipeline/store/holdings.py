"""Which reports a store holds, as a value: arrivals in any order and any batches come to the same.

A report is its content: the same text under two names is one report. The names that it came under, its day of
collection and whether it was withdrawn are kept beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.corrections import CorrectionFile
from pipeline.ingest import article_digest
from pipeline.models import Article, Rejection
from pipeline.store.tables import HeldTable

__all__ = ["Arrival", "Held", "Holdings", "Visit", "Withdrawal"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report as it came: its path made absolute, its name there, its content, and the day it is dated from.

    ``replaced``: another text came under the same path and name since.
    """

    path: str
    digest: str
    article: Article
    as_of: date
    arrived: str
    replaced: bool = False

    @property
    def name(self) -> tuple[str, str]:
        """Path and ``doc_id``: what a later text replaces."""
        return self.path, self.article.doc_id


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A content that is not to be shown: since when, and why."""

    digest: str
    at: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A report that is shown, under a ``doc_id`` of its own, its date of collection and its file."""

    article: Article
    digest: str
    as_of: date | None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """What one run brings: when, an ``as_of`` that was asked for, and the inputs named (absolute paths)."""

    today: date
    stamp: str
    as_of: date | None = None
    inputs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that came in: arrivals, withdrawals, inputs refused (by path), files of corrections, and tables.

    A withdrawal goes by the hash of a report or of a table, or by the ``doc_id`` of a row.
    """

    arrivals: tuple[Arrival, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    refused: tuple[tuple[str, Rejection], ...] = ()
    corrections: tuple[CorrectionFile, ...] = ()
    tables: tuple[HeldTable, ...] = ()

    def admitted(self, read: Sequence[Article | Rejection], visit: Visit) -> Holdings:
        """Return the holdings after a visit.

        Parameters
        ----------
        read : sequence of Article or Rejection
            Each as its file has it: the same text twice, or two texts of one name, are sorted out here.
        visit : Visit

        Notes
        -----
        A report that is there keeps its date of collection, unless one was asked for. Another text under a path and
        name replaces the one before. What was withdrawn stays so in a folder, and comes back in a file that is named.
        """
        came = {(_absolute(a.path), a.doc_id, article_digest(a)): a for a in read if isinstance(a, Article)}
        known = {(*a.name, a.digest): a for a in self.arrivals}
        made = {key: _arrival(key, article, known.get(key), visit) for key, article in came.items()}
        names = {key[:2] for key in made}
        kept = {
            key: replace(old, replaced=old.replaced or old.name in names)
            for key, old in known.items() if key not in made
        }  # fmt: skip
        back = {digest for path, _, digest in made if path in visit.inputs}
        return replace(
            self,
            arrivals=tuple(sorted((*made.values(), *kept.values()), key=_order)),
            withdrawals=tuple(w for w in self.withdrawals if w.digest not in back),
            refused=self._refused(read, {key[0] for key in made}, visit),
        )

    def _refused(
        self, read: Sequence[Article | Rejection], paths: set[str], visit: Visit
    ) -> tuple[tuple[str, Rejection], ...]:
        """Return the inputs refused: those of this visit, and those of files that it did not look at."""
        now = {(_absolute(r.path), r) for r in read if isinstance(r, Rejection)}
        seen = paths | {path for path, _ in now}
        before = {(p, r) for p, r in self.refused if p not in seen and not _is_under(p, visit.inputs)}
        return tuple(sorted(now | before, key=lambda row: (row[0], row[1].line or 0, row[1].cause)))

    def withdrawn(self, what: str, *, at: str, note: str = "") -> tuple[Holdings, tuple[Arrival, ...]]:
        """Return the holdings without a ``doc_id``, file or folder, and what that is; nothing where it is not there."""
        gone = self.named(what)
        digests = {w.digest for w in self.withdrawals}
        new = (Withdrawal(digest, at, note) for digest in sorted({a.digest for a in gone} - digests))
        return replace(self, withdrawals=(*self.withdrawals, *new)), gone

    def restored(self, what: str) -> tuple[Holdings, tuple[Arrival, ...]]:
        """Return the holdings with what was withdrawn back in them, and what that is."""
        digests = {w.digest for w in self.withdrawals}
        back = tuple(a for a in self.named(what) if a.digest in digests)
        chosen = {a.digest for a in back}
        return replace(self, withdrawals=tuple(w for w in self.withdrawals if w.digest not in chosen)), back

    def tables_named(self, what: str) -> tuple[HeldTable, ...]:
        """Return the tables that are a file, or lie in a folder."""
        path = _absolute(what)
        return tuple(table for table in self.tables if not table.replaced and _is_under(table.path, {path}))

    def current_tables(self) -> tuple[HeldTable, ...]:
        """Return the tables whose rows are to be shown, by path."""
        away = {w.digest for w in self.withdrawals}
        return tuple(table for table in self.tables if not table.replaced and table.digest not in away)

    def without(self, digests: Iterable[str], *, at: str, note: str = "") -> Holdings:
        """Return the holdings with contents withdrawn, by hash, and rows, by ``doc_id``."""
        new = (Withdrawal(one, at, note) for one in sorted(set(digests) - {w.digest for w in self.withdrawals}))
        return replace(self, withdrawals=(*self.withdrawals, *new))

    def again(self, digests: Iterable[str]) -> Holdings:
        """Return the holdings with contents and rows that were withdrawn back in them."""
        back = set(digests)
        return replace(self, withdrawals=tuple(w for w in self.withdrawals if w.digest not in back))

    def named(self, what: str) -> tuple[Arrival, ...]:
        """Return the arrivals of a ``doc_id`` (its own, or the one shown), a file or a folder."""
        shown = {held.digest for held in self.current(withdrawn=True) if held.article.doc_id == what}
        path = _absolute(what)
        return tuple(
            a for a in self.arrivals
            if not a.replaced and (a.article.doc_id == what or a.digest in shown or _is_under(a.path, {path}))
        )  # fmt: skip

    def current(self, *, withdrawn: bool = False) -> tuple[Held, ...]:
        """Return the reports to be shown, each once, under names of their own; by name."""
        away = set() if withdrawn else {w.digest for w in self.withdrawals}
        by_digest: dict[str, list[Arrival]] = defaultdict(list)
        for arrival in self.arrivals:
            if not arrival.replaced and arrival.digest not in away:
                by_digest[arrival.digest].append(arrival)
        return tuple(sorted(_told_apart(by_digest), key=lambda held: (held.article.doc_id, held.digest)))

    def rejections(self) -> tuple[Rejection, ...]:
        """Return all inputs refused, and the further copies of reports, by path and line."""
        shown = {held.digest: held for held in self.current()}
        again = [
            Rejection(a.article.path, a.article.line, "the same report again; counted once", a.article.doc_id,
                      f"none needed; see {shown[a.digest].article.doc_id}")
            for a in self.arrivals
            if not a.replaced and a.digest in shown and not _is_of(a, shown[a.digest])
        ]  # fmt: skip
        every = (*(rejection for _, rejection in self.refused), *again)
        return tuple(sorted(every, key=lambda r: (r.path, r.line or 0, r.cause)))


def _arrival(key: tuple[str, str, str], article: Article, known: Arrival | None, visit: Visit) -> Arrival:
    path, _, digest = key
    as_of = visit.as_of or (known.as_of if known else visit.today)
    return Arrival(path, digest, article, as_of, known.arrived if known else visit.stamp)


def _told_apart(by_digest: dict[str, list[Arrival]]) -> Iterable[Held]:
    """Yield each content under the smallest of its names; a name that two contents bear stays with the smaller hash."""
    taken: set[str] = set()
    for digest in sorted(by_digest):
        arrivals = by_digest[digest]
        first = min(arrivals, key=_order)
        article = first.article
        if article.doc_id in taken:
            note = f"doc_id {article.doc_id!r} is another report's; this one is told apart by its content"
            article = replace(article, doc_id=f"{article.doc_id}-{digest[:8]}", notes=(*article.notes, note))
        taken.add(article.doc_id)
        yield Held(article, digest, min(arrival.as_of for arrival in arrivals), first.path)


def _order(arrival: Arrival) -> tuple[str, str, int, str]:
    return arrival.article.doc_id, arrival.path, arrival.article.line or 0, arrival.digest


def _is_of(arrival: Arrival, held: Held) -> bool:
    return (arrival.path, arrival.article.line) == (held.path, held.article.line)


def _absolute(path: str) -> str:
    return str(Path(path).absolute().resolve()) if path and "\0" not in path else path


def _is_under(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(folder.rstrip("/\\") + sep) for folder in folders for sep in "/\\")
