"""What an evaluation works with: the data, the index, the language model, and which learned models judge."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gazetteer import Gazetteer
from pipeline.geoparse import geoparse_file
from pipeline.toponyms.learned import load_ranker


@dataclass(frozen=True, slots=True)
class Means:
    """The shared folder, the gazetteer, the spaCy model by package name; a corpus that the judging models never saw."""

    shared: Path
    gazetteer: Gazetteer
    model: str
    without: str | None = None

    @property
    def judge(self) -> str:
        """What ranks, and what it was not trained on."""
        return f"{type(load_ranker(self.without)).__name__}" + (f" without {self.without}" if self.without else "")

    def geoparse(self, source: Path, out: Path, *, given: bool) -> None:
        """Geoparse documents with these means; ``given``: the spans are those of the source."""
        geoparse_file(source, out, gazetteer=self.gazetteer, model=self.model, given_spans=given, without=self.without)
