"""What an analyst keeps beside the reports: this mention is that place, these two are one event, this was none."""

from pipeline.corrections.apply import Corrected, merge_corrected
from pipeline.corrections.find import CorrectionFile, find_correction_files
from pipeline.corrections.places import PlaceRulings
from pipeline.corrections.read import read_corrections
from pipeline.corrections.records import Correction, Outcome

__all__ = [
    "Corrected",
    "Correction",
    "CorrectionFile",
    "Outcome",
    "PlaceRulings",
    "find_correction_files",
    "merge_corrected",
    "read_corrections",
]
