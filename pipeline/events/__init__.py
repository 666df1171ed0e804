"""What happened: ``RuleExtractor`` reads the events of one article, ``merge_reports`` joins those of many."""

from pipeline.events.extract import Extraction, Extractor, RuleExtractor
from pipeline.events.merge import merge_onto, merge_reports
from pipeline.events.merging.shelf import Shelf

__all__ = ["Extraction", "Extractor", "RuleExtractor", "Shelf", "merge_onto", "merge_reports"]
