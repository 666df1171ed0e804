"""Rows of tables -> reports of one event each: the same records as text gives, with every attribute of the row."""

from pipeline.rows.flow import RowsRead, TableRead, read_tables, refuse_unknown_columns, reports_of, rows_read
from pipeline.rows.places import look_within

__all__ = ["RowsRead", "TableRead", "look_within", "read_tables", "refuse_unknown_columns", "reports_of", "rows_read"]
