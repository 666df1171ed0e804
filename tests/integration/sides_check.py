"""How far who did it, to whom and how many were hurt agree with ``tests/eval/sides.yaml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from examples_check import is_count

from pipeline.article import Tools, read_reports
from pipeline.events.actor_phrases import class_actor
from pipeline.events.actors import Lexicon, load_lexicon
from pipeline.models import Article, Event

FILE = Path(__file__).parents[1] / "eval" / "sides.yaml"
DAY = date(2025, 3, 12)
FIELDS = ("perpetrator", "target", "deaths", "injuries")
KEPT_ASIDE = 3  # every third is


@dataclass(slots=True)
class Sides:
    """Of each field how often it was asked and right, how many events were found, and what is wrong."""

    reports: int = 0
    found: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def share(self, name: str) -> float:
        """Return the share of a field that is right; what was not found is not."""
        return self.right[name] / self.asked[name]


def read_sides() -> tuple[Mapping[str, Any], ...]:
    """Return the mini reports."""
    return tuple(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def compare_sides(rows: Sequence[Mapping[str, Any]], tools: Tools, *, aside: bool) -> Sides:
    """Read the reports, those kept aside or the others, and compare."""
    chosen = [row for i, row in enumerate(rows, 1) if (i % KEPT_ASIDE == 0) is aside]
    articles = [Article(f"side-{i}", row["text"], date=DAY) for i, row in enumerate(chosen)]
    lexicon, result = load_lexicon(), Sides()
    for row, report in zip(chosen, read_reports(articles, tools, as_of=DAY), strict=True):
        _note(row, report.events, lexicon, result)
    return result


def _note(row: Mapping[str, Any], events: Sequence[Event], lexicon: Lexicon, result: Sides) -> None:
    """Note how far the event that agrees best does."""
    judged = [_judge(row, event, lexicon) for event in events]
    best = max(judged, key=lambda shown: sum(not said for said in shown.values()), default=None)
    result.reports += 1
    result.found += best is not None
    for name in (name for name in FIELDS if name in row):
        result.asked[name] += 1
        said = "no event" if best is None else best[name]
        result.right[name] += not said
        if said:
            result.wrong.append(f"{name}: {said} for {row[name]!r} :: {row['text']}")


def _judge(row: Mapping[str, Any], event: Event, lexicon: Lexicon) -> dict[str, str]:
    """Return, for each field asked for, what the event says where that is wrong, else nothing."""
    shown: dict[str, str] = {}
    for name, actor in (("perpetrator", event.perpetrator), ("target", event.target)):
        if name in row:
            said = actor.name if actor else ""
            shown[name] = "" if said in _names(row[name], lexicon) else repr(said)
    for name, count in (("deaths", event.fatalities), ("injuries", event.injuries)):
        if name in row:
            shown[name] = "" if is_count(_count(row[name]), count) else repr([count.low, count.best, count.high])
    return shown


def _names(wanted: str | Sequence[str], lexicon: Lexicon) -> set[str]:
    """Return the names that are right: "military UA" is that class's name for that state."""
    names = set()
    for name in (wanted,) if isinstance(wanted, str) else wanted:
        cls, _, state = name.partition(" ")
        known = lexicon.classes.get(cls)
        names.add(class_actor(known, state, lexicon).name if known is not None else name)
    return names


def _count(wanted: int | Sequence[int | str | None] | None) -> Sequence[int | str | None] | None:
    return [wanted] * 3 if isinstance(wanted, int) else wanted
