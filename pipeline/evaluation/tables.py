"""The figures as tables: aligned for a terminal, and in Markdown for the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.evaluation.results import Figures, Results

NOTHING = "–"
PLACES = {
    "places": "places",
    "ceiling": "ceiling",
    "population": "population",
    "given_acc161": "given @161",
    "given_acc25": "@25",
    "given_auc": "AUC",
    "raw_acc161": "raw @161",
    "precision": "P",
    "recall": "R",
    "first10": "@10",
    "any10": "any @10",
    "first10_events": "@10 by events",
    "first10_odd": "@10 odd rows",
    "table_rows": "rows of the table",
    "rows10": "where_prec 1, 2 @10",
    "doubted": "coordinates in doubt",
}
SCORES = {"sure_answered": "answered ≥ .7", "sure_right": "right ≥ .7", "brier": "Brier", "ece": "ECE"}
BINS = {"answers": "answers", "score": "mean score", "right": "right"}
PRECISION = {"places": "rows", "first10": "@10", "any10": "any @10", "first10_events": "@10 by events"}
STATED = {"stated": "state an event", "event10": "event @10", "event10_odd": "odd rows"}
EVENTS = {
    "gold": "gold",
    "predicted": "found",
    "matched": "matched",
    "detect_p": "P",
    "detect_r": "R",
    "detect_f1": "F1",
    "place": "place",
    "date": "day",
    "sub_type": "sub-type",
    "counts": "counts",
    "full_f1": "all right F1",
    "negatives": "in negatives",
}
PAIRS = {
    "pairs": "pairs",
    "wrong": "wrong",
    "joined_wrongly": "joined wrongly",
    "left_apart": "left apart",
    "not_comparable": "not comparable",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A title, headings and rows of words; the first of each row is its name."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def aligned(self) -> str:
        """Return the table in columns, names to the left, figures to the right."""
        lines = [(self.title, *self.headings), *self.rows]
        widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
        return "\n".join(
            "  ".join(word.rjust(widths[i]) if i else word.ljust(widths[i]) for i, word in enumerate(line)).rstrip()
            for line in lines
        )

    def markdown(self) -> str:
        """Return the table in Markdown."""
        lines = [(self.title, *self.headings), ("---",) * (1 + len(self.headings)), *self.rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def tables_of(results: Results) -> tuple[Table, ...]:
    """Return the tables that the figures fill, empty columns left out.

    Examples
    --------
    >>> results = Results(figures={"LGL": {"places": 4462, "given_acc161": 0.858}})
    >>> print(tables_of(results)[0].aligned())
    corpus  places  given @161
    LGL       4462        .858
    """
    return tuple(table for table in _tables(results) if table.rows)


def _tables(results: Results) -> Iterator[Table]:
    events = {row: figures for row, figures in results.figures.items() if "gold" in figures}
    merging = {row: figures for row, figures in results.figures.items() if "pairs" in figures}
    stated = {row: figures for row, figures in results.figures.items() if "stated" in figures}
    apart = {*events, *merging, *stated}
    yield _table("corpus", PLACES, {row: f for row, f in results.figures.items() if row not in apart})
    yield _table("scores", SCORES, {row: f for row, f in results.figures.items() if row in results.calibration})
    for row, found in results.calibration.items():
        bins: dict[str, Figures] = {
            f"{b.low:.1f} to {b.high:.1f}": {"answers": b.answers, "score": b.score, "right": b.right}
            for b in found.bins
        }
        yield _table(f"{row}, score", BINS, bins)
    for row, by_code in results.by_precision.items():
        yield _table(f"{row}, where_prec", PRECISION, by_code)
    yield _table("events", EVENTS, events)
    yield _table("merging", PAIRS, merging)
    yield _table("headlines", STATED, stated)


def _table(title: str, columns: Mapping[str, str], figures: Mapping[str, Figures]) -> Table:
    used = [key for key in columns if any(row.get(key) is not None for row in figures.values())]
    rows = tuple((name, *(_shown(row.get(key)) for key in used)) for name, row in figures.items() if used)
    return Table(title, tuple(columns[key] for key in used), rows)


def _shown(figure: float | None) -> str:
    if figure is None:
        return NOTHING
    return str(figure) if isinstance(figure, int) else f"{figure:.3f}".removeprefix("0")


def judges_line(judges: Mapping[str, str]) -> str:
    """Return which ranker judged which row, in a line."""
    return "judged by: " + ", ".join(f"{row}: {name}" for row, name in judges.items())


def columns_of(figures: Mapping[str, Figures]) -> Sequence[str]:
    """Return all columns of all rows, each once, in the order they come."""
    return list(dict.fromkeys(key for row in figures.values() for key in row))
