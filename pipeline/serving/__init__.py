"""``sitmap serve``: a folder of results on loopback, for the map of more events than its page can hold."""

from pipeline.serving.ranges import Part, UnsatisfiableError, part_asked
from pipeline.serving.server import PRODUCTS, ResultsServer

__all__ = ["PRODUCTS", "Part", "ResultsServer", "UnsatisfiableError", "part_asked"]
