"""Place mentions and what they mean: ``ModelRecognizer`` finds them, ``resolve_toponyms`` decides."""

from pipeline.toponyms.learned import load_ranker
from pipeline.toponyms.rank import Ranker, WeightedRanker
from pipeline.toponyms.recognize import ModelRecognizer, Recognizer, mention_from_span
from pipeline.toponyms.resolve import resolve_toponyms

__all__ = [
    "ModelRecognizer",
    "Ranker",
    "Recognizer",
    "WeightedRanker",
    "load_ranker",
    "mention_from_span",
    "resolve_toponyms",
]
