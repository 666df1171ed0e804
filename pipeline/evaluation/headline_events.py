"""UCDP's headlines of Syria that state a violent event, and whether one is made of them at the coded place.

A headline *states a violent event* if UCDP counted at least one death of it (``best`` above 0) and it has a word
of violence (:data:`VIOLENCE`).
Some of these tell of something else than the row codes (a roundup, a tally of months, another
front), so not all can be met.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gazetteer.sphere import distance_km
from pipeline.article import Tools, read_reports
from pipeline.evaluation.corpora import read_documents
from pipeline.evaluation.means import Means
from pipeline.evaluation.pairs import MISS_KM
from pipeline.evaluation.results import Error, Results
from pipeline.evaluation.ucdp import FILES, HEADLINES, NEAR_KM
from pipeline.models import Article, Report

ROW = "UCDP headline events"
VIOLENCE = re.compile(
    r"\b(?:attack\w*|strik\w+|struck|airstrike\w*|raid\w*|bomb\w*|shell\w*|kill\w*|wound\w*|injur\w*|casualt\w*"
    r"|clash\w*|explo\w+|blast\w*|assassinat\w*|massacre\w*|execut\w+|shot|shoot\w*|fir(?:e|ed|ing)|missile\w*"
    r"|rocket\w*|mortar\w*|dead|death\w*|die[sd]?|dying|murder\w*|ambush\w*|target\w*|storm\w*|battle\w*|fight\w*"
    r"|fought|detonat\w*|mines?|martyr\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A headline that states a violent event, and how far off (km) the nearest event made of it is."""

    number: int
    described: str
    expected: str
    answer: str
    km: float


def states_violence(row: Mapping[str, Any]) -> bool:
    """Return whether a headline states a violent event, by the definition above.

    Examples
    --------
    >>> states_violence({"headline": "Two killed in shelling of Nawa", "best": 2})
    True
    >>> states_violence({"headline": "Talks go on in Geneva", "best": 2})
    False
    """
    return bool(row["best"] > 0) and VIOLENCE.search(row["headline"]) is not None


def measure_headline_events(means: Means) -> Results:
    """Read each headline that states a violent event as a report of its day.

    Returns
    -------
    Results
        ``stated``: how many there are; ``event10``: the share with an event within 10 km of the coded place, and for
        rows of odd number alone.

    Raises
    ------
    InputError
        If the file is missing or a line cannot be used.
    """
    rows = [row for row in read_documents(means.shared / FILES[HEADLINES][0]) if states_violence(row)]
    tools = Tools.default(means.gazetteer, model=means.model)
    articles = (Article(str(r["id"]), r["headline"], date=date.fromisoformat(r["date"])) for r in rows)
    return _results([_told(row, report) for row, report in zip(rows, read_reports(articles, tools), strict=True)])


def _told(row: Mapping[str, Any], report: Report) -> Told:
    points = [(e, e.placement.footprint) for e in report.events]
    off = [distance_km(row["lat"], row["lon"], point.lat, point.lon) for _, point in points if point is not None]
    answer = "; ".join(f"{event.sub_event_type}, {event.placement.description}" for event, _ in points)
    expected = f"{row['lat']:.3f}, {row['lon']:.3f}"
    return Told(int(row["id"]), f"{row['place']}: {row['headline']}", expected, answer, min(off, default=MISS_KM))


def _results(told: Sequence[Told]) -> Results:
    results = Results()
    odd = [t for t in told if t.number % 2]
    results.add(ROW, {"stated": len(told), "event10": _share(told), "event10_odd": _share(odd)})
    wrong = [t for t in told if t.km > NEAR_KM and t.number % 2 == 0]  # those of odd number are not to be looked at
    results.errors.extend(
        Error(ROW, "headline-events", str(t.number), t.described, t.answer, round(t.km, 1), expected=t.expected)
        for t in wrong
    )
    return results


def _share(told: Sequence[Told]) -> float:
    return sum(t.km <= NEAR_KM for t in told) / max(len(told), 1)
