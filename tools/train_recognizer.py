"""Train the learned head of recognition: which proposed names are places. Plain logistic regression, in numpy.

usage: train_recognizer.py --shared FOLDER

Reads LGL, TR-News and the annotated articles of the shared folder (the held-out ones left out), and sentences of
conflict reporting made up from ``conflict_sentences.yaml`` with names out of the gazetteer, and the first half of the
passages of ``tests/eval/passages``, which strangers wrote and marked; writes three files of weights to
``pipeline/toponyms/data``: from all, and without each corpus that is reported on. The seed is fixed: the same inputs
give the same files.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from conflict_sentences import made_up

from gazetteer import Gazetteer
from pipeline.article import parts_of
from pipeline.evaluation.events import HELD_OUT
from pipeline.ingest import article_from_record
from pipeline.ingest.text import to_text
from pipeline.models import Article
from pipeline.spacy_parser import SpacyParser
from pipeline.toponyms.judge import MODELS, Judge, probability
from pipeline.toponyms.proposals import Proposal, around, propose
from pipeline.toponyms.recognize import ModelRecognizer

DATA = Path(__file__).resolve().parent.parent / "pipeline" / "toponyms" / "data"
RIDGE = 3.0  # of the first sum; the second has a dozen weights and needs none to speak of
LEAST_REPORTS = 6  # that a sign must occur in
SMALLEST = 0.05  # weights below this are left out of the file
NOT_ANNOTATED = frozenset({"US", "U.S.", "UK", "U.S", "U.K."})  # in the articles, by their README
THRESHOLD = 0.25
PASSAGES = Path(__file__).resolve().parent.parent / "tests" / "eval" / "passages" / "dev.jsonl"
ROUNDS = 25

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """The proposals of one report with what the annotators say: 1 a place, 0 none, -1 not judged."""

    corpus: str
    reading: Any
    proposals: Sequence[Proposal]
    truth: Sequence[int]


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description="Train the learned head of recognition.")
    parser.add_argument("--shared", type=Path, required=True, help="the folder with corpora/ and articles/")
    given = parser.parse_args()
    with Gazetteer.open() as gazetteer:
        examples = list(read_examples(given.shared, gazetteer))
    for without, name in MODELS.items():
        judge = train([e for e in examples if e.corpus != without])
        (DATA / name).write_text(as_json(judge), "utf8")
        print(f"{name}: {len(judge.first)} + {len(judge.second)} weights")
        for corpus in ("LGL", "TR-News"):
            print(f"  {corpus}{' (in training)' if corpus != without else ''}: {figures(judge, examples, corpus)}")


def read_examples(shared: Path, gazetteer: Gazetteer) -> Iterator[Example]:
    """Yield the annotated reports, parsed, with their proposals."""
    recognizer, parser = ModelRecognizer(gazetteer), SpacyParser()
    own = (("made up", list(made_up(gazetteer))), ("passages", list(read_passages())))
    for corpus, records in (*_records(shared), *own):
        articles = [article_of(record, i) for i, record in enumerate(records, 1)]
        parsed = parser.parse((a.text, parts_of(a)) for a in articles)
        for article, record, text in zip(articles, records, parsed, strict=True):
            reading = recognizer.read(article, text)
            proposals = propose(reading, recognizer.certain(reading))
            yield Example(corpus, reading, proposals, truth_of(article, record, proposals, corpus))


def read_corpus(shared: Path, corpus: str) -> list[dict[str, Any]]:
    """Return the annotated documents of a corpus."""
    with gzip.open(shared / "corpora" / f"{corpus}.jsonl.gz", "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def _records(shared: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for corpus in ("LGL", "TR-News"):
        yield corpus, read_corpus(shared, corpus)
    rows = [json.loads(line) for line in (shared / "articles" / "articles.jsonl").read_text("utf8").splitlines()]
    kept = [row for row in rows if row["doc_id"] not in HELD_OUT]
    for row in kept:
        gold = json.loads((shared / "articles" / "gold" / f"{row['doc_id']}.json").read_text("utf8"))
        row["toponyms"] = [t for t in gold["toponyms"] if t.get("lat") is not None]
    yield "articles", kept


def read_passages(path: Path = PASSAGES) -> Iterator[dict[str, Any]]:
    """Yield the passages as the corpora have their documents; what people would disagree on is not located."""
    for row in map(json.loads, path.read_text("utf8").splitlines()):
        sure, unsure = ((n, 0.0) for n in (*row["places"], *row["sites"])), ((n, None) for n in row["unsure"])
        names = sorted((*sure, *unsure), key=lambda named: -len(named[0]))
        taken: list[dict[str, Any]] = []
        for name, lat in names:
            for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", row["text"]):
                if not any(found.start() < t["end"] and t["start"] < found.end() for t in taken):
                    taken.append({"start": found.start(), "end": found.end(), "lat": lat, "lon": lat})
        yield {"doc_id": row["id"], "text": row["text"], "toponyms": taken}


def article_of(record: dict[str, Any], line: int) -> Article:
    """Return a record as an article, without what the annotators say."""
    return article_from_record({k: v for k, v in record.items() if k != "toponyms"}, path="training", line=line)


def truth_of(article: Article, record: dict[str, Any], proposals: Sequence[Proposal], corpus: str) -> list[int]:
    """Return 1 for the proposal nearest to a gold span, 0 for what is none, -1 for what cannot be judged."""
    offsets = article.source_offsets
    spans = {
        (to_text(offsets, t["start"]), to_text(offsets, t["end"])): t.get("lat") is not None for t in record["toponyms"]
    }
    truth = [-1 if _is_not_annotated(article, p, corpus) else 0 for p in proposals]
    for (start, end), located in spans.items():
        touching = [i for i, p in enumerate(proposals) if p.start < end and start < p.end]
        best = max(touching, key=lambda i: _likeness(proposals[i], start, end), default=None)
        for i in touching:
            likeness = _likeness(proposals[i], start, end)
            truth[i] = 1 if located and i == best else -1 if not located or likeness >= 0.5 else truth[i]
    return truth


def _likeness(proposal: Proposal, start: int, end: int) -> float:
    shared = min(proposal.end, end) - max(proposal.start, start)
    return shared / (max(proposal.end, end) - min(proposal.start, start))


def _is_not_annotated(article: Article, proposal: Proposal, corpus: str) -> bool:
    """Whether the articles' annotators leave such names out by convention: "US", names in organisations."""
    name = article.text[proposal.start : proposal.end]
    block = article.block_at(proposal.start)
    aside = block is not None and not block.is_content
    return corpus == "articles" and (aside or name in NOT_ANNOTATED or proposal.label in {"ORG", "NORP"})


def train(examples: Sequence[Example]) -> Judge:
    """Fit the first sum, then the second on what halves of the data say of each other."""
    rows = [[p.signs for p in e.proposals] for e in examples]
    first = fit(rows, [e.truth for e in examples], least=LEAST_REPORTS, ridge=RIDGE)
    second_rows: list[list[Sequence[tuple[str, float]]]] = [[] for _ in examples]
    for half in (0, 1):
        other = [i for i in range(len(examples)) if i % 2 != half]
        held = Judge(
            fit([rows[i] for i in other], [examples[i].truth for i in other], least=LEAST_REPORTS, ridge=RIDGE), {}, 0.5
        )
        for i in range(half, len(examples), 2):
            second_rows[i] = second_signs(examples[i], held)
    second = fit(second_rows, [e.truth for e in examples], least=1, ridge=0.1)
    return Judge(first, second, THRESHOLD)


def second_signs(example: Example, judge: Judge) -> list[Sequence[tuple[str, float]]]:
    """Return for each proposal its own log-odds and what the others say."""
    alone = [judge.alone(p.signs) for p in example.proposals]
    others = around(example.reading, example.proposals, [probability(a) for a in alone])
    return [[("alone", a), *((sign, 1.0) for sign in signs)] for a, signs in zip(alone, others, strict=True)]


def fit(
    rows: Sequence[Sequence[Sequence[Any]]], truth: Sequence[Sequence[int]], *, least: int, ridge: float
) -> dict[str, float]:
    """Fit a logistic regression by Newton's method; return the weights by sign, the constant under the empty one."""
    seen = Counter(sign for report in rows for sign in {_named(s)[0] for signs in report for s in signs})
    names = sorted(sign for sign, count in seen.items() if count >= least)
    column = {sign: i + 1 for i, sign in enumerate(names)}
    flat = [(signs, t) for report, told in zip(rows, truth, strict=True) for signs, t in zip(report, told, strict=True)]
    kept = [(signs, t) for signs, t in flat if t >= 0]
    matrix = np.zeros((len(kept), len(names) + 1))
    matrix[:, 0] = 1.0
    for i, (signs, _) in enumerate(kept):
        for sign, value in map(_named, signs):
            if sign in column:
                matrix[i, column[sign]] = value
    weights = newton(matrix, np.array([t for _, t in kept], float), ridge)
    found = {sign: round(float(weights[i]), 3) for sign, i in {"": 0, **column}.items()}
    return {sign: weight for sign, weight in found.items() if abs(weight) >= SMALLEST or not sign}


def _named(sign: str | tuple[str, float]) -> tuple[str, float]:
    return (sign, 1.0) if isinstance(sign, str) else sign


def newton(matrix: np.ndarray, truth: np.ndarray, ridge: float) -> np.ndarray:
    """Return the weights that maximise the penalised likelihood; the constant is not penalised."""
    weights = np.zeros(matrix.shape[1])
    penalty = np.full(matrix.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(ROUNDS):
        likely = 1.0 / (1.0 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        slope = matrix.T @ (truth - likely) - penalty * weights
        curve = (matrix * (likely * (1 - likely))[:, None]).T @ matrix + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights += step
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def as_json(judge: Judge) -> str:
    """Return the file's text: one weight a line, so that a change can be read."""
    record = {"threshold": judge.threshold, "second": judge.second, "first": judge.first}
    return json.dumps(record, ensure_ascii=False, indent=0) + "\n"


def figures(judge: Judge, examples: Sequence[Example], corpus: str) -> str:
    """Return precision and recall over the proposals of a corpus."""
    hit = miss = spurious = 0
    for example in (e for e in examples if e.corpus == corpus):
        for signs, alone, t in zip(*_second(example, judge), example.truth, strict=True):
            taken = judge.together(alone, signs) >= judge.threshold
            hit += taken and t == 1
            spurious += taken and t == 0
            miss += not taken and t == 1
    return f"of the proposals: precision {hit / (hit + spurious):.3f}, recall {hit / (hit + miss):.3f}"


def _second(example: Example, judge: Judge) -> tuple[list[list[str]], list[float]]:
    alone = [judge.alone(p.signs) for p in example.proposals]
    return list(around(example.reading, example.proposals, [probability(a) for a in alone])), alone


if __name__ == "__main__":
    main()
