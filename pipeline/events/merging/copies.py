"""Syndicated and near copies of a text: MinHash signatures, and the exact share of what two texts have in common."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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
KEPT_RUNS, KEPT_PRINTS, KEPT_PAIRS = 100, 1_000, 5_000  # runs of a text are some 50 kB, a print is 1 kB


@dataclass(frozen=True, slots=True)
class _Print:
    """What a text is known by: its hash, or nothing of an empty one, and its MinHash signature."""

    digest: bytes
    signature: RMinHash


class Copies:
    """Tells whether two articles are one text, syndicated, cut or edited.

    Each text is kept as a MinHash signature (half a kilobyte); only pairs whose signatures are alike are compared
    exactly, so that 50,000 reports are no burden, however many carry one phrase.

    Parameters
    ----------
    articles : iterable of Article
    text_of : callable, optional
        Instead of articles: gives the body of one by its doc_id, asked again where it was not needed for long.

    Examples
    --------
    >>> text = "Rockets hit a depot outside the old town on Monday and burned for hours before the crews put it out"
    >>> copies = Copies([Article("a", text), Article("b", text + " at night"), Article("c", "Talks went on.")])
    >>> copies.are("a", "b"), copies.are("a", "c")
    (True, False)
    """

    def __init__(self, articles: Iterable[Article] = (), *, text_of: Callable[[str], str] | None = None) -> None:
        self._text = text_of or {a.doc_id: body_of(a) for a in articles}.__getitem__
        self._print = lru_cache(maxsize=KEPT_PRINTS)(self._printed)
        self._runs = lru_cache(maxsize=KEPT_RUNS)(self._runs_of)
        self._share = lru_cache(maxsize=KEPT_PAIRS)(self._compared)

    def are(self, one: str, other: str) -> bool:
        """Whether two articles, by their doc_ids, are copies."""
        first, second = sorted((one, other))
        return first != second and self._share(first, second)

    def any_of(self, docs: Iterable[str], others: Iterable[str]) -> bool:
        """Whether any of these articles is a copy of any of those; of very many that tell one thing alike, a few do."""
        few, others = sorted(docs)[:MOST_ASKED], sorted(others)[:MOST_ASKED]
        return any(self.are(one, other) for one in few for other in others)

    def _compared(self, one: str, other: str) -> bool:
        known, new = self._print(one), self._print(other)
        if known.digest == new.digest:
            return bool(known.digest)
        if known.signature.jaccard(new.signature) < LIKELY:
            return False
        first, second = self._runs(one), self._runs(other)
        shared, shorter = len(first & second), min(len(first), len(second))
        held, alike = shared >= HELD_IN * shorter, shared >= NEAR_COPY * (len(first) + len(second) - shared)
        return shorter >= LEAST_RUNS and (held or alike)

    def _printed(self, doc_id: str) -> _Print:
        text, signature = self._text(doc_id), RMinHash(num_perm=SIGNATURE, seed=SEED)
        signature.update(sorted(self._runs(doc_id)))
        return _Print(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() if text else b"", signature)

    def _runs_of(self, doc_id: str) -> frozenset[str]:
        return frozenset(runs_of(self._text(doc_id)))


def runs_of(text: str) -> Sequence[str]:
    """Return the five-word runs of a text, in order, whatever its case and punctuation.

    Examples
    --------
    >>> runs_of("One, two: three four five SIX")
    ['one two three four five', 'two three four five six']
    """
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1)) if words]
