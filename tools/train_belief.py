"""Train what tells answers to be believed from those that are not: logistic regression on whole readings of raw text.

usage: python tools/train_belief.py --shared ../shared

Reads LGL and TR-News, each by the recogniser and the ranker that never saw it, and learns from which answers lie within
161 km of the annotated point; what the annotators marked without a point says nothing. Writes
``pipeline/toponyms/data/belief.json``: the weights from both, and for each corpus those from the other. No randomness.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from train_recognizer import article_of, newton, read_corpus

from gazetteer import Gazetteer
from gazetteer.models import Place
from gazetteer.sphere import distance_km
from pipeline.article import parts_of
from pipeline.ingest.text import to_text
from pipeline.models import Article, Mention
from pipeline.spacy_parser import SpacyParser
from pipeline.toponyms.anchors import with_anchors
from pipeline.toponyms.belief import GROUNDS
from pipeline.toponyms.judge import load_judge
from pipeline.toponyms.learned import load_ranker
from pipeline.toponyms.recognize import ModelRecognizer
from pipeline.toponyms.resolve import Sought, answers_of, chances_of, read_in, sought_together

FILE = Path(__file__).resolve().parent.parent / "pipeline" / "toponyms" / "data" / "belief.json"
CORPORA = ("LGL", "TR-News")
RIGHT_KM = 161.0
RIDGE = 1.0
Gold = dict[tuple[int, int], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Read:
    """A report as it was read, and what the annotators say."""

    sought: Sought
    mentions: Sequence[Mention]
    gold: Gold


def read_reports(shared: Path, corpus: str, gazetteer: Gazetteer) -> Iterator[Read]:
    """Yield the reports of a corpus in which a place was found, by a recogniser that never saw it."""
    recognizer, parser = ModelRecognizer(gazetteer, load_judge(corpus)), SpacyParser(syntax=False)
    records = read_corpus(shared, corpus)
    articles = [article_of(record, number) for number, record in enumerate(records, 1)]
    parsed = parser.parse((a.text, parts_of(a)) for a in articles)
    for article, record, text in zip(articles, records, parsed, strict=True):
        mentions = with_anchors(article.text, recognizer.recognize(article, text))
        asked = read_in(article, mentions, gazetteer=gazetteer, read_rest=False)
        if asked is not None:
            (sought,) = sought_together([asked])
            yield Read(sought, mentions, {_span(article, t): t for t in record["toponyms"]})


def _span(article: Article, annotated: Mapping[str, Any]) -> tuple[int, int]:
    offsets = article.source_offsets
    return to_text(offsets, annotated["start"]), to_text(offsets, annotated["end"])


def examples(reports: Sequence[Read], corpus: str) -> Iterator[tuple[tuple[float, ...], bool]]:
    """Yield the grounds of each answer of a corpus, and whether it is right."""
    ranker = load_ranker(corpus)
    found = chances_of([r.sought.table for r in reports], [host for r in reports for host in r.sought.hosts], ranker)
    for report, shares in zip(reports, found, strict=True):
        (answers,) = answers_of(report.sought, shares, ranker, explained=0)
        for number, answer in answers.items():
            mention, place = report.mentions[number], answer.ranked[0].candidate.place
            gold = next((g for (a, b), g in report.gold.items() if a < mention.end and mention.start < b), None)
            if answer.grounds and (gold is None or gold["lat"] is not None):
                yield answer.grounds, gold is not None and _is_near(gold, place)


def _is_near(gold: Mapping[str, Any], place: Place) -> bool:
    return distance_km(gold["lat"], gold["lon"], place.lat, place.lon) <= RIGHT_KM


def fit(rows: Sequence[tuple[tuple[float, ...], bool]]) -> dict[str, float]:
    """Return the weight of each ground; the constant under the empty name."""
    matrix = np.array([[1.0, *grounds] for grounds, _ in rows])
    weights = newton(matrix, np.array([right for _, right in rows], float), RIDGE)
    return {name: round(float(weight), 3) for name, weight in zip(("", *GROUNDS), weights, strict=True)}


def main() -> None:
    """Train and write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, required=True, help="the folder that holds corpora/")
    shared = options.parse_args().shared
    with Gazetteer.open() as gazetteer:
        rows = {c: list(examples(list(read_reports(shared, c, gazetteer)), c)) for c in CORPORA}
    learned = {"": fit([row for c in CORPORA for row in rows[c]])}
    learned |= {c: fit([row for other in CORPORA if other != c for row in rows[other]]) for c in CORPORA}
    FILE.write_text(json.dumps(learned, indent=1) + "\n", "utf8")
    for corpus in CORPORA:
        print(f"{corpus}: {len(rows[corpus])} answers, {sum(right for _, right in rows[corpus])} right")


if __name__ == "__main__":
    main()
