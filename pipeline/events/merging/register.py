"""Which report tells of what: some hundred bytes an event, so that very many reports need not be held."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from pipeline.events.merging.blocking import first_day
from pipeline.events.merging.shelf import Shelf
from pipeline.events.merging.tellings import Told, as_one, body_of, telling_of, told_by
from pipeline.models import Report

READY = 64  # reports that are held: the events of one are mostly of one day
NEVER = -1  # the first day of what has no day


@dataclass(frozen=True, slots=True)
class _Rows:
    """For each event of each report its first day, where the report stands, and which of its events it is."""

    ids: list[str]
    days: array[int]
    reports: array[int]
    events: array[int]

    @classmethod
    def empty(cls) -> _Rows:
        """Return no rows."""
        return cls([], array("l"), array("l"), array("l"))

    def add(self, report: Report, at: int) -> None:
        """Note the events of a report, and what it only speaks of."""
        for number, event in enumerate(told_by(report)):
            day = first_day(event.when)
            self.ids.append(event.event_id)
            self.days.append(NEVER if day is None else day)
            self.reports.append(at)
            self.events.append(number)


class Register:
    """The tellings of all reports, those word for word alike as one, numbered in the order of their ids.

    Of reports of one ``doc_id`` the last counts.

    Parameters
    ----------
    reports : sequence of Report
        Walked once now; later some are asked for again.
    shelf : Shelf
        Takes the claims, which are then in no report's memory.
    """

    def __init__(self, reports: Sequence[Report], shelf: Shelf) -> None:
        self.report = lru_cache(maxsize=READY)(reports.__getitem__)
        self._at: dict[str, int] = {}
        self._rows = _Rows.empty()
        self._claims: list[tuple[str, int, int]] = []
        for at, report in enumerate(reports):
            self._at[report.article.doc_id] = at
            self._rows.add(report, at)
            self._claims += [(claim.claim_id, at, shelf.put(claim)) for claim in report.claims]
        self._number()

    def _number(self) -> None:
        """Bring the tellings into order, those of one id together, and drop reports that a later one replaced."""
        current, rows = set(self._at.values()), self._rows
        order = [row for row in range(len(rows.ids)) if rows.reports[row] in current]
        order.sort(key=rows.ids.__getitem__)
        self._order = array("l", order)
        starts = [n for n, row in enumerate(order) if n == 0 or rows.ids[order[n - 1]] != rows.ids[row]]
        self._starts = array("l", [*starts, len(order)])
        self.ids = [rows.ids[order[n]] for n in starts]
        self._claims = sorted(one for one in self._claims if one[1] in current)

    def __len__(self) -> int:
        """Return how many tellings there are."""
        return len(self.ids)

    def number_of(self, event_id: str) -> int:
        """Return the number of a telling, -1 where there is none of that id."""
        at = bisect_left(self.ids, event_id)
        return at if at < len(self.ids) and self.ids[at] == event_id else -1

    def first_days(self) -> Iterator[tuple[int, int]]:
        """Yield the first day on which a telling may meet another, and its number; in order, :data:`NEVER` first."""
        days = array("l", map(self._first_day, range(len(self))))
        order = array("l", sorted(range(len(self)), key=days.__getitem__))
        return ((days[number], number) for number in order)

    def _first_day(self, number: int) -> int:
        told = (self._rows.days[row] for row in self._copies(number))
        return min((day for day in told if day != NEVER), default=NEVER)

    def telling(self, number: int) -> Told:
        """Return a telling, read anew from the reports."""
        reports = ((self.report(self._rows.reports[row]), self._rows.events[row]) for row in self._copies(number))
        return as_one([telling_of(at, report) for report, at in reports])

    def _copies(self, number: int) -> array[int]:
        return self._order[self._starts[number] : self._starts[number + 1]]

    def claims(self) -> Iterator[list[int]]:
        """Yield for each claim, by its id, where it lies on the shelf as each tells it, the first report first."""
        for _, told in groupby(self._claims, key=itemgetter(0)):
            found = [(at, place) for _, at, place in told]
            if len({at for at, _ in found}) > 1:
                found.sort(key=lambda row: _order(self.report(row[0])))
            yield [place for _, place in found]

    def text_of(self, doc_id: str) -> str:
        """Return the body of a report."""
        return body_of(self.report(self._at[doc_id]).article)


def _order(report: Report) -> tuple[str, str, str]:
    """Return a key that sorts reports by their days, whatever order they came in."""
    return (str(report.article.date or ""), body_of(report.article), report.article.doc_id)
