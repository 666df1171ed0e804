"""The map: one HTML file that works with the network off, in which no text from an article can run as code."""

from pipeline.products.map.build import render_map, write_map
from pipeline.products.map.hexagons import TOO_MANY

__all__ = ["TOO_MANY", "render_map", "write_map"]
