"""The corpora that lie in the shared folder: which there are, how much of each is read, what is not to be looked at."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.errors import InputError

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A geoparsing corpus.

    Parameters
    ----------
    name : str
        Name of the corpus and of its file.
    every : int
        Every so manieth document is read, from the first.
    held_out : bool
        Whether its errors are not to be looked at, so that its totals stay figures on new text.
    all_annotated : bool
        Whether every place of a text is annotated; where not, precision means nothing.
    left_out : bool
        Whether there are models that never saw it; where not, they saw other documents of it (tools/train_ranker.py).
    """

    name: str
    every: int = 1
    held_out: bool = False
    all_annotated: bool = True
    left_out: bool = True

    def path(self, shared: Path) -> Path:
        """Return where the corpus lies in the shared folder."""
        return shared / "corpora" / f"{self.name}.jsonl.gz"

    def thinned(self, every: int) -> Corpus:
        """Return the corpus with only every so manieth document."""
        return replace(self, every=every)


CORPORA = (
    Corpus("LGL"),
    Corpus("TR-News", held_out=True),
    # 5,000 documents made to be ambiguous; only those names annotated
    Corpus("WikToR", every=20, all_annotated=False, left_out=False),
)


def corpus_named(name: str) -> Corpus:
    """Return the corpus of a name.

    Examples
    --------
    >>> corpus_named("TR-News").held_out
    True
    """
    return next(corpus for corpus in CORPORA if corpus.name == name)


def read_documents(path: Path, every: int = 1) -> tuple[Row, ...]:
    """Return every so manieth document of a JSON Lines file, gzipped or not.

    Raises
    ------
    InputError
        If the file is missing or no such file.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            return tuple(json.loads(line) for number, line in enumerate(lines) if number % every == 0)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; give the folder that holds it with --shared") from None
    except (OSError, EOFError, zlib.error, ValueError) as error:  # ValueError: neither UTF-8 nor JSON
        raise InputError(f"{path}: cannot be read ({error}); copy the shared folder again") from error


def write_documents(path: Path, documents: Sequence[Row]) -> None:
    """Write documents as JSON Lines."""
    path.write_text("".join(f"{json.dumps(document)}\n" for document in documents), encoding="utf-8")


def located(documents: Sequence[Row]) -> int:
    """Return how many annotated places have coordinates."""
    return sum(is_located(place) for document in documents for place in document["toponyms"])


def is_located(place: Row) -> bool:
    """Whether an annotated or resolved place has coordinates."""
    return place.get("lat") is not None and place.get("lon") is not None
