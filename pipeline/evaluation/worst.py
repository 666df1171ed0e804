"""The worst errors by document, for study; those of held-out texts only when told to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline.errors import UsageError
from pipeline.evaluation.corpora import CORPORA, Corpus
from pipeline.evaluation.results import Error, Results

HELD_OUT = frozenset(corpus.name for corpus in CORPORA if corpus.held_out)
OVERRIDE = "--look-at-held-out"
Key = tuple[str, str, str]


def check_looking(corpora: Sequence[Corpus], *, look_at_held_out: bool) -> None:
    """Refuse to show the errors of a held-out corpus alone.

    Raises
    ------
    UsageError
        If nothing but held-out corpora was asked for, without saying that they are to be looked at.
    """
    names = {corpus.name for corpus in corpora}
    if names and names <= HELD_OUT and not look_at_held_out:
        raise UsageError(
            f"the errors of {', '.join(sorted(names))} are not to be looked at, so that its totals stay figures on new "
            f"text; study LGL, or say {OVERRIDE} and end that use of it"
        )


def hide_held_out(results: Results, *, look_at_held_out: bool) -> None:
    """Take the errors of held-out corpora out of the results, unless they are to be looked at; note that they were."""
    if look_at_held_out:
        return
    hidden = {error.row for error in results.errors} & HELD_OUT
    results.errors[:] = [error for error in results.errors if error.row not in HELD_OUT]
    results.notes.extend(f"{name}: errors are not shown ({OVERRIDE} shows them)" for name in sorted(hidden))


def worst_documents(errors: Sequence[Error], count: int) -> Iterator[tuple[Key, list[Error]]]:
    """Yield the documents that cost most, each with its errors, for each row and part of the evaluation.

    Parameters
    ----------
    errors : sequence of Error
    count : int
        At most so many documents for each.

    Examples
    --------
    >>> errors = [Error("LGL", "given", "a", "Paris", "", 20039.0), Error("LGL", "given", "b", "Hit", "", 400.0)]
    >>> [key[2] for key, _ in worst_documents(errors, 1)]
    ['a']
    """
    by_document: dict[Key, list[Error]] = {}
    for error in errors:
        by_document.setdefault((error.row, error.part, error.doc_id), []).append(error)
    for group in dict.fromkeys(key[:2] for key in by_document):
        ordered = sorted((key for key in by_document if key[:2] == group), key=lambda key: _cost(key, by_document))
        for key in islice(ordered, count):
            yield key, by_document[key]


def _cost(key: Key, by_document: dict[Key, list[Error]]) -> tuple[int, float, str]:
    errors = by_document[key]
    return -sum(error.weight for error in errors), -sum(error.km for error in errors), key[2]


def told(key: Key, errors: Sequence[Error]) -> Iterator[str]:
    """Yield the lines that show a document's errors, the same one once, with how often."""
    yield f"{key[0]}, {key[1]}, {key[2]}: {len(errors)} wrong"
    for error, times in Counter(errors).items():
        off = f"{error.km:,.0f} km from {error.expected}" if error.answer else f"expected at {error.expected}"
        often = f" ({times} times)" if times > 1 else ""
        yield f"  {error.mention!r} -> {error.answer or 'nothing'}, {off}, score {error.score:.2f}{often}"
        if error.reasons:
            yield f"      {'; '.join(error.reasons)}"
