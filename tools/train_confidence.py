"""Learn how sure the coding of an event is, from events that people judged; say how well it does on those left out.

usage: python tools/train_confidence.py [--check] [--reports FOLDER ... [--seen FOLDER ...]]

Logistic regression over the grounds of ``pipeline/events/confidence.py``, from tools/confidence_events.csv: a row an
event, with its grounds, whether it was right in kind, day and place, and whether rules had been mended on its report:
that has a weight of its own, which no report to come has. Writes pipeline/events/data/confidence.json unless
``--check``.

``--reports`` reads folders of real reports with an ``expectations.yaml`` (as tests/golden/examples.yaml), whose texts
are not the project's to keep, and saves their events' grounds in the table. Grounds follow extraction, and rules
that were mended on these reports make them seen: save anew only from reports that no rule was written on.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import yaml
from numpy.typing import NDArray
from train_recognizer import newton

from gazetteer import Gazetteer
from pipeline.article import Tools, read_reports
from pipeline.events import confidence, extract
from pipeline.events.confidence import GROUNDS, chance, grounds_of
from pipeline.events.incidents import Incident
from pipeline.ingest import read_articles
from pipeline.models import Article, Event
from pipeline.settings import DEFAULT_MODEL

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/integration"))
from examples_check import compare  # noqa: E402  (what is right, by the rules of the examples)

OUT = ROOT / "pipeline/events/data/confidence.json"
TABLE = ROOT / "tools/confidence_events.csv"
RIDGE = 1.0
PARTS = 10  # of the reports, for what is left out
STEPS = (0.0, 0.1, 0.25, 0.45, 0.6, 0.75, 1.0)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A coded event: its report, whether rules had been mended on that, whether it was right, its grounds."""

    report: str
    seen: bool
    right: bool
    grounds: tuple[float, ...]


def read_judged(folder: Path, tools: Tools, *, seen: bool) -> Iterator[Judged]:
    """Yield the events that are read from a folder of reports, judged by its ``expectations.yaml``."""
    golden = yaml.safe_load((folder / "expectations.yaml").read_text("utf8"))
    incidents: dict[str, Incident] = {}

    def noting(incident: Incident, reasons: Sequence[str]) -> Event:
        event = code(incident, reasons)
        incidents[event.event_id] = incident
        return event

    code = extract.code_event
    wanted = [a for a in read_articles([folder]) if isinstance(a, Article) and a.doc_id in golden["documents"]]
    with patch.object(extract, "code_event", noting), patch.object(confidence, "LEAST", 0.0):
        for number, report in enumerate(read_reports(wanted, tools, as_of=golden["as_of"]), 1):
            right = right_of(golden, report)
            for event in report.events:
                grounds = grounds_of(incidents[event.event_id])
                yield Judged(f"{folder.name}-{number}", seen, event.event_id in right, grounds)


def right_of(golden: Mapping[str, Any], report: Any) -> set[str]:  # noqa: ANN401 - as examples_check has it
    """Return the ids of the events of a report that are expected, those told as background included."""
    document = golden["documents"][report.article.doc_id]
    every = [event | {"optional": False} for event in document["events"]]
    found = compare({"documents": {report.article.doc_id: document | {"events": every}}}, [report]).found
    return {event.event_id for event in found.values()}


def save(events: Sequence[Judged]) -> None:
    """Write the table."""
    with TABLE.open("w", encoding="utf8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(("report", "seen", "right", *GROUNDS))
        rows.writerows((e.report, int(e.seen), int(e.right), *(f"{g:.3g}" for g in e.grounds)) for e in events)


def load() -> list[Judged]:
    """Read the table."""
    with TABLE.open(encoding="utf8") as stream:
        return [
            Judged(row["report"], row["seen"] == "1", row["right"] == "1", tuple(float(row[g]) for g in GROUNDS))
            for row in csv.DictReader(stream)
        ]


def fit(events: Sequence[Judged]) -> dict[str, float]:
    """Return the weight of each ground, the constant under the empty name; that of having been seen is left out."""
    matrix = np.array([[1.0, *e.grounds, float(e.seen)] for e in events])
    weights = newton(matrix, np.array([e.right for e in events], float), RIDGE)
    return {name: round(float(weight), 2) for name, weight in zip(("", *GROUNDS), weights, strict=False)}


def left_out(events: Sequence[Judged]) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the chances of events of unseen reports, by weights learned without the report, and which are right."""
    reports = sorted({e.report for e in events})
    part = dict(zip(reports, np.random.default_rng(0).permutation(len(reports)) % PARTS, strict=True))
    told: list[tuple[float, bool]] = []
    for number in range(PARTS):
        weights = fit([e for e in events if part[e.report] != number])
        told += [(chance(e.grounds, weights), e.right) for e in events if part[e.report] == number and not e.seen]
    return np.array([c for c, _ in told]), np.array([right for _, right in told], bool)


def figures(chances: Floats, right: NDArray[np.bool_]) -> Iterator[str]:
    """Yield how the chances do: a line a step, then the mean log loss and how often a right one stands higher."""
    for low, high in pairwise(STEPS):
        here = (chances >= low) & (chances < high)
        if here.any():
            said, true = chances[here].mean(), right[here].mean()
            yield f"{low:.2f}-{high:.2f}: {here.sum():4} events, {said:.2f} said, {true:.2f} right"
    loss = -np.log(np.where(right, chances, 1.0 - chances)).mean()
    above = (chances[right][:, None] > chances[~right]).mean() + (chances[right][:, None] == chances[~right]).mean() / 2
    yield f"log loss {loss:.3f}, a right one above a wrong one {above:.3f}"


def main() -> None:
    """Read, learn, say how well, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="write no weights")
    options.add_argument("--reports", type=Path, nargs="+", default=[], help="folders that no rule was mended on")
    options.add_argument("--seen", type=Path, nargs="+", default=[], help="folders that rules were mended on")
    given = options.parse_args()
    if given.reports:
        tools = Tools.default(Gazetteer.open(), model=DEFAULT_MODEL)
        folders = [*((f, False) for f in given.reports), *((f, True) for f in given.seen)]
        save([event for folder, seen in folders for event in read_judged(folder, tools, seen=seen)])
    events = load()
    unseen = sum(not e.seen for e in events)
    print(f"{len(events)} events, {sum(e.right for e in events)} right; {unseen} of unseen reports")
    print("\n".join(figures(*left_out(events))))
    if not given.check:
        OUT.write_text(json.dumps(fit(events), indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
