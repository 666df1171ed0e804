"""Learn which words tell of an event, and of which kind, from passages that strangers wrote and marked, in numpy.

usage: train_words.py --shared FOLDER [--without NAME ...] [--out FILE]

Reads ``tests/eval/passages``, but for those that are kept unread, two thirds of the sentences of
``tests/eval/sentences/silent.yaml``, and of the shared folder's corpora of news about places (LGL, TR-News) every other
report, lightly, as text in which little happens. One softmax, linear in the hashed signs of
``pipeline/events/learned_words.py``, by Adagrad over small batches; the seed is fixed. ``--without`` leaves files of
passages out, to see what is learned from the others.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.events.learned_words import NONE, ROWS, Surroundings, candidates, known_by, rows_of, signs_of, softmax
from pipeline.events.triggers import told_by_tables
from pipeline.parse import ParsedText
from pipeline.spacy_parser import SpacyParser

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/integration"))
from sentences_check import read_cases  # noqa: E402  (which of them are kept aside)

PASSAGES = ROOT / "tests/eval/passages"
OUT = ROOT / "pipeline/events/data/learned_words.npz"
UNREAD = "unread"  # begins the name of each file that nothing is learned from
CORPORA = ("LGL", "TR-News")
EVERY = 2  # of so many reports of a corpus one is read
LIGHT = 0.3  # what a word of such a report counts
EPOCHS, BATCH, RATE, RIDGE = 10, 128, 0.15, 1e-5
LEAST = 2  # words that a sign must stand at
SMALLEST = 0.01  # weights below this are left out
LEVELS = 127  # a weight is kept as so many steps

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its sentence: rows of its signs, what it is known by, the kind it tells of, how much it counts."""

    rows: list[int]
    known: tuple[int, int]
    kind: str
    weight: float


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description="Learn which words tell of an event.")
    parser.add_argument("--shared", type=Path, required=True, help="the folder with corpora/")
    parser.add_argument("--without", nargs="*", default=[], help="files of passages left out, by name")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    words = [*_marked(given.without), *_silent(), *_news(given.shared)]
    kinds = (NONE, *sorted({w.kind for w in words} - {NONE}))
    weights = train(words, kinds)
    told = frozenset(row for w in words if w.kind != NONE for row in w.known)
    write(given.out, weights, kinds, told)
    print(f"{len(words)} words, {sum(w.kind != NONE for w in words)} of events; {given.out.stat().st_size // 1024} kB")


def _marked(without: Sequence[str]) -> Iterator[Word]:
    """Yield the words of the passages."""
    rows = [
        json.loads(line)
        for path in sorted(PASSAGES.glob("*.jsonl"))
        if path.stem not in without and not path.stem.startswith(UNREAD)
        for line in path.read_text("utf8").splitlines()
    ]
    for row, text in zip(rows, _parsed(r["text"] for r in rows), strict=True):
        yield from _words(text, {_token_of(text, e["word"]): e["sub"] for e in reversed(row["events"])}, 1.0)


def _silent() -> Iterator[Word]:
    """Yield the words of the sentences that tell of no event, but for the third of them that is kept aside."""
    texts = [case.text for case in read_cases("silent") if not case.aside]
    for parsed in _parsed(texts):
        yield from _words(parsed, {}, 1.0)


def _news(shared: Path) -> Iterator[Word]:
    """Yield the words of reports of which few tell of an event."""
    for corpus in CORPORA:
        with gzip.open(shared / "corpora" / f"{corpus}.jsonl.gz", "rt", encoding="utf8") as lines:
            texts = [json.loads(line)["text"] for line in lines][::EVERY]
        for parsed in _parsed(texts):
            yield from _words(parsed, {}, LIGHT)


def _parsed(texts: Iterable[str]) -> Iterator[ParsedText]:
    return SpacyParser().parse((text, ((0, len(text)),)) for text in texts)


def _token_of(parsed: ParsedText, word: str) -> int:
    """Return the token of a word as marked: "raid", or "raid#2" for the second one."""
    written, _, which = word.partition("#")
    found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(written)}(?!\w)", parsed.text)]
    return parsed.token_at(found[min(int(which or 1), len(found)) - 1])


def _words(parsed: ParsedText, told: dict[int, str], weight: float) -> Iterator[Word]:
    for sentence in parsed.sentences:
        families = {t.token.i: t.family for t in told_by_tables(parsed, sentence)}
        around = Surroundings.of(parsed, sentence, families)
        for token in candidates(parsed, sentence):
            rows = rows_of(signs_of(parsed, sentence, token, around))
            yield Word(rows, known_by(token), told.get(token.i, NONE), weight)


def train(words: Sequence[Word], kinds: Sequence[str]) -> Floats:
    """Return the weights (rows, kinds) by Adagrad, with rare signs left at nought."""
    counts = np.bincount(np.concatenate([w.rows for w in words]), minlength=ROWS)
    rows = [np.array([r for r in w.rows if counts[r] >= LEAST]) for w in words]
    truth = np.array([kinds.index(w.kind) for w in words])
    weight = np.array([w.weight for w in words], np.float32)
    weights, seen = np.zeros((ROWS, len(kinds)), np.float32), np.full((ROWS, len(kinds)), 1e-6, np.float32)
    drawn = np.random.default_rng(7)
    for epoch in range(EPOCHS):
        order = drawn.permutation(len(words))
        for some in np.split(order, range(BATCH, len(order), BATCH)):
            _step(weights, seen, [rows[i] for i in some], truth[some], weight[some])
        print(f"pass {epoch + 1} of {EPOCHS}", flush=True)
    return weights


def _step(weights: Floats, seen: Floats, rows: Sequence[Ints], truth: Ints, weight: Floats) -> None:
    """Change weights by one batch: down the slope of the log loss, the less the more a weight was changed before."""
    lengths = np.array([len(r) for r in rows])
    flat = np.concatenate(rows)
    begins = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    wrong = softmax(np.add.reduceat(weights[flat], begins, axis=0))
    wrong[np.arange(len(truth)), truth] -= 1.0
    wrong *= weight[:, None]
    touched, where = np.unique(flat, return_inverse=True)
    slope = np.zeros((len(touched), weights.shape[1]), np.float32)
    np.add.at(slope, where, np.repeat(wrong, lengths, axis=0))
    slope += RIDGE * len(rows) * weights[touched]
    seen[touched] += slope * slope
    weights[touched] -= RATE * slope / np.sqrt(seen[touched])


def write(out: Path, weights: Floats, kinds: Sequence[str], known: frozenset[int]) -> None:
    """Write weights in steps of a byte, without the rows that say nothing."""
    rows = np.flatnonzero(np.abs(weights).max(axis=1) >= SMALLEST)
    scale = np.abs(weights).max() / LEVELS
    steps = np.round(weights[rows] / scale).astype(np.int8)
    arrays = {"rows": rows.astype(np.int32), "weights": steps, "scale": np.float32(scale)}
    np.savez_compressed(out, **arrays, kinds=np.array(kinds), known=np.array(sorted(known), np.int32))


if __name__ == "__main__":
    main()
