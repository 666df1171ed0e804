"""All that can be measured, in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gazetteer import Gazetteer
from pipeline.evaluation import rows, ucdp
from pipeline.evaluation.ceilings import ceiling_and_baseline
from pipeline.evaluation.corpora import CORPORA, Corpus, located, read_documents
from pipeline.evaluation.events import ARTICLES, measure_events
from pipeline.evaluation.geoparsing import measure_corpus
from pipeline.evaluation.headline_events import measure_headline_events
from pipeline.evaluation.means import Means
from pipeline.evaluation.merging import DEV_PAIRS, measure_merging
from pipeline.evaluation.results import Results
from pipeline.evaluation.scorers import check_scorers
from pipeline.evaluation.ucdp_index import ucdp_index
from pipeline.settings import DEFAULT_MODEL

PARTS = ("ceiling", "given", "raw", "places", "headlines", "headline-events", "rows", "events", "merging")
OF_UCDP = {
    "places": ucdp.FILES[ucdp.PLACES],
    "headlines": ucdp.FILES[ucdp.HEADLINES],
    "headline-events": ucdp.FILES[ucdp.HEADLINES],
    "rows": (rows.FILE,),
}
OF_CORPORA = frozenset({"ceiling", "given", "raw"})
Tell = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Request:
    """What to measure.

    Parameters
    ----------
    shared : Path
        Folder with corpora, articles, UCDP's tables and the scorers.
    parts : tuple of str
        Of :data:`PARTS`: ceiling and baseline, spans given, raw text, UCDP's places, headlines, their events and rows,
        events of the articles, merging.
    corpora : tuple of Corpus
    gazetteer : Path or None
        Index; None: the default one.
    ucdp_index : Path or None
        Index for UCDP's rows; None: one with Who's On First's Syria, built where it is missing.
    model : str
        spaCy model by package name.
    pairs : Path
        Pairs of reports to join or leave apart; those of the project itself need no shared folder.
    """

    shared: Path
    parts: tuple[str, ...] = PARTS
    corpora: tuple[Corpus, ...] = CORPORA
    gazetteer: Path | None = None
    ucdp_index: Path | None = None
    model: str = DEFAULT_MODEL
    pairs: Path = DEV_PAIRS


def evaluate(request: Request, *, tell: Tell) -> Results:
    """Measure what is asked for; what has no data is left out, with a note that names the file.

    Parameters
    ----------
    request : Request
    tell : callable
        Called with a line for each thing that begins.

    Raises
    ------
    InputError
        If the shared folder has no scorers, a file is damaged, or a scorer fails.

    Examples
    --------
    >>> evaluate(Request(Path("../shared"), parts=("events",)), tell=print).figures  # doctest: +SKIP
    {'events, all': {'gold': 38, ...}}
    """
    if set(request.parts) != {"merging"}:
        check_scorers(request.shared)
    results = Results()
    if OF_CORPORA & set(request.parts):
        with Gazetteer.open(request.gazetteer) as gazetteer:
            for corpus in request.corpora:
                if _there(request, corpus.path(request.shared), results):
                    results.take(_corpus(request, corpus, gazetteer, tell))
    if OF_UCDP.keys() & set(request.parts):
        results.take(_ucdp(request, tell))
    if "events" in request.parts and _there(request, request.shared / ARTICLES, results):
        tell("events: annotated articles")
        results.take(measure_events(request.shared, gazetteer=request.gazetteer, model=request.model))
    if "merging" in request.parts and _has_pairs(request.pairs, results):
        tell(f"merging: {request.pairs.name}")
        results.take(measure_merging(request.pairs, gazetteer=request.gazetteer, model=request.model))
    return results


def _has_pairs(path: Path, results: Results) -> bool:
    """Whether there are pairs; those of the project itself may not be installed, one asked for must be there."""
    if path == DEV_PAIRS and not path.is_file():
        results.notes.append(f"skipped: {path} is missing")
        return False
    return True


def _there(request: Request, path: Path, results: Results) -> bool:
    if not path.is_file():
        results.notes.append(f"skipped: {path.relative_to(request.shared)} is missing in {request.shared}")
    return path.is_file()


def _corpus(request: Request, corpus: Corpus, gazetteer: Gazetteer, tell: Tell) -> Results:
    documents = read_documents(corpus.path(request.shared), corpus.every)
    results = Results()
    results.add(corpus.name, {"documents": len(documents), "places": located(documents)})
    if "ceiling" in request.parts:
        tell(f"{corpus.name}: candidates")
        results.add(corpus.name, {**ceiling_and_baseline(documents, gazetteer)})
    for part in (part for part in ("given", "raw") if part in request.parts):
        means = Means(request.shared, gazetteer, request.model, corpus.name if corpus.left_out else None)
        tell(f"{corpus.name}: {part}, {len(documents)} documents, judged by {means.judge}")
        results.take(measure_corpus(corpus, documents, means, given=part == "given"))
    return results


def _ucdp(request: Request, tell: Tell) -> Results:
    results = Results()
    wanted = [part for part in OF_UCDP if part in request.parts]
    files = [request.shared / name for name in dict.fromkeys(name for part in wanted for name in OF_UCDP[part])]
    if not all([_there(request, path, results) for path in files]):  # noqa: C419 - each missing file is named
        return results
    index, note = ucdp_index(request.ucdp_index, request.shared, tell)
    results.notes.append(note)
    with Gazetteer.open(index) as gazetteer:
        if "places" in wanted:
            tell("UCDP: places looked up by their descriptions")
            results.take(ucdp.measure_places(request.shared, gazetteer))
        if "headlines" in wanted:
            tell("UCDP: headlines")
            results.take(ucdp.measure_headlines(Means(request.shared, gazetteer, request.model)))
        if "rows" in wanted:
            tell("UCDP: rows as structured input")
            results.take(rows.measure_rows(request.shared, gazetteer))
        if "headline-events" in wanted:
            tell("UCDP: events of the headlines")
            results.take(measure_headline_events(Means(request.shared, gazetteer, request.model)))
    return results
