"""A geoparsing corpus through :mod:`pipeline.geoparse` and the shared scorer."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.evaluation.calibration import calibration_of
from pipeline.evaluation.ceilings import NEAR_KM
from pipeline.evaluation.corpora import Corpus, Row, read_documents, write_documents
from pipeline.evaluation.means import Means
from pipeline.evaluation.pairs import Pair, pairs_of
from pipeline.evaluation.results import Error, Figures, Results
from pipeline.evaluation.scorers import run_scorer


def measure_corpus(corpus: Corpus, documents: Sequence[Row], means: Means, *, given: bool) -> Results:
    """Resolve the places of a corpus and score them.

    Parameters
    ----------
    corpus : Corpus
    documents : sequence of mapping
        Those of the corpus that are read.
    means : Means
        With the ranker that is to judge this corpus.
    given : bool
        Whether the spans are given, or found by sitmap.

    Returns
    -------
    Results
        ``given_acc161``, ``given_acc25``, ``given_auc`` and the calibration; or ``raw_…``, ``precision``, ``recall``.
    """
    with tempfile.TemporaryDirectory() as folder:
        gold, out = Path(folder) / "gold.jsonl", Path(folder) / "answered.jsonl"
        write_documents(gold, documents)
        means.geoparse(gold, out, given=given)
        told = run_scorer(means.shared / "score" / "geoparse.py", gold, out, *(["--given-spans"] if given else []))
        pairs = pairs_of(documents, read_documents(out), given=given)
    results = Results(judges={corpus.name: means.judge})
    results.add(corpus.name, _figures(corpus, told, given=given))
    if given:
        results.calibration[corpus.name] = found = calibration_of(pairs)
        sure: Figures = {"sure_answered": found.sure_answered, "sure_right": found.sure_right}
        results.add(corpus.name, sure | {"brier": found.brier, "ece": found.ece})
    results.errors.extend(_errors(corpus, pairs, "given" if given else "raw"))
    return results


def _figures(corpus: Corpus, told: Row, *, given: bool) -> Figures:
    part = "given" if given else "raw"
    figures: Figures = {"documents": told["docs"], "places": told["places"]}
    figures |= {f"{part}_{key}": told[key] for key in ("acc161", "acc25", "auc")}
    if not given:
        figures["precision"] = told["precision"] if corpus.all_annotated else None
        figures["recall"] = told["recall"]
    return figures


def _errors(corpus: Corpus, pairs: Sequence[Pair], part: str) -> Iterator[Error]:
    for pair in pairs:
        if pair.km > NEAR_KM:
            yield Error(
                corpus.name,
                part,
                str(pair.document["doc_id"]),
                pair.text,
                _answer(pair.answer),
                round(pair.km, 1),
                round(pair.score, 4),
                expected=f"{pair.gold['lat']:.3f}, {pair.gold['lon']:.3f}",
                reasons=tuple(why["text"] for why in pair.answer["reasons"]) if pair.answer else (),
            )


def _answer(answer: Row | None) -> str:
    if answer is None:
        return ""
    area = ", ".join(filter(None, (answer["name"], answer["admin1"], answer["country"])))
    return f"{area} ({answer['lat']:.3f}, {answer['lon']:.3f})"
