"""Count in how many of the project's own texts a word stands, for merging to know which words are rare.

usage: python tools/count_words.py

Writes pipeline/events/data/word_frequencies.csv from the examples, the texts of tests/eval and the pairs of
tests/golden (two reports of a pair are one text; the pairs kept aside are not counted). The texts are our own.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.evaluation.merging import read_pairs
from pipeline.events.merging.details import stems_of

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "pipeline/events/data/word_frequencies.csv"
LEAST = 3  # texts; what fewer have is as rare as what none has
KEPT_ASIDE = "merge_pairs_aside"  # begins the name of each set that nothing is learned from


def texts() -> Iterator[str]:
    """Yield the texts that are counted."""
    for folder in (ROOT / "examples", ROOT / "tests/eval/reports"):
        for path in sorted(folder.glob("*.txt")):
            yield path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "tests/golden").glob("merge_pairs_*.yaml")):
        if not path.stem.startswith(KEPT_ASIDE):
            for pair in read_pairs(path):
                yield f"{pair.a.title} {pair.a.text} {pair.b.title} {pair.b.text}"


def main() -> None:
    """Count and write."""
    counted = [stems_of(text) for text in texts()]
    counts = Counter(stem for stems in counted for stem in stems)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("stem", "texts"))
        rows.writerow(("", len(counted)))
        rows.writerows((stem, n) for stem, n in sorted(counts.items()) if n >= LEAST)
    print(f"{OUT}: {len(counted)} texts, {sum(n >= LEAST for n in counts.values())} stems")


if __name__ == "__main__":
    main()
