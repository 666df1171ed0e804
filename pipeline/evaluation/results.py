"""What an evaluation found: figures by row and column, calibration, and the errors behind them."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.evaluation.calibration import Calibration

Figures = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Error:
    """One annotated place that was not answered rightly, for study.

    Parameters
    ----------
    row : str
        Row of the table it counts in: a corpus, or one of UCDP's.
    part : str
        ``given``, ``raw``, ``places`` or ``headlines``.
    doc_id : str
        The document, or the number of the row.
    mention : str
        The words that were to be placed.
    answer : str
        What was answered; empty for nothing.
    km : float
        How far off, in kilometres.
    score : float
        How sure the answer was, 0 to 1.
    expected : str
        Where the place lies: "lat, lon".
    weight : int
        How much it costs: 1, or the events coded there.
    reasons : tuple of str
        Why the answer was given.
    """

    row: str
    part: str
    doc_id: str
    mention: str
    answer: str
    km: float
    score: float = 0.0
    expected: str = ""
    weight: int = 1
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """The figures of an evaluation; each field is by row of the table.

    Parameters
    ----------
    figures : dict
        Row -> column -> figure.
    judges : dict
        Row -> the ranker that answered.
    calibration : dict
        Row -> how well its scores foretell what is right.
    by_precision : dict
        Row -> UCDP's ``where_prec`` -> figures.
    errors : list of Error
        What may be looked at, and only if it was asked for.
    notes : list of str
        What was left out, and why.
    """

    figures: dict[str, Figures] = field(default_factory=dict)
    judges: dict[str, str] = field(default_factory=dict)
    calibration: dict[str, Calibration] = field(default_factory=dict)
    by_precision: dict[str, dict[str, Figures]] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, row: str, figures: Figures) -> None:
        """Add figures to a row."""
        self.figures.setdefault(row, {}).update(figures)

    def take(self, other: Results) -> None:
        """Add all that another evaluation found."""
        for row, figures in other.figures.items():
            self.add(row, figures)
        self.judges.update(other.judges)
        self.calibration.update(other.calibration)
        self.by_precision.update(other.by_precision)
        self.errors.extend(other.errors)
        self.notes.extend(note for note in other.notes if note not in self.notes)
