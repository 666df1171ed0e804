"""The accuracy gate: which figure fell below which floor, and what changed since the floors were set."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from math import floor as round_down
from pathlib import Path

from gazetteer import Gazetteer
from pipeline.errors import UsageError
from pipeline.evaluation import headline_events, rows, ucdp
from pipeline.evaluation.corpora import CORPORA, Corpus, corpus_named
from pipeline.evaluation.events import ARTICLES, GOLD
from pipeline.evaluation.floors import Floor, Floors, Inputs
from pipeline.evaluation.measure import OF_CORPORA, OF_UCDP, Request, Tell, evaluate
from pipeline.evaluation.results import Results
from pipeline.evaluation.scorers import SCORERS
from pipeline.evaluation.ucdp_index import ARCHIVE
from pipeline.products.files import digest
from pipeline.settings import DEFAULT_MODEL

OWN_FOLDER = Path(__file__).resolve().parents[1] / "toponyms" / "data"  # weights and models of the ranker
COLUMN_PARTS = {"ceiling": "ceiling", "population": "ceiling", "precision": "raw", "recall": "raw"}
COLUMN_PARTS |= {f"raw_{key}": "raw" for key in ("acc161", "acc25")}
ROW_PARTS = {
    ucdp.PLACES: "places",
    ucdp.HEADLINES: "headlines",
    headline_events.ROW: "headline-events",
    rows.ROWS: "rows",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate found; each is a line to tell. ``fallen`` and ``other_data`` fail it, ``changed`` does not."""

    fallen: tuple[str, ...] = ()
    other_data: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing fell, and the data is what the floors were measured on."""
        return not self.fallen and not self.other_data


def part_of(figure: str) -> str:
    """Return the part of the evaluation that measures a figure ``ROW/COLUMN``.

    Examples
    --------
    >>> part_of("LGL/recall"), part_of("events, all/detect_f1")
    ('raw', 'events')
    """
    row, _, column = figure.rpartition("/")
    if row.startswith("events"):
        return "events"
    return ROW_PARTS.get(row) or COLUMN_PARTS.get(column, "given")


def data_of(floors: Floors) -> tuple[str, ...]:
    """Return the files and folders of the shared folder that the floors are measured on."""
    parts = {part_of(figure) for figure in floors.floors}
    names = [f"score/{name}" for name in SCORERS]
    names += [
        str(corpus.path(Path())) for corpus in CORPORA if any(f.startswith(f"{corpus.name}/") for f in floors.floors)
    ]
    names += [ARTICLES, GOLD] if "events" in parts else []
    names += [name for part in ROW_PARTS.values() if part in parts for name in OF_UCDP[part]]
    names += [ARCHIVE] if parts & OF_UCDP.keys() else []
    return tuple(names)


def missing_data(floors: Floors, shared: Path) -> tuple[str, ...]:
    """Return which of the data is not there."""
    return tuple(name for name in data_of(floors) if not (shared / name).exists())


def inputs_of(floors: Floors, shared: Path, index: Path | None = None) -> Inputs:
    """Return the hashes of the data, and of what answers: index, model files, language model."""
    own = {
        f"pipeline/toponyms/data/{path.name}": digest(path) for path in sorted(OWN_FOLDER.iterdir()) if path.is_file()
    }
    with Gazetteer.open(index) as gazetteer:
        own["gazetteer"] = str(gazetteer.info()["fingerprint"])
    own[DEFAULT_MODEL] = version(DEFAULT_MODEL.replace("_", "-"))
    return Inputs(data={name: _digest(shared / name) for name in data_of(floors)}, own=own)


def _digest(path: Path) -> str:
    """Return the hash of a file, or of all files of a folder."""
    if path.is_file():
        return digest(path)
    lines = (f"{digest(file)} {file.name}\n" for file in sorted(path.iterdir()) if file.is_file())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def measure_pinned(floors: Floors, shared: Path, *, index: Path | None = None, tell: Tell) -> Results:
    """Measure the figures that have floors, each part on its sample."""
    results = Results()
    for part in dict.fromkeys(map(part_of, floors.floors)):
        names = dict.fromkeys(figure.rpartition("/")[0] for figure in floors.floors if part_of(figure) == part)
        corpora = tuple(_sampled(row, floors.samples.get(part, {})) for row in names) if part in OF_CORPORA else ()
        request = Request(shared, parts=(part,), corpora=corpora, gazetteer=index)
        results.take(evaluate(request, tell=tell))
    return results


def _sampled(row: str, samples: Mapping[str, int]) -> Corpus:
    corpus = corpus_named(row)
    return corpus.thinned(samples.get(row, corpus.every))


def judge(floors: Floors, results: Results, inputs: Inputs) -> Verdict:
    """Compare what was measured with the floors.

    Parameters
    ----------
    floors : Floors
    results : Results
    inputs : Inputs
        What was measured on, and by what, this time.

    Examples
    --------
    >>> floors = Floors(floors={"LGL/recall": Floor(floor=0.9, margin=0.01, reason="measured")})
    >>> judge(floors, Results(figures={"LGL": {"recall": 0.5}}), Inputs()).fallen
    ('LGL/recall: .500 fell below its floor of .900 (margin .010; measured)',)
    """
    fallen = tuple(
        f"{figure}: {_shown(found)} fell below its floor of {_shown(pin.floor)} "
        f"(margin {_shown(pin.margin)}; {pin.reason})"
        for figure, pin in floors.floors.items()
        if (found := _found(results, figure)) is None or found < pin.floor - pin.margin
    )
    return Verdict(
        fallen, tuple(_changes(floors.inputs.data, inputs.data)), tuple(_changes(floors.inputs.own, inputs.own))
    )


def raised(floors: Floors, results: Results, inputs: Inputs, *, lower: str = "") -> Floors:
    """Return the floors at what was measured; one that would fall by more than its margin only with a reason.

    Parameters
    ----------
    floors, results, inputs
        As for :func:`judge`.
    lower : str
        Why floors may be lowered; it takes the place of the reason beside each that is.

    Raises
    ------
    UsageError
        If a figure fell and no reason is given, or one was not measured; it is named.
    """
    pins = {figure: _moved(figure, pin, _found(results, figure), lower) for figure, pin in floors.floors.items()}
    return floors.model_copy(update={"floors": pins, "inputs": inputs})


def _moved(figure: str, pin: Floor, found: float | None, lower: str) -> Floor:
    if found is None:
        raise UsageError(f"{figure}: was not measured; take it out of the floors, or mend its name")
    new = round_down(found * 1000) / 1000
    if new >= pin.floor:
        return pin.model_copy(update={"floor": new})
    if lower:
        return pin.model_copy(update={"floor": new, "reason": f"lowered from {_shown(pin.floor)}: {lower}"})
    if found < pin.floor - pin.margin:
        raise UsageError(
            f"{figure}: {_shown(found)} is below its floor of {_shown(pin.floor)}; mend what lowered it, or give "
            '--lower "REASON"'
        )
    return pin  # within the margin


def _found(results: Results, figure: str) -> float | None:
    row, _, column = figure.rpartition("/")
    return results.figures.get(row, {}).get(column)


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterable[str]:
    for name in sorted(before.keys() | now.keys()):
        if before.get(name) != now.get(name):
            yield f"{name}: {_short(before.get(name))} when the floors were set, {_short(now.get(name))} now"


def _short(digest_: str | None) -> str:
    return digest_[:12] if digest_ else "not there"


def _shown(figure: float | None) -> str:
    return "not measured" if figure is None else f"{figure:.3f}".removeprefix("0")
