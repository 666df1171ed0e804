"""Events in the shapes that other tools expect: ACLED's and UCDP GED's columns, FlatGeobuf, KML."""

from pipeline.products.exports.write import KINDS, export_events

__all__ = ["KINDS", "export_events"]
