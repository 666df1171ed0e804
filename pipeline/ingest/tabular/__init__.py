"""Tables of events: a file -> sheets -> the fields that their columns hold -> rows of values, each attribute kept."""

from pipeline.ingest.tabular.files import TABLE_SUFFIXES, read_content, read_sheets, sheets_in, table_files
from pipeline.ingest.tabular.kinds import FIELDS, KINDS, Recognised, recognise
from pipeline.ingest.tabular.records import TableRow, rows_of
from pipeline.ingest.tabular.sheet import Cell, Sheet

__all__ = [
    "FIELDS",
    "KINDS",
    "TABLE_SUFFIXES",
    "Cell",
    "Recognised",
    "Sheet",
    "TableRow",
    "read_content",
    "read_sheets",
    "recognise",
    "rows_of",
    "sheets_in",
    "table_files",
]
