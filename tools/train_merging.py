"""Learn what each sign of one incident counts, from pairs of reports, and say how well that does on sets left out.

usage: python tools/train_merging.py [--check] [--real PAIRS.yaml ... [--leave-out ID ...]]

Logistic regression over the signs of ``pipeline/events/merging``, held to the first guesses of merging.yaml and never
across zero. Reads tests/golden/merge_pairs_*.yaml but those kept aside; prints for each set what weights make of it
that were learned on the others, and of those aside what the final ones do; writes merging_weights.yaml unless
``--check``.

``--real`` reads pairs of real reports, whose texts are not the project's to keep, and saves their signs and whether
they are one in tools/merging_real_pairs.csv, from which they are learned anew without the texts; ``--leave-out`` names
those where the main event that was read is not the one that the pair is of. Signs follow extraction: after a change of
it, save them again.

Two incidents told in a file are told alike on purpose. So that what is common in a war does not count as a match,
strangers are learned from too, lightly: tellings of two pairs that were days apart, taken as if they were of one day.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gazetteer import Gazetteer
from pipeline.article import Tools
from pipeline.evaluation.merging import ReportPair, main_event, read_pairs, reports_of, tells
from pipeline.events._words import table
from pipeline.events.merging.aspects import signs_of
from pipeline.events.merging.blocking import blocked_pairs
from pipeline.events.merging.copies import Copies
from pipeline.events.merging.evidence import BIAS, Apart, first_guesses, threshold
from pipeline.events.merging.tellings import Told, tellings_of
from pipeline.models import Report
from pipeline.settings import DEFAULT_MODEL

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "pipeline/events/data/merging_weights.yaml"
REAL = ROOT / "tools/merging_real_pairs.csv"
ASIDE = "merge_pairs_aside"  # begins the name of each set that nothing is learned from
SCALE = 1.5  # log-odds for one of the first guesses
HOLD, HOLD_BIAS = 1.2, 0.24  # how firmly a weight is held to its guess
LEAST = 0.35  # of its guess is left of a weight, whatever the pairs say
STRANGERS = 0.15  # of the pairs, so much do all strangers weigh together
DAYS_APART = 4  # what is so far apart is surely two incidents
STEPS, RATE = 2000, 0.05
HEAD = """# Written by tools/train_merging.py: what each sign of merging.yaml counts, in log-odds.
weights:
"""
Floats: TypeAlias = NDArray[np.float64]
NAMES = tuple(sorted(first_guesses()))
FIXED = frozenset(table("merging")["held"])


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of reports: its signs as numbers, None where no two events could be compared, and what is right."""

    signs: Floats | None
    same: bool
    found: bool = True


def signs_as_numbers(one: Told, other: Told, *, copied: bool = False) -> Floats | None:
    """Return how much of each sign there is, by name; None where the two are apart."""
    values = dict.fromkeys(NAMES, 0.0) | {BIAS: 1.0}
    for _, found in signs_of(one, other, copied=copied):
        if isinstance(found, Apart):
            return None
        for sign in found:
            values[sign.name] += sign.value
    return np.array([values[name] for name in NAMES])


def row_of(pair: ReportPair, reports: tuple[Report, Report]) -> Row:
    """Return a pair as numbers."""
    if not all(map(tells, reports)):
        return Row(None, pair.same, found=False)
    tellings = {t.key: t for t in tellings_of(reports)}
    one, other = (tellings[main_event(r).event_id] for r in reports)
    copied = Copies(r.article for r in reports).any_of(one.docs, other.docs)
    return Row(signs_as_numbers(one, other, copied=copied), pair.same)


def strangers(tellings: Sequence[tuple[str, Told]]) -> list[tuple[set[str], Floats]]:
    """Return tellings of two incidents as if they were of one day, as numbers, with the sets that they are from."""
    found = []
    for (one_set, one), (other_set, other) in combinations(tellings, 2):
        first, second = _day(one), _day(other)
        if first is None or second is None or abs((first - second).days) < DAYS_APART or _are_of_two_lands(one, other):
            continue
        moved = _moved(other, first)
        if blocked_pairs(sorted((one, moved), key=lambda t: t.key)):
            signs = signs_as_numbers(one, moved)
            found += [({one_set, other_set}, signs)] if signs is not None else []
    return found


def _day(told: Told) -> date | None:
    return told.event.when.date_start if told.event.when else None


def _are_of_two_lands(one: Told, other: Told) -> bool:
    places = [t.event.placement.resolution and t.event.placement.resolution.place for t in (one, other)]
    return all(places) and len({p.country for p in places if p}) > 1


def _moved(told: Told, day: date) -> Told:
    when = told.event.when
    if when is None:
        return told
    by = day - when.date_start
    event = replace(told.event, when=replace(when, date_start=when.date_start + by, date_end=when.date_end + by))
    return replace(told, event=event, told_on=told.told_on and told.told_on + by)


def learn(rows: Sequence[Row], others: Sequence[Floats]) -> Floats:
    """Return the weights, by Adam's steps on the log-loss, each on its side of zero."""
    known = [r for r in rows if r.signs is not None]
    signs = np.array([r.signs for r in known] + list(others))
    same = np.array([float(r.same) for r in known] + [0.0] * len(others))
    share = STRANGERS * len(known) / max(1, len(others))
    weight = np.array([1.0] * len(known) + [share] * len(others))
    guess = SCALE * np.array([first_guesses()[name] for name in NAMES])
    hold = np.array([1e6 if n in FIXED else HOLD_BIAS if n == BIAS else HOLD for n in NAMES])
    free = np.array([n == BIAS for n in NAMES])
    low = np.where(~free & (guess > 0), LEAST * guess, -np.inf)
    high = np.where(~free & (guess < 0), LEAST * guess, np.inf)
    found, first, second = guess.copy(), np.zeros_like(guess), np.zeros_like(guess)
    for step in range(1, STEPS + 1):
        likely = 1 / (1 + np.exp(-signs @ found))
        slope = signs.T @ (weight * (likely - same)) + hold * (found - guess)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        rate = RATE * (1 if step < STEPS * 2 / 3 else 0.2)
        move = rate * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        found = np.clip(found - move, low, high)
    return found


def judged(rows: Sequence[Row], weights: Floats) -> dict[str, int]:
    """Return how many pairs are joined wrongly, left apart, and left apart because no event was found."""
    joined = [r.signs is not None and float(r.signs @ weights) >= threshold("needed") for r in rows]
    return {
        "pairs": len(rows),
        "joined wrongly": sum(j and not r.same for j, r in zip(joined, rows, strict=True)),
        "left apart": sum(r.same and r.found and not j for j, r in zip(joined, rows, strict=True)),
        "not found": sum(r.same and not r.found for r in rows),
    }


def read_sets() -> dict[str, list[tuple[ReportPair, tuple[Report, Report]]]]:
    """Read the pairs of all sets and the reports that the pipeline makes of them."""
    sets = {p.stem: read_pairs(p) for p in sorted((ROOT / "tests/golden").glob("merge_pairs_*.yaml"))}
    with Gazetteer.open(None) as gazetteer:
        tools = Tools.default(gazetteer, model=DEFAULT_MODEL)
        return {name: list(zip(pairs, reports_of(pairs, tools), strict=True)) for name, pairs in sets.items()}


def save_real(paths: Sequence[Path], left_out: Sequence[str]) -> None:
    """Write the signs of the pairs of some files, as ``name=value``, without a word of their texts."""
    pairs = [p for path in paths for p in read_pairs(path) if p.id not in left_out]
    with Gazetteer.open(None) as gazetteer:
        reports = reports_of(pairs, Tools.default(gazetteer, model=DEFAULT_MODEL))
    with REAL.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("pair", "same", "found", "signs"))
        for pair, both in zip(pairs, reports, strict=True):
            row = row_of(pair, both)
            told = zip(NAMES, () if row.signs is None else row.signs, strict=False)
            signs = " ".join(f"{name}={value:g}" for name, value in told if value and name != BIAS)
            state = "no" if not row.found else "apart" if row.signs is None else "yes"
            writer.writerow((pair.id, int(pair.same), state, signs))


def read_real() -> list[Row]:
    """Return the saved pairs of real reports as numbers; a sign that is no more is left out."""
    with REAL.open(encoding="utf-8", newline="") as file:
        return [_real_row(line) for line in csv.DictReader(file)]


def _real_row(line: Mapping[str, str]) -> Row:
    same, found = line["same"] == "1", line["found"]
    if found != "yes":
        return Row(None, same, found=found != "no")
    told = dict(pair.split("=") for pair in line["signs"].split()) | {BIAS: "1"}
    return Row(np.array([float(told.get(name, 0)) for name in NAMES]), same)


def written(weights: Mapping[str, float]) -> str:
    """Return the weights as YAML."""
    return HEAD + "".join(f"  {name}: {value + 0.0:.2f}\n" for name, value in sorted(weights.items()))


def main() -> None:
    """Learn, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument(
        "--real", type=Path, nargs="+", metavar="PAIRS", help="save the signs of these real pairs first"
    )
    parser.add_argument("--leave-out", nargs="*", default=[], metavar="ID", help="of those, leave these out")
    chosen = parser.parse_args()
    if chosen.real:
        save_real(chosen.real, chosen.leave_out)
    sets = read_sets()
    rows = {name: [row_of(pair, reports) for pair, reports in pairs] for name, pairs in sets.items()}
    aside = {name: rows.pop(name) for name in sorted(rows) if name.startswith(ASIDE)}
    told = [
        (name, next(t for t in tellings_of([r]) if t.key == main_event(r).event_id))
        for name in rows for _, reports in sets[name] for r in reports if tells(r)
    ]  # fmt: skip
    rows["real reports"] = read_real()
    apart = strangers(told)
    for name, left_out in rows.items():
        others = [row for n, found in rows.items() if n != name for row in found]
        print(name, "left out:", judged(left_out, learn(others, [s for of, s in apart if name not in of])))
    final = learn([row for found in rows.values() for row in found], [s for _, s in apart])
    final = np.round(final, 2)
    print("all that was learned from:", judged([row for found in rows.values() for row in found], final))
    print(f"{len(apart)} strangers, {sum(float(s @ final) >= threshold('needed') for _, s in apart)} joined")
    for name, kept in aside.items():
        print(name, judged(kept, final))
    if not chosen.check:
        OUT.write_text(written(dict(zip(NAMES, map(float, final), strict=True))), encoding="utf-8")


if __name__ == "__main__":
    main()
