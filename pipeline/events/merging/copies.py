"""Syndicated and near copies of a text: MinHash signatures, and the exact share of what two texts have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rensa import RMinHash

from pipeline.events.merging.tellings import body_of
from pipeline.models import Article

SHINGLE_WORDS = 5
NEAR_COPY = 0.5  # share of five-word runs in common above which two reports are one text, edited
HELD_IN = 0.8  # share of the shorter one's runs that stand in the longer: a cut or an extended copy
LEAST_RUNS = 12  # a shorter text is too short to be told from one that is only alike
SIGNATURE = 128
MOST_ASKED = 6  # of the articles that tell an event word for word alike
SEED = 1
LIKELY = 0.12  # a signature is off by .04 or so; below this no pair can be a copy, held in the other or not


class Copies:
    """Tells whether two articles are one text, syndicated, cut or edited.

    Each text is kept as a MinHash signature (half a kilobyte); only pairs whose signatures are alike are compared
    exactly, so that 50,000 reports are no burden, however many carry one phrase.

    Parameters
    ----------
    articles : iterable of Article

    Examples
    --------
    >>> text = "Rockets hit a depot outside the old town on Monday and burned for hours before the crews put it out"
    >>> copies = Copies([Article("a", text), Article("b", text + " at night"), Article("c", "Talks went on.")])
    >>> copies.are("a", "b"), copies.are("a", "c")
    (True, False)
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        self._texts = {a.doc_id: body_of(a) for a in articles}
        self._signatures: dict[str, RMinHash] = {}
        self._runs = lru_cache(maxsize=2_000)(self._runs_of)
        self._share = lru_cache(maxsize=200_000)(self._compared)

    def are(self, one: str, other: str) -> bool:
        """Whether two articles, by their doc_ids, are copies."""
        first, second = sorted((one, other))
        return first != second and self._share(first, second)

    def any_of(self, docs: Iterable[str], others: Iterable[str]) -> bool:
        """Whether any of these articles is a copy of any of those; of very many that tell one thing alike, a few do."""
        few, others = sorted(docs)[:MOST_ASKED], sorted(others)[:MOST_ASKED]
        return any(self.are(one, other) for one in few for other in others)

    def _compared(self, one: str, other: str) -> bool:
        if self._texts[one] == self._texts[other]:
            return bool(self._texts[one])
        if self._signature(one).jaccard(self._signature(other)) < LIKELY:
            return False
        first, second = self._runs(one), self._runs(other)
        shared, shorter = len(first & second), min(len(first), len(second))
        held, alike = shared >= HELD_IN * shorter, shared >= NEAR_COPY * (len(first) + len(second) - shared)
        return shorter >= LEAST_RUNS and (held or alike)

    def _signature(self, doc_id: str) -> RMinHash:
        if doc_id not in self._signatures:
            made = RMinHash(num_perm=SIGNATURE, seed=SEED)
            made.update(sorted(self._runs(doc_id)))
            self._signatures[doc_id] = made
        return self._signatures[doc_id]

    def _runs_of(self, doc_id: str) -> frozenset[str]:
        return frozenset(runs_of(self._texts[doc_id]))


def runs_of(text: str) -> Sequence[str]:
    """Return the five-word runs of a text, in order, whatever its case and punctuation.

    Examples
    --------
    >>> runs_of("One, two: three four five SIX")
    ['one two three four five', 'two three four five six']
    """
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1)) if words]
