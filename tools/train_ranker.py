"""Train the rankers that sitmap ships: one on all corpora, and for each corpus that is reported one that never saw it.

usage: python tools/train_ranker.py --shared ../shared [--out FOLDER] [--only ranker] [--search]

Writes ``ranker.npz``, ``ranker-without-lgl.npz`` and ``ranker-without-tr-news.npz`` into pipeline/toponyms/data, and
prints what docs/model-card-ranker.md reports. Of the corpora only totals are printed. Takes about
seven minutes of processor time.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from listwise import CONTEXT, Example, Floats, Recipe, best_heat, train
from made_up_local_news import made_up_local_news
from made_up_reports import made_up_reports

from gazetteer import Gazetteer
from pipeline.geoparse import given_mentions
from pipeline.ingest import article_from_record
from pipeline.toponyms.context import NO_HOMES
from pipeline.toponyms.features import FEATURES, Table
from pipeline.toponyms.learned import LearnedRanker, model_name
from pipeline.toponyms.neighbours import distances_km
from pipeline.toponyms.press import press_homes
from pipeline.toponyms.rank import shared_out
from pipeline.toponyms.resolve import PASSES, Sought, chances_of, read_in, sought_together

DATA = Path(__file__).resolve().parents[1] / "pipeline" / "toponyms" / "data"
#: Of each corpus: (every so many-th document, from the so many-th), and what a document of it weighs.
TRAINED = {"LGL": ((1, 0), 1.0), "TR-News": ((1, 0), 1.0), "WikToR": ((8, 3), 0.5)}
JUDGED_WIKTOR = (20, 0)  # none of which is trained on
RECIPES = tuple(Recipe(units=units, decay=decay, networks=1) for units in (0, 32, 64) for decay in (1e-4, 1e-3))
MODELS = (None, "LGL", "TR-News")  # each without that corpus
RIGHT_KM = 161.0
FALLS_KM = 40.0  # at this distance a candidate is a third as right as one on the spot
BESIDE = 0.2  # how right another place on the same spot is, where the very place is among the candidates
MADE_UP, MADE_UP_WEIGHT = 1000, 0.3
LOCAL, LOCAL_WEIGHT = 1200, 0.5
FOLDS = 3
CONFIDENT = 0.7


@dataclass(frozen=True, slots=True)
class Report:
    """The table of a report, with what is right: ``right`` (rows,) 0 to 1, ``km`` (rows,); its mentions with gold."""

    table: Table
    right: Floats
    km: Floats
    labelled: tuple[int, ...]
    weight: float
    host: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The reports of a corpus that have candidates, and how many gold places there are, with candidates or without."""

    name: str
    reports: tuple[Report, ...]
    places: int


def read_corpus(shared: Path, name: str, gazetteer: Gazetteer, rows: tuple[int, int], weight: float) -> Corpus:
    """Return every so many-th document of a corpus, from the so many-th."""
    step, start = rows
    with gzip.open(shared / "corpora" / f"{name}.jsonl.gz", "rt", encoding="utf8") as lines:
        records = [json.loads(line) for number, line in enumerate(lines) if number % step == start]
    return corpus_of(name, records, gazetteer, weight)


def corpus_of(name: str, records: Sequence[dict[str, Any]], gazetteer: Gazetteer, weight: float) -> Corpus:
    """Return the tables of records."""
    reports = (_report(record, gazetteer, weight) for record in records)
    places = sum(place["lat"] is not None for record in records for place in record["toponyms"])
    return Corpus(name, tuple(report for report in reports if report is not None), places)


def _report(record: dict[str, Any], gazetteer: Gazetteer, weight: float) -> Report | None:
    """Return a record's table, as ``sitmap geoparse --given-spans`` makes it, with its gold places."""
    article = article_from_record({key: value for key, value in record.items() if key != "toponyms"}, line=1)
    mentions = given_mentions(article, record, "corpus")
    order = sorted(range(len(mentions)), key=lambda i: (mentions[i].start, mentions[i].end))
    asked = read_in(article, [mentions[i] for i in order], gazetteer=gazetteer, read_rest=True)
    gold = [record["toponyms"][i] for i in order]
    return asked and _labelled(sought_together([asked])[0], gold, weight)


def _labelled(sought: Sought, gold: Sequence[dict[str, Any]], weight: float) -> Report:
    sheet = sought.table.sheet
    right, km, labelled = np.zeros(len(sheet.line)), np.full(len(sheet.line), np.inf), []
    for at, number in enumerate(sought.numbers):
        if number < 0 or gold[number]["lat"] is None:
            continue
        labelled.append(at)
        rows, place = sheet.rows(at), gold[number]
        lines, spot = sheet.line[rows], np.radians([[place["lat"]], [place["lon"]]])
        km[rows] = distances_km(sheet.lat[lines], sheet.lon[lines], *spot)[:, 0]
        known = {f"gn:{place['geonames_id']}", place.get("place_id")}
        same = np.array([c.place.place_id in known for c in sheet.candidates(at)])
        close = np.exp(-km[rows] / FALLS_KM) * (km[rows] <= RIGHT_KM)
        close = np.where(same, 1.0, BESIDE * close if same.any() else close)
        right[rows] = close / max(close.max(), 1e-9)
    return Report(sought.table, right, km, tuple(labelled), weight, *sought.hosts)


def train_ranker(reports: Sequence[Report], recipe: Recipe) -> LearnedRanker:
    """Return a ranker trained on reports; each pass hears what rankers of other reports made of the pass before."""
    forget(reports)
    examples, told = _examples(reports), _crossed(reports, recipe.simple())
    alone = train(examples, recipe.simple())
    heard: list[Example] = []
    for number in range(PASSES):
        shares = [shared_out(logits, r.table.sheet.first) for r, logits in zip(reports, told, strict=True)]
        if number:
            settle(reports, shares)
        for report, share in zip(reports, shares, strict=True):
            report.table.hear(share)
        examples = _examples(reports)
        heard += examples
        told = _crossed(reports, replace(recipe, networks=1))
    labelled = [logits[_labelled_rows(r)] for r, logits in zip(reports, told, strict=True) if r.labelled]
    return LearnedRanker(alone, replace(train(heard, recipe), heat=best_heat(labelled, examples)))


def forget(reports: Sequence[Report]) -> None:
    """Empty the tables of what was heard of the rest of a report and of its outlet's others."""
    for report in reports:
        report.table.values[:, CONTEXT] = 0.0
        report.table.settle([NO_HOMES])


def settle(reports: Sequence[Report], shares: Sequence[Floats]) -> None:
    """Let the tables know where their outlets are at home by their other reports."""
    homes = press_homes([r.table.sheet for r in reports], shares, [r.host for r in reports])
    for report, home in zip(reports, homes, strict=True):
        report.table.settle([home])


def _crossed(reports: Sequence[Report], recipe: Recipe) -> list[Floats]:
    """Return logits (rows,) of each report, by a network trained on the other folds."""
    fold = np.random.default_rng(FOLDS).integers(0, FOLDS, len(reports))
    networks = [
        train(_examples([r for r, f in zip(reports, fold, strict=True) if f != n]), recipe) for n in range(FOLDS)
    ]
    return [networks[f].logits(r.table.values) for r, f in zip(reports, fold, strict=True)]


def _examples(reports: Sequence[Report]) -> list[Example]:
    return [_example(report) for report in reports if report.labelled]


def _example(report: Report) -> Example:
    """Return the labelled rows; a report weighs as the root of its places, so that long ones do not drown the rest."""
    rows, count = _labelled_rows(report), len(report.labelled)
    sizes = [len(report.table.sheet.candidates(at)) for at in report.labelled]
    weight = np.full(count, report.weight / count**0.5)
    return Example(
        report.table.values[rows].astype(np.float32), np.cumsum([0, *sizes[:-1]]), report.right[rows], weight
    )


def _labelled_rows(report: Report) -> list[int]:
    sheet = report.table.sheet
    return [row for at in report.labelled for row in range(sheet.rows(at).start, sheet.rows(at).stop)]


def judge(ranker: LearnedRanker, corpus: Corpus, *, together: bool = True) -> dict[str, float]:
    """Return the share of places right (within 161 km), and of the confident answers; the mean loss of the chances.

    ``together``: the reports of an outlet tell each other where it is at home.
    """
    told: list[tuple[float, bool]] = []
    forget(corpus.reports)
    found = chances_of([r.table for r in corpus.reports], [r.host if together else "" for r in corpus.reports], ranker)
    for report, shares in zip(corpus.reports, found, strict=True):
        for at in report.labelled:
            rows = report.table.sheet.rows(at)
            best = int(np.argmax(shares[rows]))
            told.append((shares[rows][best], report.km[rows][best] <= RIGHT_KM))
    chance, right = np.array(told, dtype=float).T
    sure = chance >= CONFIDENT
    loss = -np.log(np.clip(np.where(right > 0, chance, 1 - chance), 1e-6, 1)).mean()
    return {
        "acc161": right.sum() / corpus.places,
        "confident": sure.sum() / corpus.places,
        "of_which_right": right[sure].mean() if sure.any() else 0.0,
        "loss": float(loss),
        **{f"said_{lo / 10:.1f}": _mean(right[(chance >= lo / 10) & (chance < lo / 10 + 0.1001)]) for lo in range(10)},
    }


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else float("nan")


def search(corpora: Sequence[Corpus]) -> None:
    """Print how recipes do on reports that they were not trained on, inside the training corpora of each model."""
    for held_out in MODELS[1:]:
        reports = [r for c in corpora if c.name != held_out for r in c.reports]
        fold = np.random.default_rng(0).integers(0, FOLDS, len(reports))
        for recipe in RECIPES:
            losses = []
            for n in range(FOLDS):
                ranker = train_ranker([r for r, f in zip(reports, fold, strict=True) if f != n], recipe)
                rest = tuple(r for r, f in zip(reports, fold, strict=True) if f == n)
                losses.append(judge(ranker, Corpus("", rest, sum(len(r.labelled) for r in rest))))
            right, loss = (np.mean([judged[key] for judged in losses]) for key in ("acc161", "loss"))
            print(f"without {held_out}: {recipe.units} units, decay {recipe.decay:g}: {right:.4f}, loss {loss:.4f}")


def save(ranker: LearnedRanker, path: Path) -> None:
    """Write a model file; the same ranker gives the same bytes."""
    arrays = {"features": np.array(FEATURES), **ranker.alone.arrays("alone"), **ranker.together.arrays("together")}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        np.savez(stream, **arrays)


def main() -> None:
    """Train, judge, save."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, required=True, help="the folder that holds corpora/")
    options.add_argument("--out", type=Path, default=DATA)
    options.add_argument("--search", action="store_true", help="only compare recipes by cross-validation")
    options.add_argument("--only", action="append", choices=[model_name(name) for name in MODELS], help="this model")
    asked = options.parse_args()
    with Gazetteer.open() as gazetteer:
        corpora = [read_corpus(asked.shared, name, gazetteer, rows, weight) for name, (rows, weight) in TRAINED.items()]
        made_up = [corpus_of("made up", list(made_up_reports(gazetteer, MADE_UP, seed=seed)), gazetteer, MADE_UP_WEIGHT)
                   for seed in (0, 1)]  # fmt: skip
        local = corpus_of("local", list(made_up_local_news(gazetteer, LOCAL)), gazetteer, LOCAL_WEIGHT)
        corpora += [made_up[0], local]
        judged = [*corpora[:2], made_up[1], read_corpus(asked.shared, "WikToR", gazetteer, JUDGED_WIKTOR, 1.0)]
    if asked.search:
        search(corpora)
        return
    for without in [name for name in MODELS if not asked.only or model_name(name) in asked.only]:
        ranker = train_ranker([r for c in corpora if c.name != without for r in c.reports], Recipe())
        save(ranker, asked.out / f"{model_name(without)}.npz")
        for corpus in [c for c in judged if without in {c.name, None} or c.name in {"WikToR", "made up"}]:
            for together in (True, False):
                figures = "  ".join(f"{k} {v:.3f}" for k, v in judge(ranker, corpus, together=together).items())
                read = "reports of an outlet together" if together else "each report by itself"
                print(f"{model_name(without)} (heat {ranker.together.heat}) on {corpus.name}, {read}: {figures}",
                      flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
