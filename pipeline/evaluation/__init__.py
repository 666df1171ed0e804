"""Accuracy on the shared corpora, articles and coded places, and the gate that holds it."""

from pipeline.evaluation.corpora import CORPORA, corpus_named
from pipeline.evaluation.measure import PARTS, Request, evaluate
from pipeline.evaluation.report import write_report
from pipeline.evaluation.results import Results
from pipeline.evaluation.tables import judges_line, tables_of
from pipeline.evaluation.worst import check_looking, hide_held_out, told, worst_documents

__all__ = [
    "CORPORA",
    "PARTS",
    "Request",
    "Results",
    "check_looking",
    "corpus_named",
    "evaluate",
    "hide_held_out",
    "judges_line",
    "tables_of",
    "told",
    "worst_documents",
    "write_report",
]
