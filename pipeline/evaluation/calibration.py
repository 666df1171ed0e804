"""Whether a score means what it says: of the answers with 0.8, 80% should be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluation.ceilings import NEAR_KM
from pipeline.evaluation.pairs import Pair

SURE = 0.7  # the score from which a published peer reports its share of right answers
BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers with a score from ``low`` to ``high``: how many, their mean score, the share that is right."""

    low: float
    high: float
    answers: int
    score: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well scores foretell what is right.

    Parameters
    ----------
    sure_answered : float
        Share of all places that have an answer with a score of at least :data:`SURE`.
    sure_right : float
        Share of those answers that is right.
    brier : float
        Mean squared difference of score and outcome (1 right, 0 wrong) over the answers; lower is better.
    ece : float
        Expected calibration error: mean difference of score and share right over the bins, weighted by answers.
    bins : tuple of Bin
        Of equal width; empty ones are left out.
    """

    sure_answered: float
    sure_right: float
    brier: float
    ece: float
    bins: tuple[Bin, ...]


def calibration_of(pairs: Sequence[Pair]) -> Calibration:
    """Measure the scores of the answers; an answer within 161 km is right.

    Examples
    --------
    >>> calibration_of([]).bins
    ()
    """
    judged = [(pair.score, pair.km <= NEAR_KM) for pair in pairs if pair.answer is not None]
    sure = [right for score, right in judged if score >= SURE]
    bins = tuple(_bins(judged))
    return Calibration(
        len(sure) / max(len(pairs), 1),
        sum(sure) / max(len(sure), 1),
        sum((score - right) ** 2 for score, right in judged) / max(len(judged), 1),
        sum(b.answers * abs(b.score - b.right) for b in bins) / max(len(judged), 1),
        bins,
    )


def _bins(judged: Sequence[tuple[float, bool]]) -> list[Bin]:
    filled: dict[int, list[tuple[float, bool]]] = {}
    for score, right in judged:
        filled.setdefault(min(BINS - 1, int(score * BINS)), []).append((score, right))
    return [
        Bin(i / BINS, (i + 1) / BINS, len(of), sum(s for s, _ in of) / len(of), sum(r for _, r in of) / len(of))
        for i, of in sorted(filled.items())
    ]
