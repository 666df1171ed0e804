"""``sitmap evaluate``: accuracy on the shared corpora and articles, measured by their own scorers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from gazetteer import Gazetteer
from pipeline.errors import InputError
from pipeline.geoparse import geoparse_file
from pipeline.run import run_map
from pipeline.settings import DEFAULT_MODEL, Settings

#: Articles set aside unread when the event rules were written (docs/decisions/0006).
HELD_OUT = frozenset({"021", "031", "034", "035", "036", "039", "041"})
CORPORA = ("LGL", "TR-News")
EVENT_FIGURES = (
    "gold",
    "predicted",
    "matched",
    "detect_p",
    "detect_r",
    "detect_f1",
    "place",
    "date",
    "sub_type",
    "counts",
    "full_f1",
    "negatives",
)
PLACE_FIGURES = ("places", "no_answer", "acc161", "acc25", "auc", "acc161_of_answered", "precision", "recall")


def evaluate(shared: Path, *, parts: Sequence[str], tell: Callable[[str], object]) -> dict[str, dict[str, Any]]:
    """Measure and tell the figures; return them by name.

    Raises
    ------
    InputError
        If ``shared`` has no scorers.
    """
    if not (shared / "score" / "events.py").is_file():
        raise InputError(
            f"{shared}: no score/events.py; give the folder that holds corpora, articles and scorers with --shared"
        )
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        if "events" in parts:
            for name, figures in _events(shared, Path(folder)).items():
                found[name] = figures
                tell(_line(name, figures, EVENT_FIGURES))
        for corpus in CORPORA:
            for part in [p for p in ("given", "raw") if p in parts]:
                found[f"{corpus} {part}"] = _places(shared, Path(folder), corpus, given=part == "given")
                tell(_line(f"{corpus}, {part}", found[f"{corpus} {part}"], PLACE_FIGURES))
    return found


def _events(shared: Path, folder: Path) -> dict[str, dict[str, Any]]:
    """Return the figures on all articles, and on those that the rules were and were not written from."""
    settings = Settings((shared / "articles" / "articles.jsonl",), folder / "events", as_of=date(2024, 12, 31))
    run_map(settings, generated="", quiet=True)
    gold = sorted((shared / "articles" / "gold").glob("*.json"))
    parts = {
        "events, all articles": gold,
        "events, read when the rules were written": [p for p in gold if p.stem not in HELD_OUT],
        "events, held out": [p for p in gold if p.stem in HELD_OUT],
    }
    return {name: _score_events(shared, folder, name, paths) for name, paths in parts.items()}


def _score_events(shared: Path, folder: Path, name: str, gold: Sequence[Path]) -> dict[str, Any]:
    """Return the figures on some of the articles, their gold copied to a folder of its own."""
    chosen = folder / name
    chosen.mkdir()
    for path in gold:
        shutil.copy(path, chosen)
    return _score(shared / "score" / "events.py", chosen, folder / "events" / "events.geojson")


def _places(shared: Path, folder: Path, corpus: str, *, given: bool) -> dict[str, Any]:
    gold, out = shared / "corpora" / f"{corpus}.jsonl.gz", folder / f"{corpus}.jsonl"
    with Gazetteer.open() as gazetteer:
        geoparse_file(gold, out, gazetteer=gazetteer, model=DEFAULT_MODEL, given_spans=given)
    return _score(shared / "score" / "geoparse.py", gold, out, *(["--given-spans"] if given else []))


def _score(script: Path, *arguments: Path | str) -> dict[str, Any]:
    command = [sys.executable, str(script), *map(str, arguments), "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  (our own interpreter, a path the user gave)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _line(name: str, figures: dict[str, Any], keys: Sequence[str]) -> str:
    words = (f"{k} {figures[k]:.3f}" if isinstance(figures[k], float) else f"{k} {figures[k]}" for k in keys)
    return f"{name}: " + "  ".join(words)
