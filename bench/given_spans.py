"""Time ``sitmap geoparse --given-spans`` over a corpus, beside the bare language model on the same text.

usage: given_spans.py [--every N] [--out PATH] [CORPUS]

CORPUS is a file as ``sitmap geoparse`` takes it (default: LGL of the shared folder). One process, processor time, the
index opened and a sentence of the program's own read before, as the command does (:func:`pipeline.geoparse.settle`), so
that the patterns which every text needs are compiled. *Cold* is the first pass: no name known. *Warm* is the faster of
two more. The bare model is that of ``sitmap geoparse`` with nothing but its entities, ``nlp.pipe`` over every N-th text
(default 8), scaled, before each of the passes: on a machine with other work the ratio says more than the seconds.
``--out`` keeps the answers of the last pass, to be compared with those of another version.
"""

from __future__ import annotations

import argparse
import io
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean
from typing import TypeVar

import spacy

from gazetteer import Gazetteer
from pipeline.evaluation.corpora import corpus_named
from pipeline.geoparse import geoparse, open_lines, settle
from pipeline.settings import DEFAULT_MODEL

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
PASSES = 3
NOT_ENTITIES = ("tagger", "parser", "attribute_ruler", "lemmatizer")  # parts of the model that geoparsing leaves out
T = TypeVar("T")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description="Documents a second with given spans, against the bare language model."
    )
    parser.add_argument("corpus", nargs="?", type=Path, default=corpus_named("LGL").path(SHARED))
    parser.add_argument("--every", type=int, default=8, help="read every so manieth text with the model (default: 8)")
    parser.add_argument("--out", type=Path, help="file for the answers")
    given = parser.parse_args(arguments)
    if not given.corpus.is_file():
        parser.error(f"{given.corpus}: no such file; give a corpus with toponyms, JSON Lines, gzipped or not")
    with open_lines(given.corpus) as file:
        lines = file.readlines()
    bare, own, answers = measured(lines, every=given.every)
    if given.out:
        given.out.write_text(answers, "utf8")
    for line in table(bare, own, documents=len(lines)):
        print(line)


def measured(lines: Sequence[str], *, every: int) -> tuple[list[float], list[float], str]:
    """Return the seconds of the bare model and of each pass, and what the last one wrote."""
    model = spacy.load(DEFAULT_MODEL, exclude=NOT_ENTITIES)
    texts = [json.loads(line)["text"] for line in lines[::every]]
    bare, own, answers = [], [], ""
    with Gazetteer.open() as gazetteer:
        settle(gazetteer)  # as the command does
        for _ in range(PASSES):
            bare.append(timed(lambda: list(model.pipe(texts)))[0] * len(lines) / len(texts))
            seconds, answers = timed(lambda: answered(lines, gazetteer))
            own.append(seconds)
    return bare, own, answers


def answered(lines: Sequence[str], gazetteer: Gazetteer) -> str:
    """Return what ``sitmap geoparse --given-spans`` writes."""
    out = io.StringIO()
    geoparse(io.StringIO("".join(lines)), out, gazetteer=gazetteer, given_spans=True)
    return out.getvalue()


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the processor seconds of this process that ``work`` took, and what it returns."""
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def table(bare: Sequence[float], own: Sequence[float], *, documents: int) -> list[str]:
    """Return the lines to print."""
    yardstick = fmean(bare)
    rows = (("cold", own[0]), ("warm", min(own[1:])))
    speeds = [(name, seconds, documents / seconds, seconds / yardstick) for name, seconds in rows]
    return [
        f"{documents} documents; bare model, entities only: {yardstick:.2f} s ({min(bare):.2f}-{max(bare):.2f})",
        *(
            f"{name}: {s:.2f} s, {speed:.0f} documents a second, {ratio:.3f} of its time"
            for name, s, speed, ratio in speeds
        ),
    ]


if __name__ == "__main__":
    main()
