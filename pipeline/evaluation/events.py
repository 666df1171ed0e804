"""Events of the annotated articles, by the shared scorer."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipeline.evaluation.results import Results
from pipeline.evaluation.scorers import run_scorer
from pipeline.run import run_map
from pipeline.settings import Settings

#: Articles set aside unread when the event rules were written (docs/decisions/0006).
HELD_OUT = frozenset({"021", "031", "034", "035", "036", "039", "041"})
COLLECTED = date(2024, 12, 31)
ARTICLES, GOLD = "articles/articles.jsonl", "articles/gold"


def measure_events(shared: Path, *, gazetteer: Path | None, model: str) -> Results:
    """Return the figures on all articles, and on those that the rules were and were not written from.

    Parameters
    ----------
    shared : Path
        The shared folder, with articles and scorers.
    gazetteer : Path or None
        Index; None: the default one.
    model : str
        spaCy model by package name.
    """
    gold = sorted((shared / GOLD).glob("*.json"))
    parts = {
        "events, all": gold,
        "events, read": [path for path in gold if path.stem not in HELD_OUT],
        "events, held out": [path for path in gold if path.stem in HELD_OUT],
    }
    results = Results()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "run"
        settings = Settings((shared / ARTICLES,), out, as_of=COLLECTED, gazetteer=gazetteer, model=model)
        run_map(settings, generated="2000-01-01T00:00:00Z", quiet=True)
        for name, paths in parts.items():
            results.add(name, _score(shared, Path(folder) / name, paths, out / "events.geojson"))
    return results


def _score(shared: Path, chosen: Path, gold: Sequence[Path], found: Path) -> dict[str, float | None]:
    """Return the figures on some of the articles, their gold copied to a folder of its own."""
    chosen.mkdir()
    for path in gold:
        shutil.copy(path, chosen)
    return run_scorer(shared / "score" / "events.py", chosen, found)
