"""The map: one HTML file that works with the network off, in which no text from an article can run as code."""

from pipeline.products.map.build import render_map, write_map

__all__ = ["render_map", "write_map"]
