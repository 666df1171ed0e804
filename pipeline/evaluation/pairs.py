"""Annotated places beside the answers to them, paired as the shared scorer pairs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gazetteer.sphere import distance_km
from pipeline.evaluation.corpora import Row, is_located

MISS_KM = 20_039.0  # half the Earth's circumference: what no answer costs


@dataclass(frozen=True, slots=True)
class Pair:
    """An annotated place, the answer to it (None: not found, or not placed), and how far off that is in km."""

    document: Row
    gold: Row
    answer: Row | None
    km: float

    @property
    def text(self) -> str:
        """The words of the mention."""
        return str(self.document["text"][self.gold["start"] : self.gold["end"]])

    @property
    def score(self) -> float:
        """How sure the answer is, 0 to 1; 0 without one."""
        return float(self.answer["score"]) if self.answer is not None else 0.0


def pairs_of(documents: Sequence[Row], answered: Sequence[Row], *, given: bool) -> tuple[Pair, ...]:
    """Return a pair for each annotated place with coordinates, in order.

    Parameters
    ----------
    documents, answered : sequence of mapping
        The corpus and what geoparsing made of it, one row a document.
    given : bool
        Whether the spans were given; an answer then belongs to the same span, else to the span it overlaps most.
    """
    by_id = {str(row["doc_id"]): row["toponyms"] for row in answered}
    return tuple(pair for d in documents for pair in _document_pairs(d, by_id.get(str(d["doc_id"]), ()), given=given))


def _document_pairs(document: Row, answers: Sequence[Row], *, given: bool) -> Iterator[Pair]:
    gold = [place for place in document["toponyms"] if is_located(place)]
    answers = [answer for answer in answers if is_located(answer)]
    matched = _same_spans(gold, answers) if given else _overlapping(gold, answers)
    for i, place in enumerate(gold):
        answer = matched.get(i)
        km = MISS_KM if answer is None else distance_km(place["lat"], place["lon"], answer["lat"], answer["lon"])
        yield Pair(document, place, answer, min(MISS_KM, km))


def _same_spans(gold: Sequence[Row], answers: Sequence[Row]) -> dict[int, Row]:
    by_span = {(a["start"], a["end"]): a for a in answers}
    return {i: by_span[g["start"], g["end"]] for i, g in enumerate(gold) if (g["start"], g["end"]) in by_span}


def _overlapping(gold: Sequence[Row], answers: Sequence[Row]) -> dict[int, Row]:
    """Return the answer to each place, each used once, the largest overlap first."""
    shared = sorted(
        (
            (min(g["end"], a["end"]) - max(g["start"], a["start"]), i, j)
            for i, g in enumerate(gold)
            for j, a in enumerate(answers)
        ),
        reverse=True,
    )
    matched: dict[int, int] = {}
    for size, i, j in shared:
        if size > 0 and i not in matched and j not in matched.values():
            matched[i] = j
    return {i: answers[j] for i, j in matched.items()}
