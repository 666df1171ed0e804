"""Measure every figure at a fixed small size, and hold it against what it usually is.

usage: check.py [--record] [--groups NAME ...] [--history FILE]

A figure that looks worse is measured twice more, and the best counts: what is slower for good stays slower, what only
met other work does not. Exits with 1 and a line a figure if any is worse than ``tolerance`` of figures.yaml allows over
the median of the last five runs in bench/history.jsonl. ``--record`` adds this run to it, worse or not, and exits with
0. Takes about two minutes. It is no part of `make check`: it says nothing of a machine that is busy throughout.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from figures import Group, Kind, Measured, apart, groups_and_kinds
from history import HISTORY, Figure, HistoryError, Verdict, append, held_against, read

AGAIN = 2  # times that a figure which looks worse is measured once more
UNIT = "times the yardstick's processor time"
Measure = Callable[[str, int], Measured]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say whether anything got worse."""
    groups, kinds = groups_and_kinds()
    parser = argparse.ArgumentParser(description="Hold the figures against bench/history.jsonl.")
    parser.add_argument("--record", action="store_true", help="add this run to the history")
    parser.add_argument("--groups", nargs="+", choices=tuple(groups), default=tuple(groups))
    parser.add_argument("--history", type=Path, default=HISTORY)
    given = parser.parse_args(arguments)
    try:
        before = read(given.history)
    except HistoryError as error:
        parser.error(str(error))
    verdicts: list[Verdict] = []
    for group in map(groups.__getitem__, given.groups):
        of_it = {name: kind for name, kind in kinds.items() if kind.group == group.name}
        verdicts += measured(group, of_it, before)
    if given.record:
        append([figure_of(verdict) for verdict in verdicts], given.history)
        return 0
    return told(verdicts)


def measured(
    group: Group, kinds: Mapping[str, Kind], before: Sequence[Figure], measure: Measure = apart
) -> list[Verdict]:
    """Measure a group, again where a figure looks worse; print a line a figure."""
    tolerances = {name: kind.tolerance for name, kind in kinds.items()}
    best: dict[str, float] = {}
    for _ in range(1 + AGAIN):
        found = measure(group.name, group.check)
        best = {name: min(found.ratio(name), best.get(name, float("inf"))) for name in kinds}
        verdicts = held_against(best, before, tolerances)
        if not any(verdict.is_worse for verdict in verdicts):
            break
    for verdict in verdicts:
        print(f"  {verdict}  ({kinds[verdict.name].what}, {group.check:,} {group.of})", flush=True)
    return verdicts


def figure_of(verdict: Verdict) -> Figure:
    """Return a figure as it is kept."""
    day = datetime.now(UTC).date().isoformat()
    return Figure(verdict.name, round(verdict.value, 4), UNIT, commit(), day, os.cpu_count() or 1)


def commit() -> str:
    """Return the commit that is checked out, with a plus where files differ from it; "unknown" outside git."""
    told = [("rev-parse", "--short=10", "HEAD"), ("status", "--porcelain", "--untracked-files=no")]
    here = Path(__file__).resolve().parent
    try:
        head, changed = (
            subprocess.run(["git", *call], check=True, capture_output=True, text=True, cwd=here).stdout.strip()
            for call in told
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{head}+" if changed else head


def told(verdicts: Sequence[Verdict]) -> int:
    """Print what got worse; return the exit code."""
    worse = [verdict for verdict in verdicts if verdict.is_worse]
    for verdict in worse:
        print(f"bench-check: {verdict}", file=sys.stderr)
    if worse:
        remedy = "mend it, or say why in the commit and keep it with `make bench-record`"
        print(f"bench-check: {len(worse)} of {len(verdicts)} figures got worse; {remedy}", file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
