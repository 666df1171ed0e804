"""What an evaluation works with: the data, the index, the language model, the ranker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gazetteer import Gazetteer
from pipeline.evaluation.judges import Judge
from pipeline.geoparse import geoparse_file


@dataclass(frozen=True, slots=True)
class Means:
    """The shared folder, the gazetteer, the spaCy model by package name, and the ranker that judges."""

    shared: Path
    gazetteer: Gazetteer
    model: str
    judge: Judge

    def geoparse(self, source: Path, out: Path, *, given: bool) -> None:
        """Geoparse documents with these means; ``given``: the spans are those of the source."""
        options = self.judge.options()
        geoparse_file(source, out, gazetteer=self.gazetteer, model=self.model, given_spans=given, **options)
